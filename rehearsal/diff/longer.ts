import { isStringMatch, probeLimitsOf } from "../../routing/checker";
import type { StackModel } from "../../routing/graph/stackModel";
import { ofAnyChange } from "../proof/compare";
import type { Difference } from "../proof/difference";
import { slowestOnly } from "./slowest";

/** What takes longer to the harm of customers, of each fault the longest. */
export function harmfullyLonger(
  differences: readonly Difference[],
  after: StackModel,
): readonly Difference[] {
  const gaining = new Set(newlyNoticed(differences).map(({ name }) => name));
  const price = matchSeconds(after);
  const isPrice = ({ name, before, after: now }: Difference): boolean =>
    gaining.has(name) && Number(now ?? Infinity) - Number(before) <= price;
  return withoutRepeats(slowestOnly(longerIn(differences).filter((one) => !isPrice(one))));
}

/** The ways of failing that nothing noticed before, and that are noticed now; of each fault the slowest. */
export function newlyNoticed(differences: readonly Difference[]): readonly Difference[] {
  return slowestOnly(
    differences.filter(
      ({ kind, what, before, after, dependsOn }) =>
        kind === "seconds" &&
        what.startsWith("downtime of") &&
        before === null &&
        // Of what moves nobody there is nothing to notice.
        typeof after === "number" &&
        after > 0 &&
        dependsOn === undefined,
    ),
  ).filter((one) => !isOfAny(one));
}

/** What a string match adds to a time at most: each probe in a row, and one in flight, may wait for the string (H8). */
function matchSeconds({ route53 }: StackModel): number {
  const seconds = [...route53.checks.values()].map((check) =>
    check.kind === "endpoint" && isStringMatch(check.type)
      ? (check.failureThreshold + 1) * probeLimitsOf(check.type).bodySeconds
      : 0,
  );
  return Math.max(0, ...seconds);
}

/**
 * Whether something takes longer. Where a fault moved nobody before, it is the cause that is new, not its time: the
 * changes by all causes tell whether such a change takes longer than any did.
 */
function isLonger({ kind, direction, before }: Difference): boolean {
  return kind === "seconds" && direction === "worse" && before !== 0;
}

/** Without the changes by any cause whose seconds stand beside a certain fault already. */
function withoutRepeats(differences: readonly Difference[]): readonly Difference[] {
  const keyOf = ({ name, before, after }: Difference): string =>
    JSON.stringify([name, before, after]);
  const certain = new Set(differences.filter((one) => !isOfAny(one)).map(keyOf));
  return differences.filter((one) => !isOfAny(one) || !certain.has(keyOf(one)));
}

/** What takes longer; the changes by any cause say so only while no more and no less can fail than before. */
function longerIn(differences: readonly Difference[]): readonly Difference[] {
  const balance = new Map<string, number>();
  for (const { kind, name, before } of differences) {
    if (kind === "fault") balance.set(name, (balance.get(name) ?? 0) + (before === null ? 1 : -1));
  }
  return differences.filter(
    (one) => isLonger(one) && (!isOfAny(one) || (balance.get(one.name) ?? 0) === 0),
  );
}

function isOfAny({ what }: Difference): boolean {
  return what.startsWith(ofAnyChange);
}

/** Whether anything takes longer, though no customer is worse off than is allowed. */
export function isSlower(differences: readonly Difference[]): boolean {
  return longerIn(differences).length > 0;
}
