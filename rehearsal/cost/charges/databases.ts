import type { Resource } from "../../../routing/graph/resource";
import { fieldOf, flagOf, listOf, numberOf, textOf, valueOf } from "../../../routing/graph/values";
import { scaledBy } from "../amounts";
import type { Charge, Charger, UnknownCharge } from "./charge";
import { charge, chargeBy, unknownCharge } from "./charge";

/** Free days of Performance Insights (RDS User Guide, USER_PerfInsights.Overview.cost). */
const insightsFreeDays = 7;
/** Baseline of gp3 storage in RDS at any size. */
const gp3Iops = 3000;

/** A database: its instances and disks, doubled with a standby, its backups and its secret. */
export const databaseCharges: Charger = (database, { assumptions }) => {
  const engine = textOf(database, "engine");
  const type = textOf(database, "instanceClass");
  if (engine === undefined || type === undefined) {
    return [unknownCharge("its engine or instance class is unknown")];
  }
  const instances = flagOf(database, "multiAz") ? 2 : 1;
  const size = numberOf(database, "allocatedStorage");
  const storage = textOf(database, "storageType") ?? "gp2";
  return [
    charge(`rds ${engine} ${type}`, assumptions.hours * instances),
    ...(size === undefined
      ? [unknownCharge("the size of its storage is not known")]
      : [charge(`rds storage ${storage}`, size * instances)]),
    ...backupCharges(assumptions.databaseBackupGb - (size ?? 0)),
    ...(flagOf(database, "manageMasterUserPassword") ? [charge("secret", 1)] : []),
    ...(flagOf(database, "publiclyAccessible")
      ? [charge("public ipv4", assumptions.hours * instances)]
      : []),
    ...databaseGaps(database),
  ];
};

/** Backups up to the size of the storage are free. */
function backupCharges(beyondGb: number): readonly Charge[] {
  return beyondGb > 0 ? [charge("rds backup", beyondGb)] : [];
}

function databaseGaps(database: Resource): readonly UnknownCharge[] {
  const iops = numberOf(database, "iops") ?? 0;
  const days = numberOf(database, "performanceInsightsRetentionPeriod") ?? 0;
  const lifecycle = textOf(database, "engineLifecycleSupport") ?? "";
  return [
    ...(iops > gp3Iops ? [unknownCharge("its storage performance beyond the baseline")] : []),
    ...(flagOf(database, "performanceInsightsEnabled") && days > insightsFreeDays
      ? [unknownCharge(`${days} days of Performance Insights`)]
      : []),
    ...((numberOf(database, "monitoringInterval") ?? 0) > 0
      ? [unknownCharge("the logs of its enhanced monitoring")]
      : []),
    ...(lifecycle === "open-source-rds-extended-support"
      ? [unknownCharge("extended support, once standard support of its version ends")]
      : []),
  ];
}

/** Copies of a database's backups: kept without an allowance, and brought from the database's region. */
export const backupCopyCharges: Charger = (copy, { assumptions }) => {
  const [, , , source] = (textOf(copy, "sourceDbInstanceArn") ?? "").split(":");
  return [
    charge("rds backup", assumptions.databaseBackupGb),
    source === undefined
      ? unknownCharge("the region that its data comes from is not known")
      : charge("rds backup to a region", assumptions.databaseCopiedGb, source),
  ];
};

/** A group of cache nodes. */
export const cacheCharges: Charger = (cache, { assumptions }) => {
  const [engine, type] = [textOf(cache, "engine") ?? "redis", textOf(cache, "nodeType")];
  const nodes = nodesOf(cache);
  if (type === undefined || nodes === undefined) {
    return [unknownCharge("the type or the number of its nodes is not known")];
  }
  return [
    charge(`elasticache ${engine} ${type}`, assumptions.hours * nodes),
    // The first snapshot of each cluster is free.
    ...((numberOf(cache, "snapshotRetentionLimit") ?? 0) > 1
      ? [unknownCharge("its snapshots")]
      : []),
    ...(flagOf(cache, "dataTieringEnabled") ? [unknownCharge("its data tiering")] : []),
  ];
};

function nodesOf(cache: Resource): number | undefined {
  const all = numberOf(cache, "numCacheClusters");
  if (all !== undefined) return all;
  const [shards, replicas] = [
    numberOf(cache, "numNodeGroups"),
    numberOf(cache, "replicasPerNodeGroup"),
  ];
  return shards === undefined || replicas === undefined ? undefined : shards * (replicas + 1);
}

/**
 * A table with on-demand capacity, in each region with a replica: a replicated write costs as much
 * as any other, and an index needs its own write.
 */
export const tableCharges: Charger = (table, { assumptions, traffic }) => {
  if (textOf(table, "billingMode") !== "PAY_PER_REQUEST") {
    return [unknownCharge("its capacity is provisioned")];
  }
  const { orders, tableWritesPerOrder, tableReadsPerOrder, itemKb, tableGb } = assumptions;
  const indexes = listOf(table, "globalSecondaryIndexes").length;
  const writes = (orders * tableWritesPerOrder * Math.ceil(itemKb) * (1 + indexes)) / 1e6;
  const reads = (orders * tableReadsPerOrder * Math.ceil(itemKb / 4)) / 1e6;
  const recovers = fieldOf(valueOf(table, "pointInTimeRecovery"), "enabled") === true;
  const home = { region: table.region, recovers };
  const replicas = listOf(table, "replicas").map((replica) => ({
    region: fieldOf(replica, "regionName"),
    recovers: fieldOf(replica, "pointInTimeRecovery") === true,
  }));
  return [home, ...replicas].flatMap((place): readonly (Charge | UnknownCharge)[] => {
    const { region } = place;
    if (typeof region !== "string") return [unknownCharge("the region of a replica is not known")];
    const share = traffic.regionShare(region);
    return [
      charge("dynamodb write", writes, region),
      ...(share.steady + share.failedOver > 0
        ? [chargeBy("dynamodb read", scaledBy(share, reads), region)]
        : []),
      charge("dynamodb storage", tableGb * (1 + indexes), region),
      ...(place.recovers ? [charge("dynamodb recovery", tableGb, region)] : []),
      ...(replicas.length > 0 && share.steady + share.failedOver > 0
        ? [
            chargeBy(
              "data to a region",
              scaledBy(share, (orders * tableWritesPerOrder * itemKb * replicas.length) / 1e6),
              region,
            ),
          ]
        : []),
    ];
  });
};

/** A secret; a copy in another region is charged as one more. */
export const secretCharges: Charger = (secret) => [
  charge("secret", 1),
  ...listOf(secret, "replicas").map((replica) => {
    const region = fieldOf(replica, "region");
    return typeof region === "string"
      ? charge("secret", 1, region)
      : unknownCharge("the region of a replica is not known");
  }),
];
