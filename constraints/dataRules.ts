import type { Constraint } from "./rules";
import { textMatching, wholeNumber } from "./rules";

/** What single values about a region's data must be, see rules.ts. */

/**
 * Name of a database and a cache: the shorter of the two limits, RDS's 63 and ElastiCache's 40
 * characters (API:CreateDBInstance.DBInstanceIdentifier, API:CreateReplicationGroup.ReplicationGroupId).
 */
export const dataIdentifier: Constraint = {
  must: "1 to 40 lower-case letters, digits and single hyphens, a letter first",
  remedy: "write it such as failover-dev-oregon",
  holds: textMatching(/^[a-z](-?[a-z0-9])*$/, 40),
};

/** Class of a database on Graviton. */
export const databaseClass: Constraint = {
  must: "a Graviton class of RDS",
  remedy: "write it such as db.t4g.micro",
  holds: textMatching(/^db\.[a-z]+\d+g[a-z]*\.[a-z0-9]+$/),
};

/** Class of a cache node on Graviton. */
export const cacheNodeType: Constraint = {
  must: "a Graviton class of ElastiCache",
  remedy: "write it such as cache.t4g.micro",
  holds: textMatching(/^cache\.[a-z]+\d+g[a-z]*\.[a-z0-9]+$/),
};

/** First size of a database's disk: it grows to five times as much, and RDS ends at 64 TiB. */
export const databaseGibibytes: Constraint = {
  must: "a whole number of GiB from 20 to 13000",
  remedy: "write the bare number, such as 20; the disk grows by itself",
  holds: wholeNumber(20, 13_000),
};

/** Connections of a database; below this not even one web server has its own. */
export const connections: Constraint = {
  must: "a whole number from 29 to 16000",
  remedy: "write 29 for each web server, those of a rollout included",
  holds: wholeNumber(29, 16_000),
};

/** Hours without an order that raise an alarm: CloudWatch looks back over 7 days at most. */
export const quietHours: Constraint = {
  must: "a whole number of hours from 1 to 168",
  remedy: "write more hours than the café is closed, such as 14",
  holds: wholeNumber(1, 168),
};
