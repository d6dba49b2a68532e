/**
 * Nested arguments and outputs of the provider's components. Pulumi's analyser makes the schema from
 * them, and it refuses unions, tuples and readonly arrays.
 */
import type * as pulumi from "@pulumi/pulumi";

/** The scheme of a probe. */
export enum ProbeScheme {
  Http = "http",
  /** Route 53 does not verify certificates (H10). */
  Https = "https",
}

/** Seconds between the probes of one checker; cannot change in place (H18). */
export enum ProbeInterval {
  Fast = 10,
  Standard = 30,
}

/** What a health check probes, and how often. */
export interface HttpProbe {
  readonly scheme: ProbeScheme;
  /** TCP port; default 80 for `http`, 443 for `https`. */
  readonly port?: number;
  /** Absolute path; the answer must be 2xx or 3xx, within 2 s of connecting. */
  readonly path: string;
  /** Marker in the first 5,120 bytes of the body. Not a secret. */
  readonly token: string;
  readonly intervalSeconds: ProbeInterval;
  /** Probes in a row, 1 to 10, that must agree before a checker changes its result. */
  readonly failureThreshold: number;
}

/** An existing balancer in an availability zone. */
export interface BalancerEndpoint {
  /** The zone it is in, such as `us-west-2a`. */
  readonly availabilityZone: string;
  /** The balancer's DNS name. */
  readonly dnsName: string;
  /** The balancer's own hosted zone id, not that of the zone with the records. */
  readonly hostedZoneId: string;
}

/** An existing server in an availability zone. */
export interface AddressEndpoint {
  /** The zone it is in, such as `us-west-2a`. */
  readonly availabilityZone: string;
  /** Public IPv4 address. */
  readonly ipv4: string;
}

/** A region with a balancer in each of two availability zones. */
export interface BalancerRegion {
  /** First label of the region's own record, such as `oregon`. */
  readonly name: string;
  /** The balancer that serves first. */
  readonly first: BalancerEndpoint;
  /** The balancer that serves while the first is unhealthy. */
  readonly second: BalancerEndpoint;
}

/** A region with a server in each of two availability zones. */
export interface AddressRegion {
  /** First label of the region's own record, such as `oregon`. */
  readonly name: string;
  /** The server that serves first. */
  readonly first: AddressEndpoint;
  /** The server that serves while the first is unhealthy. */
  readonly second: AddressEndpoint;
}

/** A page that is always there: the website of a bucket, or a distribution. */
export interface MaintenanceTarget {
  /** DNS name of the website or distribution. */
  readonly dnsName: pulumi.Input<string>;
  /** Hosted zone id of the website's endpoint or of CloudFront. */
  readonly hostedZoneId: pulumi.Input<string>;
}

/** Ids of the health checks of a region. */
export interface RegionCheckIds {
  /** The check of the endpoint that serves first. */
  readonly first: pulumi.Input<string>;
  /** The check of the other endpoint. */
  readonly second: pulumi.Input<string>;
  /** The check by the region's own name. */
  readonly deep: pulumi.Input<string>;
  /** The calculated check that decides whether the region serves. */
  readonly region: pulumi.Input<string>;
}

/** A region whose health checks get alarms. */
export interface AlarmedRegion {
  readonly name: string;
  readonly firstAvailabilityZone: string;
  readonly secondAvailabilityZone: string;
  /** An output of the failover component: `primaryCheckIds` or `standbyCheckIds`. */
  readonly checkIds: pulumi.Input<RegionCheckIds>;
}
