import * as pulumi from "@pulumi/pulumi";
import { failureMinutes } from "../../constraints/rules";
import { alarmFaults, metricAlarm } from "../alerts/alarm";
import type { AlarmSpec } from "../alerts/alarm";
import { syntheticOrders } from "../alerts/syntheticMetric";
import { SyntheticOrder } from "../alerts/syntheticOrder";
import type { SyntheticOrderArgs } from "../alerts/syntheticOrder";
import { check, refuse } from "../common/argumentFaults";
import { tagged } from "../common/tags";

export interface OrderWitnessArgs extends SyntheticOrderArgs {
  /** The customers in the messages, such as `Customers`. */
  readonly who: string;
  /**
   * Minutes in a row, 1 to 30, in which every order must fail, by the key of an alarm: experiments
   * may cost different times. Plain, because each is a resource.
   */
  readonly failureMinutes: Readonly<Record<string, number>>;
  /** Topic in the alarms' own region. */
  readonly topicArn: pulumi.Input<string>;
  /** Address of the runbook, without an anchor. */
  readonly runbookUrl: string;
}

/**
 * Synthetic orders placed from the provider's region, with alarms there. They are the stop
 * conditions of experiments in that region: FIS accepts alarms of its own region only, and the
 * usual metric of synthetic orders is in another. The function is outside the region's networks, so
 * no experiment affects it.
 * Missing data is breaching: an experiment that is not monitored must stop.
 * Children: `<name>-order` (a `SyntheticOrder`) and `<name>-<key>`, an alarm for each of
 * `failureMinutes`.
 *
 * @throws pulumi.InputPropertyError or InputPropertiesError when plain arguments are invalid.
 */
export class OrderWitness extends pulumi.ComponentResource {
  /** ARNs of the alarms by key. */
  readonly alarmArns: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: OrderWitnessArgs, opts?: pulumi.ComponentResourceOptions) {
    const { who, failureMinutes: patience, topicArn, runbookUrl, ...order } = args;
    const specs = Object.entries(patience).map(([key, minutes]) =>
      failedOrders(key, who, order.entryName, minutes),
    );
    refuse(`OrderWitness "${name}"`, [
      ...Object.entries(patience).flatMap(([key, minutes]) =>
        check(`failureMinutes.${key}`, minutes, failureMinutes),
      ),
      ...alarmFaults("failureMinutes", specs, runbookUrl),
    ]);
    super("failover:index:OrderWitness", name, {}, opts);
    const parent = { parent: this };

    new SyntheticOrder(
      `${name}-order`,
      order,
      // Orders start once the records of their name exist.
      pulumi.mergeOptions(parent, { dependsOn: opts?.dependsOn ?? [] }),
    );
    const tags = (key: string): typeof order.tags => tagged(order.tags, "region", `${name}-${key}`);
    this.alarmArns = Object.fromEntries(
      specs.map((spec) => [
        spec.key,
        metricAlarm(
          `${name}-${spec.key}`,
          spec,
          { topicArn, runbookUrl, tags: tags(spec.key) },
          parent,
        ).arn,
      ]),
    );
    this.registerOutputs({ alarmArns: this.alarmArns });
  }

  /**
   * ARN of the alarm with a key.
   *
   * @throws Error for an unknown key
   */
  arnOf(key: string): pulumi.Output<string> {
    const arn = this.alarmArns[key];
    if (arn) return arn;
    throw new Error(`${key}: must be a key of failureMinutes, got an unknown key`);
  }
}

function failedOrders(key: string, who: string, entryName: string, minutes: number): AlarmSpec {
  return {
    key,
    metric: syntheticOrders(entryName, "Average"),
    comparison: "LessThanThreshold",
    threshold: 1,
    periods: minutes,
    missingData: "breaching",
    message: {
      meaning: `${who} could not order in ${entryName} for ${minutes} minutes, or none was attempted.`,
      customers: "they see errors, or the maintenance page.",
      system: "a running experiment in this region is stopped and reverted.",
      action: "check whether an experiment is running; if not, this is a real outage.",
      anchor: "game-day-stop-alarm",
    },
  };
}
