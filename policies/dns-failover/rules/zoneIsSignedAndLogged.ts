import type { Subject } from "../../fields";
import type { Finding } from "../../finding";
import { violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { types } from "../../types";
import { developerGuide } from "../route53";

export const zoneIsSignedAndLogged = stackRule({
  name: "zone-is-signed-and-logged",
  description: "A public zone is signed with DNSSEC, and its queries are logged.",
  severity: "low",
  level: "advisory",
  why: "Without signatures a resolver can be made to believe another answer. Without a log nobody can say after an outage who was answered what.",
  source: "DG dns-configuring-dnssec, query-logs; AWS Security Hub, Route53.2",
  remediationSteps:
    "Add a `KeySigningKey` and `HostedZoneDnsSec`, hand the DS record to the parent zone, and add a `QueryLog` with a log group in us-east-1.",
  url: developerGuide("dns-configuring-dnssec"),
  types: [types.zone],
  config: {},
  find: (stack) =>
    stack
      .subjects(types.zone)
      .filter((zone) => !zone.has("vpcs"))
      .flatMap((zone) => zoneFindings(stack, zone)),
});

function zoneFindings(stack: Stack, zone: Subject): readonly Finding[] {
  const isSigned = stack.referringTo(zone, types.zoneSigning, "hostedZoneId").length > 0;
  const isLogged = stack.referringTo(zone, types.queryLog, "zoneId").length > 0;
  return [
    ...(isSigned
      ? []
      : [
          violation(zone, "dnssec", {
            must: "must be signed",
            got: "no HostedZoneDnsSec",
            so: "a forged answer looks like one of yours",
            remedy: "sign it, and hand the DS record to the parent zone",
          }),
        ]),
    ...(isLogged
      ? []
      : [
          violation(zone, "queryLog", {
            must: "must log its queries",
            got: "no QueryLog",
            so: "nobody can say after an outage who was answered what",
            remedy: "add a QueryLog",
          }),
        ]),
  ];
}
