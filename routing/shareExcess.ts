import { isMore } from "./fraction";
import type { Logic } from "./logic";
import type { Group } from "./model";
import type { Counted } from "./shares";
import { shareCases, shareExceeds } from "./shares";
import type { Case, Cases } from "./sums";
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
  const shares = shareCases(inEnd, counted);
  if (!shares) return undefined;
  // All shares at once take one pass over the records. To test for a single one takes fewer sums, so it may succeed
  // where they are too many.
  const sharesNow = shareCases(now, counted);
  const found = shares.map((share) => {
    const more = sharesNow
      ? isAnyMore(logic, sharesNow, share)
      : shareExceeds(now, counted, share.value);
    return more === undefined ? undefined : logic.and(share.guard, () => more);
  });
  return found.reduce(
    (a, b) => (a === undefined || b === undefined ? undefined : logic.or(a, () => b)),
    logic.constant(false),
  );
}

/** Whether a share is more than another one. */
function isAnyMore<B>(logic: Logic<B>, shares: Cases<B>, { value: limit }: Case<B>): B {
  return logic.some(shares, ({ value, guard }) =>
    isMore(value, limit) ? guard : logic.constant(false),
  );
}
