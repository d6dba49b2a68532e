import { approvalsNeeded, blockersOf, conditionsOf, lines, timeOf } from "./blockers";
import type { GateRules } from "./blockers";
import type { GateObservation } from "./observation";
import { isLatched } from "./state";
import type { Approval, GatePhase, GateState, LatchedBy, Notice } from "./state";

/** A person's command. */
export interface GateCommand {
  readonly kind: "hold" | "release";
  readonly identity: string;
  readonly reason: string;
}

/** What the controller must do. The state alone decides it, so that a later run can do it too. */
export type GateAction =
  | { readonly kind: "putLatch" }
  | { readonly kind: "removeLatch" }
  | { readonly kind: "notify"; readonly notice: Notice };

/** The result of a run. */
export interface GateDecision {
  readonly state: GateState;
  readonly actions: readonly GateAction[];
  /** Why a command was refused. */
  readonly refused?: string;
}

/**
 * Answers that are closer together count once: checkers report every 10 s (H1), so both are one
 * fact. Duplicated events therefore latch nothing.
 */
const outsideSpacingMs = 10_000;

/**
 * A longer time between two runs was not observed: the controller runs every minute, so two runs
 * are missing. A step of the clock looks the same.
 */
const gapMsMax = 150_000;

/** Clocks of two machines differ by less; a larger step back is a change of the clock. */
const clockToleranceMs = 10_000;

/**
 * Time from a release until Route 53 must answer with the primary. Its checkers need 20 s for the
 * latch; a primary that is still out after five minutes has failed again.
 */
export const returnSecondsMax = 300;

/** Notices kept while the topic does not accept any. The oldest are dropped. */
const noticesMax = 20;

/** Identity of someone who changed the latch object without the controller. */
export const unknownIdentity = "unknown";

/** A run: what it sees, when, and by which rules. */
interface Run {
  readonly observation: GateObservation;
  readonly nowMs: number;
  readonly rules: GateRules;
  /** What rules out a release now, in words. Only time and approvals are missing if it is empty. */
  readonly conditions: readonly string[];
}

/**
 * Decides a run: a pure function (docs/adr/0052-the-gate-errs-towards-the-latch.md). A command is
 * applied after the observation, so that an approval is judged by the present.
 *
 * @param nowMs time of the observation, which must be made after the state was read
 */
export function decideGate(
  state: GateState,
  observation: GateObservation,
  nowMs: number,
  rules: GateRules,
  command?: GateCommand,
): GateDecision {
  const run: Run = { observation, nowMs, rules, conditions: conditionsOf(observation) };
  const gap = gapOf(state, nowMs);
  const observed = moved(counted(adopted(clamped(state, nowMs), run), run), run, gap);
  const { state: commanded, refused } = obeyed(observed, run, command);
  const next = reminded(released(commanded, run), run);
  const decided: GateState = {
    ...next,
    revision: state.revision + 1,
    lastRunMs: nowMs,
    latchAgrees: isLatched(next.phase) === (observation.latchObject === "present"),
    blockers: isLatched(next.phase) ? blockersOf(next, run.conditions, rules) : [],
  };
  return {
    state: decided,
    actions: gateActionsOf(decided, observation.latchObject),
    ...(refused === undefined ? {} : { refused }),
  };
}

/** The actions that a state still needs. */
export function gateActionsOf(
  { phase, notices }: GateState,
  latchObject: GateObservation["latchObject"],
): readonly GateAction[] {
  const isPresent = latchObject === "present";
  return [
    ...(isLatched(phase) && !isPresent ? [{ kind: "putLatch" } as const] : []),
    ...(!isLatched(phase) && isPresent ? [{ kind: "removeLatch" } as const] : []),
    ...notices.map((notice) => ({ kind: "notify", notice }) as const),
  ];
}

/** Times after now are from a clock that was set back: they begin now. */
function clamped(state: GateState, nowMs: number): GateState {
  const clamp = (ms: number): number => (ms > nowMs + clockToleranceMs ? nowMs : ms);
  const { outsideCountedMs, remindedMs, rangesComparedMs } = state;
  return {
    ...state,
    sinceMs: clamp(state.sinceMs),
    ...(outsideCountedMs === undefined ? {} : { outsideCountedMs: clamp(outsideCountedMs) }),
    ...(remindedMs === undefined ? {} : { remindedMs: clamp(remindedMs) }),
    ...(rangesComparedMs === undefined ? {} : { rangesComparedMs: clamp(rangesComparedMs) }),
  };
}

/** Why the time since the last run was not observed; undefined if it was. */
function gapOf({ lastRunMs }: GateState, nowMs: number): string | undefined {
  const gapMs = nowMs - lastRunMs;
  if (gapMs > gapMsMax) return `no run for ${Math.floor(gapMs / 1000)} s`;
  return gapMs < -clockToleranceMs ? "the clock was set back" : undefined;
}

/**
 * A latch object that agreed with the state and does so no longer was changed by hand. A new one is
 * a hold. A missing one is put again, because only `release` checks the orders.
 */
function adopted(state: GateState, { observation, nowMs }: Run): GateState {
  const isPresent = observation.latchObject === "present";
  if (!state.latchAgrees || isLatched(state.phase) === isPresent) return state;
  return isPresent
    ? latched(
        state,
        {
          kind: "person",
          identity: unknownIdentity,
          reason: "the latch object was there, but not by the controller",
        },
        nowMs,
      )
    : noticed(
        state,
        "latch restored",
        "The latch object was removed, but not by the controller. The controller puts it back. Use `failover release` to return to the primary region.",
      );
}

/** Counts consecutive answers of the standby; an unknown answer changes nothing. */
function counted(state: GateState, { observation, nowMs }: Run): GateState {
  if (state.phase !== "armed" && state.phase !== "released") return state;
  if (observation.serving === "primary") return uncounted(state);
  const { outsideCountedMs } = state;
  const isNew = outsideCountedMs === undefined || nowMs - outsideCountedMs >= outsideSpacingMs;
  return observation.serving === "standby" && isNew
    ? { ...state, outsideRuns: state.outsideRuns + 1, outsideCountedMs: nowMs }
    : state;
}

/** The phase that the observation leads to. */
function moved(state: GateState, run: Run, gap: string | undefined): GateState {
  const { observation, nowMs, rules, conditions } = run;
  const isOutside = state.outsideRuns >= rules.outsideRuns;
  switch (state.phase) {
    case "unarmed":
      return primaryServes(observation) ? armed(state, nowMs) : state;
    case "armed":
      return isOutside ? latched(state, { kind: "route53" }, nowMs) : state;
    case "released":
      if (primaryServes(observation)) return armed(state, nowMs);
      return isOutside && nowMs - state.sinceMs >= returnSecondsMax * 1000
        ? latched(state, { kind: "route53" }, nowMs)
        : state;
    case "latched":
      return conditions.length > 0
        ? state
        : { ...entered(state, "soaking", nowMs), soakStartedMs: nowMs };
    case "soaking":
    case "awaitingApproval": {
      const why = [...(gap === undefined ? [] : [gap]), ...conditions];
      return why.length > 0 ? broken(state, why, nowMs) : soaked(state, run);
    }
  }
}

/**
 * Whether the primary serves because it is healthy. Route 53 also answers with it when both regions
 * fail (C4), as on a first deployment: that must not arm.
 */
function primaryServes({ serving, signals }: GateObservation): boolean {
  return serving === "primary" && Object.values(signals).every((signal) => signal === "healthy");
}

function soaked(state: GateState, { nowMs, rules }: Run): GateState {
  const { phase, soakStartedMs = nowMs } = state;
  const isOver = nowMs - soakStartedMs >= rules.soakSeconds * 1000;
  if (phase !== "soaking" || !isOver) return state;
  const waiting = entered(state, "awaitingApproval", nowMs);
  const missing = approvalsNeeded(state, rules) - state.approvals.length;
  return missing <= 0
    ? waiting
    : noticed(
        waiting,
        "awaiting approval",
        `The primary region was good for ${rules.soakSeconds} s, and nothing blocks a return. Missing approvals: ${missing}. Use \`failover release\`.`,
      );
}

/** A condition broke: the soak and its approvals are void. */
function broken(state: GateState, why: readonly string[], nowMs: number): GateState {
  const back: GateState = {
    ...entered(without(state, "soakStartedMs"), "latched", nowMs),
    approvals: [],
  };
  // A flapping primary breaks a soak each minute: only what people acted on is worth a message.
  return state.phase === "awaitingApproval" || state.approvals.length > 0
    ? noticed(
        back,
        "soak broken",
        `The soak starts again, and approvals so far are void:\n${lines(why)}`,
      )
    : back;
}

/** Applies a command; an approval outside a soak is refused. */
function obeyed(
  state: GateState,
  { nowMs, conditions }: Run,
  command: GateCommand | undefined,
): { readonly state: GateState; readonly refused?: string } {
  if (command === undefined) return { state };
  const { kind, identity, reason } = command;
  if (kind === "hold") return { state: held(state, { kind: "person", identity, reason }, nowMs) };
  if (!isLatched(state.phase)) {
    return {
      state,
      refused: `release: must follow a latch, got phase ${state.phase}; nothing is held`,
    };
  }
  if (state.phase === "latched") {
    const blocking = conditions.length > 0 ? conditions.join("; ") : "the soak has not begun";
    return {
      state,
      refused: `release: must wait for a soak, got phase latched, blocked by: ${blocking}; approve once nothing blocks it`,
    };
  }
  const others = state.approvals.filter((one) => personOf(one) !== personOf(command));
  return { state: { ...state, approvals: [...others, { identity, reason, atMs: nowMs }] } };
}

/** A repeated hold of the same person for the same reason changes nothing. */
function held(
  state: GateState,
  by: Extract<LatchedBy, { readonly kind: "person" }>,
  nowMs: number,
): GateState {
  const { phase, latchedBy } = state;
  const isRepeated =
    phase === "latched" &&
    latchedBy?.kind === "person" &&
    latchedBy.identity === by.identity &&
    latchedBy.reason === by.reason;
  return isRepeated ? state : latched(state, by, nowMs);
}

/** Identities that differ in case or spaces are one person. */
function personOf({ identity }: Pick<Approval, "identity">): string {
  return identity.trim().toLowerCase();
}

/** Releases a latch that has soaked and is approved. */
function released(state: GateState, { nowMs, rules }: Run): GateState {
  const { phase, approvals } = state;
  if (phase !== "awaitingApproval" || approvals.length < approvalsNeeded(state, rules)) {
    return state;
  }
  const others = without(state, "latchedBy", "soakStartedMs", "remindedMs");
  const by = approvals.map(({ identity, reason }) => `approved by ${identity}: ${reason}`);
  return noticed(
    { ...uncounted(entered(others, "released", nowMs)), approvals: [] },
    "released",
    `Route 53 may return to the primary region:\n${lines(by.length > 0 ? by : ["released by itself after the soak"])}`,
  );
}

/** Reminds people of a latch that stays. */
function reminded(state: GateState, run: Run): GateState {
  const { nowMs, rules, observation, conditions } = run;
  const { remindedMs = state.sinceMs } = state;
  if (!isLatched(state.phase) || nowMs - remindedMs < rules.remindSeconds * 1000) return state;
  const blockers = blockersOf(state, conditions, rules);
  const text = [
    `The gate has been in phase ${state.phase} since ${timeOf(state.sinceMs)}. What blocks a return:`,
    lines(blockers.length > 0 ? blockers : ["nothing"]),
    ...(observation.serving === "primary"
      ? ["Route 53 answers with the primary region although the latch is set: see the runbook."]
      : []),
  ].join("\n");
  const others = state.notices.filter(({ subject }) => subject !== stillLatched);
  return noticed({ ...state, notices: others, remindedMs: nowMs }, stillLatched, text);
}

const stillLatched = "still latched";

function armed(state: GateState, nowMs: number): GateState {
  return noticed(
    uncounted(entered(state, "armed", nowMs)),
    "armed",
    state.phase === "released"
      ? "Route 53 answers with the primary region again."
      : "The primary region serves. The gate latches when the standby region takes over.",
  );
}

function latched(state: GateState, by: LatchedBy, nowMs: number): GateState {
  const others = without(state, "soakStartedMs");
  const why =
    by.kind === "route53"
      ? `Route 53 answered with the standby region ${state.outsideRuns} times.`
      : `Held by ${by.identity}: ${by.reason}.`;
  return noticed(
    {
      ...uncounted(entered(others, "latched", nowMs)),
      latchedBy: by,
      approvals: [],
      remindedMs: nowMs,
    },
    "latched",
    `${why} Route 53 does not return to the primary region before a release.`,
  );
}

function uncounted(state: GateState): GateState {
  return { ...without(state, "outsideCountedMs"), outsideRuns: 0 };
}

/** The state without some of its optional fields. */
function without(state: GateState, ...keys: readonly OptionalField[]): GateState {
  const others = { ...state };
  for (const key of keys) Reflect.deleteProperty(others, key);
  return others;
}

type OptionalField = "latchedBy" | "outsideCountedMs" | "remindedMs" | "soakStartedMs";

function entered(state: GateState, phase: GatePhase, nowMs: number): GateState {
  return { ...state, phase, sinceMs: state.phase === phase ? state.sinceMs : nowMs };
}

/** Adds a notice. Its id is unique: only one run writes the next revision. */
function noticed(state: GateState, subject: string, text: string): GateState {
  const id = `${state.revision + 1}: ${subject}`;
  return { ...state, notices: [...state.notices, { id, subject, text }].slice(-noticesMax) };
}
