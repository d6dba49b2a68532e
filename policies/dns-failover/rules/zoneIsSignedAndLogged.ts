import type { Subject } from "../../fields";
import type { Finding } from "../../finding";
import { unknownsOf, violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { types } from "../../types";
import { developerGuide } from "../route53";

export const zoneIsSignedAndLogged = stackRule({
  name: "zone-is-signed-and-logged",
  description: "A public zone is signed with DNSSEC, and its queries are logged.",
  severity: "low",
  level: "advisory",
  why: "Without signatures, a resolver can be tricked into accepting a forged answer. Without a log, there is no record of the answers after an outage.",
  source: "DG dns-configuring-dnssec, query-logs; AWS Security Hub, Route53.2",
  remediationSteps:
    "Add a `KeySigningKey` and `HostedZoneDnsSec`, publish the DS record in the parent zone, and add a `QueryLog` with a log group in us-east-1.",
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
    ...(isSigned ? [] : unknownsOf(zone, "dnssec")),
    ...(isLogged ? [] : unknownsOf(zone, "queryLog")),
    ...(isSigned || zone.unknownAt("dnssec")
      ? []
      : [
          violation(zone, "dnssec", {
            must: "must be signed",
            got: "no HostedZoneDnsSec",
            so: "resolvers accept forged answers",
            remedy: "sign it, and publish the DS record in the parent zone",
          }),
        ]),
    ...(isLogged || zone.unknownAt("queryLog")
      ? []
      : [
          violation(zone, "queryLog", {
            must: "must log its queries",
            got: "no QueryLog",
            so: "after an outage there is no record of the answers",
            remedy: "add a QueryLog",
          }),
        ]),
  ];
}
