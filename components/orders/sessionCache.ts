import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { dataAccess } from "./dataAccess";
import type { Weekday } from "./weekday";
import type { DataNetwork } from "./dataAccess";
import { tagged } from "../common/tags";
import type { Tags } from "../common/tags";

export interface SessionCacheArgs {
  /** Its ElastiCache id, unique in account and region, at most 40 characters. */
  readonly identifier: string;
  readonly network: DataNetwork;
  /** Class of each node, such as `cache.t4g.micro`. */
  readonly nodeType: string;
  /** The zones of its nodes, one each: one zone, or two with failover between them. */
  readonly availabilityZones: readonly [string] | readonly [string, string];
  /** When AWS may upgrade it: not at the same time as the database. */
  readonly maintenanceDay: Weekday;
  readonly tags: Tags;
}

/** A region's cache, for its clients. */
export interface SessionCache {
  /** DNS name of the current primary. */
  readonly address: pulumi.Output<string>;
  /** Ids of the nodes, the dimensions of its metrics. */
  readonly nodeIds: readonly string[];
}

export const cachePort = 6379;

/**
 * The cache in front of the sessions table: Redis with TLS, encrypted at rest with AWS's own key.
 * Everything in it is in the table too, so it has no backups.
 * Its security group controls access. A token would have to be in the state, and an attacker in the
 * web servers' place in the network would have their token as well.
 * Makes `<name>` (the replication group), `<name>-subnets`, and `<name>-access` with its rules.
 */
export function sessionCache(
  name: string,
  { identifier, network, nodeType, availabilityZones, maintenanceDay: day, tags }: SessionCacheArgs,
  opts: pulumi.CustomResourceOptions,
): SessionCache {
  const hasFailover = availabilityZones.length > 1;
  const access = dataAccess(`${name}-access`, { port: cachePort, network, tags }, opts);
  const subnets = new aws.elasticache.SubnetGroup(
    `${name}-subnets`,
    {
      subnetIds: network.subnetIds,
      description: "Isolated",
      tags: tagged(tags, "region", `${name}-subnets`),
    },
    opts,
  );
  const group = new aws.elasticache.ReplicationGroup(
    name,
    {
      replicationGroupId: identifier,
      description: "Sessions, in front of their table",
      engine: "redis",
      engineVersion: "7.1",
      nodeType,
      numCacheClusters: availabilityZones.length,
      preferredCacheClusterAzs: [...availabilityZones],
      // Two zones to one is not a single update, see "Cache from two zones to one" in
      // docs/runbook.md: ElastiCache keeps a replica while failover is enabled, and
      // `applyImmediately` postpones disabling it to the maintenance window.
      // (elasticache/replication_group.go, resourceReplicationGroupUpdate, calls in the right
      // order, but does not wait for that.)
      automaticFailoverEnabled: hasFailover,
      multiAzEnabled: hasFailover,
      subnetGroupName: subnets.name,
      securityGroupIds: [access.id],
      port: cachePort,
      transitEncryptionEnabled: true,
      transitEncryptionMode: "required",
      atRestEncryptionEnabled: true,
      snapshotRetentionLimit: 0,
      autoMinorVersionUpgrade: true,
      // UTC: at night on both sides of the Atlantic.
      maintenanceWindow: `${day}:09:00-${day}:10:00`,
      applyImmediately: false,
      tags: tagged(tags, "region", name),
    },
    opts,
  );
  return {
    address: group.primaryEndpointAddress,
    // ElastiCache numbers the nodes of a group: API_ReplicationGroup, MemberClusters.
    nodeIds: availabilityZones.map((_, index) => `${identifier}-00${index + 1}`),
  };
}
