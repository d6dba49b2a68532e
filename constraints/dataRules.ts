import type { Constraint } from "./rule";
import { textMatching, wholeNumber } from "./rule";

/** Constraints on single values of a region's data; see rules.ts. */

/**
 * Name of a database and a cache: the shorter of the two limits, RDS's 63 and ElastiCache's 40
 * characters (API:CreateDBInstance.DBInstanceIdentifier, API:CreateReplicationGroup.ReplicationGroupId).
 */
export const dataIdentifier: Constraint = {
  must: "1 to 40 lower-case letters, digits and single hyphens, a letter first",
  remedy: "for example failover-dev-oregon",
  ...textMatching(/^[a-z](-?[a-z0-9])*$/, 40),
};

/** Class of a database on Graviton. */
export const databaseClass = gravitonClass("db", "RDS");

/** Class of a cache node on Graviton. */
export const cacheNodeType = gravitonClass("cache", "ElastiCache");

/** Initial size of a database's disk: it grows to five times that, and RDS permits 64 TiB. */
export const databaseGibibytes: Constraint = wholeNumber(
  { least: 20, most: 13_000, unit: "GiB" },
  "write the bare number, such as 20; the disk grows automatically",
);

/** Connections of a database; fewer are not enough for one web server. */
export const connections: Constraint = wholeNumber(
  { least: 29, most: 16_000 },
  "write 29 per web server, including those of a rollout",
);

/** Hours without an order that raise an alarm: CloudWatch looks back over 7 days at most. */
export const quietHours: Constraint = wholeNumber(
  { least: 1, most: 168, unit: "hours" },
  "write more hours than the café is closed, such as 14",
);

/** Days for which RDS keeps automatic backups and copies of them. */
export const backupDays: Constraint = wholeNumber(
  { least: 1, most: 35, unit: "days" },
  "write the bare number, such as 35",
);

function gravitonClass(prefix: string, service: string): Constraint {
  return {
    must: `a Graviton class of ${service}`,
    remedy: `for example ${prefix}.t4g.micro`,
    ...textMatching(new RegExp(`^${prefix}\\.[a-z]+\\d+g[a-z]*\\.[a-z0-9]+$`)),
  };
}
