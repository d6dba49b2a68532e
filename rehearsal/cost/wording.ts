import { count, counted, dollars, seconds } from "../report/figures";
import type { Amounts } from "./amounts";
import type { CostSummary, TtlCurve, TtlPoint, Unpriced } from "./cost";
import type { UncountedName } from "./trafficShares";

/** Display names of the states. */
export const stateWords: Readonly<Record<keyof Amounts, string>> = {
  steady: "steady",
  failedOver: "failed over",
  gameDays: "with game days",
};

/** A quantity with its unit, such as 1,460 hours. */
export function quantityText(quantity: number, unit: string): string {
  const isSame = quantity === 1 || unit.endsWith("s") || unit.endsWith("GB");
  return `${count(quantity)} ${isSame ? unit : `${unit}s`}`;
}

/** The total in one sentence. */
export function totalSentence({ totals }: CostSummary): string {
  return `${dollars(totals.steady)} USD a month, ${dollars(totals.failedOver)} failed over, ${dollars(totals.gameDays)} with game days`;
}

/** Where nothing that was read is missing from the totals. */
export function pricedSentence(unread: readonly string[]): string {
  const which = unread.length > 0 ? "Every resource that was read" : "Every resource";
  return `${which} has a known price or is free according to AWS.`;
}

/** The most addresses and names in a sentence; the JSON has all. */
const unreadShown = 5;

/** What public names lead to and was not read, in one sentence. */
export function unreadSentence(unread: readonly string[]): string {
  const more = unread.length - unreadShown;
  const named = unread.slice(0, unreadShown).join(", ") + (more > 0 ? ` and ${more} more` : "");
  return `What serves at ${named} was not read, and is in no total.`;
}

/** The names missing from the totals, in one sentence. */
export function uncountedSentence(uncounted: readonly UncountedName[]): string {
  return `The cost of queries and traffic is unknown for ${counted(uncounted.length, "name")}, and not in the totals.`;
}

/** A name missing from the totals, with the reason. */
export function uncountedText({ name, why }: UncountedName): string {
  return `${name}: ${why}`;
}

/** The resources missing from the totals, in one sentence. */
export function unknownSentence(unknown: readonly Unpriced[]): string {
  const resources = new Set(unknown.map(({ urn }) => urn)).size;
  return resources === 1
    ? "1 resource has an unknown charge, which is not in the totals."
    : `${resources} resources have unknown charges, which are not in the totals.`;
}

/** Notes on a point of the curve. */
export function pointNote({ currentSeconds, modes }: TtlCurve, { ttlSeconds }: TtlPoint): string {
  const notes = [
    ...(ttlSeconds === currentSeconds ? ["now"] : []),
    ...(ttlSeconds === modes?.normalSeconds ? ["normal"] : []),
    ...(ttlSeconds === modes?.maintenanceSeconds ? ["maintenance"] : []),
  ];
  return notes.join(", ");
}

/** The price of the TTL in one sentence: now, and at the ends of the typical range. */
export function ttlSentence({ ttlCurve }: CostSummary): string {
  const { points, currentSeconds } = ttlCurve;
  const shown = points.filter(({ ttlSeconds }) => [currentSeconds, 60, 300].includes(ttlSeconds));
  const each = shown.map(
    ({ ttlSeconds, monthly, downtimeSeconds }) =>
      `TTL ${seconds(ttlSeconds)} ${dollars(monthly)}${downtimeSeconds === null ? "" : ` for ${seconds(downtimeSeconds)} at worst`}`,
  );
  return `Queries: ${each.join(", ")}.`;
}

/** The curve in sentences, point by point. */
export function describeCurve(curve: TtlCurve): string {
  const sentences = curve.points.map((point) => {
    const { ttlSeconds, queries, monthly, downtimeSeconds } = point;
    const worst = downtimeSeconds === null ? "" : `, ${seconds(downtimeSeconds)} down at worst`;
    const note = pointNote(curve, point);
    return `TTL ${seconds(ttlSeconds)}${note === "" ? "" : ` (${note})`}: ${count(queries)} queries for ${dollars(monthly)} USD a month${worst}`;
  });
  return `${sentences.join(". ")}.`;
}

/** The dates of the prices. */
export function pricedText({ pricedAt }: CostSummary): string {
  return `AWS list prices of ${pricedAt.oldest} to ${pricedAt.newest}.`;
}

/** The tiers with costs, the most expensive first. */
export function tierSentence({ byTier }: CostSummary): string {
  const dearest = byTier
    .filter(({ steady }) => steady > 0)
    .sort((a, b) => b.steady - a.steady)
    .map(({ tier, steady }) => `${tier} ${dollars(steady)}`);
  return `${dearest.join(", ")}.`;
}

/** The last part of a URN. */
export function urnName(urn: string): string {
  return urn.split("::").at(-1) ?? urn;
}
