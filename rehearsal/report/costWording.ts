import type { Amounts } from "../cost/amounts";
import type { CostSummary, TtlCurve, TtlPoint } from "../cost/cost";
import { seconds } from "./wording";

/** US dollars with cents, and a separator for thousands. */
export function dollars(amount: number): string {
  const text = Math.abs(amount).toFixed(2);
  const [whole = "", cents = ""] = text.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return `${amount < 0 && Number(text) !== 0 ? "−" : ""}${grouped}.${cents}`;
}

/** A difference in US dollars, with its sign. */
export function difference(amount: number): string {
  return `${amount > 0 && dollars(amount) !== "0.00" ? "+" : ""}${dollars(amount)}`;
}

/** What the states are called. */
export const stateWords: Readonly<Record<keyof Amounts, string>> = {
  steady: "steady",
  failedOver: "failed over",
  drill: "with game days",
};

/** A count of a large number of things, such as `77.8 M`. */
export function count(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toFixed(1)} M`;
  return value >= 1e4 ? `${(value / 1e3).toFixed(1)} k` : String(Math.round(value * 1000) / 1000);
}

/** The total in one sentence. */
export function totalSentence({ totals }: CostSummary): string {
  return `${dollars(totals.steady)} USD a month, ${dollars(totals.failedOver)} failed over, ${dollars(totals.drill)} with game days`;
}

/** What is not in the totals, in one sentence. */
export function unknownSentence({ unknown }: CostSummary): string {
  if (unknown.length === 0) return "Everything has a known price or is free by AWS's own word.";
  const things = unknown.length === 1 ? "1 thing has" : `${unknown.length} things have`;
  return `${things} no known price and ${unknown.length === 1 ? "is" : "are"} in no total.`;
}

/** What a point of the curve says beside its figures. */
export function pointNote({ currentSeconds, modes }: TtlCurve, { ttlSeconds }: TtlPoint): string {
  const notes = [
    ...(ttlSeconds === currentSeconds ? ["now"] : []),
    ...(ttlSeconds === modes?.normalSeconds ? ["normal"] : []),
    ...(ttlSeconds === modes?.maintenanceSeconds ? ["maintenance"] : []),
  ];
  return notes.join(", ");
}

/** The price of the TTL in one sentence: now, and at the ends of what a team would consider. */
export function ttlSentence({ ttlCurve }: CostSummary): string {
  const { points, currentSeconds } = ttlCurve;
  const shown = points.filter(({ ttlSeconds }) => [currentSeconds, 60, 300].includes(ttlSeconds));
  const each = shown.map(
    ({ ttlSeconds, monthly, downtimeSeconds }) =>
      `TTL ${seconds(ttlSeconds)} ${dollars(monthly)}${downtimeSeconds === null ? "" : ` for ${seconds(downtimeSeconds)} at worst`}`,
  );
  return `Queries: ${each.join(", ")}.`;
}
