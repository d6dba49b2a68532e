import type { Group, RecordSet } from "./model";

export function weightOf({ policy }: RecordSet): number {
  return policy.kind === "weighted" ? policy.weight : 1;
}

/**
 * The members of which AWS documents that one keeps their group healthy: those with a weight, unless
 * all have none (A2).
 */
export function documentedMembers(group: Group): Group {
  return allZero(group) ? group : group.filter((record) => weightOf(record) > 0);
}

/** All zero is the same as all equal (C9). */
export function allZero(group: Group): boolean {
  return group.every((record) => weightOf(record) === 0);
}
