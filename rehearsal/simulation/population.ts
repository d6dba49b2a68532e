import type { AnswerList, States } from "./answers";
import { drawValue } from "./answers";
import type { Draws } from "./random";
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
/** Without a TTL a client asks about once a second. */
const shortestMs = 1_000;

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
  const listAt = (atMs: number): AnswerList =>
    states.answersIn(history.at(atMs - clientDelayMs))[question] as AnswerList;
  const ask = (atMs: number): { readonly value: number; readonly ttlMs: number } => {
    const list = listAt(atMs);
    const index = drawValue(list, draws.share());
    return index < 0
      ? { value: -1, ttlMs: 0 }
      : { value: list.values[index] as number, ttlMs: list.ttlMs[index] as number };
  };
  /** The cached answer of a resolver that obeys: it asked within the last TTL. */
  const cached = (atMs: number): ReturnType<typeof ask> => {
    const { ttlMs } = ask(atMs);
    return ask(atMs - draws.below(Math.max(1, ttlMs)));
  };
  const uses: Use[] = [];
  for (let fromMs = 0; fromMs < endMs;) {
    const { value, keptMs } = keep(keeping, fromMs, { ask, cached, health });
    // When the scenario begins, a client is at a random point of its cache time.
    const isForever = keptMs === Infinity;
    const lastsMs = fromMs === 0 && !isForever ? 1 + draws.below(keptMs) : keptMs;
    const toMs = Math.min(endMs, fromMs + Math.max(lastsMs, 1));
    uses.push({ fromMs, toMs, value });
    fromMs = toMs;
  }
  return uses;
}

interface Asking {
  readonly ask: (atMs: number) => { readonly value: number; readonly ttlMs: number };
  readonly cached: (atMs: number) => { readonly value: number; readonly ttlMs: number };
  readonly health: Health;
}

/** The answer a client gets at a time, and how long it uses it. */
function keep(
  keeping: Keeping,
  atMs: number,
  { ask, cached, health }: Asking,
): { readonly value: number; readonly keptMs: number } {
  switch (keeping) {
    case "keepsForever":
      return { value: ask(atMs).value, keptMs: Infinity };
    case "browser":
      return { value: cached(atMs).value, keptMs: browserMs };
    case "keepAlive": {
      const { value } = cached(atMs);
      const stops = value < 0 ? atMs : health.stopsMs(value, atMs);
      if (stops >= atMs + connectionMs) return { value, keptMs: connectionMs };
      const noticed = value >= 0 && health.refuses(value, stops) ? shortestMs : patienceMs;
      return { value, keptMs: stops - atMs + noticed };
    }
    default: {
      const { value, ttlMs } = ask(atMs);
      return { value, keptMs: Math.max(shortestMs, resolverMs(keeping, ttlMs)) };
    }
  }
}

function resolverMs(keeping: "obeys" | "clamps" | "overruns" | "stale", ttlMs: number): number {
  switch (keeping) {
    case "obeys":
      return ttlMs;
    case "clamps":
      return Math.max(ttlMs, clampMs);
    case "overruns":
      return ttlMs * overrun;
    case "stale":
      return ttlMs + staleMs;
  }
}
