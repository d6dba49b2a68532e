import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as rules from "../../constraints/rules";
import { check, refuse } from "../common/argumentFaults";
import { tagged } from "../common/tags";
import type { Tags } from "../common/tags";
import { alarmFaults, metricAlarm } from "./alarm";
import type { AlarmSpec } from "./alarm";
import { syntheticOrders } from "./syntheticMetric";

export interface MetricCheckArgs {
  /** The region's own record name, by which the metric of its synthetic orders goes. */
  readonly entryName: string;
  /**
   * Minutes in a row, 1 to 30, in which every synthetic order must fail. Four is the least that a
   * Multi-AZ database may fail over in unnoticed: 120 s can spoil three orders.
   */
  readonly failureMinutes: number;
  /** Topic of the alarm's own region. */
  readonly topicArn: pulumi.Input<string>;
  /** Address of the runbook, without an anchor. */
  readonly runbookUrl: string;
  readonly tags: Tags;
}

/**
 * A Route 53 health check on what customers get: it watches an alarm on the average of a metric that
 * is 1 while synthetic orders succeed. Give its id to the region's calculated check.
 *
 * The provider comes by `providers`; its region is the alarm's, and must be where the metric is
 * written. Children: `<name>-alarm`, `<name>-check`.
 *
 * @throws pulumi.InputPropertyError or InputPropertiesError when plain arguments are wrong.
 */
export class MetricCheck extends pulumi.ComponentResource {
  readonly checkId: pulumi.Output<string>;
  /** ARN of the one alarm. */
  readonly alarmArns: readonly [pulumi.Output<string>];

  constructor(name: string, args: MetricCheckArgs, opts?: pulumi.ComponentResourceOptions) {
    const { entryName, failureMinutes, topicArn, runbookUrl, tags } = args;
    const spec = failedOrders(entryName, failureMinutes);
    refuse(`MetricCheck "${name}"`, [
      ...check("entryName", entryName, rules.recordName),
      ...check("failureMinutes", failureMinutes, rules.failureMinutes),
      ...alarmFaults("alarm", [spec], runbookUrl),
    ]);
    super("failover:index:MetricCheck", name, {}, opts);
    const parent = { parent: this };

    const alarm = metricAlarm(
      `${name}-alarm`,
      spec,
      { topicArn, runbookUrl, tags: tagged(tags, "region", `${name}-alarm`) },
      parent,
    );
    const healthCheck = new aws.route53.HealthCheck(
      `${name}-check`,
      {
        type: "CLOUDWATCH_METRIC",
        cloudwatchAlarmName: alarm.name,
        cloudwatchAlarmRegion: alarm.region,
        // A publisher that died says nothing about the region (K6).
        insufficientDataHealthStatus: "LastKnownStatus",
        // Route 53 copies the alarm's definition, and copies it again only when told to (K8).
        triggers: { alarm: JSON.stringify(definitionOf(spec)) },
        tags: tagged(tags, "region", `${name}-check`),
      },
      parent,
    );

    this.checkId = healthCheck.id;
    this.alarmArns = [alarm.arn];
    this.registerOutputs({ checkId: this.checkId, alarmArns: this.alarmArns });
  }
}

/** An alarm that health checks can watch: standard resolution, a plain statistic, no M of N (K7). */
function failedOrders(entryName: string, failureMinutes: number): AlarmSpec {
  return {
    key: "alarm",
    metric: syntheticOrders(entryName, "Average"),
    comparison: "LessThanThreshold",
    threshold: 1,
    periods: failureMinutes,
    // Anything else would answer for the publisher, and the health check would believe it.
    missingData: "missing",
    message: {
      meaning: `Synthetic orders in ${entryName} have failed for ${failureMinutes} minutes.`,
      customers: "if this region serves them, they are sent to the other one.",
      system: "DNS leaves the region by its metric check, and comes back when orders succeed.",
      action: "read the reason in the log of the synthetic orders, and place an order by hand.",
      anchor: "synthetic-orders-fail",
    },
  };
}

/** What decides when the alarm's data is bad: all of the spec but its words. */
function definitionOf({ metric, comparison, threshold, periods, missingData }: AlarmSpec): unknown {
  return { metric, comparison, threshold, periods, missingData };
}
