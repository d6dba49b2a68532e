import type { Price } from "../price";
import { priced, stepped } from "../price";
import { sources } from "./sources";

/** Route 53, and its alternatives. */
export const dnsPrices: readonly Price[] = [
  ...priced("hosted zone", "zone-month", sources.zones, { any: 0.5 }),
  ...priced("record beyond 10,000", "record-month", sources.route53Page, { any: 0.0015 }),
  ...stepped(
    "dns query",
    "million queries",
    sources.queries,
    ["any"],
    [
      [0, 0.4],
      [1000, 0.2],
    ],
  ),
  ...priced("check of an AWS endpoint", "check-month", sources.healthChecks, { any: 0.5 }),
  ...priced("check of another endpoint", "check-month", sources.healthChecks, { any: 0.75 }),
  ...priced(
    "check of checks or an alarm",
    "check-month",
    sources.healthChecks,
    { any: 0.5 },
    "as a check of an AWS endpoint: AWS lists no separate price",
  ),
  ...priced("check option, AWS endpoint", "option-month", sources.healthChecks, { any: 1 }),
  ...priced("check option, another endpoint", "option-month", sources.healthChecks, { any: 2 }),
  ...priced("global accelerator", "hour", sources.accelerator, { any: 0.025 }),
  ...priced("global accelerator data", "GB", sources.acceleratorData, { any: 0.015 }),
  ...priced("routing control cluster", "hour", sources.arcPage, { any: 2.5 }),
  ...priced("region switch plan", "plan-month", sources.arcPage, { any: 70 }),
];
