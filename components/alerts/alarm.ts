import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Constraint } from "../../constraints/rules";
import type { ArgumentFault } from "../common/argumentFaults";
import { check } from "../common/argumentFaults";
import type { Tags } from "../common/tags";

/**
 * When an alarm fires and what it says then: plain data, so that whoever has something to watch can
 * hand it to whoever has a topic. Only the values of dimensions may be known later.
 */
export interface AlarmSpec {
  /** Names the alarm among those of its owner, such as `us-west-2a-instance`; never changes. */
  readonly key: string;
  readonly metric: AlarmMetric;
  readonly comparison: "LessThanThreshold" | "GreaterThanOrEqualToThreshold";
  readonly threshold: number;
  /** Periods in a row, all of which must be beyond the threshold. */
  readonly periods: number;
  /**
   * What a period without data counts as: `breaching` where silence means that nobody watches,
   * `notBreaching` where it is normal, `missing` where it is to change nothing.
   */
  readonly missingData: "breaching" | "notBreaching" | "missing";
  /**
   * Whether it rings for the other region's sake as well, as before that is there: then it says
   * nothing of a change that has reached this region only. Default false.
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

/** What an alarm tells the person whom it wakes, a sentence or two each. */
export interface AlarmMessage {
  readonly meaning: string;
  /** What customers notice. */
  readonly customers: string;
  /** What happens without anybody doing anything. */
  readonly system: string;
  readonly action: string;
  /** Anchor of its section in the runbook. */
  readonly anchor: string;
}

/** What the alarms of one owner share. */
export interface AlarmDefaults {
  /** Topic of the alarm's own region: CloudWatch notifies no other. */
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

/** What is wrong with alarms, under the path that their owner gave them. */
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
      remedy: "give each alarm a key of its own",
      holds: () => keys.indexOf(key) === index,
    }),
  ]);
}

/** The description that an e-mail shows: five lines, the last of them the link to the runbook. */
export function descriptionOf(message: AlarmMessage, runbookUrl: string): string {
  const { meaning, customers, system, action, anchor } = message;
  return [
    meaning,
    `Customers: ${customers}`,
    `By itself: ${system}`,
    `Do: ${action}`,
    `Runbook: ${runbookUrl}#${anchor}`,
  ].join("\n");
}

/** An alarm that tells its topic when it fires, and when all is well again. */
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
