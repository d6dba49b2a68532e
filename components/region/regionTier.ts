import * as pulumi from "@pulumi/pulumi";
import { databaseTag } from "../../routing/databaseTag";
import { failover, published } from "../../routing/route";
import type { Failover } from "../../routing/route";
import { check, refuse } from "../common/argumentFaults";
import type { ArgumentFault } from "../common/argumentFaults";
import { AvailabilityZoneTier, computeFaults } from "../zone/availabilityZoneTier";
import { EndpointCheck, probeFaults } from "../zone/endpointCheck";
import type { Probe } from "../zone/endpointCheck";
import { FailoverRecords } from "../dns/failoverRecords";
import { RegionCheck } from "./regionCheck";
import { regionCompute } from "./regionCompute";
import type { RegionCompute } from "./regionCompute";
import type { RegionOrders } from "../orders/regionOrders";
import * as rules from "../common/rules";
import { tagged } from "../common/tags";
import type { Tags } from "../common/tags";

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
  /** What serves in both. Plain, because the form decides which resources there are. */
  readonly compute: RegionCompute;
  /** Whether the region's name has AAAA records as well. Default false. */
  readonly ipv6?: boolean;
  /** How each zone's endpoint is checked: shallow and quick, because both share what is behind them. */
  readonly endpointProbe: Probe;
  /** How the region is checked, by its entry name: deep, and slow enough for a database to fail over. */
  readonly regionProbe: Probe;
  /** Ids of further checks that the region's health depends on, none of them calculated. Default none. */
  readonly furtherCheckIds?: readonly pulumi.Input<string>[];
  readonly tags: Tags;
}

/**
 * The region tier: what serves in two availability zones, a tier in each, the failover between them
 * under the region's own name, and the check of all that is behind that name.
 *
 * Its provider comes by `providers` and decides the region. Children: `<name>-<availability zone>`,
 * `<name>-records`, `<name>-deep-check`, `<name>-region-check`, and what the zones share
 * (`regionCompute`): for machines `<name>-vpc`, `<name>-web`, `<name>-role`, `<name>-profile`.
 *
 * @throws pulumi.InputPropertyError or InputPropertiesError when plain arguments are wrong.
 */
export class RegionTier extends pulumi.ComponentResource {
  /** Id of the region's calculated check: give it to the record that leads here, by `checked`. */
  readonly checkId: pulumi.Output<string>;
  /** Id of the check of the region's name, a child of the calculated one. */
  readonly deepCheckId: pulumi.Output<string>;
  /** The two zone tiers, the one that serves first. */
  readonly availabilityZones: readonly [AvailabilityZoneTier, AvailabilityZoneTier];
  /** Where its orders go; absent for endpoints of a team's own. Not an output of the resource. */
  readonly orders?: RegionOrders;
  /** The region's records: what an alias to them depends on. */
  readonly records: FailoverRecords;
  /** The way here, published already, to compose into a tree; not an output of the resource. */
  readonly route: Failover<pulumi.Output<string>>;

  constructor(name: string, args: RegionTierArgs, opts?: pulumi.ComponentResourceOptions) {
    refuse(`RegionTier "${name}"`, argumentFaults(args));
    super("failover:index:RegionTier", name, {}, opts);
    const { entryName, tags } = args;
    const parent = { parent: this };

    const { zones, orders } = this.serve(name, args);
    this.availabilityZones = zones;
    if (orders) this.orders = orders;
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
        tags: {
          ...tagged(tags, "region", `${name}-deep-check`),
          ...(orders ? { [databaseTag]: orders.databaseIdentifier } : {}),
        },
      },
      // A name that does not exist yet fails the check.
      { ...parent, dependsOn: [this.records] },
    );
    const regionCheck = new RegionCheck(
      `${name}-region-check`,
      {
        children: [deepCheck.id, ...(args.furtherCheckIds ?? [])],
        tags: tagged(tags, "region", `${name}-region-check`),
      },
      parent,
    );

    this.checkId = regionCheck.id;
    this.deepCheckId = deepCheck.id;
    this.route = published(pair);
    this.registerOutputs({ checkId: this.checkId, deepCheckId: this.deepCheckId });
  }

  /** In each zone what serves there, and what the zones share. */
  private serve(
    name: string,
    args: RegionTierArgs,
  ): {
    readonly zones: readonly [AvailabilityZoneTier, AvailabilityZoneTier];
    readonly orders?: RegionOrders;
  } {
    const { availabilityZones, compute, ipv6 = false, tags } = args;
    const parent = { parent: this };
    const { zone: computeIn, orders } = regionCompute(
      name,
      { compute, availabilityZones, ipv6, tags },
      parent,
    );
    const zone = (availabilityZone: string): AvailabilityZoneTier =>
      new AvailabilityZoneTier(
        `${name}-${availabilityZone}`,
        {
          availabilityZone,
          compute: computeIn(availabilityZone),
          probe: args.endpointProbe,
          host: args.entryName,
          ipv6,
          tags,
        },
        parent,
      );
    const [first, second] = availabilityZones;
    return { zones: [zone(first), zone(second)], ...(orders ? { orders } : {}) };
  }
}

function argumentFaults(args: RegionTierArgs): readonly ArgumentFault[] {
  const { compute, availabilityZones } = args;
  const [first, second] = availabilityZones;
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
    ...regionComputeFaults(compute, availabilityZones, args.ipv6 ?? false),
    ...probeFaults("endpointProbe", args.endpointProbe),
    ...servedFaults("endpointProbe", args.endpointProbe, compute),
    ...probeFaults("regionProbe", args.regionProbe),
    ...servedFaults("regionProbe", args.regionProbe, compute),
  ];
}

function regionComputeFaults(
  compute: RegionCompute,
  availabilityZones: readonly string[],
  ipv6: boolean,
): readonly ArgumentFault[] {
  const [entries, section] =
    compute.kind === "instance" || compute.kind === "balancer"
      ? [compute.userData, "userData"]
      : [compute.endpoints, "endpoints"];
  const missing = availabilityZones
    .filter((zone) => rules.availabilityZone.holds(zone) && entries[zone] === undefined)
    .map((zone) => ({
      propertyPath: `compute.${section}.${zone}`,
      reason: rules.reasonOf({ must: "there", remedy: "give one for each zone" }, undefined),
    }));
  if (compute.kind === "addresses" || compute.kind === "alias") {
    return [
      ...missing,
      ...availabilityZones.flatMap((zone) => {
        const endpoint = compute.endpoints[zone];
        if (endpoint === undefined) return [];
        const own = { kind: compute.kind, ...endpoint } as Parameters<typeof computeFaults>[1];
        return computeFaults(`compute.endpoints.${zone}`, own, ipv6);
      }),
    ];
  }
  return [
    ...missing,
    ...check("compute.cidrBlock", compute.cidrBlock, rules.cidrBlock),
    ...(compute.kind === "balancer"
      ? check("compute.instancesPerZone", compute.instancesPerZone, rules.instances)
      : []),
    ...(compute.visitorNetworks ?? []).flatMap((block, index) =>
      check(`compute.visitorNetworks[${index}]`, block, rules.network),
    ),
  ];
}

/** What each form serves of our own; a team's own endpoints serve what the team says. */
const served: Readonly<Record<string, readonly string[]>> = {
  instance: ["http:80"],
  balancer: ["http:80", "https:443"],
};

/** A probe of what nobody serves would keep the tier out of the answers for ever. */
function servedFaults(
  at: string,
  { scheme, port }: Probe,
  { kind }: RegionCompute,
): readonly ArgumentFault[] {
  const known = served[kind];
  if (known?.includes(`${scheme}:${port ?? (scheme === "https" ? 443 : 80)}`) !== false) return [];
  const must = kind === "instance" ? "HTTP on port 80" : "HTTP on port 80, or HTTPS on port 443";
  const remedy = `${kind === "instance" ? "the instances" : "the balancers"} serve nothing else`;
  return [{ propertyPath: at, reason: rules.reasonOf({ must, remedy }, { scheme, port }) }];
}
