import type { GateRules } from "../../../functions/gate/blockers";
import { approvalsNeeded } from "../../../functions/gate/blockers";
import type { GateState } from "../../../functions/gate/state";

/** What the gate does in its present phase, in words. */
export function gateText(state: GateState, rules: GateRules): string {
  switch (state.phase) {
    case "unarmed":
      return "unarmed: the primary region has not served in good health yet";
    case "armed":
      return "armed: it latches when the standby region takes over";
    case "latched":
      return `latched ${causeOf(state)}: customers stay in the standby region`;
    case "soaking":
      return `soaking: the primary region must be good for ${rules.soakSeconds} s`;
    case "awaitingApproval": {
      const missing = approvalsNeeded(state, rules) - state.approvals.length;
      return `awaiting approval: approvals missing: ${missing}`;
    }
    case "released":
      return "released: Route 53 may return to the primary region";
  }
}

function causeOf({ latchedBy }: GateState): string {
  return latchedBy?.kind === "person"
    ? `by ${latchedBy.identity} (${latchedBy.reason})`
    : "by Route 53's answers";
}
