import type * as pulumi from "@pulumi/pulumi";
import { failover } from "../../routing/route";
import type { Failover } from "../../routing/route";
import type { Tags } from "../common/tags";
import { FailoverRecords } from "../dns/failoverRecords";
import { AvailabilityZoneTier } from "../zone/availabilityZoneTier";
import type { ZoneCompute } from "../zone/availabilityZoneTier";
import type { Probe } from "../zone/endpointCheck";

export interface ZonePairArgs {
  /** Name of the records; checks by address present it as well. */
  readonly recordName: string;
  readonly zoneId: pulumi.Input<string>;
  /** TTL of the records, in seconds. */
  readonly ttlSeconds: number;
  /** The zone that serves first, then its fallback. */
  readonly availabilityZones: readonly [string, string];
  /** The endpoint of each zone. */
  readonly compute: (availabilityZone: string) => ZoneCompute;
  readonly probe: Probe;
  readonly ipv6: boolean;
  readonly tags: Tags;
}

/** Two zones of a region under one name. */
export interface ZonePair {
  /** The two zone tiers, the one that serves first. */
  readonly availabilityZones: readonly [AvailabilityZoneTier, AvailabilityZoneTier];
  readonly records: FailoverRecords;
  readonly route: Failover<pulumi.Output<string>>;
}

/** Makes `<name>-<availability zone>` for both zones, and `<name>-records`. */
export function zonePair(
  name: string,
  args: ZonePairArgs,
  parent: pulumi.ComponentResourceOptions,
): ZonePair {
  const { recordName, zoneId, ttlSeconds, compute, probe, ipv6, tags } = args;
  const tier = (availabilityZone: string): AvailabilityZoneTier =>
    new AvailabilityZoneTier(
      `${name}-${availabilityZone}`,
      {
        availabilityZone,
        compute: compute(availabilityZone),
        probe,
        host: recordName,
        ipv6,
        tags,
      },
      parent,
    );
  const [first, second] = [tier(args.availabilityZones[0]), tier(args.availabilityZones[1])];
  const route = failover(recordName, first.route, second.route);
  const records = new FailoverRecords(
    `${name}-records`,
    { zoneId, routes: [route], ttlSeconds },
    parent,
  );
  return { availabilityZones: [first, second], records, route };
}
