import type { Subject } from "../../fields";
import type { Finding } from "../../finding";
import { unknownsOf, violation } from "../../finding";
import { stackRule } from "../../rule";
import { types } from "../../types";
import { developerGuide } from "../route53";

/** Shortest period that a health check supports, in seconds (K7). */
const periodSecondsMin = 60;

export const alarmCheckHasUsableAlarm = stackRule({
  name: "alarm-check-has-usable-alarm",
  description:
    "An alarm check uses an alarm that Route 53 can find and evaluate, and that can change state.",
  severity: "high",
  level: "mandatory",
  why: "A check does not read the alarm's state; it evaluates the metric itself. It does not support metric math, extended statistics, M out of N or high resolution, and without `triggers` it misses later changes to the alarm.",
  source: "K5, K7, K8; terraform-provider-aws #29251",
  remediationSteps:
    "Use an alarm on one metric with a plain statistic and periods of a minute or more, and set the check's `triggers` to the alarm's properties.",
  url: developerGuide("health-checks-creating-values"),
  types: [types.healthCheck],
  config: {},
  find: (stack) =>
    stack.subjects(types.healthCheck).flatMap((check): readonly Finding[] => {
      if (check.unknownAt("type") || check.text("type") !== "CLOUDWATCH_METRIC") {
        return unknownsOf(check, "type");
      }
      const alarms = stack.follow(check, "cloudwatchAlarmName", types.metricAlarm);
      return [
        ...alarms.flatMap((alarm) => regionFaults(check, alarm)),
        ...alarms.flatMap(alarmFaults),
        ...alarms.flatMap(ringFaults),
        ...(check.has("triggers")
          ? []
          : [
              violation(check, "triggers", {
                must: "must contain the alarm's properties",
                got: "none",
                so: "the check keeps the old threshold when the alarm is changed",
                remedy: "set it to the alarm's threshold, period and evaluation periods",
              }),
            ]),
      ];
    }),
});

/** Route 53 searches for the alarm in the region that the check names. */
function regionFaults(check: Subject, alarm: Subject): readonly Finding[] {
  const unknowns = unknownsOf(check, "cloudwatchAlarmRegion");
  if (unknowns.length > 0) return unknowns;
  const named = check.text("cloudwatchAlarmRegion");
  const { region } = alarm.resource;
  if (named === undefined || region === undefined || named === region) return [];
  return [
    violation(check, "cloudwatchAlarmRegion", {
      must: `must be ${region}, the region of ${alarm.name}`,
      got: named,
      so: "Route 53 does not find the alarm there, and rejects the check or watches another alarm of that name",
      remedy: `set it to ${region}`,
    }),
  ];
}

/** Comparisons that are always or never true: no metric is negative, and no share exceeds 100 %. */
function ringFaults(alarm: Subject): readonly Finding[] {
  const hidden = unknownsOf(alarm, "comparisonOperator", "threshold", "metricName");
  if (hidden.length > 0) return hidden;
  const operator = alarm.text("comparisonOperator", "");
  const threshold = Number(alarm.whole("threshold") ?? NaN);
  const isShare = /percent|utilization/i.test(alarm.text("metricName", ""));
  const never =
    (operator === "LessThanThreshold" && threshold <= 0) ||
    (operator === "LessThanOrEqualToThreshold" && threshold < 0) ||
    (isShare && operator === "GreaterThanThreshold" && threshold >= 100);
  const always = operator === "GreaterThanOrEqualToThreshold" && threshold <= 0;
  if (!never && !always) return [];
  return [
    violation(alarm, "threshold", {
      must: "must separate normal values of the metric from faulty ones",
      got: `${operator} ${threshold}`,
      so: never
        ? "the alarm never enters ALARM, and the check is always healthy"
        : "the alarm never leaves ALARM, and the check is never healthy",
      remedy: "compare with a value that the metric reaches only in a fault",
    }),
  ];
}

function alarmFaults(alarm: Subject): readonly Finding[] {
  const unknowns = unknownsOf(
    alarm,
    "metricQueries",
    "extendedStatistic",
    "datapointsToAlarm",
    "evaluationPeriods",
    "period",
  );
  if (unknowns.length > 0) return unknowns;
  const fault = (property: string, must: string, got: string): Finding =>
    violation(alarm, property, {
      must,
      got,
      so: "Route 53 rejects a check on this alarm and the update fails halfway",
      remedy: "use one plain metric",
    });
  const period = alarm.number("period", periodSecondsMin);
  const [points = 0, periods = 0] = [
    alarm.number("datapointsToAlarm"),
    alarm.number("evaluationPeriods"),
  ];
  return [
    ...(alarm.has("metricQueries")
      ? [fault("metricQueries", "must not be set", "metric math")]
      : []),
    ...(alarm.has("extendedStatistic")
      ? [fault("extendedStatistic", "must not be set", alarm.text("extendedStatistic", ""))]
      : []),
    ...(points > 0 && points !== periods
      ? [fault("datapointsToAlarm", `must be evaluationPeriods, ${periods}`, `${points}`)]
      : []),
    ...(period < periodSecondsMin
      ? [fault("period", `must be at least ${periodSecondsMin} s`, `${period} s`)]
      : []),
  ];
}
