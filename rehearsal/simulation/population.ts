import type { AnswerList, States } from "./answers";
import { drawValue } from "./answers";
import type { Draws } from "./random";
import type { Run } from "./simulator";

/** How a client and its resolver keep what they were told. */
export type Keeping =
  /** A resolver that asks again when the TTL is over. */
  | "obeys"
  /** A browser that keeps each answer for a while of its own, behind a resolver that obeys. */
  | "browser"
  /** A resolver that keeps nothing for less than five minutes. */
  | "clamps"
  /** A resolver that keeps everything for twice the TTL. */
  | "overruns"
  /** A resolver that gives what is over once more while it asks (RFC 8767). */
  | "stale"
  /** A connection that stays open. */
  | "keepAlive"
  /** A process that resolves a name once, as a JVM may be set to do. */
  | "keepsForever";

/** A browser keeps an answer so long: seen, and documented by no standard. */
const browserMs = 60_000;
const clampMs = 300_000;
const overrun = 2;
/** RFC 8767 recommends 30 s for data that is over. */
const staleMs = 30_000;
/** An open connection is used for so long at most: assumed. */
const connectionMs = 600_000;
/** A client gives up a connection that hangs after so long: assumed. */
const patienceMs = 30_000;
/** Without a TTL a client asks about once a second. */
const shortestMs = 1_000;

/** A time in which a client uses one value; -1: it got none. */
export interface Use {
  readonly fromMs: number;
  readonly toMs: number;
  readonly value: number;
}

/** What a client finds at a value from a moment on. */
export interface Health {
  /** When it next stops serving, at the earliest at this moment; Infinity: not any more. */
  stopsMs(value: number, fromMs: number): number;
  /** Whether a client is told at once that it does not serve, as by a refused connection. */
  refuses(value: number, atMs: number): boolean;
}

/** Everything that one client uses from the beginning to the end. */
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
  /** What a resolver that obeys has at a moment: asked within the last TTL. */
  const cached = (atMs: number): ReturnType<typeof ask> => {
    const { ttlMs } = ask(atMs);
    return ask(atMs - draws.below(Math.max(1, ttlMs)));
  };
  const uses: Use[] = [];
  for (let fromMs = 0; fromMs < endMs;) {
    const { value, keptMs } = keep(keeping, fromMs, { ask, cached, health });
    // A client is anywhere in what it keeps when the scenario begins.
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

/** What a client is told at a moment, and for how long it uses that. */
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
