import type { Subject } from "../../fields";
import type { Finding } from "../../finding";
import { reasonWord, unknown, unknownsOf, violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { types } from "../../types";

/** The settings that each type needs to survive the loss of a zone. */
const flags: Readonly<Record<string, readonly string[]>> = {
  [types.databaseInstance]: ["multiAz"],
  [types.cacheGroup]: ["multiAzEnabled", "automaticFailoverEnabled"],
};

/** Clusters that survive the loss of a zone if they have a second instance, with its type. */
const clusters: Readonly<Record<string, string>> = {
  [types.databaseCluster]: types.databaseClusterInstance,
  [types.documentCluster]: types.documentClusterInstance,
  [types.graphCluster]: types.graphClusterInstance,
};

const searchDomains: readonly string[] = [types.searchDomain, types.elasticsearchDomain];

const so = "the loss of one zone makes the data unavailable to the whole region";

export const databaseIsMultiAz = stackRule({
  name: "database-is-multi-az",
  description: "Databases, caches and search domains survive the loss of an availability zone.",
  severity: "high",
  level: "advisory",
  why: "Both zones of a region share the database. If it is in a single zone, the loss of that zone takes the whole region down, and the zone tier is useless.",
  source:
    "Amazon RDS User Guide, Multi-AZ DB instance deployments; Amazon Aurora User Guide, high availability: a second instance",
  remediationSteps:
    "Set `multiAz`, or `multiAzEnabled` and `automaticFailoverEnabled`; give a cluster a second instance, and a search domain zone awareness. A read replica is exempt: its source survives.",
  url: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZSingleStandby.html",
  types: [...Object.keys(flags), ...Object.keys(clusters), types.cacheCluster, ...searchDomains],
  config: {},
  find: (stack): readonly Finding[] => [
    ...stack
      .subjects(...Object.keys(flags))
      .filter((database) => !database.has("replicateSourceDb"))
      .flatMap((database) =>
        (flags[database.type] ?? []).flatMap((flag) => flagFindings(database, flag)),
      ),
    ...stack
      .subjects(...Object.keys(clusters))
      .flatMap((cluster) => clusterFindings(stack, cluster)),
    ...stack.subjects(types.cacheCluster).flatMap(cacheFindings),
    ...stack.subjects(...searchDomains).flatMap(domainFindings),
  ],
});

function flagFindings(subject: Subject, flag: string): readonly Finding[] {
  const unknowns = unknownsOf(subject, flag);
  if (unknowns.length > 0 || subject.flag(flag) === true) return unknowns;
  return [
    violation(subject, flag, {
      must: "must be true",
      got: subject.has(flag) ? "false" : "none",
      so,
      remedy: "set it",
    }),
  ];
}

/** A cluster of instances; an RDS Multi-AZ cluster has three instances in three zones. */
function clusterFindings(stack: Stack, cluster: Subject): readonly Finding[] {
  if (cluster.has("dbClusterInstanceClass")) return [];
  const type = clusters[cluster.type] ?? "";
  const instances = stack.referringTo(cluster, type, "clusterIdentifier");
  // Without any instance here, the instances are in another stack.
  if (instances.length !== 1) return [];
  return [
    violation(cluster, "instances", {
      must: "must be at least 2, in two zones",
      got: "1",
      so: "when its zone is lost, a new instance must be created first, which can take more than ten minutes",
      remedy: "add a second one",
    }),
  ];
}

/** An ElastiCache cluster outside a replication group. */
function cacheFindings(cache: Subject): readonly Finding[] {
  if (cache.has("replicationGroupId")) return [];
  const unknowns = unknownsOf(cache, "engine", "azMode");
  if (unknowns.length > 0) return unknowns;
  const isMemcached = cache.text("engine") === "memcached";
  if (isMemcached && cache.text("azMode") === "cross-az") return [];
  return [
    violation(cache, isMemcached ? "azMode" : "engine", {
      must: isMemcached ? "must be cross-az" : "must not be a single node",
      got: isMemcached ? cache.text("azMode", "none") : cache.text("engine", "none"),
      so,
      remedy: isMemcached
        ? "set it, with a node for each zone"
        : "use a replication group with automatic failover",
    }),
  ];
}

function domainFindings(domain: Subject): readonly Finding[] {
  const whole = domain.unknownWhole("clusterConfig");
  const config = whole ? undefined : domain.object("clusterConfig");
  const reason = whole ?? config?.unknownAt("zoneAwarenessEnabled");
  if (reason) return [unknown(domain, "clusterConfig.zoneAwarenessEnabled", reasonWord(reason))];
  if (config?.flag("zoneAwarenessEnabled") === true) return [];
  return [
    violation(domain, "clusterConfig.zoneAwarenessEnabled", {
      must: "must be true",
      got: config?.has("zoneAwarenessEnabled") ? "false" : "none",
      so,
      remedy: "set it, with a node for each zone",
    }),
  ];
}
