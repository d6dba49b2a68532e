import type { Difference } from "../proof/difference";
import { whenText } from "../proof/compare";

/** Of the times of a fault, one for each way of failing, only the longest. */
export function slowestOnly(differences: readonly Difference[]): readonly Difference[] {
  const keyOf = ({ name, what }: Difference): string =>
    JSON.stringify([name, what.split(whenText)[0]]);
  const seconds = ({ after }: Difference): number => (typeof after === "number" ? after : Infinity);
  const slowest = new Map<string, Difference>();
  for (const one of differences) {
    if (one.kind !== "seconds" || !one.what.includes(whenText)) continue;
    const known = slowest.get(keyOf(one));
    if (!known || seconds(one) > seconds(known)) slowest.set(keyOf(one), one);
  }
  const kept = new Set(slowest.values());
  return differences.filter(
    (one) => one.kind !== "seconds" || !one.what.includes(whenText) || kept.has(one),
  );
}
