import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Constraint } from "../../constraints/rules";
import type { ArgumentFault } from "../common/argumentFaults";
import { check } from "../common/argumentFaults";
import type { Tags } from "../common/tags";

/**
 * The conditions and the message of an alarm, as plain data: the owner of a metric defines it, and
 * the owner of a topic creates it. Only dimension values may be outputs.
 */
export interface AlarmSpec {
  /** Name of the alarm among those of its owner, such as `us-west-2a-instance`; never changes. */
  readonly key: string;
  readonly metric: AlarmMetric;
  readonly comparison: "LessThanThreshold" | "GreaterThanOrEqualToThreshold";
  readonly threshold: number;
  /** Periods in a row, all of which must be beyond the threshold. */
  readonly periods: number;
  /**
   * How a period without data counts: `breaching` where silence means that nothing is monitored,
   * `notBreaching` where it is normal, `missing` where it changes nothing.
   */
  readonly missingData: "breaching" | "notBreaching" | "missing";
  /**
   * Whether the other region can set the alarm off, for example before it exists. Such an alarm
   * says nothing about a change to this region only. Default false.
   */
  readonly isOfBothRegions?: boolean;
  readonly message: AlarmMessage;
}

/** A metric with a plain statistic. */
export interface AlarmMetric<V = pulumi.Input<string>> {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, V>>;
  readonly statistic: "Average" | "Maximum" | "Minimum" | "SampleCount" | "Sum";
  /** Seconds of a period, a multiple of 60. */
  readonly periodSeconds: number;
}

/** The message of an alarm to its reader, a sentence or two per part. */
export interface AlarmMessage {
  readonly meaning: string;
  /** Effect on customers. */
  readonly customers: string;
  /** What happens automatically. */
  readonly system: string;
  readonly action: string;
  /** Anchor of its section in the runbook. */
  readonly anchor: string;
}

/** Settings shared by the alarms of one owner. */
export interface AlarmDefaults {
  /** Topic in the alarm's own region: CloudWatch notifies no other. */
  readonly topicArn: pulumi.Input<string>;
  /** Address of the runbook, without an anchor. */
  readonly runbookUrl: string;
  readonly tags: Tags;
}

/** The longest description of an alarm (API:PutMetricAlarm.AlarmDescription). */
const descriptionCharactersMax = 1024;

const description: Constraint = {
  must: `a message of at most ${descriptionCharactersMax} characters with its runbook link`,
  remedy: "shorten it, and move the rest to the runbook",
  holds: (value) => typeof value === "string" && value.length <= descriptionCharactersMax,
};

/** Faults of alarms, under the path that their owner gives. */
export function alarmFaults(
  at: string,
  alarms: readonly AlarmSpec[],
  runbookUrl: string,
): readonly ArgumentFault[] {
  const keys = alarms.map(({ key }) => key);
  return alarms.flatMap(({ key, message }, index) => [
    ...check(`${at}[${index}].message`, descriptionOf(message, runbookUrl), description),
    ...check(`${at}[${index}].key`, key, {
      must: "unique",
      remedy: "give each alarm a unique key",
      holds: () => keys.indexOf(key) === index,
    }),
  ]);
}

/** The description in the e-mail: five lines, the last one the link to the runbook. */
export function descriptionOf(message: AlarmMessage, runbookUrl: string): string {
  const { meaning, customers, system, action, anchor } = message;
  return [
    meaning,
    `Customers: ${customers}`,
    `Automatic: ${system}`,
    `Action: ${action}`,
    `Runbook: ${runbookUrl}#${anchor}`,
  ].join("\n");
}

/** An alarm that notifies its topic when it goes on and off. */
export function metricAlarm(
  name: string,
  spec: AlarmSpec,
  { topicArn, runbookUrl, tags }: AlarmDefaults,
  opts: pulumi.CustomResourceOptions,
): aws.cloudwatch.MetricAlarm {
  const { metric, comparison, threshold, periods, missingData, message } = spec;
  return new aws.cloudwatch.MetricAlarm(
    name,
    {
      alarmDescription: descriptionOf(message, runbookUrl),
      namespace: metric.namespace,
      metricName: metric.name,
      dimensions: { ...metric.dimensions },
      statistic: metric.statistic,
      period: metric.periodSeconds,
      comparisonOperator: comparison,
      threshold,
      evaluationPeriods: periods,
      treatMissingData: missingData,
      alarmActions: [topicArn],
      okActions: [topicArn],
      tags: { ...tags, Name: name },
    },
    opts,
  );
}
