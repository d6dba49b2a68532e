import type { GateObservation } from "./observation";
import type { GateState } from "./state";

/** The rules of a stack's gate. */
export interface GateRules {
  /** Whether a latch that Route 53 caused is released without an approval. */
  readonly isAutomatic: boolean;
  /** Number of different people who must approve a release. */
  readonly approvers: number;
  /** Consecutive answers of the standby region that latch. */
  readonly outsideRuns: number;
  /** Time in which the primary must be good before a release. */
  readonly soakSeconds: number;
  /** Time between messages about a latch that stays. */
  readonly remindSeconds: number;
}

/** Number of approvals that the release of a latch needs: a person's hold always needs one. */
export function approvalsNeeded(
  { latchedBy }: Pick<GateState, "latchedBy">,
  rules: Pick<GateRules, "isAutomatic" | "approvers">,
): number {
  if (!rules.isAutomatic) return rules.approvers;
  return latchedBy?.kind === "person" ? 1 : 0;
}

/** All that a release still needs, in words. */
export function blockersOf(
  state: GateState,
  conditions: readonly string[],
  rules: GateRules,
): readonly string[] {
  const { phase, soakStartedMs } = state;
  const missing = approvalsNeeded(state, rules) - state.approvals.length;
  return [
    ...conditions,
    ...(phase === "awaitingApproval"
      ? []
      : [
          soakStartedMs === undefined
            ? `soak: ${rules.soakSeconds} s, not begun`
            : `soak: until ${timeOf(soakStartedMs + rules.soakSeconds * 1000)}`,
        ]),
    ...(missing > 0 ? [`approvals: ${missing} missing`] : []),
  ];
}

/** What rules out a release at an observation. Unknown counts as bad. */
export function conditionsOf({ signals }: GateObservation): readonly string[] {
  const unfit = Object.entries(signals).filter(([, signal]) => signal !== "healthy");
  return [
    ...(Object.keys(signals).length === 0 ? ["signals: none"] : []),
    ...unfit.map(([name, signal]) => `signal ${name}: ${signal}`),
  ];
}

/** Texts as a list, one a line. */
export function lines(texts: readonly string[]): string {
  return texts.map((text) => `- ${text}`).join("\n");
}

/** A time as people read it, in UTC. */
export function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}
