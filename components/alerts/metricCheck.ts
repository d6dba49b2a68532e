import * as pulumi from "@pulumi/pulumi";
import * as rules from "../../constraints/rules";
import { check, refuse } from "../common/argumentFaults";
import { tagged } from "../common/tags";
import type { Tags } from "../common/tags";
import { alarmFaults, metricAlarm } from "./alarm";
import type { AlarmSpec } from "./alarm";
import { alarmCheck } from "./alarmCheck";
import { syntheticOrders } from "./syntheticMetric";

export interface MetricCheckArgs {
  /** The region's own record name, the dimension of its synthetic-order metric. */
  readonly entryName: string;
  /**
   * Minutes in a row, 1 to 30, in which every synthetic order must fail. At least four are needed
   * to ignore a Multi-AZ database failover: 120 s can fail three orders.
   */
  readonly failureMinutes: number;
  /** Topic of the alarm's own region. */
  readonly topicArn: pulumi.Input<string>;
  /** Address of the runbook, without an anchor. */
  readonly runbookUrl: string;
  readonly tags: Tags;
}

/**
 * A Route 53 health check on the customers' experience: it follows an alarm on the average of a
 * metric that is 1 while synthetic orders succeed. Add its id to the region's calculated check.
 * The provider is given by `providers`; its region is that of the alarm, and must be that of the
 * metric. Children: `<name>-alarm`, `<name>-check`.
 *
 * @throws pulumi.InputPropertyError or InputPropertiesError when plain arguments are invalid.
 */
export class MetricCheck extends pulumi.ComponentResource {
  readonly checkId: pulumi.Output<string>;
  /** ARN of the alarm. */
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
    const healthCheck = alarmCheck(
      `${name}-check`,
      {
        alarm,
        spec,
        // A missing metric says nothing about the region (K6).
        withoutData: "LastKnownStatus",
        tags: tagged(tags, "region", `${name}-check`),
      },
      parent,
    );

    this.checkId = healthCheck.id;
    this.alarmArns = [alarm.arn];
    this.registerOutputs({ checkId: this.checkId, alarmArns: this.alarmArns });
  }
}

/** An alarm that health checks support: standard resolution, a plain statistic, no M of N (K7). */
function failedOrders(entryName: string, failureMinutes: number): AlarmSpec {
  return {
    key: "alarm",
    metric: syntheticOrders(entryName, "Average"),
    comparison: "LessThanThreshold",
    threshold: 1,
    periods: failureMinutes,
    // Any other setting would decide for the missing metric, and the health check would use it.
    missingData: "missing",
    message: {
      meaning: `Synthetic orders in ${entryName} have failed for ${failureMinutes} minutes.`,
      customers: "if this region serves them, they move to the other one.",
      system: "DNS leaves the region by its metric check, and returns when orders succeed.",
      action: "read the reason in the log of the synthetic orders, and place an order by hand.",
      anchor: "synthetic-orders-fail",
    },
  };
}
