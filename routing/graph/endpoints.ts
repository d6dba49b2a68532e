import type { TargetGroup, UnknownStatus } from "../model";
import type { Need } from "./need";
import { all, any, place, resource as need } from "./need";
import { declaredPlacement, placementOf } from "./placement";
import type { Resource, Value } from "./resource";
import { Unknown } from "./resource";
import type { StackGraph } from "./stackGraph";
import { awsTypes } from "./types";
import { fieldOf, firstOf, listOf, numberOf, textOf, valueOf } from "./values";

/** What stands behind an address or an AWS name: the thing that serves, and what it needs. */
export interface ServingResource {
  /** URN of the resource that serves; the record's own where the stack has none. */
  readonly urn: string;
  readonly need: Need;
  /** The availability zones that it is spread over; empty where that is not known. */
  readonly availabilityZones: readonly string[];
  readonly region?: string;
}

const addressTypes = [
  awsTypes.elasticIp,
  awsTypes.instance,
  awsTypes.networkInterface,
  awsTypes.loadBalancer,
];

/**
 * The endpoint behind a value of a resource's property: an address or a DNS name, or one that is
 * not known yet. Undefined where the stack does not have it.
 */
export function endpointBehind(
  graph: StackGraph,
  owner: Resource,
  property: string,
  value: Value | undefined,
): ServingResource | undefined {
  const sources = graph.dependenciesOf(owner, property, addressTypes);
  if (value instanceof Unknown) return sources[0] && endpointOf(graph, sources[0]);
  const [found] = graph.byValue(value, addressTypes);
  // The IPv6 address of a balancer is looked up and is in no resource's state: it belongs to what it
  // was looked up for, where that is one resource.
  const only = sources.length === 1 ? sources[0] : undefined;
  const behind = found ?? (only?.type === awsTypes.loadBalancer ? only : undefined);
  return behind && endpointOf(graph, behind);
}

/**
 * The endpoint that a check's tags declare, for one that is outside the stack.
 *
 * @param urn What stands for the endpoint in answers.
 */
export function endpointDeclaredBy(check: Resource, urn: string): ServingResource | undefined {
  const placement = declaredPlacement(check);
  return placement && { urn, need: place(placement), ...placement };
}

/** The endpoint that a resource is, or that its address leads to. */
export function endpointOf(graph: StackGraph, resource: Resource): ServingResource {
  const holder =
    resource.type === awsTypes.elasticIp ? holderOf(graph, resource) : { server: resource };
  const server = holder.server ?? resource;
  const { region } = placementOf(graph, server);
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
  };
}

/** What holds an Elastic IP, what ties it there, and the subnet where a balancer has it. */
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

/** The subnet mapping of a balancer that holds an address; before deployment, its only one. */
function mappingOf(graph: StackGraph, balancer: Resource, address: Resource): Value | undefined {
  const mappings = listOf(balancer, "subnetMappings");
  const known = mappings.find((mapping) =>
    graph.byValue(fieldOf(mapping, "allocationId"), [awsTypes.elasticIp]).includes(address),
  );
  return known !== undefined || mappings.length !== 1 ? known : mappings[0];
}

/** The instance that has a network interface; the interface itself where none is known to. */
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

/** What a server needs beside itself, by what it is. */
function serverNeed(graph: StackGraph, server: Resource): Need {
  const follow = (property: string, type: string): readonly Need[] =>
    graph.follow(server, property, [type]).map(({ urn }) => need(urn));
  switch (server.type) {
    case awsTypes.loadBalancer:
      return all(
        need(server.urn),
        ...targetGroupsOf(graph, server).map(({ targets }) =>
          any(...targets.map(({ urn }) => need(urn))),
        ),
      );
    case awsTypes.bucketWebsite:
      return all(need(server.urn), ...follow("bucket", awsTypes.bucket));
    case awsTypes.distribution:
      return all(need(server.urn), ...follow("origins", awsTypes.bucket));
    default: {
      // Before deployment a subnet may be known only as one of several.
      const subnets = follow("subnetId", awsTypes.subnet);
      return all(need(server.urn), ...(subnets.length === 1 ? subnets : []));
    }
  }
}

/** A target group of a balancer. */
export interface TargetGroupParts {
  readonly group: Resource;
  /** The instances or groups of instances behind it. */
  readonly targets: readonly Resource[];
  /** Set where it has targets that are not part of what was read. */
  readonly unread?: UnknownStatus;
  readonly minimumHealthy?: NonNullable<TargetGroup<never>["minimumHealthy"]>;
}

/** A balancer's target groups. */
export function targetGroupsOf(graph: StackGraph, balancer: Resource): readonly TargetGroupParts[] {
  const groups = graph
    .referringTo(balancer, awsTypes.listener, "loadBalancerArn")
    .flatMap((listener) => graph.follow(listener, "defaultActions", [awsTypes.targetGroup]));
  return [...new Set(groups)].map((group) => {
    const minimumHealthy = minimumHealthyOf(group);
    return {
      group,
      ...targetsOf(graph, group),
      ...(minimumHealthy === undefined ? {} : { minimumHealthy }),
    };
  });
}

function targetsOf(
  graph: StackGraph,
  group: Resource,
): Pick<TargetGroupParts, "targets" | "unread"> {
  const registered = graph
    .referringTo(group, awsTypes.targetGroupAttachment, "targetGroupArn")
    .map((attachment) => graph.follow(attachment, "targetId", [awsTypes.instance]));
  const scaled = graph.referringTo(group, awsTypes.autoScalingGroup, "targetGroupArns");
  const attached = graph
    .referringTo(group, awsTypes.autoScalingAttachment, "lbTargetGroupArn")
    .map((attachment) =>
      graph.follow(attachment, "autoscalingGroupName", [awsTypes.autoScalingGroup]),
    );
  const known = [...registered, ...attached];
  const targets = [...new Set([...registered.flat(), ...scaled, ...attached.flat()])];
  const [service] = graph.referringTo(group, awsTypes.containerService, "loadBalancers");
  const registers = textOf(group, "targetType") ?? "instance";
  const why = service
    ? `${service.name} registers its targets at run time`
    : known.some(({ length }) => length === 0)
      ? "some of its targets are outside this stack"
      : targets.length === 0 && registers !== "instance"
        ? `its targets are of type ${registers}, which were not read`
        : undefined;
  return { targets, ...(why === undefined ? {} : { unread: { name: group.name, why } }) };
}

/** What a target group needs for its balancer to stay in DNS; "off" is what it does not ask for. */
function minimumHealthyOf(group: Resource): TargetGroupParts["minimumHealthy"] {
  const failover = firstOf(fieldOf(firstOf(valueOf(group, "targetGroupHealth")), "dnsFailover"));
  const [count, percentage] = ["minimumHealthyTargetsCount", "minimumHealthyTargetsPercentage"].map(
    (field) => Number(fieldOf(failover, field) ?? "off"),
  );
  const minimum = {
    ...(count !== undefined && count > 0 ? { count } : {}),
    ...(percentage !== undefined && percentage > 0 ? { percentage } : {}),
  };
  return Object.keys(minimum).length > 0 ? minimum : undefined;
}

/** How many instances a target stands for: of a group as many as it is to have. */
export function instancesOf(target: Resource): number {
  if (target.type !== awsTypes.autoScalingGroup) return 1;
  return numberOf(target, "desiredCapacity") || numberOf(target, "minSize") || 1;
}

/**
 * The worst times until a target group takes a dead target out, and until it uses one that is back. Its
 * checks start an interval apart, and the last one may use up its timeout (Elastic Load Balancing,
 * "Target group health checks"); for coming back its healthy threshold counts (API:CreateTargetGroup).
 */
export function timesOf(
  group: Resource,
): Pick<TargetGroup<never>, "detectionSeconds" | "recoverySeconds"> {
  const check = valueOf(group, "healthCheck");
  const seconds = (threshold: string): number | undefined => {
    const [interval, count, timeout] = ["interval", threshold, "timeout"].map((field) =>
      fieldOf(check, field),
    );
    return typeof interval === "number" && typeof count === "number" && typeof timeout === "number"
      ? count * interval + timeout
      : undefined;
  };
  const [detectionSeconds, recoverySeconds] = [
    seconds("unhealthyThreshold"),
    seconds("healthyThreshold"),
  ];
  return {
    ...(detectionSeconds === undefined ? {} : { detectionSeconds }),
    ...(recoverySeconds === undefined ? {} : { recoverySeconds }),
  };
}
