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
  description: "An alarm check uses an alarm that Route 53 can evaluate.",
  severity: "high",
  level: "mandatory",
  why: "A check does not read the alarm's state; it evaluates the metric itself. It does not support metric math, extended statistics, M out of N and high resolution, and without `triggers` it does not see later edits of the alarm.",
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
        ...alarms.flatMap(alarmFaults),
        ...(check.has("triggers")
          ? []
          : [
              violation(check, "triggers", {
                must: "must hold the alarm's properties",
                got: "none",
                so: "the check keeps the old threshold when the alarm is changed",
                remedy: "set it to the alarm's threshold, period and evaluation periods",
              }),
            ]),
      ];
    }),
});

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
      so: "Route 53 rejects a check of this alarm and the update fails halfway",
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
