import type { AlarmMessage, AlarmSpec } from "../alerts/alarm";
import type { DatabaseSize } from "./orderDatabase";

export interface StoreAlarmsArgs {
  /** Name of the database in RDS. */
  readonly databaseIdentifier: string;
  readonly database: DatabaseSize;
  /** Ids of the cache's nodes. */
  readonly cacheNodeIds: readonly string[];
}

/** Bytes of a GiB. */
const gibibyte = 2 ** 30;

/** A threshold, with its part of the message. */
type Watch = Pick<AlarmSpec, "key" | "comparison" | "threshold" | "periods"> & {
  readonly metricName: string;
  readonly statistic: "Average" | "Maximum" | "Minimum";
  readonly message: Omit<AlarmMessage, "anchor">;
};

/**
 * Early alarms on a region's database and cache: the deep check detects a database that has failed.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html
 * @see
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.WhichShouldIMonitor.html
 */
export function storeAlarms({
  databaseIdentifier,
  database,
  cacheNodeIds,
}: StoreAlarmsArgs): readonly AlarmSpec[] {
  return [
    ...databaseWatches(database).map((watch) =>
      alarmOf(watch, "AWS/RDS", { DBInstanceIdentifier: databaseIdentifier }, "breaching"),
    ),
    ...cacheNodeIds.flatMap((id) =>
      cacheWatches(id).map((watch) =>
        alarmOf(watch, "AWS/ElastiCache", { CacheClusterId: id }, "missing"),
      ),
    ),
  ];
}

function alarmOf(
  { metricName, statistic, message, ...watch }: Watch,
  namespace: string,
  dimensions: Readonly<Record<string, string>>,
  missingData: AlarmSpec["missingData"],
): AlarmSpec {
  return {
    ...watch,
    metric: { namespace, name: metricName, dimensions, statistic, periodSeconds: 60 },
    missingData,
    message: { ...message, anchor: watch.key.replace(/^cache-\d+-/, "cache-") },
  };
}

function databaseWatches({ storageGibibytes, connectionsMax }: DatabaseSize): readonly Watch[] {
  return [
    {
      key: "database-cpu",
      metricName: "CPUUtilization",
      statistic: "Average",
      comparison: "GreaterThanOrEqualToThreshold",
      threshold: 85,
      periods: 10,
      message: {
        meaning: "The database has been at 85 % CPU for 10 minutes, or reports no data.",
        customers: "ordering is slow.",
        system: "if it answers too late, the deep check fails and DNS leaves the region.",
        action:
          "find the cause (Performance Insights, or SHOW PROCESSLIST); choose a larger class.",
      },
    },
    {
      key: "database-storage",
      metricName: "FreeStorageSpace",
      statistic: "Minimum",
      comparison: "LessThanThreshold",
      // RDS extends the disk below 10 % free; half of that means that it could not.
      threshold: (storageGibibytes * gibibyte) / 20,
      periods: 5,
      message: {
        meaning: "The database's disk is nearly full, or it reports no data.",
        customers: "not affected yet; with a full disk, orders fail.",
        system: "RDS extends the disk automatically, up to its maximum and at most every 6 hours.",
        action: "raise maxAllocatedStorage, or find out what fills it.",
      },
    },
    {
      key: "database-connections",
      metricName: "DatabaseConnections",
      statistic: "Maximum",
      comparison: "GreaterThanOrEqualToThreshold",
      threshold: Math.floor(connectionsMax * 0.8),
      periods: 5,
      message: {
        meaning: `Of ${connectionsMax} connections 80 % are in use, or the database reports no data.`,
        customers: "not affected yet; without a connection an order is answered 503 and retried.",
        system: "web servers give up on a slow database after 2 s and free their connections.",
        action: "check whether the database is slow; otherwise raise connectionsMax and the class.",
      },
    },
  ];
}

function cacheWatches(nodeId: string): readonly Watch[] {
  const node = nodeId.slice(-3);
  return [
    {
      key: `cache-${node}-cpu`,
      metricName: "EngineCPUUtilization",
      statistic: "Average",
      comparison: "GreaterThanOrEqualToThreshold",
      threshold: 80,
      periods: 5,
      message: {
        meaning: `Redis node ${nodeId} is at 80 % CPU.`,
        customers: "not affected: sessions come from their table when the cache is slow.",
        system: "web servers wait 150 ms for the cache and then use the table.",
        action: "find the cause of the load; choose a larger node.",
      },
    },
    {
      key: `cache-${node}-memory`,
      metricName: "DatabaseMemoryUsagePercentage",
      statistic: "Maximum",
      comparison: "GreaterThanOrEqualToThreshold",
      threshold: 90,
      periods: 5,
      message: {
        meaning: `Redis node ${nodeId} is nearly full.`,
        customers: "not affected: evicted sessions are read from the table again.",
        system: "Redis evicts the least recently used sessions.",
        action: "choose a larger node if the growth is permanent.",
      },
    },
  ];
}
