import type { Group } from "./model";
import type { Counted } from "./shares";
import { shareCases, shareExceeds } from "./shares";
import type { View } from "./view";
import { walk } from "./walk";

/**
 * When a larger share of the queries gets an answer that counts in one view than in another.
 *
 * @returns undefined where there are more than `sumsMax` sums to follow
 */
export function shareExcess<B>(
  now: View<B>,
  inEnd: View<B>,
  counted: Counted<B> & { readonly root: Group },
): B | undefined {
  const { logic } = now;
  const isSteady = (group: Group): boolean => {
    const { members } = inEnd.choicesOf(group);
    return now.choicesOf(group).members.every((one, at) => one.guard === members[at]?.guard);
  };
  // Then no share changes. Comparing them takes long where many statuses were not read.
  if (walk(now, counted.root, counted.type).groups.every(isSteady)) return logic.constant(false);
  const found = shareCases(inEnd, counted)?.map((share) => {
    const more = shareExceeds(now, counted, share.value);
    return more === undefined ? undefined : logic.and(share.guard, () => more);
  });
  return found?.reduce(
    (a, b) => (a === undefined || b === undefined ? undefined : logic.or(a, () => b)),
    logic.constant(false),
  );
}
