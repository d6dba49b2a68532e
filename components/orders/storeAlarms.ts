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

/** What a threshold needs to say, with the words for it. */
type Watch = Pick<AlarmSpec, "key" | "comparison" | "threshold" | "periods"> & {
  readonly metricName: string;
  readonly statistic: "Average" | "Maximum" | "Minimum";
  readonly message: Omit<AlarmMessage, "anchor">;
};

/**
 * The alarms on a region's database and cache, ahead of their failing: a database that has failed is
 * what the deep check sees.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.WhichShouldIMonitor.html
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
        meaning: "The database has been busy at 85 % for 10 minutes, or reports nothing.",
        customers: "ordering gets slow.",
        system: "when it answers too late, the deep check fails and the region is left.",
        action:
          "see what it does (Performance Insights, or SHOW PROCESSLIST); take a larger class.",
      },
    },
    {
      key: "database-storage",
      metricName: "FreeStorageSpace",
      statistic: "Minimum",
      comparison: "LessThanThreshold",
      // RDS adds space below 10 %; half of that means that it does not.
      threshold: (storageGibibytes * gibibyte) / 20,
      periods: 5,
      message: {
        meaning: "The database's disk is nearly full, or it reports nothing.",
        customers: "nothing yet; with a full disk, orders fail.",
        system: "RDS makes the disk larger by itself, up to its maximum and every 6 hours at most.",
        action: "raise maxAllocatedStorage, or see what fills it.",
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
        meaning: `Of ${connectionsMax} connections 80 % are taken, or the database reports nothing.`,
        customers: "nothing yet; without a connection an order is answered 503 and tried again.",
        system: "web servers give up on a slow database after 2 s and free their connections.",
        action: "see whether the database is slow; else raise connectionsMax and the class.",
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
        meaning: `Redis node ${nodeId} is busy at 80 %.`,
        customers: "nothing: sessions come from their table when the cache is slow.",
        system: "web servers wait 150 ms for the cache and then go without.",
        action: "see what asks so much; take a larger node.",
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
        customers: "nothing: what is dropped is read from the table again.",
        system: "Redis drops the sessions that were used the longest ago.",
        action: "take a larger node, if sessions have grown for good.",
      },
    },
  ];
}
