import type { AnswerList, States } from "./answers";
import type { Draws } from "./random";
import type { HeldAnswer } from "./resolver";
import { leadsTo, Resolver } from "./resolver";
import type { Run } from "./simulator";

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
  const value = list.values[index] ?? -1;
  if (bad.kind === "dead") return value < 0 || bad.values[value] === true;
  if (value < 0) return index < 0;
  const share = shareOf(list, index);
  return share > (bad.shares[question]?.[value] ?? 0) + tolerance;
}

/** Whether a client leaves what its resolver holds: a bad value, or one behind a bad CNAME. */
function isBadChain(bad: Bad, chain: readonly HeldAnswer[]): boolean {
  return chain.some(({ question, list, index }) => isBad(bad, question, list, index));
}

export function shareOf({ cumulative }: AnswerList, index: number): number {
  return (cumulative[index] as number) - (index === 0 ? 0 : (cumulative[index - 1] as number));
}

/**
 * When one client, drawn at random among those on a bad answer, leaves its last bad answer: it obeys the TTL
 * and asks again whenever a TTL has expired.
 */
export function clientDowntimeMs(
  { history, clientDelayMs }: Run,
  states: States,
  bad: Bad,
  question: number,
  draws: Draws,
): number {
  let [epoch, epochMs] = [0, -Infinity];
  const listAt = (asked: number, atMs: number): AnswerList => {
    if (atMs < epochMs) epoch = 0;
    epochMs = atMs;
    while (epoch + 1 < history.count && history.timeOf(epoch + 1) + clientDelayMs <= atMs)
      epoch += 1;
    return states.answersIn(history.stateOf(epoch))[asked] as AnswerList;
  };
  const first = states.answersIn(history.stateOf(0));
  const root = heldAs(first[question], question);
  const resolver = new Resolver(listAt, (ttlMs) => ttlMs, draws);
  resolver.hold(firstChain(first, root, bad, draws));
  const settledMs = Math.max(0, history.lastTime + clientDelayMs);
  let leftMs = 0;
  for (let nowMs = 0; ;) {
    const chain = resolver.chainAt(root, nowMs);
    if (isBadChain(bad, chain)) leftMs = Math.min(...chain.map(({ endsMs }) => endsMs));
    if (chain.every(({ askedMs }) => askedMs >= settledMs)) return leftMs;
    nowMs = Math.min(...chain.map(({ untilMs }) => untilMs));
  }
}

/** The question for what resolvers keep. */
export function heldAs(list: AnswerList | undefined, question: number): number {
  return list?.heldAs ?? question;
}

/** What a client's resolver holds to begin with: something bad, if any answer is. */
function firstChain(
  answers: readonly AnswerList[],
  root: number,
  bad: Bad,
  draws: Draws,
): readonly HeldAnswer[] {
  const all = chainsFrom(answers, root);
  const worse = all.filter(({ chain }) => isBadChain(bad, chain));
  const among = worse.length > 0 ? worse : all;
  const total = among.reduce((sum, { share }) => sum + share, 0);
  let left = draws.share() * total;
  const drawn = among.find(({ share }) => (left -= share) < 0) ?? among.at(-1);
  // Each was asked for at a random time within its TTL.
  return (drawn?.chain ?? []).map((one) => {
    const endsMs = draws.below(Math.max(one.list.ttlMs[one.index] as number, 1));
    return { ...one, endsMs, untilMs: endsMs };
  });
}

/** Every way from a question to a value, with its share of the queries. */
function chainsFrom(
  answers: readonly AnswerList[],
  question: number,
): readonly { readonly chain: readonly HeldAnswer[]; readonly share: number }[] {
  const list = answers[question] as AnswerList;
  return list.values.flatMap((_, index) => {
    const one = { question, list, index, askedMs: -Infinity, endsMs: 0, untilMs: 0 };
    const share = shareOf(list, index);
    const next = leadsTo(one);
    if (next === undefined) return [{ chain: [one], share }];
    return chainsFrom(answers, next).map((below) => ({
      chain: [one, ...below.chain],
      share: share * below.share,
    }));
  });
}

/** When the last client leaves every bad answer: it asked just before the answer changed. */
export function lastClientMs(
  { history, clientDelayMs }: Run,
  states: States,
  bad: Bad,
  question: number,
): number {
  const root = heldAs(states.answersIn(history.stateOf(0))[question], question);
  const timeOf = (untilMs: number, ttlMs: number): number =>
    untilMs + clientDelayMs <= 0 ? 0 : untilMs + clientDelayMs + ttlMs;
  const spans = (asked: number): readonly Span[] => spansOf(history, states, bad, asked, timeOf);
  return lastIn(spans, root, { fromMs: -Infinity, toMs: Infinity }, false);
}

/** When Route 53 has decided against every bad answer; its name servers learn it later. */
export function decidedMs({ history }: Run, states: States, bad: Bad, question: number): number {
  return spansOf(history, states, bad, question, (untilMs) => Math.max(0, untilMs))
    .filter((span) => span.isBad)
    .reduce((last, { toMs }) => Math.max(last, toMs), 0);
}

interface Period {
  readonly fromMs: number;
  readonly toMs: number;
}

/** While a resolver can hold a value. */
interface Span extends Period {
  readonly isBad: boolean;
  readonly leadsTo: number | undefined;
}

/** While resolvers can hold each value of a question: from the begin of a state in which it is given. */
function spansOf(
  history: Run["history"],
  states: States,
  bad: Bad,
  question: number,
  timeOf: (untilMs: number, ttlMs: number) => number,
): readonly Span[] {
  const spans: Span[] = [];
  for (let epoch = 0; epoch < history.count; epoch += 1) {
    const untilMs = epoch + 1 < history.count ? history.timeOf(epoch + 1) : Infinity;
    const list = states.answersIn(history.stateOf(epoch))[question] as AnswerList;
    for (let index = 0; index < list.values.length; index += 1) {
      if (shareOf(list, index) <= 0) continue;
      spans.push({
        fromMs: epoch === 0 ? -Infinity : history.timeOf(epoch),
        toMs: timeOf(untilMs, list.ttlMs[index] as number),
        isBad: isBad(bad, question, list, index),
        leadsTo: leadsTo({ list, index }),
      });
    }
  }
  return spans;
}

/** The end of the last time at which a resolver can hold a bad value, within a period. */
function lastIn(
  spansOfQuestion: (question: number) => readonly Span[],
  question: number,
  { fromMs, toMs }: Period,
  isBehindBad: boolean,
): number {
  return spansOfQuestion(question).reduce((last, span) => {
    const period = { fromMs: Math.max(fromMs, span.fromMs), toMs: Math.min(toMs, span.toMs) };
    const isLeft = isBehindBad || span.isBad;
    // No client holds it for longer than what was found already.
    if (period.toMs <= Math.max(last, period.fromMs)) return last;
    if (span.leadsTo !== undefined)
      return Math.max(last, lastIn(spansOfQuestion, span.leadsTo, period, isLeft));
    return isLeft ? period.toMs : last;
  }, 0);
}
