import { approvalsNeeded } from "../../functions/gate/blockers";
import type { GatePhase, GateState, LatchedBy } from "../../functions/gate/state";
import { isLatched } from "../../functions/gate/state";
import type { CheckStatus } from "../status/checkStatus";
import type { Fact } from "../status/fact";
import { badFact, unknownFact } from "../status/fact";
import { counted } from "../../rehearsal/report/figures";
import { valueIn, whyIn } from "../known";
import type { GateLocation } from "./gateLocation";
import type { GateReading, Presence } from "./readGate";

/** The controller runs each minute; after three runs that did not happen it is reported. */
const staleAfterSeconds = 180;

/** A gate as it is now. A null is unknown, or nothing to say. */
export interface GateStatus {
  readonly bucket: string;
  readonly functionName: string;
  readonly region: string;
  /** The mode in the stack's settings. */
  readonly mode: GateLocation["mode"];
  /** Whether the latch check decides about the primary region; null where it is unknown. */
  readonly isAttached: boolean | null;
  readonly phase: GatePhase | null;
  readonly sinceSeconds: number | null;
  readonly latchedBy: LatchedBy | null;
  readonly blockers: readonly string[];
  readonly approvals: GateState["approvals"];
  readonly approvalsNeeded: number | null;
  readonly lastRunSeconds: number | null;
  /** Whether a release waits for orders: only with our application at the endpoints. */
  readonly watchesOrders: boolean | null;
  readonly latchObject: Presence | null;
  readonly latchCheck: CheckStatus["status"] | "missing" | null;
  readonly readableCheck: CheckStatus["status"] | "missing" | null;
  /** What to do next about attaching; absent where nothing is to do. */
  readonly attaching?: string;
}

/** The checks of a gate among those of the account; null where they could not be read. */
export interface GateChecks {
  readonly latch?: CheckStatus;
  readonly readable?: CheckStatus;
  /** Whether a calculated check counts the latch check. */
  readonly isAttached: boolean;
}

/** A gate, with what is bad about it or not known. */
export interface JudgedGate {
  readonly gate: GateStatus;
  readonly facts: readonly Fact[];
}

/** Judges a gate. @param nowMs Unix time in milliseconds */
export function judgeGate(
  location: GateLocation,
  reading: GateReading,
  checks: GateChecks | null,
  nowMs: number,
): JudgedGate {
  const read = valueIn(reading.state);
  const state = read ?? null;
  const settings = valueIn(reading.settings);
  const { bucket, functionName, region, mode } = location;
  const attaching = checks === null ? undefined : attachingOf(mode, checks);
  return {
    gate: {
      bucket,
      functionName,
      region,
      mode,
      isAttached: checks?.isAttached ?? null,
      phase: state?.phase ?? null,
      sinceSeconds: state && secondsBetween(state.sinceMs, nowMs),
      latchedBy: state?.latchedBy ?? null,
      blockers: state?.blockers ?? [],
      approvals: state?.approvals ?? [],
      // Where a release may be automatic, it depends on who latched.
      approvalsNeeded:
        settings === undefined || (settings.isAutomatic && read === undefined)
          ? null
          : approvalsNeeded(read ?? {}, settings),
      lastRunSeconds: state && secondsBetween(state.lastRunMs, nowMs),
      watchesOrders: settings?.signals?.some((signal) => signal.startsWith("orders-")) ?? null,
      latchObject: valueIn(reading.latchObject) ?? null,
      latchCheck: checks && (checks.latch?.status ?? "missing"),
      readableCheck: checks && (checks.readable?.status ?? "missing"),
      ...(attaching === undefined ? {} : { attaching }),
    },
    facts: [
      ...controllerFacts(location, reading, nowMs),
      ...objectFacts(location, reading),
      ...(checks === null
        ? [unknownFact("gate-checks", "the checks of the gate were not read")]
        : checkFacts(location, reading, checks)),
    ],
  };
}

function controllerFacts(
  { functionName, bucket }: GateLocation,
  { state, settings }: GateReading,
  nowMs: number,
): readonly Fact[] {
  const unread = [
    ...whyIn(state).map((why) => unknownFact("gate-state", `the state of the gate: ${why}`)),
    ...whyIn(settings).map((why) =>
      unknownFact("controller-settings", `the settings of the controller: ${why}`),
    ),
  ];
  const known = valueIn(state);
  if (known === undefined) return unread;
  if (known === null) {
    const text = `${functionName} has not run yet: ${bucket} has no state.json`;
    return [...unread, badFact("controller-stale", text)];
  }
  const unsent = known.notices.length;
  if (unsent > 0) {
    const text = `${counted(unsent, "message")} of ${functionName} ${unsent === 1 ? "is" : "are"} not known to be sent; look at the alert topic in the standby region`;
    unread.push(badFact("controller-notices", text));
  }
  const seconds = secondsBetween(known.lastRunMs, nowMs);
  if (seconds <= staleAfterSeconds) return unread;
  const text = `${functionName} ran last ${durationWords(seconds)} ago, and should run each minute; look at its log and its dead-letter queue`;
  return [...unread, badFact("controller-stale", text)];
}

/** Whether the objects are as the state demands. */
function objectFacts(
  { functionName, bucket }: GateLocation,
  { state, latchObject, readableObject }: GateReading,
): readonly Fact[] {
  const facts = [
    ...whyIn(latchObject).map((why) => unknownFact("latch-object", `the latch object: ${why}`)),
    ...whyIn(readableObject).map((why) =>
      unknownFact("readable-object", `the object that is always there: ${why}`),
    ),
  ];
  if (valueIn(readableObject) === "absent") {
    const text = `${bucket} has no object "readable", or does not exist; run \`pulumi up\``;
    facts.push(badFact("readable-object", text));
  }
  const [known, object] = [valueIn(state), valueIn(latchObject)];
  if (!known || object === undefined) return facts;
  const wanted: Presence = isLatched(known.phase) ? "present" : "absent";
  if (object === wanted) return facts;
  const text = `the gate is ${known.phase}, but the latch object is ${object}; ${functionName} corrects it at its next run`;
  return [...facts, badFact("latch-object", text)];
}

/** Whether Route 53 sees the objects as they are. */
function checkFacts(
  { mode }: GateLocation,
  { latchObject }: GateReading,
  { latch, readable, isAttached }: GateChecks,
): readonly Fact[] {
  const facts: Fact[] = [];
  if (!latch || !readable) {
    const missing = [...(latch ? [] : ["latch check"]), ...(readable ? [] : ["readable check"])];
    const text = `the account has no ${missing.join(" and no ")} of this gate; run \`pulumi up\``;
    facts.push(badFact("gate-checks", text));
  }
  if (readable?.status === "unhealthy") {
    const text =
      "the gate is blind: Route 53's checkers cannot read its bucket, so the latch check does not see the latch; compare the bucket's policy with the published ranges of the checkers";
    facts.push(badFact("gate-blind", text));
  }
  for (const check of [latch, readable]) {
    if (check?.status !== "unknown") continue;
    facts.push(unknownFact("gate-checks", `${check.name}: ${check.why}`));
  }
  const object = valueIn(latchObject);
  // Inverted: unhealthy while the object is there.
  const wanted = object === "present" ? "unhealthy" : "healthy";
  const isSeen = latch?.status === "healthy" || latch?.status === "unhealthy";
  if (latch && isSeen && object !== undefined && latch.status !== wanted) {
    const text = `the latch object is ${object}, but the latch check is ${latch.status}; it follows within about 30 s`;
    facts.push(badFact("latch-check", text));
  }
  if ((mode === "attached") !== isAttached) {
    const text = isAttached
      ? "the latch check is attached, but the settings say created; run `pulumi up`"
      : "the settings say attached, but no region's check counts the latch check; run `pulumi up`";
    facts.push(badFact("gate-mode", text));
  }
  return facts;
}

/** An inverted check starts unhealthy: attached at once, it would move traffic. */
function attachingOf(
  mode: GateLocation["mode"],
  { latch, readable, isAttached }: GateChecks,
): string | undefined {
  if (mode === "attached" || isAttached) return undefined;
  return latch?.status === "healthy" && readable?.status === "healthy"
    ? "may be attached now: set failover:gate.mode to attached, and run `pulumi up`; until then it moves no traffic"
    : "must not be attached yet, because that would move traffic: wait until the latch check and the readable check are healthy";
}

function secondsBetween(fromMs: number, toMs: number): number {
  return Math.max(0, Math.round((toMs - fromMs) / 1000));
}

/** A phase in words: awaiting approval. */
export function phaseText(phase: GatePhase): string {
  return phase.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** A duration in its two largest units: `3 d 4 h`. */
export function durationWords(seconds: number): string {
  const units = [
    ["d", 86_400],
    ["h", 3_600],
    ["min", 60],
    ["s", 1],
  ] as const;
  const first = units.findIndex(([, size]) => seconds >= size);
  if (first < 0) return "0 s";
  let rest = Math.round(seconds);
  const parts = units.slice(first, first + 2).flatMap(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count > 0 ? [`${count} ${unit}`] : [];
  });
  return parts.join(" ");
}
