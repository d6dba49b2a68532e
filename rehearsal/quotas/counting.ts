import type { Resource } from "../../routing/graph/resource";
import type { StackGraph } from "../../routing/graph/stackGraph";
import { awsTypes } from "../../routing/graph/types";
import { fieldOf, isList, listOf, numberOf, textOf } from "../../routing/graph/values";
import { widgetsOf } from "../dashboards";
import type { Counts, Quota } from "./quota";
import { account } from "./quota";

type Count = Quota["count"];

/** All resources of some types together. */
export function inAccount(...types: readonly string[]): Count {
  return (graph) => sums(graph.ofType(...types).map(() => [account, 1]));
}

/** The resources of some types by region. */
export function byRegion(...types: readonly string[]): Count {
  return byRegionAmount(types, () => 1);
}

/** A sum over the resources of some types by region; undefined if unknown. */
export function byRegionAmount(
  types: readonly string[],
  amount: (resource: Resource, graph: StackGraph) => number | undefined,
): Count {
  return (graph) =>
    sums(
      graph
        .ofType(...types)
        .map(
          (resource) =>
            [
              resource.region ?? "a region that is not known",
              amount(resource, graph) ?? 0,
            ] as const,
        ),
    );
}

/**
 * The resources of a type by the other resource that one of their properties refers to, under its
 * name.
 */
export function byOwner(type: string, property: string, ownerType: string): Count {
  return (graph) =>
    sums(
      graph
        .ofType(type)
        .flatMap((resource) =>
          graph.follow(resource, property, [ownerType]).map(({ name }) => [name, 1] as const),
        ),
    );
}

/** The number of items of each resource of a type, under its name. */
export function items(type: string, count: (resource: Resource) => number): Count {
  return (graph) => sums(graph.ofType(type).map((resource) => [resource.name, count(resource)]));
}

/** The number of values of a list property; 0 if it is absent. */
export function lengthOf(resource: Resource, property: string): number {
  return listOf(resource, property).length;
}

/** Records of each hosted zone, including the two default ones. */
export function recordsByZone(graph: StackGraph): Counts {
  const made = sums(
    graph.ofType(awsTypes.record).map((record) => [zoneNameOf(graph, record), 1] as const),
  );
  return new Map([...made].map(([zone, count]) => [zone, count + recordsOfEveryZone]));
}

/** Its NS and SOA records. */
const recordsOfEveryZone = 2;

function zoneNameOf(graph: StackGraph, record: Resource): string {
  const [zone] = graph.follow(record, "zoneId", [awsTypes.zone]);
  return (zone && textOf(zone, "name")) ?? textOf(record, "zoneId") ?? "a zone";
}

/** Weighted records of one name and type. */
export function weightedRecords(graph: StackGraph): Counts {
  return sums(
    graph
      .ofType(awsTypes.record)
      .filter((record) => lengthOf(record, "weightedRoutingPolicies") > 0)
      .map((record) => [`${textOf(record, "name") ?? ""} ${textOf(record, "type") ?? ""}`, 1]),
  );
}

/** NAT gateways by the availability zone of their subnet. */
export function natGatewaysByZone(graph: StackGraph): Counts {
  return sums(
    graph.ofType("aws:ec2/natGateway:NatGateway").flatMap((gateway) => {
      const [subnet] = graph.follow(gateway, "subnetId", [awsTypes.subnet]);
      const zone = subnet && textOf(subnet, "availabilityZone");
      return zone === undefined ? [] : [[zone, 1] as const];
    }),
  );
}

/** Certificates of each balancer's listeners, without the default ones, as AWS counts them. */
export function certificatesByBalancer(graph: StackGraph): Counts {
  return sums(
    graph.ofType("aws:lb/listenerCertificate:ListenerCertificate").flatMap((certificate) =>
      graph
        .follow(certificate, "listenerArn", [awsTypes.listener])
        .flatMap((listener) => graph.follow(listener, "loadBalancerArn", [awsTypes.loadBalancer]))
        .map(({ name }) => [name, 1] as const),
    ),
  );
}

/** Balancers of one kind, by region. */
export function balancers(kind: string): Count {
  return byRegionAmount([awsTypes.loadBalancer], (balancer) =>
    (textOf(balancer, "loadBalancerType") ?? "application") === kind ? 1 : 0,
  );
}

/** vCPUs of instances, and of groups at their maximum, as during a rollout. */
export function virtualCpus(graph: StackGraph): Counts {
  const ofInstances = byRegionAmount([awsTypes.instance], (instance) =>
    cpusOf(textOf(instance, "instanceType")),
  );
  const ofGroups = byRegionAmount([awsTypes.autoScalingGroup], (group, stack) => {
    const [template] = stack.follow(group, "launchTemplate", [awsTypes.launchTemplate]);
    const each = cpusOf(template && textOf(template, "instanceType"));
    return each === undefined ? undefined : each * (numberOf(group, "maxSize") ?? 0);
  });
  return sums([...ofInstances(graph), ...ofGroups(graph)]);
}

/**
 * vCPUs of an instance type of a standard family; undefined for others, which have separate quotas,
 * and for metal sizes. `large` has two in every family, and burstable types no fewer.
 *
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
export function cpusOf(instanceType: string | undefined): number | undefined {
  const [, family, size = ""] =
    /^([acdhimrtz])\d[a-z0-9-]*\.([a-z0-9]+)$/.exec(instanceType ?? "") ?? [];
  if (family === undefined) return undefined;
  const times = /^(\d*)xlarge$/.exec(size)?.[1];
  if (times !== undefined) return 4 * Number(times === "" ? 1 : times);
  if (size === "large") return 2;
  if (size === "medium") return family === "t" ? 2 : 1;
  return family === "t" && ["nano", "micro", "small"].includes(size) ? 2 : undefined;
}

/** Cache nodes of replication groups. */
export const cacheNodes = byRegionAmount(
  ["aws:elasticache/replicationGroup:ReplicationGroup"],
  (group) => numberOf(group, "numCacheClusters") ?? 1,
);

/** Metrics of a dashboard, over all its widgets. */
export function metricsOf(dashboard: Resource): number {
  return widgetsOf(dashboard)
    .map((widget) => fieldOf(fieldOf(widget, "properties"), "metrics"))
    .reduce<number>((sum, metrics) => sum + (isList(metrics) ? metrics.length : 0), 0);
}

function sums(counted: readonly (readonly [string, number])[]): Counts {
  const totals = new Map<string, number>();
  for (const [of, count] of counted) totals.set(of, (totals.get(of) ?? 0) + count);
  return totals;
}
