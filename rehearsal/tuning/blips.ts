import { InputError } from "../../routing/inputError";

/**
 * Short failures that end without intervention, for which a failover would be false. AWS publishes none of
 * these figures, so each is a plausible range, and the result is a range as well.
 */
export interface BlipModel {
  /** All checkers lose a zone's endpoint. */
  readonly zoneBlipsPerYear: number;
  /** All checkers lose every endpoint of a region. */
  readonly regionBlipsPerYear: number;
  /** Durations are at least this, with a heavy tail: P(longer than d) = (shortest / d) ^ tail. */
  readonly shortestSeconds: number;
  readonly tail: number;
  /** A longer failure is an outage, for which a failover is right. */
  readonly longestSeconds: number;
  /** An instance behind a balancer dies and still gets its share of requests until the balancer notices. */
  readonly instanceDeathsPerYear: number;
  /** All instances are replaced one after the other; each loses its share of requests for a moment. */
  readonly replacementsPerYear: number;
  readonly replacementGapSeconds: number;
  /** Some checker regions lose the endpoint together, each with this probability. */
  readonly checkerBlipsPerYear: number;
  readonly checkerRegionShare: number;
  /** A region that is left for this long is latched, if a latch exists: three runs of its controller. */
  readonly latchSeconds: number;
}

export type BlipParameter = keyof BlipModel;

/** Each parameter at the end with fewer false failovers, and at the one with more. */
export const blipRanges: Readonly<Record<BlipParameter, readonly [few: number, many: number]>> = {
  zoneBlipsPerYear: [2, 24],
  regionBlipsPerYear: [0.5, 4],
  shortestSeconds: [2, 4],
  tail: [1.6, 1],
  longestSeconds: [300, 300],
  instanceDeathsPerYear: [0.5, 2],
  replacementsPerYear: [12, 104],
  replacementGapSeconds: [0, 5],
  checkerBlipsPerYear: [4, 52],
  checkerRegionShare: [0.1, 0.4],
  latchSeconds: [180, 180],
};

/** Parameters whose larger value means fewer false failovers. */
const descending: readonly string[] = ["tail", "latchSeconds"] satisfies BlipParameter[];

/** What the formulas allow, where it is not any number from 0; a tail near 0 has no finite durations. */
const limits: Partial<Record<BlipParameter, readonly [min: number, max: number]>> = {
  shortestSeconds: [0.001, Infinity],
  longestSeconds: [0.001, Infinity],
  tail: [0.01, Infinity],
  checkerRegionShare: [0, 1],
};

export const blipParameters = Object.keys(blipRanges) as readonly BlipParameter[];

/** Both ends of the range, with some figures replaced. */
export interface BlipRange {
  readonly few: BlipModel;
  readonly many: BlipModel;
}

/**
 * The range of the blip model.
 *
 * @param given each as `name=value` for both ends, or `name=few..many`
 * @throws InputError with one line for each entry without a valid parameter or number
 */
export function blipRangeFrom(given: readonly string[]): BlipRange {
  const faults: string[] = [];
  const ranges: Record<BlipParameter, readonly [number, number]> = { ...blipRanges };
  for (const one of given) {
    const at = one.indexOf("=");
    const name = at < 0 ? one : one.slice(0, at);
    if (!isParameter(name)) {
      faults.push(`--blips ${one}: no such parameter; it has ${blipParameters.join(", ")}`);
      continue;
    }
    const range = rangeIn(at < 0 ? "" : one.slice(at + 1));
    const fault = range === undefined ? "must be a number or a range" : rangeFault(name, range);
    if (range === undefined || fault !== undefined) {
      const [low, high] = blipRanges[name];
      const text = one.slice(name.length + 1) || "no value";
      faults.push(`--blips ${one}: ${fault}, got ${text}; for example ${name}=${low}..${high}`);
    } else {
      ranges[name] = range;
    }
  }
  const [shortest, longest] = [ranges.shortestSeconds, ranges.longestSeconds];
  for (const end of [0, 1] as const) {
    if (faults.length === 0 && shortest[end] > longest[end]) {
      faults.push(
        `--blips: shortestSeconds must not be more than longestSeconds, got ${shortest[end]} and ${longest[end]}; change one of them`,
      );
    }
  }
  if (faults.length > 0) throw new InputError(faults);
  const end = (index: 0 | 1): BlipModel =>
    Object.fromEntries(blipParameters.map((name) => [name, ranges[name][index]])) as Record<
      BlipParameter,
      number
    >;
  return { few: end(0), many: end(1) };
}

/** A number for both ends, or `few..many`; undefined for anything else. */
function rangeIn(text: string): readonly [few: number, many: number] | undefined {
  const ends = text.split("..").map((end) => (end.trim() === "" ? NaN : Number(end)));
  const [few = NaN, many = few] = ends;
  return ends.length <= 2 && Number.isFinite(few) && Number.isFinite(many)
    ? [few, many]
    : undefined;
}

function rangeFault(
  name: BlipParameter,
  [few, many]: readonly [few: number, many: number],
): string | undefined {
  const [min, max] = limits[name] ?? [0, Infinity];
  if ([few, many].some((end) => end < min || end > max)) {
    return `must be ${max === Infinity ? `at least ${min}` : `from ${min} to ${max}`}`;
  }
  const isOrdered = descending.includes(name) ? few >= many : few <= many;
  return isOrdered ? undefined : "must go from few to many false failovers";
}

function isParameter(name: string): name is BlipParameter {
  return Object.hasOwn(blipRanges, name);
}

/** A duration of the heavy tail, in seconds, for a share from 0 to 1, up to the longest. */
export function blipSeconds(
  { shortestSeconds, tail, longestSeconds }: BlipModel,
  share: number,
): number {
  // The inverse of the distribution, truncated at the longest.
  const beyond = (shortestSeconds / longestSeconds) ** tail;
  return shortestSeconds / (1 - share * (1 - beyond)) ** (1 / tail);
}
