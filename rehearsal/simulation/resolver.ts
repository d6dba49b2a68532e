import type { AnswerList } from "./answers";
import { drawValue } from "./answers";
import type { Draws } from "./random";

/** Without a TTL, a client asks for the name again about once a second. */
export const shortestStepMs = 1_000;

/** What a resolver holds for one question. */
export interface HeldAnswer {
  readonly question: number;
  readonly list: AnswerList;
  /** Its number in the list; −1: it got no answer. */
  readonly index: number;
  readonly askedMs: number;
  /** When it expires. */
  readonly endsMs: number;
  /** When it is asked for again. */
  readonly untilMs: number;
}

/** The question that a value leads to, if it is a CNAME. */
export function leadsTo({ list, index }: Pick<HeldAnswer, "list" | "index">): number | undefined {
  return list.leadsTo?.[index];
}

/** The value at the end of a chain; −1: there is no answer. */
export function lastValueOf(chain: readonly HeldAnswer[]): number {
  const last = chain.at(-1);
  return last?.list.values[last.index] ?? -1;
}

/** A resolver that keeps each answer for a time of its own, and asks for what a CNAME leads to. */
export class Resolver {
  private readonly held = new Map<number, HeldAnswer>();

  /** @param keptMs how long it keeps an answer with a TTL */
  constructor(
    private readonly listAt: (question: number, atMs: number) => AnswerList,
    private readonly keptMs: (ttlMs: number) => number,
    private readonly draws: Draws,
  ) {}

  /** It holds these answers already. */
  hold(chain: readonly HeldAnswer[]): void {
    for (const one of chain) this.held.set(one.question, one);
  }

  /** What it holds, at a time, from a question to the value. */
  chainAt(question: number, atMs: number): readonly HeldAnswer[] {
    const chain: HeldAnswer[] = [];
    for (let next: number | undefined = question; next !== undefined;) {
      const known = this.held.get(next);
      const one = known && known.untilMs > atMs ? known : this.ask(next, atMs);
      chain.push(one);
      next = leadsTo(one);
    }
    return chain;
  }

  private ask(question: number, askedMs: number): HeldAnswer {
    const list = this.listAt(question, askedMs);
    const index = drawValue(list, this.draws.share());
    const endsMs = askedMs + this.keptMs(list.ttlMs[index] ?? 0);
    const untilMs = Math.max(endsMs, askedMs + shortestStepMs);
    const asked = { question, list, index, askedMs, endsMs, untilMs };
    this.held.set(question, asked);
    return asked;
  }
}
