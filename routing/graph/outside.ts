import { isIP, isIPv6 } from "node:net";
import { canonical } from "../domainName";
import { addressIn } from "./awsNames";

/** Record types whose values lead to an endpoint. */
const leadingTypes = ["A", "AAAA", "CNAME"];

/** Whether the values of a record lead to endpoints, as those of a TXT record do not. */
export function leadsToEndpoints(type: string): boolean {
  return leadingTypes.includes(type);
}

/**
 * The one spelling of an address or DNS name, so that records and checks with the same one share it: addresses
 * as RFC 5952 writes them, the address in an instance's public name, a balancer's name without `dualstack.`.
 */
export function outsideNameOf(text: string): string {
  const name = canonical(text).replace(/^dualstack\./, "");
  const address = addressIn(name) ?? name;
  return isIPv6(address) ? new URL(`http://[${address}]/`).hostname.slice(1, -1) : address;
}

/** Whether a text is an IPv4 or IPv6 address. */
export function isAddress(text: string): boolean {
  return isIP(text) !== 0;
}
