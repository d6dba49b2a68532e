import type { AnswerList, States } from "./answers";
import { drawValue } from "./answers";
import type { Draws } from "./random";
import type { Run } from "./simulator";

/** Without a TTL, a client asks for the name again about once a second. */
const shortestStepMs = 1_000;
/** Tolerance of sums of shares. */
const tolerance = 1e-9;

/** The answers that a client has to leave. */
export type Bad =
  /** Values that do not serve. */
  | { readonly kind: "dead"; readonly values: readonly boolean[] }
  /** Values with more of the queries than at the end, by question. */
  | { readonly kind: "overShare"; readonly shares: readonly (readonly number[])[] };

/** Whether an answer is bad, given its present share of the queries. */
function isBad(bad: Bad, question: number, list: AnswerList, index: number): boolean {
  const value = list.values[index] as number;
  if (bad.kind === "dead") return bad.values[value] === true;
  const share = shareOf(list, index);
  return share > (bad.shares[question]?.[value] as number) + tolerance;
}

export function shareOf({ cumulative }: AnswerList, index: number): number {
  return (cumulative[index] as number) - (index === 0 ? 0 : (cumulative[index - 1] as number));
}

/**
 * When one client, drawn at random among those on a bad answer, leaves its last bad answer: it obeys the TTL
 * and asks again whenever the TTL has expired.
 */
export function clientDowntimeMs(
  { history, clientDelayMs }: Run,
  states: States,
  bad: Bad,
  question: number,
  draws: Draws,
): number {
  const listAt = (state: number): AnswerList => states.answersIn(state)[question] as AnswerList;
  const first = firstAnswer(listAt(history.stateOf(0)), bad, question, draws);
  let leftMs = 0;
  // Its last query was at a random time within the TTL.
  let nowMs = first === undefined ? 0 : draws.below(Math.max(first.ttlMs, 1));
  if (first?.isBad) leftMs = nowMs;
  const settledMs = Math.max(0, history.lastTime + clientDelayMs);
  let epoch = 0;
  for (;;) {
    while (epoch + 1 < history.count && history.timeOf(epoch + 1) + clientDelayMs <= nowMs)
      epoch += 1;
    const list = listAt(history.stateOf(epoch));
    const index = drawValue(list, draws.share());
    const ttlMs = index < 0 ? 0 : (list.ttlMs[index] as number);
    const isStillBad = index < 0 || isBad(bad, question, list, index);
    const untilMs = nowMs + Math.max(ttlMs, shortestStepMs);
    if (isStillBad) leftMs = nowMs + ttlMs;
    if (nowMs >= settledMs) return leftMs;
    nowMs = untilMs;
  }
}

function firstAnswer(
  list: AnswerList,
  bad: Bad,
  question: number,
  draws: Draws,
): { readonly ttlMs: number; readonly isBad: boolean } | undefined {
  const indexes = list.values.map((_, index) => index);
  const worse = indexes.filter((index) => isBad(bad, question, list, index));
  const among = worse.length > 0 ? worse : indexes;
  const total = among.reduce((sum, index) => sum + shareOf(list, index), 0);
  let left = draws.share() * total;
  const drawn = among.find((index) => (left -= shareOf(list, index)) < 0) ?? among.at(-1);
  if (drawn === undefined) return undefined;
  return { ttlMs: list.ttlMs[drawn] as number, isBad: worse.length > 0 };
}

/** When the last client leaves every bad answer: it asked just before the answer changed. */
export function lastClientMs(
  { history, clientDelayMs }: Run,
  states: States,
  bad: Bad,
  question: number,
): number {
  return lastBadMs(
    history,
    (untilMs, ttlMs) => (untilMs + clientDelayMs <= 0 ? 0 : untilMs + clientDelayMs + ttlMs),
    { states, bad, question },
  );
}

/** When Route 53 has decided against every bad answer; its name servers learn it later. */
export function decidedMs({ history }: Run, states: States, bad: Bad, question: number): number {
  return lastBadMs(history, (untilMs) => Math.max(0, untilMs), { states, bad, question });
}

/** The latest time that follows from a state with a bad answer, by the end of that state. */
function lastBadMs(
  history: Run["history"],
  timeOf: (untilMs: number, ttlMs: number) => number,
  { states, bad, question }: { states: States; bad: Bad; question: number },
): number {
  let worstMs = 0;
  for (let epoch = 0; epoch < history.count; epoch += 1) {
    const untilMs = epoch + 1 < history.count ? history.timeOf(epoch + 1) : Infinity;
    const list = states.answersIn(history.stateOf(epoch))[question] as AnswerList;
    for (let index = 0; index < list.values.length; index += 1) {
      if (shareOf(list, index) > 0 && isBad(bad, question, list, index)) {
        worstMs = Math.max(worstMs, timeOf(untilMs, list.ttlMs[index] as number));
      }
    }
  }
  return worstMs;
}
