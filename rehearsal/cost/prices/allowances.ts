import type { PriceSource } from "../price";
import { sources } from "./sources";

/** The free monthly amount of an item, per account. */
export interface Allowance {
  /** The items that share it, in the order in which it is used: the most expensive first. */
  readonly items: readonly string[];
  /** In the unit of the items. */
  readonly quantity: number;
  readonly source: PriceSource;
}

/**
 * The allowances of every account that do not expire. Introductory offers of new accounts are
 * omitted: a stack outlives them.
 */
export const allowances: readonly Allowance[] = [
  {
    items: ["check of an AWS endpoint", "check of checks or an alarm"],
    quantity: 50,
    source: sources.healthChecks,
  },
  { items: ["alarm"], quantity: 10, source: sources.freeTierPage },
  { items: ["metric"], quantity: 10, source: sources.cloudWatchPage },
  { items: ["dashboard"], quantity: 3, source: sources.cloudWatchPage },
  // 5 GB for ingestion and storage together; ingestion is more expensive and uses it up.
  { items: ["log ingestion", "log storage"], quantity: 5, source: sources.freeTierPage },
  { items: ["function request"], quantity: 1, source: sources.freeTierPage },
  { items: ["function x86_64", "function arm64"], quantity: 400_000, source: sources.freeTierPage },
  { items: ["schedule"], quantity: 14, source: sources.scheduler },
  { items: ["message"], quantity: 1, source: sources.sns },
  { items: ["e-mail"], quantity: 0.01, source: sources.sns },
  { items: ["web message"], quantity: 1, source: sources.sns },
  { items: ["queue request"], quantity: 1, source: sources.freeTierPage },
  { items: ["key request"], quantity: 2, source: sources.kmsPage },
  { items: ["data out"], quantity: 100, source: sources.s3Ohio },
  // AWS grants it in each region; it is counted once.
  { items: ["dynamodb storage"], quantity: 25, source: sources.tablesIreland },
  { items: ["cloudfront data"], quantity: 1024, source: sources.freeTierPage },
  { items: ["cloudfront request"], quantity: 1000, source: sources.freeTierPage },
];
