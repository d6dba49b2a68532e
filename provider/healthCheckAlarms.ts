import * as pulumi from "@pulumi/pulumi";
import { FailoverAlerts } from "../components";
import type { WatchedRegion } from "../components";
import type { AlarmedRegion } from "./flatArgs";

/** Arguments of the alarms. */
export interface HealthCheckAlarmsArgs {
  /** Name and display name of the topic; unique per stack in an account. */
  readonly topicName: string;
  /** The recipient. */
  readonly email: pulumi.Input<string>;
  /** The region that serves first. */
  readonly primary: AlarmedRegion;
  /** The region that serves while the primary is unhealthy. */
  readonly standby: AlarmedRegion;
  /** Address of the runbook, without an anchor. */
  readonly runbookUrl: string;
  /** Tags of the topic and the alarms. */
  readonly tags: { readonly [key: string]: pulumi.Input<string> };
}

/**
 * A topic, and alarms on the health checks of both regions. Its provider is given by `providers` and
 * must be of us-east-1, the only region with Route 53's metrics.
 */
export class HealthCheckAlarms extends pulumi.ComponentResource {
  /** ARN of the topic. */
  readonly topicArn: pulumi.Output<string>;

  constructor(name: string, args: HealthCheckAlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cafe-failover:index:HealthCheckAlarms", name, {}, opts);
    const { primary, standby, ...shared } = args;
    const alerts = new FailoverAlerts(
      name,
      { ...shared, regions: [watched(primary), watched(standby)] },
      { parent: this },
    );
    this.topicArn = alerts.topicArn;
    this.registerOutputs({ topicArn: this.topicArn });
  }
}

function watched(region: AlarmedRegion): WatchedRegion {
  const { name, firstAvailabilityZone, secondAvailabilityZone } = region;
  const checkIds = pulumi.output(region.checkIds);
  return {
    name,
    availabilityZones: [
      { availabilityZone: firstAvailabilityZone, checkIds: { A: checkIds.first } },
      { availabilityZone: secondAvailabilityZone, checkIds: { A: checkIds.second } },
    ],
    deepCheckId: checkIds.deep,
    checkId: checkIds.region,
  };
}
