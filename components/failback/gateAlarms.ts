import type * as pulumi from "@pulumi/pulumi";
import type { AlarmSpec } from "../alerts/alarm";
import { checkStatusAlarm } from "../alerts/failoverAlarms";

/** The gate in the alarms of its checks. */
export interface WatchedGate<V = pulumi.Input<string>> {
  readonly latchCheckId: V;
  readonly readableCheckId: V;
  /** The guarded region's name, such as `oregon`. */
  readonly guarded: string;
  /** Ids of the checks on alarms, by signal: `capacity-<zone>`, `orders-<region>`, `differ-<region>`. */
  readonly alarmCheckIds: Readonly<Record<string, V>>;
}

/** Runs in a row that fail before the alarm: the next minute may succeed. */
const failedRuns = 3;
/** Minutes without a run. */
const silentSeconds = 300;

const controllerAnchor = "gate-controller-fails";
const blindAnchor = "gate-is-blind";
/** The section that the controller's own messages link to as well. */
export const latchedAnchor = "gate-is-latched";

/**
 * The controller's metric of ranges that the bucket's policy and ip-ranges.json do not share. It
 * compares them hourly.
 */
const driftMetric = { namespace: "failover", name: "CheckerRangesDrifted" } as const;

/** The alarms on the gate's checks, for us-east-1, where Route 53's metrics are. */
export function gateCheckAlarms({
  latchCheckId,
  readableCheckId,
  guarded,
  alarmCheckIds,
}: WatchedGate): readonly AlarmSpec[] {
  return [
    checkStatusAlarm("gate-latch", latchCheckId, {
      meaning: "The failback gate is latched, or its check is new and has no data yet.",
      customers: `if the gate is attached, they are served by the standby region, whatever the state of ${guarded}.`,
      system: `the controller releases the latch once ${guarded} has recovered, after an approval if the settings require one.`,
      action: "run failover status: it lists what blocks a release.",
      anchor: latchedAnchor,
    }),
    checkStatusAlarm("gate-readable", readableCheckId, {
      meaning: "Route 53's checkers cannot read the gate's bucket: the gate is blind.",
      customers: "not affected now, but the latch has no effect: failback would be automatic.",
      system: "none; the latch check looks released whatever its object.",
      action:
        "run pulumi up, which admits the checkers' present ranges; then look at the policies.",
      anchor: blindAnchor,
    }),
    ...Object.entries(alarmCheckIds).map(([signal, checkId]) =>
      checkStatusAlarm(`gate-${signal}`, checkId, {
        ...signalMessage(signal),
        customers: "not affected: this check moves no traffic.",
      }),
    ),
  ];
}

/** What an unhealthy check on an alarm means, by the kind of its signal. */
function signalMessage(signal: string): Omit<AlarmSpec["message"], "customers"> {
  const at = signal.indexOf("-");
  const place = signal.slice(at + 1);
  switch (signal.slice(0, at)) {
    case "orders":
      return {
        meaning: `Route 53 sees orders of ${place} that wait in one region, or nothing of them.`,
        system: "a set latch is not released while orders wait.",
        action: `follow the alarm on the oldest order in ${place}.`,
        anchor: "journal-oldest",
      };
    case "differ":
      return {
        meaning: `Route 53 sees that ${place} has other orders than the other region, or nothing of it.`,
        system: "a set latch is not released while the regions differ.",
        action: `follow the alarm on the comparison of the regions in ${place}.`,
        anchor: "regions-differ",
      };
    default:
      return {
        meaning: `Route 53 sees too few web servers in ${place}, or nothing of them.`,
        system: "a set latch is not released while the primary region lacks web servers.",
        action: "follow the alarm of the zone's capacity in its own region.",
        anchor: "zone-below-capacity",
      };
  }
}

/** The alarms on the controller, for its own region. */
export function controllerAlarms(
  functionName: string,
  deadLetterQueueName: pulumi.Input<string>,
): readonly AlarmSpec[] {
  return [
    errorsAlarm(functionName),
    silenceAlarm(functionName),
    deadLettersAlarm(deadLetterQueueName),
    rangesAlarm(functionName),
  ];
}

const customers = "not affected, but a failback is neither held nor released meanwhile.";

function lambdaMetric(
  functionName: string,
  name: "Errors" | "Invocations",
  periodSeconds: number,
): AlarmSpec["metric"] {
  return {
    namespace: "AWS/Lambda",
    name,
    dimensions: { FunctionName: functionName },
    statistic: "Sum",
    periodSeconds,
  };
}

function errorsAlarm(functionName: string): AlarmSpec {
  return {
    key: "errors",
    metric: lambdaMetric(functionName, "Errors", 60),
    comparison: "GreaterThanOrEqualToThreshold",
    threshold: 1,
    periods: failedRuns,
    // No run has failed; the next alarm covers a controller that does not run.
    missingData: "notBreaching",
    message: {
      meaning: `The gate's controller has failed ${failedRuns} times in a row.`,
      customers,
      system: "it runs again each minute, and repairs the latch from its state.",
      action: "read its log; a set latch stays set.",
      anchor: controllerAnchor,
    },
  };
}

function silenceAlarm(functionName: string): AlarmSpec {
  return {
    key: "silent",
    metric: lambdaMetric(functionName, "Invocations", silentSeconds),
    comparison: "LessThanThreshold",
    threshold: 1,
    periods: 1,
    // Lambda writes the metric only for invocations.
    missingData: "breaching",
    message: {
      meaning: `The gate's controller has not run for ${silentSeconds / 60} minutes.`,
      customers,
      system: "none; the latch stays as it is.",
      action: "look at its schedule and at the health of Lambda in the region.",
      anchor: controllerAnchor,
    },
  };
}

function deadLettersAlarm(queueName: pulumi.Input<string>): AlarmSpec {
  return {
    key: "dead-letters",
    metric: {
      namespace: "AWS/SQS",
      name: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: queueName },
      statistic: "Maximum",
      periodSeconds: 300,
    },
    comparison: "GreaterThanOrEqualToThreshold",
    threshold: 1,
    periods: 1,
    // SQS stops the metric of a queue that nobody uses.
    missingData: "notBreaching",
    message: {
      meaning: "Runs of the gate's controller have failed: their events are in its queue.",
      customers,
      system: "later runs do not need the events; the queue keeps them for 14 days.",
      action: "read an event and the log of its minute, then purge the queue.",
      anchor: controllerAnchor,
    },
  };
}

function rangesAlarm(functionName: string): AlarmSpec {
  return {
    key: "ranges",
    metric: {
      ...driftMetric,
      dimensions: { FunctionName: functionName },
      statistic: "Maximum",
      periodSeconds: 3600,
    },
    comparison: "GreaterThanOrEqualToThreshold",
    threshold: 1,
    periods: 1,
    // The file may be out of reach for an hour: that alone is no change.
    missingData: "notBreaching",
    message: {
      meaning: "AWS has changed the ranges of Route 53's checkers since the last update.",
      customers: "not affected now, but new checkers cannot read the latch.",
      system: "none: the controller compares, and changes no policy.",
      action: "run pulumi up, which admits the present ranges.",
      anchor: blindAnchor,
    },
  };
}
