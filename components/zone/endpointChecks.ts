import type * as pulumi from "@pulumi/pulumi";
import type { Family } from "../../routing/route";
import { EndpointCheck } from "./endpointCheck";
import type { Probe, ProbeTarget } from "./endpointCheck";
import { tagged } from "../common/tags";
import type { Tags } from "../common/tags";
import type { CheckIds } from "./zoneEndpoint";

/** How a zone's endpoint is checked. */
export interface Checked {
  readonly probe: Probe;
  /** Name in a check by address: Host header, and server name (SNI) with `https`. */
  readonly host: string;
  /** Whether AAAA records are published, and so checked. */
  readonly ipv6: boolean;
  /** Port of the checks over IPv6, if it differs from the probe's. */
  readonly ipv6CheckPort?: number;
  readonly tags: Tags;
}

/** Suffix of the check's name by family; IPv4 came first and has none. */
const suffixes: Readonly<Record<Family, string>> = { A: "check", AAAA: "check-ipv6" };

/** A check of each address: `<name>-check`, and `<name>-check-ipv6` for IPv6. */
export function endpointChecks(
  name: string,
  addresses: { readonly A: pulumi.Input<string>; readonly AAAA?: pulumi.Input<string> },
  { probe: usual, ipv6CheckPort, host, tags }: Checked,
  parent: pulumi.CustomResourceOptions,
): CheckIds {
  const checkOf = (family: Family, address: pulumi.Input<string>): pulumi.Output<string> => {
    const port = family === "AAAA" ? ipv6CheckPort : undefined;
    const probe = port === undefined ? usual : { ...usual, port };
    const own = `${name}-${suffixes[family]}`;
    const target: ProbeTarget = probe.scheme === "https" ? { address, host } : { address };
    return new EndpointCheck(
      own,
      { target, probe, tags: tagged(tags, "availability-zone", own) },
      parent,
    ).id;
  };
  return {
    A: checkOf("A", addresses.A),
    ...(addresses.AAAA === undefined ? {} : { AAAA: checkOf("AAAA", addresses.AAAA) }),
  };
}

/**
 * The check of a name, `<name>-name-check`, which Route 53 resolves over IPv4 only (H13). Its
 * resource name differs from that of a check by address, because one cannot become the other (H18),
 * and the provider would try.
 */
export function nameCheck(
  name: string,
  dnsName: pulumi.Input<string>,
  { probe, tags, ipv6 }: Checked,
  parent: pulumi.CustomResourceOptions,
): CheckIds {
  const own = `${name}-name-check`;
  const { id } = new EndpointCheck(
    own,
    { target: { name: dnsName }, probe, tags: tagged(tags, "availability-zone", own) },
    parent,
  );
  return ipv6 ? { A: id, AAAA: id } : { A: id };
}
