import * as pulumi from "@pulumi/pulumi";
import { endpoint } from "../../routing/route";
import { endpointChecks, nameCheck } from "./endpointChecks";
import type { Checked } from "./endpointChecks";
import { placed } from "../common/tags";
import type { ZoneEndpoint } from "./zoneEndpoint";

/** Existing addresses in the zone. */
export interface OwnAddressesArgs {
  readonly kind: "addresses";
  /** Public IPv4 address (H14). */
  readonly ipv4: string;
  /** IPv6 address; required if names publish AAAA records. */
  readonly ipv6?: string;
}

/** An existing balancer in the zone; with IPv6 it must be dual-stack. */
export interface OwnBalancerArgs {
  readonly kind: "alias";
  /** The balancer's DNS name, such as `elb-primary.us-west-2.elb.amazonaws.com`. */
  readonly dnsName: string;
  /** The balancer's own hosted zone id, not that of the zone with the records. */
  readonly hostedZoneId: string;
}

/**
 * External addresses: makes `<name>-check`, and with IPv6 `<name>-check-ipv6`. The checks' tags
 * state the location of the endpoint, because no other resource of the stack does.
 */
export function ownAddresses(
  name: string,
  { ipv4, ipv6 }: OwnAddressesArgs,
  availabilityZone: string,
  checked: Checked,
  parent: pulumi.CustomResourceOptions,
): ZoneEndpoint {
  const A = pulumi.output(ipv4);
  const AAAA = checked.ipv6 && ipv6 !== undefined ? pulumi.output(ipv6) : undefined;
  const addresses = { A, ...(AAAA ? { AAAA } : {}) };
  const here = { ...checked, tags: placed(checked.tags, availabilityZone) };
  const checkIds = endpointChecks(name, addresses, here, parent);
  return {
    route: endpoint(
      { kind: "addresses", addresses: { A: [A], ...(AAAA ? { AAAA: [AAAA] } : {}) } },
      checkIds,
    ),
    addresses,
    checkIds,
    watched: { kind: "own" },
  };
}

/**
 * An external balancer, by alias: makes `<name>-name-check`, which probes the balancer's own name.
 * Route 53 also evaluates the balancer's health, and both must be healthy (A4). The answer's TTL is
 * the balancer's 60 s, whatever the configuration (T2).
 */
export function ownBalancer(
  name: string,
  { dnsName, hostedZoneId }: OwnBalancerArgs,
  availabilityZone: string,
  checked: Checked,
  parent: pulumi.CustomResourceOptions,
): ZoneEndpoint {
  const here = { ...checked, tags: placed(checked.tags, availabilityZone) };
  const checkIds = nameCheck(name, dnsName, here, parent);
  return {
    route: endpoint(
      {
        kind: "resource",
        dnsName: pulumi.output(dnsName),
        zoneId: pulumi.output(hostedZoneId),
        families: checked.ipv6 ? ["A", "AAAA"] : ["A"],
        evaluateTargetHealth: true,
      },
      checkIds,
    ),
    addresses: {},
    dnsName: pulumi.output(dnsName),
    checkIds,
    watched: { kind: "own" },
  };
}
