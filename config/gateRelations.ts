import type { Conflict, Known } from "./parse";
import type { Settings } from "./settings";

/** Conflicts of the failback gate: approvals of nothing. */
export function gateConflicts(known: Known<Settings>): readonly Conflict[] {
  return idleApprovers(known);
}

function idleApprovers({ gate }: Known<Settings>): readonly Conflict[] {
  if (gate?.approval !== "automatic" || gate.approvers !== 2) return [];
  const must = "1 with approval automatic";
  return [{ path: ["gate", "approvers"], must, remedy: "nobody approves; choose manual" }];
}
