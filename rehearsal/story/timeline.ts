import { outsideNameOf } from "../../routing/graph/outside";
import type { BarKind } from "../report/document";
import type { ReportedAnswer, ReportedBound, StackRehearsal, StoryStep } from "../result";
import { longestOf } from "./bounds";
import type { ShareChange } from "./shares";
import { gains, loses, shareChanges } from "./shares";
import { placeOf } from "./wording";

/**
 * The story as a timeline, before drawing: a panel per event, the same lanes in each, and all
 * lengths in seconds from the event.
 */
export interface Timeline {
  /** Every zone or page that answers in the story, in order of first use. */
  readonly lanes: readonly string[];
  readonly panels: readonly Panel[];
  /** The objective for the downtime, if the stack has one. */
  readonly promisedDowntime: number | undefined;
}

/** One event and its consequences. */
export interface Panel {
  readonly step: StoryStep;
  /** Start of the time axis, before the event and so negative, and its end. */
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Whether customers are temporarily sent to the dead endpoint. */
  readonly outage: boolean;
  /** Lanes that are down in this step. */
  readonly down: readonly string[];
  readonly bars: readonly Bar[];
  readonly shares: readonly ShareChange[];
  /** When the last customer has moved; null: never; undefined: no customers move. */
  readonly movedAt: number | null | undefined;
}

/** A period in a lane. */
export interface Bar {
  readonly lane: string;
  readonly from: number;
  readonly to: number;
  readonly kind: BarKind;
  readonly label: string;
  /** The share of the customers at its start and end, 0 to 1. */
  readonly shares: readonly [number, number];
}

/** The part of the axis before the event, relative to the time after it. */
const shareBefore = 0.14;
/** Margin after the last relevant moment, likewise. */
const shareAfter = 0.16;
/** The length of an axis without measurements, in seconds. */
const endWithoutFigures = 60;

/** The timeline of a stack's story. A first step without an event only shows the answers. */
export function timelineOf({ story, objectives }: StackRehearsal): Timeline {
  const promisedDowntime = objectives.find(({ name }) => name === "zoneOrRegion.downtime")?.target;
  const places = new Map(
    story.flatMap(({ answers }) => answers.map((answer) => [placeOf(answer), answer] as const)),
  );
  const changes = story.flatMap((step, index) => {
    const before = story[index - 1];
    return before ? [changeOf(before, step, places)] : [];
  });
  // Outages share one scale; a recovery takes longer and affects no customer, so it has its own.
  const outages = changes.flatMap(({ outage, move }) => (outage ? [endOf(move)] : []));
  const longest = Math.max(0, promisedDowntime ?? 0, ...outages) || endWithoutFigures;
  return {
    lanes: [...places.keys()],
    panels: changes.map((change) => panelOf(change, Math.max(longest, endOf(change.move)))),
    promisedDowntime,
  };
}

/** The effect of a step on customers. */
interface Change {
  readonly before: StoryStep;
  readonly step: StoryStep;
  readonly shares: readonly ShareChange[];
  readonly down: readonly string[];
  readonly outage: boolean;
  readonly move: Move;
}

function changeOf(
  before: StoryStep,
  step: StoryStep,
  places: ReadonlyMap<string, ReportedAnswer>,
): Change {
  const down = [...places].flatMap(([lane, answer]) => (isHit(answer, step) ? [lane] : []));
  const shares = shareChanges(before, step);
  const outage = shares.some((share) => loses(share) && down.includes(share.place));
  return { before, step, shares, down, outage, move: moveOf(step) };
}

function panelOf(change: Change, longest: number): Panel {
  const { step, shares, down, outage, move } = change;
  const endSeconds = longest * (1 + shareAfter);
  const startSeconds = -endSeconds * shareBefore;
  const bars = shares.flatMap((share) => barsOf(share, change, startSeconds, endSeconds));
  const measured = shares.some(loses) && move !== "unmeasured";
  const movedAt = !measured ? undefined : move === "never" ? null : move.last.to;
  return {
    step,
    startSeconds,
    endSeconds,
    outage,
    down,
    bars,
    shares,
    movedAt,
  };
}

/** The bars of a lane: of those it serves before the event, and of its consequences. */
function barsOf(
  share: ShareChange,
  { before, step, down, move }: Change,
  startSeconds: number,
  endSeconds: number,
): readonly Bar[] {
  const { place } = share;
  const isSteady = !gains(share) && !loses(share);
  if (isSteady && isAlive(step, place)) {
    return [serves(place, startSeconds, endSeconds, share.before)];
  }
  const earlier = isAlive(before, place)
    ? serves(place, startSeconds, 0, share.before)
    : dead(place, startSeconds, 0, share.before);
  return [...(share.before > 0 ? [earlier] : []), ...consequences()];

  function consequences(): readonly Bar[] {
    if (isSteady) return [dead(place, 0, endSeconds, share.after)];
    if (gains(share)) return arrivalBars(share, step, move, endSeconds);
    return down.includes(place)
      ? outageBars(share, move, endSeconds)
      : leavingBars(share, move, endSeconds);
  }
}

/** When the last customer has moved; 0 if unknown, or never. */
function endOf(move: Move): number {
  return typeof move === "string" ? 0 : move.last.to;
}

/** How customers get from the old answer to the new one. */
type Move = "never" | "unmeasured" | { readonly parts: readonly Part[]; readonly last: Part };

function moveOf(step: StoryStep): Move {
  const bound = longestOf(step.bounds ?? []) ?? boundOf(step);
  const { terms, detection, downtime } = bound;
  if (detection === null || downtime === null) return step.death === "" ? "unmeasured" : "never";
  const parts = partsOf(terms, detection);
  const last = parts.at(-1);
  return last && last.to > 0 ? { parts, last } : "unmeasured";
}

function serves(lane: string, from: number, to: number, share: number): Bar {
  return { lane, from, to, kind: "serves", label: "answers", shares: [share, share] };
}

function dead(lane: string, from: number, to: number, share: number): Bar {
  return { lane, from, to, kind: "dead", label: "dead", shares: [share, share] };
}

/** Whether a place answers, and all that it answers with serves: a record may have several values. */
function isAlive({ answers }: StoryStep, place: string): boolean {
  const there = answers.filter((answer) => placeOf(answer) === place);
  return there.length > 0 && there.every(({ alive }) => alive);
}

/** Whether a fault of the step is the location of an answer, or contains it. */
function isHit(answer: ReportedAnswer, { faults }: StoryStep): boolean {
  const { availabilityZone, region, value } = answer;
  return faults.some((fault) =>
    [availabilityZone, region, placeOf(answer), outsideNameOf(value)].includes(fault),
  );
}

/** A step's own figures as a bound, for a story without terms. */
function boundOf({ death, detection, downtime }: StoryStep): ReportedBound {
  if (detection === null || downtime === null) return { death, detection, downtime, terms: [] };
  const part = { formula: "", source: "" };
  return {
    death,
    detection,
    downtime,
    terms: [
      { name: "detection", seconds: detection, ...part },
      { name: "propagation and TTL", seconds: downtime - detection, ...part },
    ],
  };
}

interface Part {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly kind: "notices" | "spreads" | "expires";
}

/** The terms in sequence: first those of the detection; the last one is the TTL. */
function partsOf(terms: ReportedBound["terms"], detection: number): readonly Part[] {
  let at = 0;
  return terms.map(({ name, seconds }, index) => {
    const from = at;
    at += seconds;
    const noticing = at <= detection;
    const kind = noticing ? "notices" : index === terms.length - 1 ? "expires" : "spreads";
    return { name, from, to: at, kind };
  });
}

/** The old answer is dead: customers are sent to it until all have moved. */
function outageBars(
  { place: lane, before, after }: ShareChange,
  move: Move,
  endSeconds: number,
): readonly Bar[] {
  if (move === "unmeasured") return [];
  const all = [before, before] as const;
  if (move === "never") {
    return [
      { lane, from: 0, to: endSeconds, kind: "notices", label: "never detected", shares: all },
    ];
  }
  return move.parts
    .filter(({ from, to }) => to > from)
    .map(({ name, from, to, kind }) => {
      const shares = kind === "expires" ? ([before, after] as const) : all;
      return { lane, from, to, kind, label: name, shares };
    });
}

/** The old answer is alive: it serves the customers who have not moved yet, and those who stay. */
function leavingBars(
  { place: lane, before, after }: ShareChange,
  move: Move,
  endSeconds: number,
): readonly Bar[] {
  if (move === "never") return [serves(lane, 0, endSeconds, before)];
  const [from, to] = expiryOf(move, endSeconds);
  const bars: readonly Bar[] = [
    serves(lane, 0, from, before),
    { lane, from, to, kind: "leaves", label: "leaving", shares: [before, after] },
    ...(after > 0 ? [serves(lane, to, endSeconds, after)] : []),
  ];
  return bars.filter((bar) => bar.to > bar.from);
}

/**
 * Customers arrive as their caches expire, and are served from then on if the endpoint is alive.
 */
function arrivalBars(
  share: ShareChange,
  step: StoryStep,
  move: Move,
  endSeconds: number,
): readonly Bar[] {
  const { place: lane, before, after } = share;
  if (move === "never") return before > 0 ? [serves(lane, 0, endSeconds, before)] : [];
  const [from, to] = expiryOf(move, endSeconds);
  const alive = isAlive(step, lane);
  const bars: readonly Bar[] = [
    ...(before > 0 ? [serves(lane, 0, from, before)] : []),
    {
      lane,
      from,
      to,
      kind: alive ? "arrives" : "dead",
      label: "arriving",
      shares: [before, after],
    },
    alive ? serves(lane, to, endSeconds, after) : dead(lane, to, endSeconds, after),
  ];
  return bars.filter((bar) => bar.to > bar.from);
}

/** When caches begin and stop expiring; without measurements, some time on the axis. */
function expiryOf(move: Exclude<Move, "never">, endSeconds: number): readonly [number, number] {
  if (move === "unmeasured") return [0, endSeconds];
  return [move.last.from, move.last.to];
}
