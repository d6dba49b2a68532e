import type { ServingResource } from "../../routing/graph/endpoints";
import type { Need } from "../../routing/graph/need";
import type { Resource } from "../../routing/graph/resource";
import type { RecordSet } from "../../routing/model";
import type { Stack } from "../stack";
import { types } from "../types";

/** The resources of the stack behind the records. */
export function endpointsOf(
  stack: Stack,
  records: readonly RecordSet[],
): readonly ServingResource[] {
  return records.flatMap((record) => stack.model.endpointsOf(record));
}

/** The regions behind the records; for a distribution, the regions of its buckets. */
export function regionsOf(stack: Stack, records: readonly RecordSet[]): ReadonlySet<string> {
  const regions = endpointsOf(stack, records).flatMap(({ urn, region }) => {
    if (region !== undefined) return [region];
    const distribution = stack.graph.get(urn);
    if (distribution?.type !== types.distribution) return [];
    return stack.graph
      .follow(distribution, "origins", [types.bucket])
      .flatMap((bucket) => bucket.region ?? []);
  });
  return new Set(regions);
}

export function common<T>(a: Iterable<T>, b: Iterable<T>): readonly T[] {
  const others = new Set(b);
  return [...new Set(a)].filter((item) => others.has(item));
}

/** The direct and indirect dependencies of an endpoint. */
export function neededResources(stack: Stack, { need }: ServingResource): readonly Resource[] {
  return urnsIn(need).flatMap((urn) => stack.graph.get(urn) ?? []);
}

function urnsIn(need: Need): readonly string[] {
  switch (need.kind) {
    case "resource":
      return [need.urn];
    case "all":
    case "any":
      return need.of.flatMap(urnsIn);
    default:
      return [];
  }
}

/** Types that store a server's data: servers that share a database fail together. */
const databaseTypes: readonly string[] = [
  types.databaseInstance,
  types.databaseCluster,
  types.cacheGroup,
  types.cacheCluster,
];

/** Steps from a server to its database: server, launch template, parameter or secret, database. */
const stepsMax = 4;

/**
 * The databases whose addresses are inputs of an endpoint's servers, for example in their user data
 * or launch template; `dependsOn` does not count.
 */
export function databasesOf(stack: Stack, endpoint: ServingResource): readonly Resource[] {
  const found = new Set<Resource>();
  const seen = new Set<Resource>();
  let edge = neededResources(stack, endpoint);
  for (let step = 0; step < stepsMax && edge.length > 0; step += 1) {
    for (const resource of edge) seen.add(resource);
    const next = edge
      .flatMap(({ propertyDependencies }) => Object.values(propertyDependencies).flat())
      .flatMap((urn) => stack.graph.get(urn) ?? []);
    for (const resource of next) if (databaseTypes.includes(resource.type)) found.add(resource);
    edge = [...new Set(next)].filter((resource) => !seen.has(resource));
  }
  return [...found];
}

/**
 * The leaves of a secondary that are not leaves of its primary. A secondary that only points to
 * targets of the primary is a second chance without a gate, not a separate tier.
 */
export function ownLeaves(
  primary: readonly RecordSet[],
  secondary: readonly RecordSet[],
): readonly RecordSet[] {
  return secondary.filter((leaf) => !primary.includes(leaf));
}
