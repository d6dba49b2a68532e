import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { ZoneCompute } from "../zone/availabilityZoneTier";
import { healthTargetPort, ipv6CheckPort, tlsTargetPort } from "../zone/balancerEndpoint";
import type { ReducedCapacity } from "../zone/capacity";
import type { KeyPolicyStatement } from "../common/encryptionKey";
import { instanceProfile } from "../zone/instanceProfile";
import type { Machine } from "../zone/machine";
import type { OwnAddressesArgs, OwnBalancerArgs } from "../zone/ownEndpoint";
import { regionNetwork } from "../network/regionNetwork";
import type { RegionNetwork } from "../network/regionNetwork";
import { RegionOrders, filledIn } from "../orders/regionOrders";
import type { RegionOrdersArgs } from "../orders/regionOrders";
import { regionOf } from "../common/tags";
import type { BoundedRoles } from "../common/serviceRole";
import type { Tags } from "../common/tags";
import {
  balancerEgress,
  balancerSecurityGroup,
  webSecurityGroup,
} from "../network/webSecurityGroup";
import type { CheckersPrefixListIds, Visitors } from "../network/webSecurityGroup";

/**
 * The public parameter with the newest image of Amazon Linux 2023 for Graviton.
 *
 * @see https://docs.aws.amazon.com/linux/al2023/ug/ec2.html
 */
const imageParameter = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64";

/** The compute resources of a region, the same form in both zones. */
export type RegionCompute =
  | ({ readonly kind: "instance" } & MachineRegion)
  | ({
      readonly kind: "balancer";
      /** ARN of an issued certificate in this region. */
      readonly certificateArn: pulumi.Input<string>;
      /** Instances per zone that carry the full load, at least 1. */
      readonly instancesPerZone: number;
      /** Fewer running instances, with reserved capacity for the rest. Default: all of them run. */
      readonly capacity?: ReducedCapacity;
    } & MachineRegion)
  /** External addresses or balancers, by availability zone. */
  | {
      readonly kind: "addresses";
      readonly endpoints: Readonly<Record<string, Omit<OwnAddressesArgs, "kind">>>;
    }
  | {
      readonly kind: "alias";
      readonly endpoints: Readonly<Record<string, Omit<OwnBalancerArgs, "kind">>>;
    };

/** The two sides of a release, oldest first. */
export type Side = "blue" | "green";

/** User data and image of the machines of one side. */
export interface SideMachines {
  /** A prebuilt image of this region. Default: the newest of Amazon Linux 2023 when first made. */
  readonly imageId?: pulumi.Input<string>;
  /**
   * User data by availability zone, at most 16 KB each. With `orders`, the placeholders of
   * `ordersToFillIn` are filled in.
   */
  readonly userData: Readonly<Record<string, pulumi.Input<string>>>;
}

/** A second side, with its own machines in the same network, and the weights of both. */
export interface Release {
  /** Weights, 0 to 255; a side of weight 0 gets no traffic. Plain: they decide the records. */
  readonly weights: Readonly<Record<Side, number>>;
  readonly green: SideMachines;
}

/**
 * Machines of this stack, and their network. The fields of `SideMachines` are those of the blue
 * side, which exists without a release as well.
 */
export interface MachineRegion extends SideMachines, BoundedRoles {
  /** IPv4 network of the region, /16 to /24; each subnet is a sixteenth of it. */
  readonly cidrBlock: string;
  /** Graviton instance type. */
  readonly instanceType: pulumi.Input<string>;
  /** A second side in addition to these machines. Default: none. */
  readonly release?: Release;
  /** The order stores. Default: none, and there is no database. */
  readonly orders?: Pick<RegionOrdersArgs, "identifier" | "tables" | "settings">;
  /** Permissions of the instances besides those that `orders` needs. Default: none. */
  readonly statements?: readonly KeyPolicyStatement[];
  /** Blocks to admit besides Route 53's checkers. Default: everyone. */
  readonly visitorNetworks?: readonly string[];
  /** Earlier answers of the region's API, used instead of calls to it. Default: it is called. */
  readonly answered?: RegionAnswers;
}

/** Earlier answers of a region's API: values that do not change. */
export interface RegionAnswers {
  /** The image that the machines without `imageId` boot from. */
  readonly imageId?: string;
  /** IPv6 addresses of the balancers by availability zone, on the green side below `green-<zone>`. */
  readonly ipv6Addresses?: Readonly<Record<string, string>>;
  readonly checkersPrefixListIds?: CheckersPrefixListIds;
}

export interface RegionComputeArgs {
  readonly compute: RegionCompute;
  readonly availabilityZones: readonly [string, string];
  /** Whether names publish IPv6 addresses. */
  readonly ipv6: boolean;
  readonly tags: Tags;
}

/** The compute resources that serve a region. */
export interface ComputedRegion {
  /** The endpoint of each zone, on each side; external endpoints have the blue side only. */
  readonly zone: (availabilityZone: string, side: Side) => ZoneCompute;
  /** The order stores; absent if they are outside this stack. */
  readonly orders?: RegionOrders;
}

/**
 * The endpoints of a region's zones, by availability zone. For machines it makes the shared
 * resources: `<name>-vpc`, `<name>-web`, `<name>-role`, `<name>-profile`, with balancers
 * `<name>-balancers`, and with orders `<name>-orders`. External endpoints need none.
 */
export function regionCompute(
  name: string,
  args: RegionComputeArgs,
  parent: pulumi.CustomResourceOptions,
): ComputedRegion {
  const { compute } = args;
  switch (compute.kind) {
    case "addresses":
      return {
        zone: (zone) => ({ kind: "addresses", ...endpointIn(compute.endpoints, zone) }),
      };
    case "alias":
      return { zone: (zone) => ({ kind: "alias", ...endpointIn(compute.endpoints, zone) }) };
    case "instance": {
      const network = networkOf(name, compute, args, parent);
      const visitors = visitorsOf(compute, args);
      const web = webSecurityGroup(
        `${name}-web`,
        {
          vpcId: network.vpcId,
          ingress: { kind: "visitors", visitors },
          ipv6: args.ipv6,
          tags: args.tags,
        },
        parent,
      );
      const { machine, orders } = machines(name, compute, { network, web }, args, parent);
      return {
        ...orders,
        zone: (zone, side) => ({
          kind: "instance",
          subnetId: network.publicSubnetId(args.availabilityZones.indexOf(zone)),
          ...machine(zone, side),
        }),
      };
    }
    case "balancer": {
      const network = networkOf(name, compute, args, parent);
      const groups = balancedGroups(name, network, visitorsOf(compute, args), args.tags, parent);
      const { web } = groups;
      const { machine, orders } = machines(name, compute, { network, web }, args, parent);
      return {
        ...orders,
        zone: (zone, side) => {
          const index = args.availabilityZones.indexOf(zone);
          return {
            kind: "balancer",
            vpcId: network.vpcId,
            publicSubnetId: network.publicSubnetId(index),
            privateSubnetId: network.privateSubnetId(index),
            balancerSecurityGroupId: groups.balancers.id,
            certificateArn: compute.certificateArn,
            instances: compute.instancesPerZone,
            ...answeredIpv6(compute.answered, zone, side),
            ...(compute.capacity ? { capacity: compute.capacity } : {}),
            ...machine(zone, side),
          };
        },
      };
    }
  }
}

/** Ports of the web servers: plain HTTP, requests that arrived by TLS, and health checks. */
const webPorts = { http: 80, tls: tlsTargetPort, health: healthTargetPort };

function networkOf(
  name: string,
  { kind, cidrBlock, orders }: MachineRegion & { readonly kind: string },
  { availabilityZones, ipv6, tags }: RegionComputeArgs,
  parent: pulumi.CustomResourceOptions,
): RegionNetwork {
  const isBalanced = kind === "balancer";
  return regionNetwork(
    name,
    {
      availabilityZones,
      cidrBlock,
      hasPrivateSubnets: isBalanced,
      hasIsolatedSubnets: orders !== undefined,
      // A balancer cannot get an IPv6 address later, see balancerEndpoint.
      ipv6: isBalanced || ipv6,
      tags,
    },
    parent,
  );
}

function visitorsOf(
  { visitorNetworks, answered }: MachineRegion,
  { ipv6, availabilityZones }: RegionComputeArgs,
): Visitors {
  const region = regionOf(availabilityZones[0]);
  const lists = answered?.checkersPrefixListIds;
  return {
    ipv6,
    region,
    ...(visitorNetworks ? { networks: visitorNetworks } : {}),
    ...(lists ? { checkersPrefixListIds: lists } : {}),
  };
}

function answeredIpv6(
  answered: RegionAnswers | undefined,
  availabilityZone: string,
  side: Side,
): { readonly ipv6Address?: string } {
  const key = side === "green" ? `green-${availabilityZone}` : availabilityZone;
  const ipv6Address = answered?.ipv6Addresses?.[key];
  return ipv6Address === undefined ? {} : { ipv6Address };
}

function balancedGroups(
  name: string,
  { vpcId }: RegionNetwork,
  visitors: Visitors,
  tags: Tags,
  parent: pulumi.CustomResourceOptions,
): { readonly web: aws.ec2.SecurityGroup; readonly balancers: aws.ec2.SecurityGroup } {
  const balancers = balancerSecurityGroup(
    `${name}-balancers`,
    { vpcId, visitors, ipv6CheckPort, tags },
    parent,
  );
  const ingress = { kind: "balancer", securityGroupId: balancers.id, ports: webPorts } as const;
  const web = webSecurityGroup(`${name}-web`, { vpcId, ingress, ipv6: true, tags }, parent);
  balancerEgress(`${name}-balancers`, balancers, web, webPorts, tags, parent);
  return { web, balancers };
}

/** The network of machines, and its clients. */
interface Surroundings {
  readonly network: RegionNetwork;
  readonly web: aws.ec2.SecurityGroup;
}

function machines(
  name: string,
  compute: MachineRegion,
  surroundings: Surroundings,
  args: RegionComputeArgs,
  parent: pulumi.CustomResourceOptions,
): {
  readonly machine: (availabilityZone: string, side: Side) => Machine;
  readonly orders: Pick<ComputedRegion, "orders">;
} {
  const orders = ordersOf(name, compute, surroundings, args, parent);
  const statements = [...(compute.statements ?? []), ...(orders?.statements ?? [])];
  const profile = instanceProfile(
    name,
    { statements, permissionsBoundary: compute.permissionsBoundary, tags: args.tags },
    parent,
  );
  const sides = { blue: compute, green: compute.release?.green ?? compute };
  let newest: pulumi.Output<string> | undefined;
  const newestImage = (): pulumi.Input<string> =>
    compute.answered?.imageId ??
    // Not `value`, which is for parameters that may be secret.
    (newest ??= aws.ssm.getParameterOutput({ name: imageParameter }, parent).insecureValue);
  return {
    orders: orders ? { orders } : {},
    machine: (availabilityZone, side) => {
      const { imageId, userData } = sides[side];
      const text = endpointIn(userData, availabilityZone);
      return {
        instanceType: compute.instanceType,
        image:
          imageId === undefined
            ? { id: newestImage(), isPinned: false }
            : { id: imageId, isPinned: true },
        userData: orders ? filledIn(text, orders.use) : text,
        securityGroupId: surroundings.web.id,
        instanceProfileName: profile.name,
      };
    },
  };
}

function ordersOf(
  name: string,
  { orders }: MachineRegion,
  { network, web }: Surroundings,
  { availabilityZones, tags }: RegionComputeArgs,
  parent: pulumi.CustomResourceOptions,
): RegionOrders | undefined {
  if (orders === undefined) return undefined;
  const { vpcId, isolatedSubnetIds, routeTableIds } = network;
  return new RegionOrders(
    `${name}-orders`,
    {
      ...orders,
      availabilityZones,
      network: { vpcId, isolatedSubnetIds, routeTableIds, webSecurityGroupId: web.id },
      tags,
    },
    parent,
  );
}

/** The entry of a zone; the tier has rejected arguments that lack one. */
function endpointIn<T>(byZone: Readonly<Record<string, T>>, availabilityZone: string): T {
  const found = byZone[availabilityZone];
  if (found === undefined) throw new Error(`${availabilityZone}: must have an entry`);
  return found;
}
