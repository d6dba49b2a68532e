import type { AlarmMetric, AlarmSpec } from "../alerts/alarm";

/** What a region's orders report of themselves: `Metrics::NAMESPACE` and `emit` in app/. */
const namespace = "Cafe/Orders";

/** Seconds that an order may be in one region only; draining takes tens of them. */
const oldestSecondsMax = 300;

/** Customers turned away in a minute that are more than chance. */
const turnedAwayMax = 5;

export interface OrderAlarmsArgs {
  /** The dimension of the metrics: a region of a stack. */
  readonly deployment: string;
  /** What people call the place. */
  readonly region: string;
  /**
   * Hours without a single order that are too many: longer than the café's night. Default: any, as
   * in a region that stands by.
   */
  readonly quietHoursMax?: number;
}

/** The alarms on a region's orders. Synthetic ones are in none of these figures. */
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
        customers: "they see that their order is accepted and will be confirmed.",
        system: "the drain hands them over as soon as the other region can be reached.",
        action:
          "see whether the other region's DynamoDB is reachable, before this region is given up.",
        anchor: "orders-unprotected",
      },
    },
    ...customerAlarms(region, metric),
    {
      key: "journal-oldest",
      metric: metric("JournalOldestSeconds", "Maximum", 60),
      ...atLeast(oldestSecondsMax),
      periods: 5,
      // The drain says nothing when it knows nothing.
      missingData: "breaching",
      message: {
        meaning: `For ${oldestSecondsMax} s an order has been in one region only, or no drain reports in ${region}.`,
        customers: "nothing, while both regions stay.",
        system: "the drain tries again every 10 s; failback waits for it.",
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
        customers: "an order may be made in one region only.",
        system: "both regions hand over again what differs, at every comparison.",
        action:
          "look for hour_differs and order_conflict in the log, and at table order_conflicts.",
        anchor: "regions-differ",
      },
    },
    ...(quietHoursMax === undefined ? [] : [quietAlarm(region, quietHoursMax, metric)]),
  ];
}

/** What customers get that they should not, in either region. */
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
      // Ten minutes: a busy moment passes, and the page tries again by itself.
      periods: 10,
      missingData: "notBreaching",
      message: {
        meaning: `For 10 minutes customers have been turned away with 503 in ${region}.`,
        customers: "the page tries again by itself; some give up.",
        system:
          "nothing: the health checks answer, so that the load is not sent to the other region.",
        action: "see whether the database is slow; if it is load, raise the capacity.",
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
        meaning: `Two orders came under one number; ${region} makes the one that was accepted first.`,
        customers: "one who was told that the order is confirmed does not get it.",
        system: "both regions keep the other order aside, in table order_conflicts.",
        action: "call the customer: name and phone are in the order.",
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
      customers: "perhaps they cannot; or they are served elsewhere.",
      system: "nothing: health checks and synthetic orders do not see it.",
      action: "place an order by hand, and see which region answers.",
      anchor: "orders-absent",
    },
  };
}
