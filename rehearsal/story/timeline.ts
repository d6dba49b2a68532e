import type { BarKind } from "../report/document";
import type { ReportedAnswer, ReportedBound, StackRehearsal, StoryStep } from "../result";
import { longestOf } from "./bounds";
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
  readonly step: StoryStep;
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** Lanes that customers leave, and lanes that are down. */
  readonly left: readonly string[];
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
  const [from, to] = [placesOf(before), placesOf(step)];
  const left = from.filter((lane) => !to.includes(lane));
  const outage = left.some((lane) => down.includes(lane));
  return { step, from, to, left, down, outage, move: moveOf(step) };
}

function panelOf(change: Change, longest: number): Panel {
  const { step, from, to, left, down, outage, move } = change;
  const endSeconds = longest * (1 + shareAfter);
  const startSeconds = -endSeconds * shareBefore;
  const bars = [
    ...from.map((lane) => serves(lane, startSeconds, left.includes(lane) ? 0 : endSeconds)),
    ...left.flatMap((lane) =>
      down.includes(lane)
        ? outageBars(lane, move, endSeconds)
        : leavingBars(lane, move, endSeconds),
    ),
    ...to
      .filter((lane) => !from.includes(lane))
      .flatMap((lane) => arrivalBars(lane, step, move, endSeconds)),
  ];
  const measured = left.length > 0 && move !== "unmeasured";
  const movedAt = !measured ? undefined : move === "never" ? null : move.last.to;
  return { step, startSeconds, endSeconds, outage, down, bars, movedAt };
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

function serves(lane: string, from: number, to: number): Bar {
  return { lane, from, to, kind: "serves", label: "answers" };
}

function placesOf({ answers }: StoryStep): readonly string[] {
  return [...new Set(answers.map(placeOf))];
}

/** Whether a fault of the step is the location of an answer, or contains it. */
function isHit(answer: ReportedAnswer, { faults }: StoryStep): boolean {
  const { availabilityZone, region } = answer;
  return faults.some((fault) => [availabilityZone, region, placeOf(answer)].includes(fault));
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
function outageBars(lane: string, move: Move, endSeconds: number): readonly Bar[] {
  if (move === "unmeasured") return [];
  if (move === "never") {
    return [{ lane, from: 0, to: endSeconds, kind: "notices", label: "never detected" }];
  }
  return move.parts
    .filter(({ from, to }) => to > from)
    .map(({ name, from, to, kind }) => ({ lane, from, to, kind, label: name }));
}

/** The old answer is alive: it serves the customers who have not moved yet. */
function leavingBars(lane: string, move: Move, endSeconds: number): readonly Bar[] {
  if (move === "never") return [serves(lane, 0, endSeconds)];
  const [from, to] = expiryOf(move, endSeconds);
  const waiting = from > 0 ? [serves(lane, 0, from)] : [];
  return [...waiting, { lane, from, to, kind: "leaves", label: "leaving" }];
}

/**
 * Customers arrive as their caches expire, and are served from then on if the endpoint is alive.
 */
function arrivalBars(
  lane: string,
  step: StoryStep,
  move: Move,
  endSeconds: number,
): readonly Bar[] {
  if (move === "never") return [];
  const [from, to] = expiryOf(move, endSeconds);
  const alive = step.answers.some((answer) => placeOf(answer) === lane && answer.alive);
  const arriving: Bar = { lane, from, to, kind: alive ? "arrives" : "dead", label: "arriving" };
  const after: Bar = alive
    ? serves(lane, to, endSeconds)
    : { lane, from: to, to: endSeconds, kind: "dead", label: "dead" };
  return [arriving, after].filter((bar) => bar.to > bar.from);
}

/** When caches begin and stop expiring; without measurements, some time on the axis. */
function expiryOf(move: Exclude<Move, "never">, endSeconds: number): readonly [number, number] {
  if (move === "unmeasured") return [0, endSeconds];
  return [move.last.from, move.last.to];
}
