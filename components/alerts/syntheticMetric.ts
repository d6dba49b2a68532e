import type { AlarmMetric, AlarmSpec } from "./alarm";

/**
 * The metric of synthetic orders: each minute 1 for an order that succeeded, 0 for one that failed.
 * Writers, alarms and dashboards take its names from here.
 */
export const syntheticMetric = {
  namespace: "failover",
  name: "SyntheticOrderSucceeded",
  /**
   * Dimension: the region's own record name, which is unique among stacks and constant during a
   * release.
   */
  dimension: "EntryName",
} as const;

/** Minutes without a value after which the metric counts as silent. */
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
 * The alarm on missing synthetic orders: the function fails, cannot publish, or is not invoked. The
 * health check ignores missing data by design (K6), so a person must be notified.
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
      system: "the metric check keeps its last state, so no region moves; deep checks still run.",
      action: "read the log of the synthetic orders, and check that its schedule is enabled.",
      anchor: "synthetic-orders-silent",
    },
  };
}
