import type { Check, CheckFinding, Place } from "../finding";
import { ok, willFail } from "../finding";
import type { CacheNeed } from "../needs";
import { isOf } from "./databases";
import { each } from "../orCannotTell";

interface Facts {
  /** Whether the region offers the type of node. */
  readonly isSold: boolean;
  readonly versions: readonly string[];
}

/**
 * Checks that ElastiCache offers each cache's node type and version. AWS does not publish the
 * zones.
 */
export const caches: Check = {
  name: "caches",
  subject: "cache node types and versions",
  run: (place) =>
    each(
      place.needs.caches,
      ({ name, nodeType }) => `${name}: ${nodeType}`,
      async (need) => judge(need, await fetch(need, place)),
    ),
};

/** There is no call for node types. A type that can be reserved is offered. */
async function fetch({ region, nodeType, engine }: CacheNeed, { account }: Place): Promise<Facts> {
  const elasticache = await account.client("elasticache", region);
  const [offerings, versions] = await Promise.all([
    elasticache.describeReservedCacheNodesOfferings({ CacheNodeType: nodeType }),
    elasticache.describeCacheEngineVersions({ Engine: engine }),
  ]);
  return {
    isSold: (offerings.ReservedCacheNodesOfferings ?? []).length > 0,
    versions: (versions.CacheEngineVersions ?? []).flatMap(({ EngineVersion }) =>
      EngineVersion === undefined ? [] : [EngineVersion],
    ),
  };
}

/** @internal */
export function judge(need: CacheNeed, { isSold, versions }: Facts): CheckFinding {
  const { name, nodeType, engine, engineVersion, region } = need;
  const subject = `${name}: ${nodeType}, ${engine} ${engineVersion ?? "any version"}`;
  if (!isSold) {
    return willFail(
      subject,
      `ElastiCache does not offer this node type in ${region}`,
      "choose another node type",
    );
  }
  if (!versions.some((version) => isOf(version, engineVersion))) {
    return willFail(
      subject,
      `the version is not offered in ${region}; offered are ${versions.join(", ") || "none"}`,
      "use a version that ElastiCache still offers",
    );
  }
  return ok(subject, `offered in ${region}; AWS does not publish the zones`);
}
