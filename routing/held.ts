import type { GuardedLeaf } from "./guards";
import { guardsFrom } from "./guards";
import type { Group } from "./model";
import type { View } from "./view";
import { walk } from "./walk";

/** A record that a resolver may get at one name, and the records that it asks for next (N5). */
export interface Held<B> extends GuardedLeaf<B> {
  /** For a CNAME: the records at its target. Absent where the record is the answer. */
  readonly next?: Group;
}

/** One question of a resolver, and what it may keep for it. */
export interface HeldQuestion<B> {
  readonly root: Group;
  readonly held: readonly Held<B>[];
}

/**
 * The questions that a resolver asks on the way to an answer: one for the name, and one for each
 * CNAME's target. It keeps each answer for that answer's own TTL (T1). Each question comes before
 * those that it leads to.
 *
 * @throws InputError as `Route53.reachable` does
 */
export function heldQuestions<B>(
  view: View<B>,
  name: string,
  type: string,
): readonly HeldQuestion<B>[] {
  const { route53 } = view;
  const first = route53.rootOf(name, type);
  const asked = new Set([first]);
  return walk(view, first, type).groups.flatMap((root): HeldQuestion<B>[] => {
    if (!asked.has(root)) return [];
    // A query for a CNAME ends there.
    const held = guardsFrom(view, root, "CNAME").answers.map((one): Held<B> => {
      const next = route53.behindCname(one.leaf, type);
      if (next) asked.add(next);
      return { ...one, ...(next ? { next } : {}) };
    });
    return [{ root, held }];
  });
}
