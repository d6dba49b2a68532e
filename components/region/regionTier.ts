import * as pulumi from "@pulumi/pulumi";
import { databaseTag } from "../../routing/databaseTag";
import { checked, published, weighted } from "../../routing/route";
import type { Branch, Node } from "../../routing/route";
import { refuse } from "../common/argumentFaults";
import { tagged } from "../common/tags";
import { FailoverRecords } from "../dns/failoverRecords";
import type { RegionOrders } from "../orders/regionOrders";
import { EndpointCheck } from "../zone/endpointCheck";
import { RegionCheck } from "./regionCheck";
import { regionCompute } from "./regionCompute";
import type { Release, Side } from "./regionCompute";
import { regionFaults } from "./regionFaults";
import type { RegionTierArgs } from "./regionTierArgs";
import { zonePair } from "./zonePair";
import type { ZonePair } from "./zonePair";

export type { RegionTierArgs } from "./regionTierArgs";

/** The green side of a release, for other components. */
export interface GreenSide {
  /** Name of its own zone pair, for tests before it gets traffic. */
  readonly recordName: string;
  /** Its two zone tiers, the one that serves first. */
  readonly availabilityZones: ZonePair["availabilityZones"];
  /** Id of the check of its own name: whether this side can take orders. */
  readonly deepCheckId: pulumi.Output<string>;
}

/**
 * The region tier: two availability zones with a tier each, the failover between them under the
 * region's own name, and the check behind the entry name.
 * A release adds a second pair of zones, green, and traffic enters at the weighted node over both.
 * The blue side exists without a release under the same names: starting or ending a release does
 * not change it.
 * Its provider is given by `providers` and decides the region. Children: `<name>-<availability
 * zone>`, `<name>-records`, `<name>-deep-check`, `<name>-region-check`, and the shared resources
 * (`regionCompute`): for machines `<name>-vpc`, `<name>-web`, `<name>-role`, `<name>-profile`. With
 * a release also `<name>-green-<availability zone>`, `<name>-green-records`,
 * `<name>-green-deep-check` and `<name>-release-records`.
 *
 * @throws pulumi.InputPropertyError or InputPropertiesError when plain arguments are invalid.
 */
export class RegionTier extends pulumi.ComponentResource {
  /**
   * Id of the region's calculated check: pass it, with `checked`, to the record that points here.
   */
  readonly checkId: pulumi.Output<string>;
  /** Id of the check by the entry name, a child of the calculated one. */
  readonly deepCheckId: pulumi.Output<string>;
  /** The two zone tiers of the blue side, the one that serves first. */
  readonly availabilityZones: ZonePair["availabilityZones"];
  /** The green side; absent without a release. Not an output of the resource. */
  readonly green?: GreenSide;
  /** The order stores; absent for external endpoints. Not an output of the resource. */
  readonly orders?: RegionOrders;
  /** The records of the entry, for `dependsOn` of an alias to it. */
  readonly records: FailoverRecords;
  /**
   * The route to the region, already published, to compose into a tree; not an output of the
   * resource.
   */
  readonly entry: Node<pulumi.Output<string>>;

  constructor(name: string, args: RegionTierArgs, opts?: pulumi.ComponentResourceOptions) {
    refuse(`RegionTier "${name}"`, regionFaults(args));
    super("failover:index:RegionTier", name, {}, opts);
    const { availabilityZones, compute, ipv6 = false, tags } = args;
    const parent = { parent: this };

    const { zone, orders } = regionCompute(
      name,
      { compute, availabilityZones, ipv6, tags },
      parent,
    );
    if (orders) this.orders = orders;
    const pairOf = (pairName: string, recordName: string, side: Side): ZonePair =>
      zonePair(
        pairName,
        {
          ...args,
          recordName,
          ipv6,
          compute: (availabilityZone) => zone(availabilityZone, side),
          probe: args.endpointProbe,
        },
        parent,
      );
    const blue = pairOf(name, args.recordName, "blue");
    this.availabilityZones = blue.availabilityZones;
    const entry = this.entryOf(name, args, blue, () =>
      pairOf(`${name}-green`, `green.${args.recordName}`, "green"),
    );
    this.records = entry.records;
    this.entry = published(entry.route);
    if (entry.green) this.green = entry.green;

    const deepCheck = this.deepCheck(`${name}-deep-check`, args, entry);
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
    this.registerOutputs({ checkId: this.checkId, deepCheckId: this.deepCheckId });
  }

  /** The entry of the region's traffic: the blue pair, or the node over both sides of a release. */
  private entryOf(
    name: string,
    args: RegionTierArgs,
    blue: ZonePair,
    greenPair: () => ZonePair,
  ): Entry & { readonly green?: GreenSide } {
    const release = "release" in args.compute ? args.compute.release : undefined;
    if (!release) return blue;
    const pair = greenPair();
    const { id: deepCheckId } = this.deepCheck(`${name}-green-deep-check`, args, pair);
    const route = weighted(
      `release.${args.recordName}`,
      branchesOf(release.weights, blue, pair, deepCheckId),
    );
    const records = new FailoverRecords(
      `${name}-release-records`,
      { zoneId: args.zoneId, routes: [route], ttlSeconds: args.ttlSeconds },
      { parent: this, dependsOn: [blue.records, pair.records] },
    );
    const { availabilityZones } = pair;
    const green = { recordName: pair.route.name, availabilityZones, deepCheckId };
    return { records, route, green };
  }

  /** A check behind a name; it must be created after the name, which would fail it otherwise. */
  private deepCheck(
    checkName: string,
    args: RegionTierArgs,
    { route, records }: Entry,
  ): EndpointCheck {
    return new EndpointCheck(
      checkName,
      {
        target: { name: route.name },
        probe: args.regionProbe,
        tags: {
          ...tagged(args.tags, "region", checkName),
          ...(this.orders ? { [databaseTag]: this.orders.databaseIdentifier } : {}),
        },
      },
      { parent: this, dependsOn: [records] },
    );
  }
}

/** An entry name, and its records. */
interface Entry {
  readonly route: Node<pulumi.Output<string>>;
  readonly records: FailoverRecords;
}

/**
 * The sides that get traffic. DNS leaves green as soon as it cannot take orders, while blue can
 * take its share. A side that serves alone has no such check, nor has blue: the region's own check
 * covers the entry, and with both databases lost `any` must find a healthy branch here.
 */
function branchesOf(
  weights: Release["weights"],
  blue: ZonePair,
  green: ZonePair,
  greenCheckId: pulumi.Output<string>,
): readonly Branch<pulumi.Output<string>>[] {
  const [blueRoute, greenRoute] = [published(blue.route), published(green.route)];
  return [
    { key: "blue", weight: weights.blue, route: blueRoute },
    {
      key: "green",
      weight: weights.green,
      route: weights.blue > 0 ? checked(greenRoute, greenCheckId) : greenRoute,
    },
  ].filter(({ weight }) => weight > 0);
}
