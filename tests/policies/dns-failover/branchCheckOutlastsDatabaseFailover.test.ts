import { branchCheckOutlastsDatabaseFailover } from "../../../policies/dns-failover/rules/branchCheckOutlastsDatabaseFailover";
import { types } from "../../../policies/types";
import { cafe } from "../cafe";
import { describeRule } from "../describeRule";
import type { Sample } from "../sample";
import { nothing } from "../sample";

const checkNames = cafe.resources
  .filter(({ type }) => type === types.healthCheck)
  .map(({ name }) => name);
/** Dublin's region check with a second child that follows an alarm. */
function metric(period: number, evaluationPeriods: number): Sample {
  return cafe
    .add(
      {
        type: types.metricAlarm,
        name: "synthetic",
        properties: { name: "synthetic", period, evaluationPeriods },
      },
      {
        type: types.healthCheck,
        name: "metric",
        properties: { type: "CLOUDWATCH_METRIC", cloudwatchAlarmName: "synthetic" },
      },
    )
    .set("region-dublin", { childHealthchecks: ["deep-dublin", "metric"] })
    .change("region-dublin", (check) => ({ ...check, propertyDependencies: {} }));
}

describeRule(branchCheckOutlastsDatabaseFailover, {
  complies: [{ title: "with six probes", sample: cafe }],
  violates: [
    {
      title: "three probes",
      sample: cafe.set("deep-oregon", { failureThreshold: 3 }),
      finds: [
        "deep-oregon.failureThreshold: must take longer than 120 s to fail, got 90 s (3 × 30 s), so DNS fails over and back while the region's database recovers on its own; raise failureThreshold",
      ],
    },
    {
      title: "an alarm of one minute",
      sample: metric(60, 1),
      finds: [
        "metric.cloudwatchAlarmName: must take longer than 120 s to fail, got 60 s (1 × 60 s), so DNS fails over and back while the region's database recovers on its own; raise the alarm's evaluation periods",
      ],
    },
  ],
  boundary: [
    {
      title: "4 × 30 s for a database failover of 120 s",
      sample: cafe.set("deep-oregon", { failureThreshold: 4 }),
      finds: [
        "deep-oregon.failureThreshold: must take longer than 120 s to fail, got 120 s (4 × 30 s), so DNS fails over and back while the region's database recovers on its own; raise failureThreshold",
      ],
    },
    {
      title: "5 × 30 s for a database failover of 120 s",
      sample: cafe.set("deep-oregon", { failureThreshold: 5 }),
      finds: [],
    },
    {
      title: "exactly the configured time",
      sample: cafe.set("deep-dublin", { failureThreshold: 10 }),
      config: { databaseFailoverSeconds: 180 },
      finds: [
        "deep-oregon.failureThreshold: must take longer than 180 s to fail, got 180 s (6 × 30 s), so DNS fails over and back while the region's database recovers on its own; raise failureThreshold",
      ],
    },
    {
      title: "an alarm check, which has no threshold, before its creation",
      sample: metric(60, 3).hide("metric", "failureThreshold", "requestInterval"),
      finds: [],
    },
    {
      title: "an alarm whose period is unknown",
      sample: metric(60, 1).drop("synthetic"),
      finds: [],
    },
  ],
  notApplicable: [
    { title: "without checks", sample: cafe.drop(...checkNames) },
    { title: "in an empty stack", sample: nothing },
  ],
  unknown: [
    {
      title: "an unknown interval",
      sample: cafe.hide("deep-oregon", "requestInterval"),
      finds: ["unknown: requestInterval: deep-oregon: it is not known before deployment"],
    },
  ],
  configuration: [
    {
      values: { databaseFailoverSeconds: -1 },
      faults: [
        "branch-check-outlasts-database-failover.databaseFailoverSeconds: must be a whole number from 0 to 3600, got -1; it means: the longest time that a database takes to fail over within its region, in seconds",
      ],
    },
  ],
});
