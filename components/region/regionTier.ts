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

/** The green side of a release, as far as others have to do with it. */
export interface GreenSide {
  /** Name of its own zone pair, by which it can be tried before it gets traffic. */
  readonly recordName: string;
  /** Its two zone tiers, the one that serves first. */
  readonly availabilityZones: ZonePair["availabilityZones"];
  /** Id of the check of its own name: whether this side can take orders. */
  readonly deepCheckId: pulumi.Output<string>;
}

/**
 * The region tier: what serves in two availability zones, a tier in each, the failover between them
 * under the region's own name, and the check of all that is behind the name where traffic enters.
 *
 * With a release there is a second pair of zones, the green one, and the traffic enters at the node
 * that shares it by weight. The blue side is what is there without a release, under the same names: it
 * is not touched when a release begins or ends.
 *
 * Its provider comes by `providers` and decides the region. Children: `<name>-<availability zone>`,
 * `<name>-records`, `<name>-deep-check`, `<name>-region-check`, and what the zones share
 * (`regionCompute`): for machines `<name>-vpc`, `<name>-web`, `<name>-role`, `<name>-profile`. With a
 * release also `<name>-green-<availability zone>`, `<name>-green-records`, `<name>-green-deep-check`
 * and `<name>-release-records`.
 *
 * @throws pulumi.InputPropertyError or InputPropertiesError when plain arguments are wrong.
 */
export class RegionTier extends pulumi.ComponentResource {
  /** Id of the region's calculated check: give it to the record that leads here, by `checked`. */
  readonly checkId: pulumi.Output<string>;
  /** Id of the check of the entry's name, a child of the calculated one. */
  readonly deepCheckId: pulumi.Output<string>;
  /** The two zone tiers of the blue side, the one that serves first. */
  readonly availabilityZones: ZonePair["availabilityZones"];
  /** The other side; absent where there is no release. Not an output of the resource. */
  readonly green?: GreenSide;
  /** Where its orders go; absent for endpoints of a team's own. Not an output of the resource. */
  readonly orders?: RegionOrders;
  /** The records of the entry: what an alias to it depends on. */
  readonly records: FailoverRecords;
  /** The way here, published already, to compose into a tree; not an output of the resource. */
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

  /** Where the region's traffic enters: the blue pair, or the node over both sides of a release. */
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

  /** A check of all that is behind a name; a name that does not exist yet would fail it. */
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

/** A name to enter by, and its records. */
interface Entry {
  readonly route: Node<pulumi.Output<string>>;
  readonly records: FailoverRecords;
}

/**
 * The sides that get traffic. Green is left as soon as it cannot take orders, while blue is there to
 * take its share. A side that serves alone has no such check, nor has blue: the region's own check sees
 * what is behind the entry, and with both databases lost `any` has to find a living branch here.
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
