import { alarmCheckHasUsableAlarm } from "../../../policies/dns-failover/rules/alarmCheckHasUsableAlarm";
import { types } from "../../../policies/types";
import type { Properties } from "../../../routing/graph/resource";
import { cafe } from "../cafe";
import { describeRule } from "../describeRule";
import type { Sample } from "../sample";
import { nothing } from "../sample";

const checkNames = cafe.resources
  .filter(({ type }) => type === types.healthCheck)
  .map(({ name }) => name);
function metric(alarm: Properties): Sample {
  return cafe.add(
    {
      type: types.metricAlarm,
      name: "synthetic",
      properties: {
        name: "synthetic",
        namespace: "Cafe",
        period: 60,
        evaluationPeriods: 3,
        statistic: "Average",
        ...alarm,
      },
    },
    {
      type: types.healthCheck,
      name: "metric",
      properties: {
        type: "CLOUDWATCH_METRIC",
        cloudwatchAlarmName: "synthetic",
        triggers: { threshold: "1" },
      },
    },
  );
}

describeRule(alarmCheckHasUsableAlarm, {
  complies: [
    { title: "with endpoint checks", sample: cafe },
    { title: "with a plain alarm", sample: metric({}) },
  ],
  violates: [
    {
      title: "metric math",
      sample: metric({ metricQueries: [{ expression: "m1/m2" }] }),
      finds: [
        "synthetic.metricQueries: must not be set, got metric math, so Route 53 rejects a check on this alarm and the update fails halfway; use one plain metric",
      ],
    },
    {
      title: "an extended statistic",
      sample: metric({ extendedStatistic: "p99" }),
      finds: [
        "synthetic.extendedStatistic: must not be set, got p99, so Route 53 rejects a check on this alarm and the update fails halfway; use one plain metric",
      ],
    },
    {
      title: "M out of N",
      sample: metric({ datapointsToAlarm: 2 }),
      finds: [
        "synthetic.datapointsToAlarm: must be evaluationPeriods, 3, got 2, so Route 53 rejects a check on this alarm and the update fails halfway; use one plain metric",
      ],
    },
    {
      title: "a check without triggers",
      sample: metric({}).set("metric", { triggers: undefined }),
      finds: [
        "metric.triggers: must contain the alarm's properties, got none, so the check keeps the old threshold when the alarm is changed; set it to the alarm's threshold, period and evaluation periods",
      ],
    },
  ],
  boundary: [
    { title: "N out of N", sample: metric({ datapointsToAlarm: 3 }), finds: [] },
    { title: "a period of a minute", sample: metric({ period: 60 }), finds: [] },
    {
      title: "a period of half a minute",
      sample: metric({ period: 30 }),
      finds: [
        "synthetic.period: must be at least 60 s, got 30 s, so Route 53 rejects a check on this alarm and the update fails halfway; use one plain metric",
      ],
    },
  ],
  notApplicable: [
    { title: "without checks", sample: cafe.drop(...checkNames) },
    { title: "in an empty stack", sample: nothing },
  ],
  unknown: [
    {
      title: "an alarm whose period is unknown",
      sample: metric({}).hide("synthetic", "period"),
      finds: ["unknown: period: synthetic: it is not known before deployment"],
    },
    {
      title: "an unknown type",
      sample: cafe.hide("check-2a", "type"),
      finds: ["unknown: type: check-2a: it is not known before deployment"],
    },
  ],
  configuration: [],
});
