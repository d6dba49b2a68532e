import { shortestStepMs } from "../simulation/resolver";
import type { DrillClock } from "./clock";

/** What a name server gives for a name, and how long a resolver may keep it. */
export type NameAnswer = { readonly ttlSeconds: number } & (
  | { readonly address: string }
  /** The name in a CNAME. */
  | { readonly leadsTo: string }
);

/** Asks for a name; undefined without an answer. */
export type AskName = (name: string) => Promise<NameAnswer | undefined>;

/** As many as Route 53 follows at least. */
const namesMax = 8;

/** One of the addresses of a name, behind its CNAMEs; undefined without an answer. */
export async function addressBehind(name: string, ask: AskName): Promise<string | undefined> {
  let asked = name;
  for (let names = 0; names < namesMax; names += 1) {
    const found = await ask(asked);
    if (!found || "address" in found) return found?.address;
    asked = found.leadsTo;
  }
  return undefined;
}

/** A resolver that keeps each answer for its own TTL, those behind a CNAME too (T1). */
export class CachingResolver {
  private readonly kept = new Map<string, Kept>();

  constructor(
    private readonly ask: AskName,
    private readonly clock: DrillClock,
  ) {}

  /** One of the addresses of a name; undefined without an answer. */
  addressOf(name: string): Promise<string | undefined> {
    return addressBehind(name, (asked) => this.answerFor(asked));
  }

  private answerFor(name: string): Promise<NameAnswer | undefined> {
    const known = this.kept.get(name);
    if (known && this.clock.nowSeconds() < known.untilSeconds) return known.answer;
    const asked = this.ask(name).then((found) => {
      const ttlSeconds = Math.max(shortestStepMs / 1_000, found?.ttlSeconds ?? 0);
      kept.untilSeconds = this.clock.nowSeconds() + ttlSeconds;
      return found;
    });
    // Until there is an answer, everyone waits for this question.
    const kept: Kept = { answer: asked, untilSeconds: Infinity };
    this.kept.set(name, kept);
    return asked;
  }
}

interface Kept {
  readonly answer: Promise<NameAnswer | undefined>;
  untilSeconds: number;
}
