import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Tags } from "../common/tags";
import type { AlarmSpec } from "./alarm";

export interface AlarmCheckArgs {
  /** The alarm: standard resolution, a plain statistic, no M of N (K7). */
  readonly alarm: Pick<aws.cloudwatch.MetricAlarm, "name" | "region">;
  /** Its definition. */
  readonly spec: AlarmSpec;
  /** The status without data (K6). */
  readonly withoutData: "Unhealthy" | "LastKnownStatus";
  readonly tags: Tags;
}

/** A Route 53 health check that is unhealthy while an alarm is on. */
export function alarmCheck(
  name: string,
  { alarm, spec, withoutData, tags }: AlarmCheckArgs,
  opts: pulumi.CustomResourceOptions,
): aws.route53.HealthCheck {
  return new aws.route53.HealthCheck(
    name,
    {
      type: "CLOUDWATCH_METRIC",
      cloudwatchAlarmName: alarm.name,
      cloudwatchAlarmRegion: alarm.region,
      insufficientDataHealthStatus: withoutData,
      // Route 53 copies the alarm's definition, and refreshes the copy only when told to (K8). Its
      // dimensions may be outputs.
      triggers: { alarm: pulumi.jsonStringify(definitionOf(spec)) },
      tags,
    },
    opts,
  );
}

/** The settings that decide when the alarm goes on: all of the spec except its message. */
function definitionOf({ metric, comparison, threshold, periods, missingData }: AlarmSpec): unknown {
  return { metric, comparison, threshold, periods, missingData };
}
