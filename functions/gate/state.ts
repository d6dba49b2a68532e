import { InputError } from "../../routing/inputError";

/** The phases of the gate, in the order of a failover and its failback. */
export const gatePhases = [
  "unarmed",
  "armed",
  "latched",
  "soaking",
  "awaitingApproval",
  "released",
] as const;

/** One of `gatePhases`. */
export type GatePhase = (typeof gatePhases)[number];

/** Who latched: Route 53 by its answers, or a person. */
export type LatchedBy =
  | { readonly kind: "route53" }
  | { readonly kind: "person"; readonly identity: string; readonly reason: string };

/** An approval of a release. */
export interface Approval {
  readonly identity: string;
  readonly reason: string;
  readonly atMs: number;
}

/** A message to people. */
export interface Notice {
  /** Unique among the notices of a gate: a notice that is sent twice has the same id. */
  readonly id: string;
  readonly subject: string;
  readonly text: string;
}

/** The controller's state, as the bucket stores it. Times are Unix times in milliseconds. */
export interface GateState {
  /** Version of the format. */
  readonly version: 1;
  /** Number of writes so far: each write has the next one. */
  readonly revision: number;
  readonly phase: GatePhase;
  /** Start of the phase. */
  readonly sinceMs: number;
  /** Consecutive answers of the standby region that count. */
  readonly outsideRuns: number;
  /** Time of the last answer that counted. */
  readonly outsideCountedMs?: number;
  /** Absent while the gate is not latched. */
  readonly latchedBy?: LatchedBy;
  /** Empty except while soaking or awaiting approval; at most one of each identity. */
  readonly approvals: readonly Approval[];
  /** Start of the soak; only while soaking or awaiting approval. */
  readonly soakStartedMs?: number;
  readonly lastRunMs: number;
  /** Time of the last message about this latch; absent while the gate is not latched. */
  readonly remindedMs?: number;
  /** Why a release is impossible now; empty if nothing but time or approval is missing. */
  readonly blockers: readonly string[];
  /** Whether the latch object has been seen to agree with the phase since the phase changed. */
  readonly latchAgrees: boolean;
  /** Notices that are not known to be sent. */
  readonly notices: readonly Notice[];
  /** Time of the last comparison of the checkers' ranges. */
  readonly rangesComparedMs?: number;
}

/** Whether the latch object must exist in a phase. */
export function isLatched(phase: GatePhase): boolean {
  return phase === "latched" || phase === "soaking" || phase === "awaitingApproval";
}

/** The state of a gate that has never run. */
export function firstState(nowMs: number): GateState {
  return {
    version: 1,
    revision: 0,
    phase: "unarmed",
    sinceMs: nowMs,
    outsideRuns: 0,
    approvals: [],
    lastRunMs: nowMs,
    blockers: [],
    latchAgrees: true,
    notices: [],
  };
}

/** A condition for one value, with its description. */
type Condition = readonly [must: string, holds: (value: unknown) => boolean];

const isText = (value: unknown): boolean => typeof value === "string";
const isWhole = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const optional =
  (holds: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    value === undefined || holds(value);

const count: Condition = ["a whole number from 0", isWhole];
const time: Condition = ["a time in milliseconds", isWhole];
const noTime: Condition = ["a time in milliseconds, or absent", optional(isWhole)];

const conditions: Readonly<Record<keyof GateState, Condition>> = {
  version: ["1", (value) => value === 1],
  revision: count,
  phase: [
    `one of ${gatePhases.join(", ")}`,
    (value) => (gatePhases as readonly unknown[]).includes(value),
  ],
  sinceMs: time,
  outsideRuns: count,
  outsideCountedMs: noTime,
  latchedBy: ["route53, or a person with identity and reason, or absent", optional(isLatcher)],
  approvals: ["a list of identity, reason and atMs", isListOf(isApproval)],
  soakStartedMs: noTime,
  lastRunMs: time,
  remindedMs: noTime,
  blockers: ["a list of texts", isListOf(isText)],
  latchAgrees: ["true or false", (value) => typeof value === "boolean"],
  notices: ["a list of id, subject and text", isListOf(isNotice)],
  rangesComparedMs: noTime,
};

const remedy = "restore an earlier version of state.json, or delete it: an existing latch stays";

/**
 * Reads a state.
 *
 * @throws InputError with a line for each fault; a state of another version is refused as a whole
 */
export function parseGateState(text: string): GateState {
  const value = jsonOf(text);
  if (!isObject(value)) throw refused("state.json", "an object", value);
  const [must, holds] = conditions.version;
  if (!holds(value["version"])) throw refused("state.json: version", must, value["version"]);
  const faults = [
    ...Object.entries(conditions).flatMap(([key, [must, holds]]) =>
      holds(value[key]) ? [] : [faultOf(`state.json: ${key}`, must, value[key])],
    ),
    ...Object.keys(value)
      .filter((key) => !(key in conditions))
      .map((key) => faultOf(`state.json: ${key}`, "absent", value[key])),
  ];
  if (faults.length > 0) throw new InputError(faults);
  const state = value as unknown as GateState;
  if (isLatched(state.phase) === (state.latchedBy === undefined)) {
    throw refused(
      "state.json: latchedBy",
      isLatched(state.phase) ? `present in phase ${state.phase}` : `absent in phase ${state.phase}`,
      state.latchedBy,
    );
  }
  return state;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw refused("state.json", "JSON", text.slice(0, 40));
  }
}

function refused(path: string, must: string, value: unknown): InputError {
  return new InputError([faultOf(path, must, value)]);
}

function faultOf(path: string, must: string, value: unknown): string {
  const got = value === undefined ? "nothing" : JSON.stringify(value).slice(0, 200);
  return `${path}: must be ${must}, got ${got}; ${remedy}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isListOf(holds: (item: unknown) => boolean): (value: unknown) => boolean {
  return (value) => Array.isArray(value) && value.every(holds);
}

/** Whether a value is an object with exactly these fields. */
function hasOnly(
  value: unknown,
  fields: Readonly<Record<string, (field: unknown) => boolean>>,
): boolean {
  return (
    isObject(value) &&
    Object.keys(value).every((key) => key in fields) &&
    Object.entries(fields).every(([key, holds]) => holds(value[key]))
  );
}

function isLatcher(value: unknown): boolean {
  return (
    hasOnly(value, { kind: (kind) => kind === "route53" }) ||
    hasOnly(value, { kind: (kind) => kind === "person", identity: isText, reason: isText })
  );
}

function isApproval(value: unknown): boolean {
  return hasOnly(value, { identity: isText, reason: isText, atMs: isWhole });
}

function isNotice(value: unknown): boolean {
  return hasOnly(value, { id: isText, subject: isText, text: isText });
}
