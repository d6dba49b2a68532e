import { z } from "zod";

/** Who latched: the answers of Route 53, or a person. */
export type LatchedBy =
  | { readonly kind: "route53" }
  | { readonly kind: "person"; readonly identity: string; readonly reason: string };

/** An approval of a release. */
export interface Approval {
  readonly identity: string;
  readonly reason: string;
  readonly atMs: number;
}

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

/** The state of the controller, as it is in the bucket. Times are Unix times in milliseconds. */
export interface GateState {
  readonly version: 1;
  readonly phase: GatePhase;
  /** Since when the phase lasts. */
  readonly sinceMs: number;
  /** Consecutive observations of an answer outside the primary. */
  readonly outsideRuns: number;
  /** Absent while nothing is latched. */
  readonly latchedBy?: LatchedBy | undefined;
  readonly approvals: readonly Approval[];
  readonly soakStartedMs?: number | undefined;
  readonly lastRunMs: number;
  readonly remindedMs?: number | undefined;
  /** What blocks a release now, in words. */
  readonly blockers: readonly string[];
}

const gateStateSchema = z.strictObject({
  version: z.literal(1),
  phase: z.enum(gatePhases),
  sinceMs: z.number(),
  outsideRuns: z.number(),
  latchedBy: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("route53") }),
      z.strictObject({ kind: z.literal("person"), identity: z.string(), reason: z.string() }),
    ])
    .optional(),
  approvals: z.array(
    z.strictObject({ identity: z.string(), reason: z.string(), atMs: z.number() }),
  ),
  soakStartedMs: z.number().optional(),
  lastRunMs: z.number(),
  remindedMs: z.number().optional(),
  blockers: z.array(z.string()),
});

/** @throws Error in one line for anything but a state of this version */
export function parseGateState(text: string): GateState {
  const given = jsonIn(text);
  const parsed = gateStateSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [fault] = parsed.error.issues;
  throw new Error(`state.json: ${fault?.path.join(".") ?? ""}: ${fault?.message ?? ""}`);
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error("state.json: must be JSON");
  }
}
