import type { AlarmMetric, AlarmSpec } from "../alerts/alarm";

/** The metrics that a region's orders publish: `Metrics::NAMESPACE` and `emit` in app/. */
const namespace = "Cafe/Orders";

/** Seconds that an order may be in one region only; draining takes tens of seconds. */
const oldestSecondsMax = 300;

/** Rejected customers per minute beyond chance. */
const turnedAwayMax = 5;

export interface OrderAlarmsArgs {
  /** The dimension of the metrics: a region of a stack. */
  readonly deployment: string;
  /** The region's name in messages. */
  readonly region: string;
  /**
   * Hours without a single order that raise an alarm: more than the café is closed at night.
   * Default: no alarm, as in a standby region.
   */
  readonly quietHoursMax?: number;
}

/** The alarms on a region's orders. Their metrics exclude synthetic orders. */
export function orderAlarms({
  deployment,
  region,
  quietHoursMax,
}: OrderAlarmsArgs): readonly AlarmSpec[] {
  const metric = (
    name: string,
    statistic: AlarmMetric["statistic"],
    periodSeconds: number,
  ): AlarmMetric => ({
    namespace,
    name,
    dimensions: { Deployment: deployment },
    statistic,
    periodSeconds,
  });
  const atLeast = (threshold: number): Pick<AlarmSpec, "comparison" | "threshold"> => ({
    comparison: "GreaterThanOrEqualToThreshold",
    threshold,
  });
  return [
    {
      key: "orders-unprotected",
      metric: metric("OrdersUnprotected", "Sum", 60),
      ...atLeast(1),
      periods: 1,
      // Without orders there is nothing to protect.
      missingData: "notBreaching",
      message: {
        meaning: `Orders were answered 202 in ${region}: they are not in the other region yet.`,
        customers: "the page says that their order is accepted and will be confirmed.",
        system: "the drain copies them as soon as the other region can be reached.",
        action:
          "check that the other region's DynamoDB is reachable before you give this region up.",
        anchor: "orders-unprotected",
      },
    },
    ...customerAlarms(region, metric),
    {
      key: "journal-oldest",
      metric: metric("JournalOldestSeconds", "Maximum", 60),
      ...atLeast(oldestSecondsMax),
      periods: 5,
      // The drain publishes nothing when it knows nothing.
      missingData: "breaching",
      message: {
        meaning: `For ${oldestSecondsMax} s an order has been in one region only, or no drain reports in ${region}.`,
        customers: "not affected while both regions are up.",
        system: "the drain retries every 10 s; failback waits for it.",
        action: "read /status and the log of cafe-drain on the region's web servers.",
        anchor: "journal-oldest",
      },
    },
    {
      key: "regions-differ",
      metric: metric("RegionsDiffer", "Maximum", 600),
      ...atLeast(1),
      periods: 3,
      missingData: "breaching",
      isOfBothRegions: true,
      message: {
        meaning: `The two regions disagree about past hours, or ${region} could not compare them.`,
        customers: "an order may exist in one region only.",
        system: "at every comparison, both regions send each other the differences again.",
        action:
          "look for hour_differs and order_conflict in the log, and in the table order_conflicts.",
        anchor: "regions-differ",
      },
    },
    ...(quietHoursMax === undefined ? [] : [quietAlarm(region, quietHoursMax, metric)]),
  ];
}

/** Errors that customers see, in either region. */
function customerAlarms(
  region: string,
  metric: (name: string, statistic: "Sum", periodSeconds: number) => AlarmMetric,
): readonly AlarmSpec[] {
  return [
    {
      key: "orders-turned-away",
      metric: metric("OrdersTurnedAway", "Sum", 60),
      comparison: "GreaterThanOrEqualToThreshold",
      threshold: turnedAwayMax,
      // Ten minutes: short peaks pass, and the page retries.
      periods: 10,
      missingData: "notBreaching",
      message: {
        meaning: `For 10 minutes customers have been answered 503 in ${region}.`,
        customers: "the page retries automatically; some give up.",
        system:
          "none: the health checks pass on purpose, so that this load does not move to the other region.",
        action: "check whether the database is slow; if the cause is load, raise the capacity.",
        anchor: "orders-turned-away",
      },
    },
    {
      key: "order-conflicts",
      metric: metric("OrderConflicts", "Sum", 60),
      comparison: "GreaterThanOrEqualToThreshold",
      threshold: 1,
      periods: 1,
      missingData: "notBreaching",
      message: {
        meaning: `Two orders arrived with one number; ${region} makes the one that was accepted first.`,
        customers: "one customer whose order was confirmed does not get it.",
        system: "both regions keep the other order in the table order_conflicts.",
        action: "call the customer: the order has name and phone number.",
        anchor: "order-conflicts",
      },
    },
  ];
}

function quietAlarm(
  region: string,
  hours: number,
  metric: (name: string, statistic: "Sum", periodSeconds: number) => AlarmMetric,
): AlarmSpec {
  return {
    key: "orders-absent",
    metric: metric("OrdersAccepted", "Sum", 3600),
    comparison: "LessThanThreshold",
    threshold: 1,
    periods: hours,
    missingData: "breaching",
    message: {
      meaning: `No order was placed in ${region} for ${hours} hours.`,
      customers: "they may be unable to order, or be served elsewhere.",
      system: "none: health checks and synthetic orders do not detect it.",
      action: "place an order by hand, and check which region answers.",
      anchor: "orders-absent",
    },
  };
}
