import { branchCheckDetectsInTime } from "../../../policies/dns-failover/rules/branchCheckDetectsInTime";
import { types } from "../../../policies/types";
import { cafe } from "../cafe";
import { describeRule } from "../describeRule";
import type { Sample } from "../sample";
import { nothing } from "../sample";

const checkNames = cafe.resources
  .filter(({ type }) => type === types.healthCheck)
  .map(({ name }) => name);
/** Dublin's region check with children, one of which follows an alarm. */
function metric(period: number, evaluationPeriods: number, children = ["metric"]): Sample {
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
    .set("region-dublin", { childHealthchecks: children, childHealthThreshold: children.length })
    .change("region-dublin", (check) => ({ ...check, propertyDependencies: {} }));
}

describeRule(branchCheckDetectsInTime, {
  complies: [{ title: "within the bound", sample: cafe }],
  violates: [
    {
      title: "eight probes",
      sample: cafe.set("deep-oregon", { failureThreshold: 8 }),
      config: { maxSeconds: 290 },
      finds: [
        "deep-oregon.failureThreshold: must detect every failure of its endpoint within 290 s, got 304 s when it hangs in the body (8 × (30 s + 8 s) of deep-oregon), so www.cafe.test is down for up to 374 s: 304 s to detect, 10 s to propagate (δ), 60 s of TTL; lower requestInterval or failureThreshold",
      ],
    },
  ],
  boundary: [
    { title: "6 × (30 s + 8 s) in 228 s", sample: cafe, config: { maxSeconds: 228 }, finds: [] },
    {
      title: "6 × (30 s + 8 s) in 227 s",
      sample: cafe.set("deep-dublin", { failureThreshold: 3 }),
      config: { maxSeconds: 227 },
      finds: [
        "deep-oregon.failureThreshold: must detect every failure of its endpoint within 227 s, got 228 s when it hangs in the body (6 × (30 s + 8 s) of deep-oregon), so www.cafe.test is down for up to 298 s: 228 s to detect, 10 s to propagate (δ), 60 s of TTL; lower requestInterval or failureThreshold",
      ],
    },
    {
      title: "a latch, which the rule ignores",
      sample: cafe.set("latch", { failureThreshold: 10, requestInterval: 30 }),
      config: { maxSeconds: 228 },
      finds: [],
    },
    {
      title: "an alarm of two minutes",
      sample: metric(60, 2),
      config: { maxSeconds: 290 },
      finds: [
        "metric.cloudwatchAlarmName: must detect every failure of its endpoint within 290 s, got 300 s ((1 + 2) × 60 s + 120 s of metric), so www.cafe.test is down for up to 370 s: 300 s to detect, 10 s to propagate (δ), 60 s of TTL; lower the alarm's period or evaluation periods",
      ],
    },
    { title: "an alarm of one minute", sample: metric(60, 1), finds: [] },
    {
      title: "an alarm of five minutes in addition to a check that probes",
      sample: metric(60, 5, ["deep-dublin", "metric"]),
      finds: [],
    },
  ],
  notApplicable: [
    { title: "without checks", sample: cafe.drop(...checkNames) },
    { title: "in an empty stack", sample: nothing },
  ],
  unknown: [
    {
      title: "an alarm of another stack",
      sample: metric(60, 2).drop("synthetic"),
      finds: [
        "unknown: cloudwatchAlarmName: metric: its alarm, or the alarm's period, is not known, so its detection is not checked",
      ],
    },
  ],
  configuration: [
    {
      values: { maxSeconds: 5 },
      faults: [
        "branch-check-detects-in-time.maxSeconds: must be a whole number from 10 to 3600, got 5; it means: the longest time to detect that a branch has failed, in seconds: the database objective minus propagation and TTL",
      ],
    },
  ],
});
