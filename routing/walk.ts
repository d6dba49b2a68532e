import { descend } from "./descend";
import type { Group, RecordSet } from "./model";
import type { View } from "./view";

/** The groups that an answer can come through. */
export interface Walk {
  /** Each before the groups that its members lead to. */
  readonly groups: readonly Group[];
  /** The members of those groups that contain the answer themselves, in the order of the tree. */
  readonly leaves: readonly RecordSet[];
  /** The records by which a group is reached first, from the queried name down. */
  readonly pathTo: (group: Group) => readonly RecordSet[];
}

/**
 * The groups that some query for a name can reach, each once however many aliases lead there: where
 * branches meet again, a tree has too many paths to follow each.
 *
 * @throws InputError as `Route53.reachable` does
 */
export function walk<B>(view: View<B>, root: Group, type: string): Walk {
  const { route53, logic } = view;
  route53.reachableFrom(root, type);
  const groups: Group[] = [];
  const leaves: RecordSet[] = [];
  const reachedBy = new Map<Group, readonly [RecordSet, Group]>();
  const possible = new Map<RecordSet, Group>();
  descend(root, {
    nextOf: (record) => {
      const group = possible.get(record);
      if (!group) return undefined;
      const next = route53.next(record, type);
      if (!next) leaves.push(record);
      return next;
    },
    enter: (group) => {
      for (const { record, guard } of view.choicesOf(group).members) {
        if (logic.known(guard) !== false) possible.set(record, group);
      }
    },
    follow: (record, next) => reachedBy.set(next, [record, possible.get(record) ?? []]),
    leave: (group) => groups.push(group),
  });
  return {
    groups: groups.reverse(),
    leaves,
    pathTo: (group) => {
      const path: RecordSet[] = [];
      for (let above = reachedBy.get(group); above; above = reachedBy.get(above[1])) {
        path.push(above[0]);
      }
      return path.reverse();
    },
  };
}
