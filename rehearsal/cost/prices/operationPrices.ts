import type { Price } from "../price";
import { priced, stepped } from "../price";
import { sources } from "./sources";

const everywhere = ["any"];
const asInOhio = "us-east-2 and Seoul have the same price";

/** Operations: alarms, metrics, logs, keys, functions, messages, experiments. */
export const operationPrices: readonly Price[] = [
  ...priced("alarm", "alarm metric-month", sources.cloudWatch, { "us-east-1": 0.1 }),
  ...priced("alarm", "alarm metric-month", sources.recoveryOregon, { "us-west-2": 0.1 }),
  ...priced("alarm", "alarm metric-month", sources.cloudWatchIreland, { "eu-west-1": 0.1 }),
  ...priced("alarm", "alarm metric-month", sources.cloudWatchOhio, { "us-east-2": 0.1 }),
  ...priced("alarm below a minute", "alarm metric-month", sources.cloudWatch, { "us-west-2": 0.3 }),
  ...priced("alarm below a minute", "alarm metric-month", sources.cloudWatchOhio, {
    "us-east-2": 0.3,
  }),
  ...priced("composite alarm", "alarm-month", sources.cloudWatchOhio, { "us-east-2": 0.5 }),
  ...priced(
    "composite alarm",
    "alarm-month",
    sources.cloudWatchOhio,
    { "us-east-1": 0.5, "us-west-2": 0.5, "eu-west-1": 0.5 },
    asInOhio,
  ),
  ...priced("metric", "metric-month", sources.cloudWatch, { "us-east-1": 0.3, "us-west-2": 0.3 }),
  ...priced("metric", "metric-month", sources.cloudWatchIreland, { "eu-west-1": 0.3 }),
  ...priced(
    "metric",
    "metric-month",
    sources.cloudWatch,
    { "us-east-2": 0.3 },
    "us-east-1, us-west-2 and eu-west-1 have the same price",
  ),
  ...priced("dashboard", "dashboard-month", sources.infracostDashboard, { any: 3 }),
  ...priced("log ingestion", "GB", sources.cloudWatch, { "us-east-1": 0.5, "us-west-2": 0.5 }),
  ...priced("log ingestion", "GB", sources.cloudWatchIreland, { "eu-west-1": 0.57 }),
  ...priced("log ingestion", "GB", sources.ohio, { "us-east-2": 0.5 }),
  ...priced("log storage", "GB-month", sources.cloudWatch, {
    "us-east-1": 0.03,
    "us-west-2": 0.03,
  }),
  ...priced("log storage", "GB-month", sources.cloudWatchIreland, { "eu-west-1": 0.03 }),
  ...priced("log storage", "GB-month", sources.ohio, { "us-east-2": 0.03 }),
  ...priced("key", "key-month", sources.kms, { any: 1 }),
  ...priced("key version", "version-month", sources.kmsPage, { any: 1 }),
  ...priced("key request", "10,000 requests", sources.kms, { any: 0.03 }),
  ...priced("asymmetric key request", "10,000 requests", sources.infracostKms, {
    "us-east-1": 0.15,
  }),
  ...lambda("function request", "million requests", 0.2),
  ...priced("function x86_64", "GB-second", sources.lambdaOregon, { "us-west-2": 0.0000166667 }),
  ...priced("function x86_64", "GB-second", sources.lambdaIreland, { "eu-west-1": 0.0000166667 }),
  ...priced("function x86_64", "GB-second", sources.ohio, { "us-east-2": 0.0000166667 }),
  ...priced("function x86_64", "GB-second", sources.infracostLambda, {
    "us-east-1": 0.0000166667,
  }),
  ...priced("function arm64", "GB-second", sources.lambdaIreland, { "eu-west-1": 0.0000133334 }),
  ...priced("function arm64", "GB-second", sources.ohio, { "us-east-2": 0.0000133334 }),
  ...priced("function arm64", "GB-second", sources.infracostLambda, { "us-east-1": 0.0000133334 }),
  ...priced(
    "function arm64",
    "GB-second",
    sources.ohio,
    { "us-west-2": 0.0000133334 },
    "us-east-1, us-east-2 and eu-west-1 have the same price",
  ),
  ...priced("schedule", "million invocations", sources.scheduler, { "us-west-2": 1 }),
  ...priced(
    "schedule",
    "million invocations",
    sources.scheduler,
    { "us-east-1": 1, "us-east-2": 1, "eu-west-1": 1 },
    "the price on AWS's page, which names no regions",
  ),
  ...priced("message", "million requests", sources.sns, { any: 0.5 }),
  ...priced("e-mail", "100,000 e-mails", sources.sns, { any: 2 }),
  ...priced("web message", "100,000 messages", sources.sns, { any: 0.06 }),
  ...priced("queue request", "million requests", sources.queues, { any: 0.4 }),
  ...priced("fis action", "action-minute", sources.fis, { any: 0.1 }),
  ...stepped("cloudfront data", "GB", sources.cloudFront, everywhere, [
    [0, 0.085],
    [10_240, 0.08],
  ]),
  ...priced(
    "cloudfront request",
    "10,000 requests",
    sources.cloudFront,
    { any: 0.012 },
    "Europe's, the higher of the prices in North America and Europe",
  ),
  ...priced("cloudfront function", "million invocations", sources.cloudFrontFunction, { any: 0.1 }),
];

/** A request costs the same in these four regions. */
function lambda(item: string, unit: string, usd: number): readonly Price[] {
  return [
    ...priced(item, unit, sources.lambdaOregon, { "us-west-2": usd }),
    ...priced(item, unit, sources.lambdaIreland, { "eu-west-1": usd }),
    ...priced(item, unit, sources.ohio, { "us-east-2": usd }),
    ...priced(item, unit, sources.infracostLambda, { "us-east-1": usd }),
  ];
}
