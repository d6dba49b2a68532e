import ipaddr from "ipaddr.js";

/** Ranges that checkers cannot reach from the internet (H14). */
const unreachable: readonly string[] = [
  "private",
  "loopback",
  "linkLocal",
  "multicast",
  "uniqueLocal",
  "unspecified",
  "broadcast",
  "carrierGradeNat",
];

/** Whether a text is an address that checkers can reach from the internet. */
export function isPublicAddress(text: string): boolean {
  return ipaddr.isValid(text) && !unreachable.includes(ipaddr.process(text).range());
}
