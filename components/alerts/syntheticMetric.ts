import type { AlarmMetric, AlarmSpec } from "./alarm";

/**
 * The metric of synthetic orders: 1 for an order that succeeded, 0 for one that failed, each minute.
 * Whoever writes it, watches it or shows it takes its names from here.
 */
export const syntheticMetric = {
  namespace: "failover",
  name: "SyntheticOrderSucceeded",
  /** Dimension: the region's own record name, which is unique among stacks and stays in a release. */
  dimension: "EntryName",
} as const;

/** Minutes without any value after which nobody is asking any more. */
const silentMinutes = 5;

/** The metric of one region. */
export function syntheticOrders(
  entryName: string,
  statistic: AlarmMetric["statistic"],
): AlarmMetric {
  const { namespace, name, dimension } = syntheticMetric;
  return { namespace, name, dimensions: { [dimension]: entryName }, statistic, periodSeconds: 60 };
}

/**
 * The alarm on orders that are not placed: the function fails, cannot publish, or is not called. The
 * health check ignores that by design (K6), so somebody has to be told.
 */
export function silentOrdersAlarm(regionName: string, entryName: string): AlarmSpec {
  return {
    key: `${regionName}-orders-silent`,
    metric: syntheticOrders(entryName, "SampleCount"),
    comparison: "LessThanThreshold",
    threshold: 1,
    periods: silentMinutes,
    missingData: "breaching",
    message: {
      meaning: `No synthetic order was placed in ${entryName} for ${silentMinutes} minutes.`,
      customers: "nothing.",
      system: "the metric check keeps its last state, so no region moves; deep checks still watch.",
      action: "read the log of the synthetic orders, and see whether its schedule is on.",
      anchor: "synthetic-orders-silent",
    },
  };
}
