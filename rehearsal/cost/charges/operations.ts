import type { Resource, Value } from "../../../routing/graph/resource";
import {
  fieldOf,
  firstOf,
  flagOf,
  isObject,
  listOf,
  numberOf,
  textOf,
  valueOf,
} from "../../../routing/graph/values";
import { amountsBy, scaledBy } from "../amounts";
import type { Charger, CostInput } from "./charge";
import { charge, chargeBy, freeOfCharge, unknownCharge } from "./charge";
import { freeUses } from "../prices/freeTypes";
import { runsOfSchedule } from "./schedule";

/** Days of a month, for storage. */
const daysPerMonth = 365 / 12;
/**
 * How long a log group without a retention limit has kept its data, in months: its age is unknown.
 */
const endlessMonths = 12;

/** An alarm, by its metrics, and the stack's own metrics that it is the first to use. */
export const alarmCharges: Charger = (alarm, input) => {
  const queries = listOf(alarm, "metricQueries");
  const metrics = queries.filter((query) => isObject(firstOf(fieldOf(query, "metric"))));
  const periods = [
    valueOf(alarm, "period"),
    ...metrics.map((query) => fieldOf(firstOf(fieldOf(query, "metric")), "period")),
  ];
  const isFast = periods.some((period) => typeof period === "number" && period < 60);
  if (queries.some(asksInsights)) {
    return [
      unknownCharge("it queries Metrics Insights, which is charged by the number of metrics found"),
    ];
  }
  const isBand = textOf(alarm, "thresholdMetricId") !== undefined;
  return [
    // An anomaly band counts as two additional metrics.
    charge(
      isFast ? "alarm below a minute" : "alarm",
      Math.max(1, metrics.length) + (isBand ? 2 : 0),
    ),
    ...ownMetrics(alarm, input),
  ];
};

/** Whether a query is in SQL. */
function asksInsights(query: Value): boolean {
  const expression = fieldOf(query, "expression");
  return typeof expression === "string" && /\bSELECT\b/.test(expression);
}

export const compositeAlarmCharges: Charger = () => [charge("composite alarm", 1)];

/** A dashboard, and the metrics that only it shows. */
export const dashboardCharges: Charger = (dashboard, input) => [
  charge("dashboard", 1),
  ...ownMetrics(dashboard, input),
];

function ownMetrics({ urn }: Resource, { customMetrics }: CostInput): ReturnType<Charger> {
  const regions = customMetrics.get(urn) ?? [];
  const counts = new Map<string, number>();
  for (const region of regions) counts.set(region, (counts.get(region) ?? 0) + 1);
  return [...counts].map(([region, count]) => charge("metric", count, region));
}

/** A log group: ingestion, and storage for its retention. */
export const logGroupCharges: Charger = (group, { model, assumptions, queries }) => {
  if (textOf(group, "logGroupClass") === "INFREQUENT_ACCESS") {
    return [unknownCharge("it has the infrequent-access class")];
  }
  const isQueryLog =
    model.graph.referringTo(group, queryLogType, "cloudwatchLogGroupArn").length > 0;
  const incoming = isQueryLog
    ? scaledBy(queries.all, assumptions.queryLogBytes / 1e9)
    : amountsBy(() => assumptions.logGb);
  const days = numberOf(group, "retentionInDays") ?? 0;
  const months = days > 0 ? days / daysPerMonth : endlessMonths;
  return [chargeBy("log ingestion", incoming), chargeBy("log storage", scaledBy(incoming, months))];
};

/** The log group of a zone's queries. */
export const queryLogType = "aws:route53/queryLog:QueryLog";

/** A customer managed key, and its use. */
export const keyCharges: Charger = (key, { assumptions }) => {
  const spec = textOf(key, "customerMasterKeySpec") ?? "SYMMETRIC_DEFAULT";
  const isSymmetric = spec === "SYMMETRIC_DEFAULT";
  const rotations = flagOf(key, "enableKeyRotation") ? assumptions.keyRotations : 0;
  return [
    charge("key", 1),
    ...(rotations > 0 ? [charge("key version", rotations)] : []),
    charge(
      isSymmetric ? "key request" : "asymmetric key request",
      assumptions.kmsRequests / 10_000,
    ),
  ];
};

/** A function: its runs, and their duration at its memory size. */
export const functionCharges: Charger = (lambda, { model, assumptions }) => {
  const schedules = model.graph
    .ofType(scheduleType)
    .filter((schedule) => model.graph.follow(schedule, "target", [lambda.type]).includes(lambda));
  const runs =
    schedules.length === 0
      ? assumptions.functionRuns
      : schedules.reduce(
          (total, schedule) => total + (runsOf(schedule, assumptions.hours) ?? 0),
          0,
        );
  // Lambda's default is 128 MB (API: CreateFunction, MemorySize).
  const memoryGb = (numberOf(lambda, "memorySize") ?? 128) / 1024;
  const [architecture] = listOf(lambda, "architectures");
  const kind = typeof architecture === "string" ? architecture : "x86_64";
  return [
    charge("function request", runs / 1e6),
    charge(`function ${kind}`, runs * assumptions.functionSeconds * memoryGb),
  ];
};

const scheduleType = "aws:scheduler/schedule:Schedule";

/** A schedule, by its invocations. */
export const scheduleCharges: Charger = (schedule, { assumptions }) => {
  const runs = runsOf(schedule, assumptions.hours);
  return runs === undefined
    ? [unknownCharge("how often it runs is not known")]
    : [charge("schedule", runs / 1e6)];
};

function runsOf(schedule: Resource, hours: number): number | undefined {
  const expression = textOf(schedule, "scheduleExpression");
  if (textOf(schedule, "state") === "DISABLED") return 0;
  return expression === undefined ? undefined : runsOfSchedule(expression, hours);
}

/** Messages published to a topic. */
export const topicCharges: Charger = (topic, { assumptions }) =>
  flagOf(topic, "fifoTopic")
    ? [unknownCharge("it is a FIFO topic")]
    : [charge("message", assumptions.alerts / 1e6)];

/** Deliveries of a topic to one subscriber; deliveries within AWS are free. */
export const subscriptionCharges: Charger = (subscription, { assumptions }) => {
  const protocol = textOf(subscription, "protocol") ?? "unknown";
  if (protocol.startsWith("email")) return [charge("e-mail", assumptions.alerts / 100_000)];
  if (protocol.startsWith("http")) return [charge("web message", assumptions.alerts / 100_000)];
  if (["sqs", "lambda"].includes(protocol)) return [freeOfCharge(freeUses.deliveryInAws)];
  return [unknownCharge(`messages by ${protocol}`)];
};

/** A queue, by its requests. */
export const queueCharges: Charger = (queue, { assumptions }) =>
  flagOf(queue, "fifoQueue")
    ? [unknownCharge("it is a FIFO queue")]
    : [charge("queue request", assumptions.queueRequests / 1e6)];

/** A parameter of the standard tier is free. */
export const parameterCharges: Charger = (parameter) => {
  const tier = textOf(parameter, "tier") ?? "Standard";
  return tier === "Standard"
    ? [freeOfCharge(freeUses.standardParameter)]
    : [unknownCharge(`it is of the ${tier} tier`)];
};

/** A public certificate is free while AWS holds its key. */
export const certificateCharges: Charger = (certificate) => {
  const exported = fieldOf(firstOf(valueOf(certificate, "options")), "export");
  return textOf(certificate, "certificateAuthorityArn") !== undefined || exported === "ENABLED"
    ? [unknownCharge("it is private or can be exported")]
    : [freeOfCharge(freeUses.publicCertificate)];
};
