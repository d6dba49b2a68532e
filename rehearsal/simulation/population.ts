import type { AnswerList, States } from "./answers";
import { drawValue } from "./answers";
import { heldAs } from "./clients";
import type { Draws } from "./random";
import { leadsTo, Resolver, shortestStepMs, lastValueOf } from "./resolver";
import type { Run } from "./simulator";

/** How a client and its resolver cache an answer. */
export type Keeping =
  /** A resolver that asks again when the TTL expires. */
  | "obeys"
  /** A browser with its own fixed cache time, behind a resolver that obeys. */
  | "browser"
  /** A resolver that keeps every answer for at least five minutes. */
  | "clamps"
  /** A resolver that keeps everything for twice the TTL. */
  | "overruns"
  /** A resolver that serves an expired answer once more while it asks (RFC 8767). */
  | "stale"
  /** A connection that stays open. */
  | "keepAlive"
  /** A process that resolves a name once, as a JVM may be set to do. */
  | "keepsForever";

/** How long a browser keeps an answer: observed, not documented by a standard. */
const browserMs = 60_000;
const clampMs = 300_000;
const overrun = 2;
/** RFC 8767 recommends 30 s for expired data. */
const staleMs = 30_000;
/** The longest use of an open connection: assumed. */
const connectionMs = 600_000;
/** A client gives up an answer that takes longer: assumed. */
export const patienceMs = 30_000;

/** A period during which a client uses one value; -1: it got no answer. */
export interface Use {
  readonly fromMs: number;
  readonly toMs: number;
  readonly value: number;
}

/** The health of a value as a client experiences it. */
export interface Health {
  /** When it next stops serving, not before this time; Infinity: never again. */
  stopsMs(value: number, fromMs: number): number;
  /** Whether a client learns immediately that it does not serve, as by a refused connection. */
  refuses(value: number, atMs: number): boolean;
}

/** All values that one client uses, from start to end. */
export function usesOf(
  keeping: Keeping,
  { history, clientDelayMs }: Run,
  states: States,
  {
    question,
    endMs,
    health,
  }: { readonly question: number; readonly endMs: number; readonly health: Health },
  draws: Draws,
): readonly Use[] {
  const listAt = (asked: number, atMs: number): AnswerList =>
    states.answersIn(history.at(atMs - clientDelayMs))[asked] as AnswerList;
  const root = heldAs(states.answersIn(history.stateOf(0))[question], question);
  const resolver = new Resolver(listAt, (ttlMs) => resolverMs(keeping, ttlMs), draws);
  /** The cached answer of a resolver that obeys: it asked for each record within the last TTL. */
  const cached = (atMs: number): number => {
    for (let asked = root; ;) {
      const now = listAt(asked, atMs);
      const ttlMs = now.ttlMs[drawValue(now, draws.share())] ?? 0;
      const list = listAt(asked, atMs - draws.below(Math.max(1, ttlMs)));
      const index = drawValue(list, draws.share());
      const next = leadsTo({ list, index });
      if (next === undefined) return list.values[index] ?? -1;
      asked = next;
    }
  };
  const uses: Use[] = [];
  for (let fromMs = 0; fromMs < endMs;) {
    const { value, keptMs } = keep(keeping, fromMs, {
      held: (atMs) => heldBy(resolver, root, atMs, draws),
      cached,
      draws,
      health,
    });
    const toMs = Math.min(endMs, fromMs + Math.max(keptMs, 1));
    uses.push({ fromMs, toMs, value });
    fromMs = toMs;
  }
  return uses;
}

interface Kept {
  readonly value: number;
  readonly keptMs: number;
}

interface Asking {
  readonly held: (atMs: number) => Kept;
  readonly cached: (atMs: number) => number;
  readonly draws: Draws;
  readonly health: Health;
}

/** What a resolver holds, and for how long. */
function heldBy(resolver: Resolver, root: number, atMs: number, draws: Draws): Kept {
  const asked = resolver.chainAt(root, atMs);
  const chain = asked.map((one) =>
    atMs === 0 ? { ...one, untilMs: sinceRandomMs(one.untilMs, draws) } : one,
  );
  resolver.hold(chain);
  const untilMs = Math.min(...chain.map((one) => one.untilMs));
  return { value: lastValueOf(chain), keptMs: untilMs - atMs };
}

/** When the scenario begins, a client is at a random point of its cache time. */
function sinceRandomMs(keptMs: number, draws: Draws): number {
  return 1 + draws.below(keptMs);
}

/** The answer a client gets at a time, and how long it uses it. */
function keep(keeping: Keeping, atMs: number, { held, cached, draws, health }: Asking): Kept {
  const lasting = (keptMs: number): number => (atMs === 0 ? sinceRandomMs(keptMs, draws) : keptMs);
  switch (keeping) {
    case "keepsForever":
      return { value: held(atMs).value, keptMs: Infinity };
    case "browser":
      return { value: cached(atMs), keptMs: lasting(browserMs) };
    case "keepAlive": {
      const value = cached(atMs);
      const stops = value < 0 ? atMs : health.stopsMs(value, atMs);
      if (stops >= atMs + connectionMs) return { value, keptMs: lasting(connectionMs) };
      const noticed = value >= 0 && health.refuses(value, stops) ? shortestStepMs : patienceMs;
      return { value, keptMs: lasting(stops - atMs + noticed) };
    }
    default:
      return held(atMs);
  }
}

/** How long the resolver of a client keeps an answer. */
function resolverMs(keeping: Keeping, ttlMs: number): number {
  switch (keeping) {
    case "clamps":
      return Math.max(ttlMs, clampMs);
    case "overruns":
      return ttlMs * overrun;
    case "stale":
      return ttlMs + staleMs;
    default:
      return ttlMs;
  }
}
