import type { Group, RecordSet } from "./model";

/** Callbacks on the way down through groups of records. */
export interface Descent {
  /** The group that a record leads to, if it should be entered. */
  nextOf(record: RecordSet): Group | undefined;
  /** A group is reached for the first time. */
  enter?(group: Group): void;
  /** Everything below a group has been left. */
  leave?(group: Group): void;
  /** A record leads to a group, below its own, that is entered for the first time. */
  follow?(record: RecordSet, next: Group): void;
  /** A record leads back to a group above it, through these names. */
  circle?(record: RecordSet, names: readonly string[]): void;
}

/** Visits each group below one once, depth first, in a loop: a chain can be as long as a zone. */
export function descend(root: Group, descent: Descent): void {
  const open: { readonly group: Group; next: number }[] = [];
  const seen = new Set<Group>();
  const above = new Set<Group>();
  const enter = (group: Group): void => {
    seen.add(group);
    above.add(group);
    open.push({ group, next: 0 });
    descent.enter?.(group);
  };
  enter(root);
  for (let at = open.at(-1); at !== undefined; at = open.at(-1)) {
    const record = at.group[at.next];
    at.next += 1;
    if (!record) {
      open.pop();
      above.delete(at.group);
      descent.leave?.(at.group);
      continue;
    }
    const next = descent.nextOf(record);
    if (!next) continue;
    if (above.has(next)) {
      const names = open.slice(open.findIndex(({ group }) => group === next));
      descent.circle?.(record, [...names.map(({ group }) => nameOf(group)), nameOf(next)]);
    } else if (!seen.has(next)) {
      descent.follow?.(record, next);
      enter(next);
    }
  }
}

function nameOf(group: Group): string {
  return group[0]?.name ?? "";
}
