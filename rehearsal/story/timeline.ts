import type { BarKind } from "../report/document";
import type { ReportedAnswer, ReportedBound, StackRehearsal, StoryStep } from "../result";
import { longestOf } from "./bounds";
import { placeOf } from "./wording";

/**
 * The story as a picture, before anything is drawn: a panel per event, the same lanes in each, and
 * every length in seconds from the event.
 */
export interface Timeline {
  /** Every place that answers in the story, in the order in which it is first needed. */
  readonly lanes: readonly string[];
  readonly panels: readonly Panel[];
  /** The promised downtime, where the stack promises one. */
  readonly promisedDowntime: number | undefined;
}

/** One event and what follows from it. */
export interface Panel {
  readonly step: StoryStep;
  /** Where the time axis begins, before the event and so negative, and where it ends. */
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Whether customers are sent to what died, for a while. */
  readonly outage: boolean;
  /** Lanes that nobody can use in this step. */
  readonly down: readonly string[];
  readonly bars: readonly Bar[];
  /** When the last customer has moved; null: never; undefined: nobody has to move. */
  readonly movedAt: number | null | undefined;
}

/** A stretch of time in a lane. */
export interface Bar {
  readonly lane: string;
  readonly from: number;
  readonly to: number;
  readonly kind: BarKind;
  readonly label: string;
}

/** How much of the axis lies before the event, as a part of the time after it. */
const shareBefore = 0.14;
/** Room on the right of the last moment that matters, likewise. */
const shareAfter = 0.16;
/** The length of an axis on which nothing was measured, in seconds. */
const endWithoutFigures = 60;

/** The timeline of a stack's story. A first step in which nothing happens only says who answers. */
export function timelineOf({ story, objectives }: StackRehearsal): Timeline {
  const promisedDowntime = objectives.find(({ name }) => name === "zoneOrRegion.downtime")?.target;
  const places = new Map(
    story.flatMap(({ answers }) => answers.map((answer) => [placeOf(answer), answer] as const)),
  );
  const changes = story.flatMap((step, index) => {
    const before = story[index - 1];
    return before ? [changeOf(before, step, places)] : [];
  });
  // Outages are drawn to one scale; a return takes longer and hurts nobody, so it has its own.
  const outages = changes.flatMap(({ outage, move }) => (outage ? [endOf(move)] : []));
  const longest = Math.max(0, promisedDowntime ?? 0, ...outages) || endWithoutFigures;
  return {
    lanes: [...places.keys()],
    panels: changes.map((change) => panelOf(change, Math.max(longest, endOf(change.move)))),
    promisedDowntime,
  };
}

/** What a step does to the customers. */
interface Change {
  readonly step: StoryStep;
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** Places that customers leave, and places that are dead. */
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
  const movedAt = !measured ? undefined : move === "never" ? null : move.end;
  return { step, startSeconds, endSeconds, outage, down, bars, movedAt };
}

/** When the last customer has moved; 0 where that is not known, or never. */
function endOf(move: Move): number {
  return typeof move === "string" ? 0 : move.end;
}

/** How customers get from the old answer to the new one. */
type Move = "never" | "unmeasured" | { readonly parts: readonly Part[]; readonly end: number };

function moveOf(step: StoryStep): Move {
  const bound = longestOf(step.bounds ?? []) ?? boundOf(step);
  if (bound.downtime === null) return step.death === "" ? "unmeasured" : "never";
  const parts = partsOf(bound);
  const end = parts.at(-1)?.to ?? 0;
  return end > 0 ? { parts, end } : "unmeasured";
}

function serves(lane: string, from: number, to: number): Bar {
  return { lane, from, to, kind: "serves", label: "answers" };
}

function placesOf({ answers }: StoryStep): readonly string[] {
  return [...new Set(answers.map(placeOf))];
}

/** Whether a fault of the step is the place of an answer, or what the place lies in. */
function isHit(answer: ReportedAnswer, { faults }: StoryStep): boolean {
  const { availabilityZone, region } = answer;
  return faults.some((fault) => [availabilityZone, region, placeOf(answer)].includes(fault));
}

/** A step's own figures as a bound, for a story that has no terms. */
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

/** The terms one after the other: first what makes up the detection; the last one is the TTL. */
function partsOf({ terms, detection }: ReportedBound): readonly Part[] {
  let at = 0;
  return terms.map(({ name, seconds }, index) => {
    const from = at;
    at += seconds;
    const noticing = at <= (detection ?? Infinity);
    const kind = noticing ? "notices" : index === terms.length - 1 ? "expires" : "spreads";
    return { name, from, to: at, kind };
  });
}

/** The old answer is dead: customers are sent to it until all have moved. */
function outageBars(lane: string, move: Move, endSeconds: number): readonly Bar[] {
  if (move === "unmeasured") return [];
  if (move === "never") {
    return [{ lane, from: 0, to: endSeconds, kind: "notices", label: "never noticed" }];
  }
  return move.parts
    .filter(({ from, to }) => to > from)
    .map(({ name, from, to, kind }) => ({ lane, from, to, kind, label: name }));
}

/** The old answer lives: it serves those who have not moved yet. */
function leavingBars(lane: string, move: Move, endSeconds: number): readonly Bar[] {
  if (move === "never") return [serves(lane, 0, endSeconds)];
  const [from, to] = expiryOf(move, endSeconds);
  const waiting = from > 0 ? [serves(lane, 0, from)] : [];
  return [...waiting, { lane, from, to, kind: "leaves", label: "leaving" }];
}

/** Customers come as their caches expire, and are served from then on, if the place lives. */
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

/** When caches begin and cease to expire; where nothing was measured, some time on the axis. */
function expiryOf(move: Exclude<Move, "never">, endSeconds: number): readonly [number, number] {
  if (move === "unmeasured") return [0, endSeconds];
  return [move.parts.at(-1)?.from ?? 0, move.end];
}
