import * as aws from "@pulumi/aws";
// Not all of awsx: its older half takes a tenth of a second to load.
import * as awsxEc2 from "@pulumi/awsx/ec2";
import * as pulumi from "@pulumi/pulumi";
import { subnetOf } from "./subnetOf";
import { tagged } from "../common/tags";
import type { Tags } from "../common/tags";

/** Prefix bits of a subnet beyond those of the network: eight subnets fit in each of two zones. */
const subnetBits = 4;

export interface RegionNetworkArgs {
  readonly availabilityZones: readonly string[];
  /** IPv4 network of the region, /16 to /24; each subnet is a sixteenth of it. */
  readonly cidrBlock: string;
  /**
   * Whether there are private subnets, which reach the internet through a NAT gateway in each zone.
   */
  readonly hasPrivateSubnets: boolean;
  /** Whether there are isolated subnets, without internet access. */
  readonly hasIsolatedSubnets: boolean;
  /** Whether there is IPv6, with a block of AWS's. */
  readonly ipv6: boolean;
  readonly tags: Tags;
}

/** A region's network. */
export interface RegionNetwork {
  readonly vpcId: pulumi.Output<string>;
  /** Subnets of the zone at an index. */
  readonly publicSubnetId: (index: number) => pulumi.Output<string>;
  readonly privateSubnetId: (index: number) => pulumi.Output<string>;
  /** The isolated subnets of all zones. */
  readonly isolatedSubnetIds: pulumi.Output<string[]>;
  /** The route tables of all subnets. */
  readonly routeTableIds: pulumi.Output<string[]>;
}

/**
 * Makes `<name>-vpc` and, with IPv6, a route for each subnet: `<name>-ipv6-<zone>` to the internet
 * gateway, and for private ones `<name>-ipv6-private-<zone>` to `<name>-egress`, which is outbound
 * only.
 * The public subnets come first and have a fixed size, and other kinds follow: no subnet's block
 * moves when a kind is added, which would replace the subnet and everything in it. Isolated subnets
 * are second, because every form of compute has databases in them.
 */
export function regionNetwork(
  name: string,
  args: RegionNetworkArgs,
  parent: pulumi.CustomResourceOptions,
): RegionNetwork {
  const { availabilityZones, cidrBlock, hasPrivateSubnets, hasIsolatedSubnets, ipv6 } = args;
  const tags = (role: string): Tags => tagged(args.tags, "region", `${name}-${role}`);
  const cidrMask = Number(cidrBlock.split("/")[1]) + subnetBits;
  const vpc = new awsxEc2.Vpc(
    `${name}-vpc`,
    {
      cidrBlock,
      availabilityZoneNames: [...availabilityZones],
      subnetStrategy: "Auto",
      subnetSpecs: [
        { type: "Public", cidrMask },
        ...(hasIsolatedSubnets
          ? [{ type: "Isolated" as const, cidrMask, assignIpv6AddressOnCreation: false }]
          : []),
        ...(hasPrivateSubnets ? [{ type: "Private" as const, cidrMask }] : []),
      ],
      // A gateway in each zone, so that zones fail independently.
      natGateways: { strategy: hasPrivateSubnets ? "OnePerAz" : "None" },
      enableDnsHostnames: true,
      ...(ipv6 ? { assignGeneratedIpv6CidrBlock: true } : {}),
      tags: tags("vpc"),
    },
    parent,
  );
  if (ipv6) ipv6Routes(name, vpc, args, tags("egress"), parent);
  const zoneAt = (index: number): string => availabilityZones[index] ?? String(index);
  return {
    vpcId: vpc.vpcId,
    publicSubnetId: (index) =>
      vpc.publicSubnetIds.apply((ids) => subnetOf(ids, index, zoneAt(index))),
    privateSubnetId: (index) =>
      vpc.privateSubnetIds.apply((ids) => subnetOf(ids, index, zoneAt(index))),
    isolatedSubnetIds: vpc.isolatedSubnetIds,
    routeTableIds: vpc.routeTables.apply((tables) => pulumi.all(tables.map(({ id }) => id))),
  };
}

/**
 * `awsx.ec2.Vpc` makes no IPv6 routes. Its route tables are ordered by zone: public, private,
 * isolated.
 */
function ipv6Routes(
  name: string,
  vpc: awsxEc2.Vpc,
  { availabilityZones, hasPrivateSubnets, hasIsolatedSubnets }: RegionNetworkArgs,
  tags: Tags,
  parent: pulumi.CustomResourceOptions,
): void {
  const kinds = 1 + Number(hasPrivateSubnets) + Number(hasIsolatedSubnets);
  const tableAt = (zone: number, kind: number): pulumi.Output<string> =>
    vpc.routeTables.apply(
      (tables) => subnetOf(tables, zone * kinds + kind, availabilityZones[zone] ?? "").id,
    );
  const egress = hasPrivateSubnets
    ? new aws.ec2.EgressOnlyInternetGateway(`${name}-egress`, { vpcId: vpc.vpcId, tags }, parent)
    : undefined;
  availabilityZones.forEach((availabilityZone, index) => {
    new aws.ec2.Route(
      `${name}-ipv6-${availabilityZone}`,
      {
        routeTableId: tableAt(index, 0),
        destinationIpv6CidrBlock: "::/0",
        gatewayId: vpc.internetGateway.apply(({ id }) => id),
      },
      parent,
    );
    if (egress === undefined) return;
    new aws.ec2.Route(
      `${name}-ipv6-private-${availabilityZone}`,
      {
        routeTableId: tableAt(index, 1),
        destinationIpv6CidrBlock: "::/0",
        egressOnlyGatewayId: egress.id,
      },
      parent,
    );
  });
}
