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
  /** Who is meant by it, for people, such as `Customers`. */
  readonly who: string;
  /**
   * Minutes in a row, 1 to 30 each, in which every order must fail, for an alarm each by its key: what
   * an experiment may cost differs from experiment to experiment. Plain, as each is a resource.
   */
  readonly failureMinutes: Readonly<Record<string, number>>;
  /** Topic of the alarms' own region. */
  readonly topicArn: pulumi.Input<string>;
  /** Address of the runbook, without an anchor. */
  readonly runbookUrl: string;
}

/**
 * Synthetic orders, placed from the region of the provider, with alarms there: what an experiment in that
 * region is stopped by, since FIS takes alarms of its own region only, and the orders' usual metric is
 * in another. The function is in no network of the region's, so that no experiment reaches it.
 *
 * Without data the alarms ring: an experiment that nobody watches is to end.
 *
 * Children: `<name>-order` (a `SyntheticOrder`) and `<name>-<key>`, an alarm for each of
 * `failureMinutes`.
 *
 * @throws pulumi.InputPropertyError or InputPropertiesError when plain arguments are wrong.
 */
export class OrderWitness extends pulumi.ComponentResource {
  /** ARNs of the alarms by their keys. */
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
      // The orders wait for the records of the name that they go to.
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
   * ARN of the alarm of a key.
   *
   * @throws Error where there is none
   */
  arnOf(key: string): pulumi.Output<string> {
    const arn = this.alarmArns[key];
    if (arn) return arn;
    throw new Error(`${key}: must be a key of failureMinutes, got another`);
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
      meaning: `${who} could not order in ${entryName} for ${minutes} minutes, or no attempt was made.`,
      customers: "they see errors, or the maintenance page.",
      system: "an experiment that is under way in this region is stopped, and undone.",
      action: "see whether an experiment is under way; if none is, this is a real outage.",
      anchor: "game-day-stop-alarm",
    },
  };
}
