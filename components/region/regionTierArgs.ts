import type * as pulumi from "@pulumi/pulumi";
import type { Tags } from "../common/tags";
import type { Probe } from "../zone/endpointCheck";
import type { RegionCompute } from "./regionCompute";

/** What a `RegionTier` is made from. */
export interface RegionTierArgs {
  /**
   * Record name of the region's zone pair, such as `oregon.orders.cafe.com`: where its traffic enters,
   * unless there is a release. That has names below it: `release.<it>` and `green.<it>`.
   */
  readonly recordName: string;
  /** Id of the hosted zone that these names are in. */
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
  /** How the region is checked, by its entry's name: deep, and slow enough for a database to fail over. */
  readonly regionProbe: Probe;
  /** Ids of further checks that the region's health depends on, none of them calculated. Default none. */
  readonly furtherCheckIds?: readonly pulumi.Input<string>[];
  readonly tags: Tags;
}
