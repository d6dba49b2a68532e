import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import { failover, published } from "../routing/route";
import type { Failover } from "../routing/route";
import { check, refuse } from "./argumentFaults";
import type { ArgumentFault } from "./argumentFaults";
import { AvailabilityZoneTier } from "./availabilityZoneTier";
import { bootScript } from "./bootScript";
import { EndpointCheck, probeFaults } from "./endpointCheck";
import type { Probe } from "./endpointCheck";
import { FailoverRecords } from "./failoverRecords";
import { instanceProfile } from "./instanceProfile";
import { RegionCheck } from "./regionCheck";
import * as rules from "./rules";
import { subnetOf } from "./subnetOf";
import { tagged } from "./tags";
import type { Tags } from "./tags";
import { webSecurityGroup } from "./webSecurityGroup";

/**
 * The public parameter with the newest image of Amazon Linux 2023 for Graviton.
 * @see https://docs.aws.amazon.com/linux/al2023/ug/ec2.html
 */
const imageParameter = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64";

/** A subnet has this many bits less than the network: eight subnets fit in each of two zones. */
const subnetBits = 4;

export interface RegionTierArgs {
  /** Record name of the region's own failover, such as `oregon.orders.cafe.com`. */
  readonly entryName: string;
  /** Id of the hosted zone that the entry name is in. */
  readonly zoneId: pulumi.Input<string>;
  /** TTL of the region's records, in seconds, 0 to 300. */
  readonly ttlSeconds: number;
  /**
   * The two availability zones, the one that serves first. Plain, because they name resources; the
   * order is identity too, as `awsx.ec2.Vpc` counts its subnets.
   */
  readonly availabilityZones: readonly [string, string];
  /** IPv4 network of the region, /16 to /24; each subnet is a sixteenth of it. */
  readonly cidrBlock: string;
  readonly instanceType: pulumi.Input<string>;
  /** How each zone's endpoint is checked: shallow and quick, because both share what is behind them. */
  readonly endpointProbe: Probe;
  /** How the region is checked, by its entry name: deep, and slow enough for a database to fail over. */
  readonly regionProbe: Probe;
  readonly tags: Tags;
}

/**
 * The region tier: a network over two availability zones, a tier in each, the failover between them
 * under the region's own name, and the check of all that is behind that name.
 *
 * Its provider comes by `providers` and decides the region. Children: `<name>-vpc`, `<name>-web`,
 * `<name>-role`, `<name>-profile`, `<name>-<availability zone>`, `<name>-records`,
 * `<name>-deep-check`, `<name>-region-check`.
 *
 * @throws pulumi.InputPropertyError or InputPropertiesError when plain arguments are wrong.
 */
export class RegionTier extends pulumi.ComponentResource {
  /** Id of the region's calculated check: give it to the record that leads here, by `checked`. */
  readonly checkId: pulumi.Output<string>;
  /** The two zone tiers, the one that serves first. */
  readonly availabilityZones: readonly [AvailabilityZoneTier, AvailabilityZoneTier];
  /** The region's records: what an alias to them depends on. */
  readonly records: FailoverRecords;
  /** The way here, published already, to compose into a tree; not an output of the resource. */
  readonly route: Failover<pulumi.Output<string>>;

  constructor(name: string, args: RegionTierArgs, opts?: pulumi.ComponentResourceOptions) {
    refuse(`RegionTier "${name}"`, argumentFaults(args));
    super("failover:index:RegionTier", name, {}, opts);
    const { entryName, tags } = args;
    const parent = { parent: this };

    this.availabilityZones = this.serve(name, args);
    const [first, second] = this.availabilityZones;
    const pair = failover(entryName, first.route, second.route);
    this.records = new FailoverRecords(
      `${name}-records`,
      { zoneId: args.zoneId, routes: [pair], ttlSeconds: args.ttlSeconds },
      parent,
    );
    const deepCheck = new EndpointCheck(
      `${name}-deep-check`,
      {
        target: { name: entryName },
        probe: args.regionProbe,
        tags: tagged(tags, "region", `${name}-deep-check`),
      },
      // A name that does not exist yet fails the check.
      { ...parent, dependsOn: [this.records] },
    );
    const regionCheck = new RegionCheck(
      `${name}-region-check`,
      { children: [deepCheck.id], tags: tagged(tags, "region", `${name}-region-check`) },
      parent,
    );

    this.checkId = regionCheck.id;
    this.route = published(pair);
    this.registerOutputs({ checkId: this.checkId });
  }

  /** The network, and in each zone what serves there. */
  private serve(
    name: string,
    args: RegionTierArgs,
  ): readonly [AvailabilityZoneTier, AvailabilityZoneTier] {
    const parent = { parent: this };
    const tags = (role: string): Tags => tagged(args.tags, "region", `${name}-${role}`);
    const vpc = new awsx.ec2.Vpc(
      `${name}-vpc`,
      {
        cidrBlock: args.cidrBlock,
        availabilityZoneNames: [...args.availabilityZones],
        subnetStrategy: "Auto",
        // Of a fixed size, and others come after it: then no subnet's block moves when one is added,
        // which would replace the subnet and all that is in it.
        subnetSpecs: [{ type: "Public", cidrMask: prefixOf(args.cidrBlock) + subnetBits }],
        natGateways: { strategy: "None" },
        enableDnsHostnames: true,
        tags: tags("vpc"),
      },
      parent,
    );
    const securityGroup = webSecurityGroup(
      `${name}-web`,
      { vpcId: vpc.vpcId, tags: args.tags },
      parent,
    );
    const profile = instanceProfile(name, { tags: args.tags }, parent);
    // Not `value`, which is for parameters that may be secret.
    const imageId = aws.ssm.getParameterOutput({ name: imageParameter }, parent).insecureValue;
    const zone = (availabilityZone: string, index: number): AvailabilityZoneTier =>
      new AvailabilityZoneTier(
        `${name}-${availabilityZone}`,
        {
          availabilityZone,
          subnetId: vpc.publicSubnetIds.apply((ids) => subnetOf(ids, index, availabilityZone)),
          securityGroupId: securityGroup.id,
          instanceProfileName: profile.name,
          imageId,
          instanceType: args.instanceType,
          userData: userData(args),
          probe: args.endpointProbe,
          tags: args.tags,
        },
        parent,
      );
    const [first, second] = args.availabilityZones;
    return [zone(first, 0), zone(second, 1)];
  }
}

function prefixOf(cidrBlock: string): number {
  return Number(cidrBlock.split("/")[1]);
}

/** Until there is an application, its pages are constants: each check finds its marker. */
function userData({ endpointProbe, regionProbe }: RegionTierArgs): string {
  return bootScript({
    pages: {
      "/index.html":
        '<!doctype html><meta charset="utf-8"><title>Café orders</title><h1>Café orders</h1>',
      [endpointProbe.path]: endpointProbe.token,
      [regionProbe.path]: regionProbe.token,
    },
  });
}

function argumentFaults(args: RegionTierArgs): readonly ArgumentFault[] {
  const [first, second] = args.availabilityZones;
  const same: ArgumentFault = {
    propertyPath: "availabilityZones[1]",
    reason: rules.reasonOf(
      { must: "another zone than the first", remedy: "a zone cannot stand in for itself" },
      second,
    ),
  };
  return [
    ...check("entryName", args.entryName, rules.recordName),
    ...check("ttlSeconds", args.ttlSeconds, rules.ttlSeconds),
    ...check("availabilityZones[0]", first, rules.availabilityZone),
    ...check("availabilityZones[1]", second, rules.availabilityZone),
    ...(first === second ? [same] : []),
    ...check("cidrBlock", args.cidrBlock, rules.cidrBlock),
    ...probeFaults("endpointProbe", args.endpointProbe),
    ...servedFaults("endpointProbe", args.endpointProbe),
    ...probeFaults("regionProbe", args.regionProbe),
    ...servedFaults("regionProbe", args.regionProbe),
  ];
}

/** A probe of what nobody serves would keep the tier out of the answers for ever. */
function servedFaults(at: string, { scheme, port }: Probe): readonly ArgumentFault[] {
  if (scheme === "http" && (port ?? 80) === 80) return [];
  const rule = { must: "HTTP on port 80", remedy: "the instances serve nothing else" };
  return [{ propertyPath: at, reason: rules.reasonOf(rule, { scheme, port }) }];
}
