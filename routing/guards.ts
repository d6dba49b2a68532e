import type { Group, RecordSet } from "./model";
import type { View } from "./view";
import { walk } from "./walk";

/** A record that may answer a query for a name, the path to it, and when some query reaches it. */
export interface GuardedLeaf<B> {
  readonly leaf: RecordSet;
  /** The records from the queried name down to the leaf, which is the last. */
  readonly path: readonly RecordSet[];
  readonly guard: B;
  /** How long a resolver may keep the leaf. It keeps a CNAME above it for that one's own TTL (T1). */
  readonly ttlSeconds: number;
}

/** A group on the way to an answer, and when some query reaches it. */
export interface GuardedGroup<B> {
  readonly group: Group;
  readonly guard: B;
}

export interface GuardedAnswers<B> {
  readonly answers: readonly GuardedLeaf<B>[];
  /** The groups that a query can reach, each before the groups that its members lead to. */
  readonly groups: readonly GuardedGroup<B>[];
  /** When a group on the way has no healthy member (C3). */
  readonly lastResort: B;
}

/**
 * Every record that can answer a query for a name, each with its guard. Shares are computed only
 * after a set of faults is chosen: a weighted group of n members can share in 2ⁿ ways.
 *
 * @throws InputError as `Route53.reachable` does
 */
export function guardsOf<B>(view: View<B>, name: string, type: string): GuardedAnswers<B> {
  return guardsFrom(view, view.route53.rootOf(name, type), type);
}

/**
 * The same for records that were found already.
 *
 * @throws InputError as `Route53.reachable` does
 */
export function guardsFrom<B>(view: View<B>, root: Group, type: string): GuardedAnswers<B> {
  const { logic, route53 } = view;
  const { groups, leaves, pathTo } = walk(view, root, type);
  const reached = new Map<Group, B>();
  const answers = new Map<RecordSet, GuardedLeaf<B>>();
  let lastResort = logic.constant(false);
  for (const group of groups) {
    const here = reached.get(group) ?? logic.constant(true);
    const choices = view.choicesOf(group);
    lastResort = logic.or(lastResort, () => logic.and(here, () => choices.lastResort));
    for (const { record, guard } of choices.members) {
      const both = logic.and(here, () => guard);
      const next = route53.next(record, type);
      if (next) {
        reached.set(
          next,
          logic.or(reached.get(next) ?? logic.constant(false), () => both),
        );
      } else if (logic.known(both) !== false) {
        const path = [...pathTo(group), record];
        const ttlSeconds = view.ttlSecondsOf(record);
        answers.set(record, { leaf: record, path, guard: both, ttlSeconds });
      }
    }
  }
  return {
    answers: leaves.flatMap((leaf) => answers.get(leaf) ?? []),
    groups: groups.map((group) => ({
      group,
      guard: reached.get(group) ?? logic.constant(true),
    })),
    lastResort,
  };
}
