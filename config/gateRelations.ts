import type { Conflict, Known } from "./parse";
import type { Settings } from "./settings";

/** Conflicts of the failback gate: a gate that could never be released, or approvals of nothing. */
export function gateConflicts(known: Known<Settings>): readonly Conflict[] {
  return [...unreleasable(known), ...idleApprovers(known)];
}

/** The controller reads `/status` from changing AWS addresses. */
function unreleasable({ compute, gate, visitorNetworks }: Known<Settings>): readonly Conflict[] {
  if (gate?.mode !== "attached" || visitorNetworks === undefined) return [];
  // External endpoints have no /status, and visitorNetworks is refused with them.
  if (compute?.kind === "addresses" || compute?.kind === "alias") return [];
  const must = '"off" or "created" with visitorNetworks';
  const remedy =
    "the controller is not admitted, cannot tell whether orders wait, and would never release";
  return [{ path: ["gate", "mode"], must, remedy }];
}

function idleApprovers({ gate }: Known<Settings>): readonly Conflict[] {
  if (gate?.approval !== "automatic" || gate.approvers !== 2) return [];
  const must = "1 with approval automatic";
  return [{ path: ["gate", "approvers"], must, remedy: "nobody approves; choose manual" }];
}
