import ipaddr from "ipaddr.js";
import type { Finding } from "../../finding";
import { reasonWord, unknown, violation } from "../../finding";
import { stackRule } from "../../rule";
import { types } from "../../types";
import { developerGuide } from "../route53";

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

export const checkAddressIsPublic = stackRule({
  name: "check-address-is-public",
  description: "The address that a check probes is reachable from the internet.",
  severity: "high",
  level: "mandatory",
  why: "Checkers probe from the internet. Route 53 rejects private addresses; only an alarm can watch the servers behind them.",
  source: "H14",
  remediationSteps:
    "Use the endpoint's public address, or a CLOUDWATCH_METRIC check if it has none.",
  url: developerGuide("health-checks-creating-values"),
  types: [types.healthCheck],
  config: {},
  find: (stack) =>
    stack.subjects(types.healthCheck).flatMap((check): readonly Finding[] => {
      const reason = check.unknownAt("ipAddress");
      if (reason) {
        // An Elastic IP is always public; an instance has both kinds of addresses.
        const from = stack.graph.dependenciesOf(check.resource, "ipAddress", [types.elasticIp]);
        return from.length > 0 ? [] : [unknown(check, "ipAddress", reasonWord(reason))];
      }
      const address = check.text("ipAddress");
      if (address === undefined || !isUnreachable(address)) return [];
      return [
        violation(check, "ipAddress", {
          must: "must be reachable from the internet",
          got: address,
          so: "Route 53 rejects the check, and no checker could reach the endpoint",
          remedy: "use the endpoint's public address, or an alarm check",
        }),
      ];
    }),
});

function isUnreachable(address: string): boolean {
  return !ipaddr.isValid(address) || unreachable.includes(ipaddr.process(address).range());
}
