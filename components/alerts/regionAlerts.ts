import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as rules from "../../constraints/rules";
import { check, refuse } from "../common/argumentFaults";
import type { Tags } from "../common/tags";
import { alarmFaults, metricAlarm } from "./alarm";
import type { AlarmSpec } from "./alarm";
import { alertTopic } from "./alertTopic";

export interface RegionAlertsArgs {
  /** Name and display name of the topic; unique per stack in an account. */
  readonly topicName: string;
  /** The recipient. */
  readonly email: pulumi.Input<string>;
  /** The alarms of this region; plain, because each names a resource. */
  readonly alarms: readonly AlarmSpec[];
  /** Address of the runbook, without an anchor. */
  readonly runbookUrl: string;
  readonly tags: Tags;
}

/**
 * The alerts of one region on its own resources: a separate topic and the given alarms. They do not
 * depend on us-east-1, so they work even while the alerts on Route 53's view are down. The provider
 * is given by `providers` and decides the region.
 * Children: `<name>-key`, `<name>-topic`, `<name>-policy`, `<name>-email`, `<name>-<alarm's key>`.
 *
 * @throws pulumi.InputPropertyError or InputPropertiesError when plain arguments are invalid.
 */
export class RegionAlerts extends pulumi.ComponentResource {
  readonly topicArn: pulumi.Output<string>;
  /** ARN of the key of the topic's messages. Not an output of the resource. */
  readonly topicKeyArn: pulumi.Output<string>;
  /** ARNs of the alarms, in their order. */
  readonly alarmArns: readonly pulumi.Output<string>[];
  readonly #alarms: ReadonlyMap<string, aws.cloudwatch.MetricAlarm>;
  /**
   * Names of the alarms that a change in this region alone can set off. Not an output of the
   * resource.
   */
  readonly ownAlarmNames: readonly pulumi.Output<string>[];

  constructor(name: string, args: RegionAlertsArgs, opts?: pulumi.ComponentResourceOptions) {
    const { topicName, email, alarms, runbookUrl, tags } = args;
    refuse(`RegionAlerts "${name}"`, [
      ...check("topicName", topicName, rules.topicName),
      ...alarmFaults("alarms", alarms, runbookUrl),
    ]);
    super("failover:index:RegionAlerts", name, {}, opts);
    const parent = { parent: this };

    const topic = alertTopic(name, { topicName, email, tags }, parent);
    this.topicArn = topic.arn;
    this.topicKeyArn = topic.kmsMasterKeyId.apply((arn = "") => arn);
    const made = alarms.map((spec) => ({
      key: spec.key,
      isOwn: spec.isOfBothRegions !== true,
      alarm: metricAlarm(
        `${name}-${spec.key}`,
        spec,
        { topicArn: topic.arn, runbookUrl, tags },
        parent,
      ),
    }));
    this.alarmArns = made.map(({ alarm }) => alarm.arn);
    this.#alarms = new Map(made.map(({ key, alarm }) => [key, alarm]));
    this.ownAlarmNames = made.filter(({ isOwn }) => isOwn).map(({ alarm }) => alarm.name);
    this.registerOutputs({ topicArn: this.topicArn, alarmArns: this.alarmArns });
  }

  /**
   * ARN of the alarm with a key.
   *
   * @throws Error for an unknown key
   */
  arnOf(key: string): pulumi.Output<string> {
    return this.alarmOf(key).arn;
  }

  /**
   * The alarm with a key.
   *
   * @throws Error for an unknown key
   */
  alarmOf(key: string): aws.cloudwatch.MetricAlarm {
    const alarm = this.#alarms.get(key);
    if (alarm) return alarm;
    throw new Error(`${key}: must be the key of an alarm, got none of ${this.#alarms.size}`);
  }
}
