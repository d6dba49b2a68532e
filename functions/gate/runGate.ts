import { driftLine, rangesDrift } from "./checkerRanges";
import { gateActionsOf, decideGate } from "./decision";
import type { GateDecision } from "./decision";
import type { GateEvent } from "./events";
import { observeOutside } from "./observe";
import type { GateEyes } from "./observe";
import type { GateObservation } from "./observation";
import type { GateFunctionSettings } from "./settings";
import type { Exchange } from "../http/exchange";
import { firstState, parseGateState } from "./state";
import type { GateState, Notice } from "./state";
import type { GateStore } from "./store";

/** The controller's access to the outside, besides its settings. */
export interface GateDependencies extends GateEyes {
  /** HTTP, for the published ranges of the checkers. */
  readonly exchange: Exchange;
  readonly store: GateStore;
  /** Sends a notice to the topic. */
  readonly publish: (notice: Notice) => Promise<void>;
  readonly now: () => Date;
  /** Writes a line to the log. */
  readonly write: (line: string) => void;
}

/** The state after a run, and why a command was refused. */
export type GateReply = GateState & { readonly refused?: string };

/** Runs that write the state at the same time: a schedule's, an alert's, a person's, and retries. */
const attemptsMax = 5;

/** The published ranges change a few times a year. */
const rangesEveryMs = 3_600_000;

/** A stored state, with the latch object as it was seen after it. */
interface Stored {
  readonly state: GateState;
  readonly etag: string;
  readonly latchObject: GateObservation["latchObject"];
}

/**
 * One run: reads, observes, decides, and writes the state on condition that no other run has
 * written. Only then are the latch object and the topic changed, by what the state says, so that
 * the next run completes a run that ended here.
 *
 * @throws Error when the bucket or, in a run without a command, the topic does not accept a change
 */
export async function runGate(
  event: GateEvent,
  settings: GateFunctionSettings,
  surroundings: GateDependencies,
): Promise<GateReply> {
  const { store, now, write } = surroundings;
  if (event.kind === "status") {
    const stored = await store.readState();
    return stored === undefined ? firstState(now().getTime()) : parseGateState(stored.text);
  }
  const { stored, decision, observation, comparesRanges } = await decided(
    event,
    settings,
    surroundings,
  );
  const { state, failures } = await settled(stored, surroundings);
  const { refused } = decision;
  const { phase, revision, outsideRuns, blockers } = state;
  write(
    JSON.stringify({
      timestamp: now().toISOString(),
      level: failures.length > 0 ? "ERROR" : "INFO",
      event,
      ...{ phase, revision, outsideRuns, blockers, observation },
      ...(refused === undefined ? {} : { refused }),
      ...(failures.length > 0 ? { failures: failures.map(({ message }) => message) } : {}),
    }),
  );
  if (comparesRanges) await compareRanges(settings, surroundings);
  // A person learns from the reply that the latch is set; the next run reports a topic that is dead.
  if (failures.length > 0 && (event.kind === "tick" || !state.latchAgrees)) {
    throw new AggregateError(failures, failures.map(({ message }) => message).join("; "));
  }
  return refused === undefined ? state : { ...state, refused };
}

/** A decision that is written. */
interface Decided {
  readonly stored: Stored;
  readonly decision: GateDecision;
  readonly observation: GateObservation;
  /** Whether this run compares the checkers' ranges. */
  readonly comparesRanges: boolean;
}

async function decided(
  event: Exclude<GateEvent, { readonly kind: "status" }>,
  settings: GateFunctionSettings,
  surroundings: GateDependencies,
): Promise<Decided> {
  const { store, now } = surroundings;
  for (let attempt = 0; attempt < attemptsMax; attempt++) {
    const read = await store.readState();
    // The state first: a decision must not rest on an observation older than the state.
    const before = read === undefined ? firstState(now().getTime()) : parseGateState(read.text);
    const [outside, latchObject] = await Promise.all([
      observeOutside(settings, surroundings),
      latchIn(store),
    ]);
    const observation = { ...outside, latchObject };
    const nowMs = now().getTime();
    const command = event.kind === "tick" ? undefined : event;
    const decision = decideGate(before, observation, nowMs, settings.rules, command);
    const { rangesComparedMs = -Infinity } = decision.state;
    const comparesRanges = nowMs - rangesComparedMs >= rangesEveryMs;
    const state = comparesRanges ? { ...decision.state, rangesComparedMs: nowMs } : decision.state;
    const written = await store.writeState(JSON.stringify(state), read);
    if (written === "lost") continue;
    const { etag } = written;
    return { stored: { state, etag, latchObject }, decision, observation, comparesRanges };
  }
  throw new Error(
    `state.json: other runs wrote ${attemptsMax} times in a row; this run changed nothing, and the next one tries again`,
  );
}

/**
 * Makes the latch object what the state says, sends its notices, and notes both in the state. If
 * another run has written meanwhile, its state decides.
 */
async function settled(
  first: Stored,
  surroundings: GateDependencies,
): Promise<{ readonly state: GateState; readonly failures: readonly Error[] }> {
  const { store, publish } = surroundings;
  const sent = new Set<string>();
  let stored = first;
  for (let attempt = 0; attempt < attemptsMax; attempt++) {
    const { state, etag, latchObject } = stored;
    const failures: Error[] = [];
    let latchAgrees = true;
    for (const action of gateActionsOf(state, latchObject)) {
      try {
        if (action.kind === "putLatch") await store.putLatch();
        else if (action.kind === "removeLatch") await store.removeLatch();
        else if (!sent.has(action.notice.id)) {
          await publish(action.notice);
          sent.add(action.notice.id);
        }
      } catch (error) {
        if (action.kind !== "notify") latchAgrees = false;
        failures.push(error instanceof Error ? error : new Error(String(error)));
      }
    }
    const notices = state.notices.filter(({ id }) => !sent.has(id));
    const isChanged = notices.length < state.notices.length || latchAgrees !== state.latchAgrees;
    if (!isChanged) return { state, failures };
    const next = { ...state, revision: state.revision + 1, latchAgrees, notices };
    const written = await store.writeState(JSON.stringify(next), { etag });
    if (written !== "lost") return { state: next, failures };
    stored = await storedIn(store);
  }
  throw new Error(
    `state.json: other runs wrote ${attemptsMax} times in a row; the latch object and notices follow in the next run`,
  );
}

async function storedIn(store: GateStore): Promise<Stored> {
  const read = await store.readState();
  if (read === undefined) throw new Error("state.json: was deleted during a run");
  const state = parseGateState(read.text);
  return { state, etag: read.etag, latchObject: await latchIn(store) };
}

async function latchIn(store: GateStore): Promise<GateObservation["latchObject"]> {
  return (await store.hasLatch()) ? "present" : "absent";
}

/** Reports ranges that differ. No answer is not a drift. */
async function compareRanges(
  { checkerRanges, functionName }: GateFunctionSettings,
  { exchange, now, write }: GateDependencies,
): Promise<void> {
  try {
    write(driftLine(await rangesDrift(checkerRanges, exchange), functionName, now()));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const line = { timestamp: now().toISOString(), level: "WARN", ranges: reason };
    write(JSON.stringify(line));
  }
}
