import { round } from "../report/figures";
import type { StoryStep } from "../result";
import { placeOf } from "./wording";

/** The share of the customers in a place before and after an event, 0 to 1. */
export interface ShareChange {
  readonly place: string;
  readonly before: number;
  readonly after: number;
}

/** Below this, two shares are the same: they are sums of quotients. */
const precision = 1e-9;

/** The shares of each place that answers in one of two steps, in the order of the answers. */
export function shareChanges(before: StoryStep, step: StoryStep): readonly ShareChange[] {
  const places = new Set([...before.answers, ...step.answers].map(placeOf));
  return [...places].map((place) => ({
    place,
    before: shareIn(before, place),
    after: shareIn(step, place),
  }));
}

/** The share of the customers whose answer is a place. */
export function shareIn({ answers }: Pick<StoryStep, "answers">, place: string): number {
  return answers
    .filter((answer) => placeOf(answer) === place)
    .reduce((sum, { probability }) => sum + probability, 0);
}

/** Whether a place loses customers. */
export function loses({ before, after }: ShareChange): boolean {
  return before - after > precision;
}

/** Whether a place gains customers. */
export function gains({ before, after }: ShareChange): boolean {
  return after - before > precision;
}

/** A share in words: a word if it is all of them. */
export function shareText(share: number): string {
  return share > 1 - precision ? "all" : `${round(share * 100)} %`;
}

/** Which customers move from where to where; undefined if none do. */
export function moveText(changes: readonly ShareChange[]): string | undefined {
  const [from, to] = [changes.filter(loses), changes.filter(gains)];
  if (from.length === 0) return undefined;
  const moved = from.reduce((sum, { before, after }) => sum + before - after, 0);
  const who = moved > 1 - precision ? "all customers" : `${shareText(moved)} of customers`;
  const leaving = from.map(({ place }) => place).join(" and ");
  if (to.length === 0) return `${who} of ${leaving} have no answer`;
  const arriving = to.map(({ place, before, after }) =>
    to.length === 1 ? place : `${place} (${shareText(after - before)})`,
  );
  return `${who} move from ${leaving} to ${arriving.join(" and ")}`;
}
