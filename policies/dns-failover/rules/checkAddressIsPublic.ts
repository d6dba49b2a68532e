import type { Finding } from "../../finding";
import { reasonWord, unknown, violation } from "../../finding";
import { isPublicAddress } from "../../../routing/publicAddress";
import { watchedName } from "../../../routing/watchedName";
import type { Subject } from "../../fields";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { types } from "../../types";
import { developerGuide } from "../route53";

export const checkAddressIsPublic = stackRule({
  name: "check-address-is-public",
  description: "The address or name that a check probes is reachable from the internet.",
  severity: "high",
  level: "mandatory",
  why: "Checkers probe from the internet, over IPv4 for a name. Route 53 rejects private addresses; only an alarm can watch the servers behind them. A check of a name that checkers cannot resolve always fails.",
  source: "H13, H14, N4",
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
      // A private check probes from within a VPC (H20).
      const isPrivate = check.text("endpointType") === "PRIVATE";
      const address = check.text("ipAddress");
      if (address === undefined) return nameFindings(stack, check);
      if (isPrivate || isPublicAddress(address)) return [];
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

/** A name for which checkers get no address. */
function nameFindings(stack: Stack, subject: Subject): readonly Finding[] {
  const check = stack.model.route53.checks.get(subject.resource.urn);
  const watched = check && watchedName(stack.model, check);
  switch (watched?.kind) {
    case "addressless":
      return [
        violation(subject, "fqdn", {
          must: "must have an IPv4 address for checkers from the internet",
          got: watched.name,
          so: `the check always fails: ${watched.why}`,
          remedy: "check a public name that has an A record, or an address",
        }),
      ];
    case "missing":
      return [
        unknown(
          subject,
          "fqdn",
          `${watched.name} has no known record in ${watched.zone}: unless something else creates one, the check always fails`,
        ),
      ];
    default:
      return [];
  }
}
