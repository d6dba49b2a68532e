import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as rules from "../../constraints/rules";
import { check, refuse } from "../common/argumentFaults";
import type { Tags } from "../common/tags";
import { alarmFaults, descriptionOf, metricAlarm } from "./alarm";
import type { AlarmMessage, AlarmSpec, AlarmDefaults } from "./alarm";
import { alertTopic } from "./alertTopic";
import { failoverAlarms, servingAlarmKeys } from "./failoverAlarms";
import type { WatchedRegion } from "./failoverAlarms";

export interface FailoverAlertsArgs {
  /** Name and display name of the topic; unique per stack in an account. */
  readonly topicName: string;
  /** The recipient. */
  readonly email: pulumi.Input<string>;
  /** The primary region, then the standby. */
  readonly regions: readonly [WatchedRegion, WatchedRegion];
  /** Alarms on other metrics of us-east-1, such as the hosted zone's; default: none. */
  readonly alarms?: readonly AlarmSpec[];
  /** Address of the runbook, without an anchor. */
  readonly runbookUrl: string;
  readonly tags: Tags;
}

const nobodyServes: AlarmMessage = {
  meaning: "No zone of either region answers: only the maintenance page is left.",
  customers: "all of them see the maintenance page and cannot order.",
  system: "DNS returns to the first zone that answers again, within a minute or two.",
  action: "this is an outage: call for help now, and restore the zone that needs the least work.",
  anchor: "maintenance-page-serves",
};

/**
 * The alerts on Route 53's own view: a topic and an alarm for each health check. Its provider is
 * given by `providers` and must be of us-east-1, the only region with Route 53's metrics.
 * Children: `<name>-key`, `<name>-topic`, `<name>-policy`, `<name>-email`, an alarm `<name>-<region
 * name>-<check>` for each check, with `-checkers` for its early warning, and
 * `<name>-maintenance-page`.
 *
 * @throws pulumi.InputPropertyError or InputPropertiesError when plain arguments are invalid.
 */
export class FailoverAlerts extends pulumi.ComponentResource {
  readonly topicArn: pulumi.Output<string>;
  /** ARNs of all alarms, that of the maintenance page first. */
  readonly alarmArns: readonly pulumi.Output<string>[];

  constructor(name: string, args: FailoverAlertsArgs, opts?: pulumi.ComponentResourceOptions) {
    const { topicName, email, regions, runbookUrl, tags } = args;
    const furtherAlarms = args.alarms ?? [];
    refuse(`FailoverAlerts "${name}"`, [
      ...check("topicName", topicName, rules.topicName),
      ...alarmFaults("alarms", furtherAlarms, runbookUrl),
    ]);
    super("failover:index:FailoverAlerts", name, {}, opts);
    const parent = { parent: this };

    const topic = alertTopic(name, { topicName, email, tags }, parent);
    const surroundings: AlarmDefaults = { topicArn: topic.arn, runbookUrl, tags };
    const alarms = new Map(
      [...failoverAlarms(regions), ...furtherAlarms].map((spec) => [
        spec.key,
        metricAlarm(`${name}-${spec.key}`, spec, surroundings, parent),
      ]),
    );
    const everyZone = regions.flatMap(servingAlarmKeys).map((key) => alarms.get(key));
    const maintenance = this.maintenanceAlarm(name, everyZone, topicName, surroundings);

    this.topicArn = topic.arn;
    this.alarmArns = [...maintenance, ...alarms.values()].map(({ arn }) => arn);
    this.registerOutputs({ topicArn: this.topicArn, alarmArns: this.alarmArns });
  }

  /**
   * The alarm that goes on when the endpoints of every zone are down; none if a zone has no check.
   */
  private maintenanceAlarm(
    name: string,
    everyZone: readonly (aws.cloudwatch.MetricAlarm | undefined)[],
    topicName: string,
    { topicArn, runbookUrl, tags }: AlarmDefaults,
  ): readonly aws.cloudwatch.CompositeAlarm[] {
    const watched = everyZone.filter((alarm) => alarm !== undefined);
    if (watched.length < everyZone.length) return [];
    const terms = watched.map((alarm) => pulumi.interpolate`ALARM("${alarm.name}")`);
    return [
      new aws.cloudwatch.CompositeAlarm(
        `${name}-maintenance-page`,
        {
          // An explicit name, because two stacks may share an account.
          alarmName: `${topicName}-maintenance-page`,
          alarmDescription: descriptionOf(nobodyServes, runbookUrl),
          alarmRule: pulumi.all(terms).apply((each) => each.join(" AND ")),
          alarmActions: [topicArn],
          okActions: [topicArn],
          tags: { ...tags, Name: `${name}-maintenance-page` },
        },
        { parent: this },
      ),
    ];
  }
}
