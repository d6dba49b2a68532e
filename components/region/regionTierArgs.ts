import type * as pulumi from "@pulumi/pulumi";
import type { Tags } from "../common/tags";
import type { Probe } from "../zone/endpointCheck";
import type { RegionCompute } from "./regionCompute";

/** The arguments of a `RegionTier`. */
export interface RegionTierArgs {
  /**
   * Record name of the region's zone pair, such as `oregon.orders.cafe.com`: the entry of its
   * traffic, except during a release, which has names below it: `release.<it>` and `green.<it>`.
   */
  readonly recordName: string;
  /** Id of the hosted zone of these names. */
  readonly zoneId: pulumi.Input<string>;
  /** TTL of the region's records, in seconds, 0 to 300. */
  readonly ttlSeconds: number;
  /**
   * The two availability zones, the one that serves first. Plain, because they name resources; the
   * order is identity too, because `awsx.ec2.Vpc` numbers its subnets.
   */
  readonly availabilityZones: readonly [string, string];
  /**
   * The compute resources of both zones. Plain, because the form decides which resources there are.
   */
  readonly compute: RegionCompute;
  /** Whether the region's name has AAAA records as well. Default false. */
  readonly ipv6?: boolean;
  /** The probe of each zone's endpoint: shallow and quick, because both zones share the stores. */
  readonly endpointProbe: Probe;
  /** The probe of the region, by its entry name: deep, and slower than a database failover. */
  readonly regionProbe: Probe;
  /**
   * Ids of additional checks that the region's health depends on, none of them calculated. Default
   * none.
   */
  readonly furtherCheckIds?: readonly pulumi.Input<string>[];
  readonly tags: Tags;
}
