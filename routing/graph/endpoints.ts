import type { UnknownStatus } from "../model";
import { addressIn, bucketIn, regionIn } from "./awsNames";
import { deadBecause, namedOrigins, siteAt } from "./distributions";
import type { Need } from "./need";
import { all, any, outside, place, resource as need, unmet } from "./need";
import { outsideNameOf } from "./outside";
import { declaredPlacement, placementOf } from "./placement";
import type { Resource, Value } from "./resource";
import { Unknown } from "./resource";
import type { StackGraph } from "./stackGraph";
import { targetsNeed } from "./targetGroups";
import { awsTypes, serviceTypes } from "./types";
import { fieldOf, listOf } from "./values";

/** The thing that serves at an address or an AWS name, and what it needs. */
export interface ServingResource {
  /** URN of the resource that serves; the record's URN where no resource of the stack serves. */
  readonly urn: string;
  readonly need: Need;
  /** The availability zones that it spans; empty where unknown. */
  readonly availabilityZones: readonly string[];
  readonly region?: string;
  /** The assumption under which it lives; absent where the stack shows what it needs. */
  readonly assumption?: string;
  /** Names that it needs, and no resource stands for. */
  readonly outside?: readonly string[];
  /** Why it never serves. */
  readonly deadBecause?: string;
  /** What was not read, and decides whether it serves. */
  readonly unread?: UnknownStatus;
}

/** Resources that record values can lead to: by address, or by a name that AWS assigns. */
export const addressTypes = [
  awsTypes.elasticIp,
  awsTypes.instance,
  awsTypes.networkInterface,
  awsTypes.loadBalancer,
  awsTypes.classicBalancer,
  awsTypes.database,
  awsTypes.databaseCluster,
  awsTypes.distribution,
  ...serviceTypes,
];

/**
 * The endpoint at a value of a resource's property: an address, a DNS name, or a value that is not
 * known yet. Undefined where the stack does not contain it.
 */
export function endpointBehind(
  graph: StackGraph,
  owner: Resource,
  property: string,
  value: Value | undefined,
): ServingResource | undefined {
  const sources = graph.dependenciesOf(owner, property, addressTypes);
  if (value instanceof Unknown) return sources[0] && endpointOf(graph, sources[0]);
  const address = typeof value === "string" ? (addressIn(value) ?? value) : value;
  const [found] = graph.byValue(address, addressTypes);
  // The IPv6 address of a balancer is looked up and appears in no resource's state. It belongs to
  // the balancer of the lookup, if the property depends on only one resource.
  const only = sources.length === 1 ? sources[0] : undefined;
  const behind = found ?? (only?.type === awsTypes.loadBalancer ? only : undefined);
  return behind && endpointOf(graph, behind);
}

/**
 * The endpoint that a check's tags declare, for an endpoint outside the stack.
 *
 * @param urn the URN that represents the endpoint in answers
 */
export function endpointDeclaredBy(check: Resource, urn: string): ServingResource | undefined {
  const placement = declaredPlacement(check);
  return placement && { urn, need: place(placement), ...placement };
}

/**
 * The endpoint at an AWS DNS name without other information: the name shows its region.
 *
 * @param urn the URN that represents the endpoint in answers
 */
export function endpointNamed(dnsName: string, urn: string): ServingResource | undefined {
  const region = regionIn(dnsName);
  if (region === undefined) return undefined;
  return {
    urn,
    need: place({ region, availabilityZones: [] }),
    availabilityZones: [],
    region,
    assumption: `${dnsName} is taken to live unless ${region} is lost`,
  };
}

/** The endpoint that a resource is, or that its address leads to. */
export function endpointOf(graph: StackGraph, resource: Resource): ServingResource {
  const holder =
    resource.type === awsTypes.elasticIp ? holderOf(graph, resource) : { server: resource };
  const server = holder.server ?? resource;
  const { region } = placementOf(graph, server);
  const assumption = assumptionOf(graph, server, region);
  const isDistribution = server.type === awsTypes.distribution;
  const dead = isDistribution ? deadBecause(server) : undefined;
  const unreadNames = isDistribution
    ? originsOf(graph, server)
        .flat()
        .flatMap(({ outsideName = [] }) => outsideName)
    : [];
  return {
    urn: server.urn,
    need: all(
      need(resource.urn),
      ...(holder.through ? [need(holder.through.urn)] : []),
      ...(holder.subnet ? [need(holder.subnet.urn)] : []),
      serverNeed(graph, server),
    ),
    availabilityZones: placementOf(graph, holder.subnet ?? server).availabilityZones,
    ...(region === undefined ? {} : { region }),
    ...(assumption === undefined ? {} : { assumption }),
    ...(unreadNames.length === 0 ? {} : { outside: unreadNames }),
    ...(dead === undefined ? {} : { deadBecause: dead }),
  };
}

/**
 * The distribution that answers at a name of the stack.
 *
 * @param distribution what the name's record leads to
 * @param names those from which customers come to the record, its own first
 */
export function endpointAtSite(
  graph: StackGraph,
  distribution: Resource,
  names: readonly [string, ...string[]],
): ServingResource {
  const site = siteAt(graph, distribution, names);
  const endpoint = endpointOf(graph, site.distribution);
  const [name] = names;
  if (site.answers === true || endpoint.deadBecause !== undefined) return endpoint;
  const { name: label } = distribution;
  if (site.answers === false) {
    const reason = `${label} has no alternate domain name ${name}, so CloudFront answers 403`;
    return { ...endpoint, need: unmet, deadBecause: reason };
  }
  const why = `the alternate domain names of ${label} are not known, and CloudFront answers 403 without one`;
  return { ...endpoint, unread: { name: `${label}-for-${name}`, why } };
}

function assumptionOf(
  graph: StackGraph,
  server: Resource,
  region: string | undefined,
): string | undefined {
  if (serviceTypes.includes(server.type)) {
    return `${server.name} is taken to live unless ${region ?? "it"} is lost`;
  }
  if (server.type !== awsTypes.distribution) return undefined;
  const unread = originsOf(graph, server)
    .flat()
    .filter(({ isRead }) => !isRead);
  const names = [...new Set(unread.map(({ name }) => name))].join(" and ");
  return names === ""
    ? undefined
    : `${server.name} is taken to get its pages from ${names}, whatever else fails`;
}

/** Where a distribution gets its pages. */
interface PageOrigin {
  readonly name: string;
  readonly need: Need;
  /** Whether what serves there was read, or at least its region. */
  readonly isRead: boolean;
  /** Its name, where no resource has it. */
  readonly outsideName?: string;
}

/** Without distributions: one in front of another would make a circle possible. */
const originTypes = [awsTypes.bucket, awsTypes.bucketWebsite, ...addressTypes].filter(
  (type) => type !== awsTypes.distribution,
);

/**
 * The origins that a distribution needs for its default behaviour, each with those that stand in for it: of an
 * origin group, CloudFront asks the second where the first refuses the connection or answers with one of the group's
 * statuses (Amazon CloudFront Developer Guide, "Optimize high availability with CloudFront origin failover"). What
 * edges keep is not counted on. Where it is not known which origins they are, all.
 */
function originsOf(graph: StackGraph, distribution: Resource): readonly (readonly PageOrigin[])[] {
  const origins = listOf(distribution, "origins");
  const withId = (id: Value | undefined): readonly Value[] =>
    origins.filter((one) => typeof id === "string" && fieldOf(one, "originId") === id);
  const first = namedOrigins(distribution).flatMap(withId);
  const one = (origin: Value): PageOrigin => pageOrigin(graph, distribution, origin);
  return first.length > 0 ? [first.map(one)] : origins.map((origin) => [one(origin)]);
}

function pageOrigin(graph: StackGraph, distribution: Resource, origin: Value): PageOrigin {
  const domain = fieldOf(origin, "domainName");
  const { servers, region } = originServers(graph, distribution, origin);
  const outsideName =
    typeof domain === "string" && servers.length === 0 ? outsideNameOf(domain) : undefined;
  return {
    name: typeof domain === "string" ? domain : "an origin that is not known yet",
    need: all(
      ...servers.map((server) => endpointOf(graph, server).need),
      ...(region === undefined ? [] : [place({ region, availabilityZones: [] })]),
      ...(outsideName === undefined ? [] : [outside(outsideName)]),
    ),
    isRead: servers.length > 0 || region !== undefined,
    ...(outsideName === undefined ? {} : { outsideName }),
  };
}

/**
 * What a distribution gets its pages from, as far as it was read. Of a bucket only the region is of interest, and of a
 * name of AWS nothing else is known.
 */
export function pageSourcesOf(graph: StackGraph, distribution: Resource): readonly PageSource[] {
  return listOf(distribution, "origins").flatMap((origin): readonly PageSource[] => {
    const { servers, region } = originServers(graph, distribution, origin);
    return [
      ...servers.map((server) => {
        const { urn, ...served } = endpointOf(graph, server);
        return server.type === awsTypes.bucket ? served : { urn, ...served };
      }),
      ...(region === undefined ? [] : [{ region, availabilityZones: [] }]),
    ];
  });
}

/** A part behind a distribution; without a URN only its places can be lost. */
export type PageSource = Partial<Pick<ServingResource, "urn" | "region">> &
  Pick<ServingResource, "availabilityZones">;

/** The resources at an origin; for a name of AWS that no resource has, its region. */
function originServers(
  graph: StackGraph,
  distribution: Resource,
  origin: Value,
): { readonly servers: readonly Resource[]; readonly region?: string } {
  const domain = fieldOf(origin, "domainName");
  if (typeof domain !== "string") {
    return { servers: graph.dependenciesOf(distribution, "origins", originTypes) };
  }
  const [server] = [
    ...graph.byValue(domain, originTypes),
    ...graph.byValue(bucketIn(domain), [awsTypes.bucket]),
  ];
  if (server !== undefined) return { servers: [server] };
  const region = regionIn(domain);
  return { servers: [], ...(region === undefined ? {} : { region }) };
}

/**
 * The server with an Elastic IP, the association between them, and the subnet of a balancer's
 * address.
 */
interface Holder {
  readonly server?: Resource;
  readonly through?: Resource;
  readonly subnet?: Resource;
}

const serverTypes = [awsTypes.instance, awsTypes.networkInterface];

function holderOf(graph: StackGraph, address: Resource): Holder {
  for (const property of ["instance", "networkInterface"]) {
    const [server] = graph.follow(address, property, serverTypes);
    if (server) return { server: instanceOf(graph, server) };
  }
  const [through] = graph.referringTo(address, awsTypes.elasticIpAssociation, "allocationId");
  if (through) {
    const [server] = ["instanceId", "networkInterfaceId"].flatMap((property) =>
      graph.follow(through, property, serverTypes),
    );
    return { through, ...(server ? { server: instanceOf(graph, server) } : {}) };
  }
  for (const server of graph.referringTo(address, awsTypes.loadBalancer, "subnetMappings")) {
    const mapping = mappingOf(graph, server, address);
    if (mapping === undefined) continue;
    const [subnet] = graph.byValue(fieldOf(mapping, "subnetId"), [awsTypes.subnet]);
    return { server, ...(subnet ? { subnet } : {}) };
  }
  return {};
}

/** The subnet mapping of a balancer with this address; before deployment, its only mapping. */
function mappingOf(graph: StackGraph, balancer: Resource, address: Resource): Value | undefined {
  const mappings = listOf(balancer, "subnetMappings");
  const known = mappings.find((mapping) =>
    graph.byValue(fieldOf(mapping, "allocationId"), [awsTypes.elasticIp]).includes(address),
  );
  return known !== undefined || mappings.length !== 1 ? known : mappings[0];
}

/**
 * The instance with a network interface; the interface itself where no instance is known to have
 * it.
 */
function instanceOf(graph: StackGraph, server: Resource): Resource {
  if (server.type !== awsTypes.networkInterface) return server;
  const attached = graph
    .referringTo(server, awsTypes.networkInterfaceAttachment, "networkInterfaceId")
    .flatMap((attachment) => graph.follow(attachment, "instanceId", [awsTypes.instance]));
  const embedded = ["networkInterfaces", "primaryNetworkInterface"].flatMap((property) =>
    graph.referringTo(server, awsTypes.instance, property),
  );
  return attached[0] ?? embedded[0] ?? server;
}

/** What a server needs in addition to itself, by its type. */
function serverNeed(graph: StackGraph, server: Resource): Need {
  const follow = (property: string, type: string): readonly Need[] =>
    graph.follow(server, property, [type]).map(({ urn }) => need(urn));
  switch (server.type) {
    case awsTypes.loadBalancer:
    case awsTypes.classicBalancer:
      return all(need(server.urn), targetsNeed(graph, server));
    case awsTypes.bucketWebsite:
      return all(need(server.urn), ...follow("bucket", awsTypes.bucket));
    case awsTypes.distribution:
      if (deadBecause(server) !== undefined) return unmet;
      return all(
        need(server.urn),
        ...originsOf(graph, server).map((origins) => any(...origins.map((one) => one.need))),
      );
    default: {
      // Before deployment, several subnets may be possible.
      const subnets = follow("subnetId", awsTypes.subnet);
      return all(need(server.urn), ...(subnets.length === 1 ? subnets : []));
    }
  }
}
