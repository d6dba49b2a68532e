import { canonical } from "../../routing/domainName";
import { globalRegion } from "../../routing/globalRegion";
import { recordNameOf } from "../../routing/graph/recordName";
import type { Resource } from "../../routing/graph/resource";
import { StackGraph } from "../../routing/graph/stackGraph";
import { flagOf, listOf, textOf } from "../../routing/graph/values";
import { awsTypes } from "../../routing/graph/types";

/** A call that a program makes while it runs, such as `aws:ssm/getParameter:getParameter`. */
export interface ProgramCall {
  readonly token: string;
  readonly region: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** What an update requires of the account, derived from the resources that it creates. */
export interface Needs {
  readonly graph: StackGraph;
  /** The resources of the hosted zone's project; empty if the zone belongs to another project. */
  readonly zoneGraph: StackGraph;
  /** Calls to AWS that the program makes while it runs. */
  readonly calls: readonly ProgramCall[];
  /**
   * Resources already deployed, read from an export: they are in use, and are not created again.
   */
  readonly deployed: StackGraph;
  /** Other stacks that will be deployed to the same account. */
  readonly beside: readonly StackGraph[];
  readonly machines: readonly MachineNeed[];
  readonly databases: readonly DatabaseNeed[];
  readonly caches: readonly CacheNeed[];
  readonly images: readonly ImageNeed[];
  readonly buckets: readonly BucketNeed[];
  readonly zone: ZoneNeed | undefined;
  readonly records: readonly RecordNeed[];
  readonly certificates: readonly CertificateNeed[];
}

/** Machines of a type in a region, with the availability zones that they are placed in. */
export interface MachineNeed {
  readonly instanceType: string;
  readonly region: string;
  readonly availabilityZones: readonly string[];
}

export interface DatabaseNeed {
  readonly name: string;
  readonly region: string;
  readonly instanceClass: string;
  readonly engine: string;
  readonly engineVersion: string | undefined;
  readonly isMultiAz: boolean;
  readonly availabilityZones: readonly string[];
}

export interface CacheNeed {
  readonly name: string;
  readonly region: string;
  readonly nodeType: string;
  readonly engine: string;
  readonly engineVersion: string | undefined;
}

/** A public parameter with an image. */
export interface ImageNeed {
  readonly parameter: string;
  readonly region: string;
}

/** A bucket with a fixed name: the other names end in a random suffix. */
export interface BucketNeed {
  readonly name: string;
  readonly region: string;
}

/** The hosted zone: looked up by its name, made by the program itself, or given by its id. */
export type ZoneNeed = { readonly name: string; readonly isMade?: true } | { readonly id: string };

export interface RecordNeed {
  readonly name: string;
  readonly type: string;
}

export interface CertificateNeed {
  readonly names: readonly string[];
  readonly region: string;
}

/** The inputs of the needs, in addition to the resources themselves. */
export interface Around {
  readonly calls?: readonly ProgramCall[];
  readonly zone?: readonly Resource[];
  readonly deployed?: readonly Resource[];
  readonly beside?: readonly (readonly Resource[])[];
}

/** Reads the needs from resources. */
export function needsOf(resources: readonly Resource[], around: Around = {}): Needs {
  const graph = new StackGraph(resources);
  const { calls = [], zone = [], deployed = [], beside = [] } = around;
  return {
    graph,
    zoneGraph: new StackGraph(zone),
    calls,
    deployed: new StackGraph(deployed),
    beside: beside.map((one) => new StackGraph(one)),
    machines: machinesOf(graph),
    databases: graph.ofType(awsTypes.database).map((one) => databaseOf(graph, one)),
    caches: graph.ofType("aws:elasticache/replicationGroup:ReplicationGroup").map(cacheOf),
    images: unique(calls.flatMap(imageOf)),
    buckets: graph.ofType(awsTypes.bucket).flatMap(bucketOf),
    zone: zoneOf(graph, calls),
    records: unique(graph.ofType(awsTypes.record).flatMap((one) => recordOf(graph, one))),
    certificates: graph.ofType("aws:acm/certificate:Certificate").map(certificateOf),
  };
}

function machinesOf(graph: StackGraph): readonly MachineNeed[] {
  const single = graph
    .ofType(awsTypes.instance)
    .map((one) => [one, zonesOf(graph, one, "subnetId")] as const);
  const groups = graph.ofType(awsTypes.autoScalingGroup).flatMap((group) => {
    const zones = zonesOf(graph, group, "vpcZoneIdentifiers");
    return graph
      .follow(group, "launchTemplate", [awsTypes.launchTemplate])
      .map((template) => [template, zones] as const);
  });
  const byType = new Map<string, MachineNeed>();
  for (const [one, zones] of [...single, ...groups]) {
    const instanceType = textOf(one, "instanceType") ?? "a type that is not known";
    const region = regionOf(one);
    const key = `${instanceType} ${region}`;
    const before = byType.get(key)?.availabilityZones ?? [];
    const availabilityZones = [...new Set([...before, ...zones])].sort();
    byType.set(key, { instanceType, region, availabilityZones });
  }
  return [...byType.values()];
}

function databaseOf(graph: StackGraph, database: Resource): DatabaseNeed {
  const own = textOf(database, "availabilityZone");
  const groups = graph.follow(database, "dbSubnetGroupName", [awsTypes.databaseSubnetGroup]);
  return {
    name: database.name,
    region: regionOf(database),
    instanceClass: textOf(database, "instanceClass") ?? "",
    engine: textOf(database, "engine") ?? "",
    engineVersion: textOf(database, "engineVersion"),
    isMultiAz: flagOf(database, "multiAz"),
    availabilityZones:
      own === undefined
        ? [...new Set(groups.flatMap((group) => zonesOf(graph, group, "subnetIds")))].sort()
        : [own],
  };
}

function cacheOf(cache: Resource): CacheNeed {
  return {
    name: cache.name,
    region: regionOf(cache),
    nodeType: textOf(cache, "nodeType") ?? "",
    engine: textOf(cache, "engine") ?? "redis",
    engineVersion: textOf(cache, "engineVersion"),
  };
}

/** Amazon's own parameters only: the update itself may create others. */
function imageOf({ token, region, args: { name } }: ProgramCall): readonly ImageNeed[] {
  const isImage =
    token === "aws:ssm/getParameter:getParameter" &&
    typeof name === "string" &&
    name.startsWith("/aws/service/");
  return isImage ? [{ parameter: name, region }] : [];
}

/** The suffix that Pulumi adds to a generated resource name. */
const randomSuffix = /^-[0-9a-f]{7}$/;

function bucketOf(bucket: Resource): readonly BucketNeed[] {
  const { bucket: name } = bucket.inputs;
  if (typeof name !== "string") return [];
  const isRandom =
    name.startsWith(bucket.name) && randomSuffix.test(name.slice(bucket.name.length));
  return isRandom ? [] : [{ name, region: regionOf(bucket) }];
}

function zoneOf(graph: StackGraph, calls: readonly ProgramCall[]): ZoneNeed | undefined {
  const looked = calls.find(({ token }) => token === "aws:route53/getZone:getZone");
  if (typeof looked?.args["name"] === "string") return { name: canonical(looked.args["name"]) };
  for (const record of graph.ofType(awsTypes.record)) {
    const [zone] = graph.follow(record, "zoneId", [awsTypes.zone]);
    const name = zone && textOf(zone, "name");
    if (name !== undefined) return { name: canonical(name), isMade: true };
    const id = textOf(record, "zoneId");
    if (id !== undefined) return { id };
  }
  return undefined;
}

/** Records that may already exist are left out: the update overwrites them. */
function recordOf(graph: StackGraph, record: Resource): readonly RecordNeed[] {
  const name = recordNameOf(graph, record);
  const type = textOf(record, "type");
  if (name === undefined || type === undefined || flagOf(record, "allowOverwrite")) return [];
  return [{ name, type }];
}

function certificateOf(certificate: Resource): CertificateNeed {
  const others = listOf(certificate, "subjectAlternativeNames");
  const names = [textOf(certificate, "domainName"), ...others];
  return {
    names: [...new Set(names.filter((name): name is string => typeof name === "string"))],
    region: regionOf(certificate),
  };
}

function zonesOf(graph: StackGraph, resource: Resource, property: string): readonly string[] {
  const own = textOf(resource, "availabilityZone");
  const subnets = graph.follow(resource, property, [awsTypes.subnet]);
  const zones = subnets.map((subnet) => textOf(subnet, "availabilityZone"));
  return [own, ...zones].filter((zone): zone is string => zone !== undefined);
}

function regionOf({ region }: Resource): string {
  return region ?? globalRegion;
}

function unique<T extends object>(all: readonly T[]): readonly T[] {
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}
