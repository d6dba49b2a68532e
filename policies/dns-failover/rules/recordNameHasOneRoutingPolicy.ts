import { groupFaults } from "../../../routing/group";
import { policyKindOf } from "../../../routing/model";
import type { Finding } from "../../finding";
import { violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { offenderOf } from "../../stack";
import { types } from "../../types";
import { developerGuide } from "../route53";
import { recordGroupsOf, unknownIn } from "../trees";

const policyProperties = [
  "failoverRoutingPolicies",
  "weightedRoutingPolicies",
  "multivalueAnswerRoutingPolicy",
  "latencyRoutingPolicies",
  "geolocationRoutingPolicies",
  "geoproximityRoutingPolicy",
  "cidrRoutingPolicy",
];

export const recordNameHasOneRoutingPolicy = stackRule({
  name: "record-name-has-one-routing-policy",
  description:
    "All records of a name and type have one routing policy, and a CNAME is the only record of its name.",
  severity: "high",
  level: "mandatory",
  why: "Route 53 rejects a second policy under a name, and the update fails halfway: Pulumi creates before it deletes, so a name cannot change its policy in place.",
  source: "C14; RFC 1034, section 3.6.2",
  remediationSteps:
    "Give each routing policy its own name, and point the parent's alias to the one in use.",
  url: developerGuide("routing-policy"),
  types: [types.record],
  config: {},
  find: (stack) => [
    ...recordGroupsOf(stack).flatMap((group): readonly Finding[] => {
      const unknowns = group.flatMap((record) => unknownIn(stack, record, ...policyProperties));
      if (unknowns.length > 0) return unknowns;
      const [first] = group;
      const mixed = groupFaults(group, stack.model.route53).some(({ rule }) => rule === "C14");
      if (!first || !mixed) return [];
      const kinds = group.map(({ label, policy }) => `${policyKindOf(policy)} (${label})`);
      return [
        violation(offenderOf(first), "name", {
          must: `must have one routing policy, and only one record if the policy is simple: ${first.name} ${first.type}`,
          got: kinds.join(", "),
          so: "Route 53 rejects the later record and the update fails halfway",
          remedy: "move the other policies to separate names",
        }),
      ];
    }),
    ...canonicalNames(stack),
  ],
});

/** A CNAME together with other records of its name, or at the zone apex. */
function canonicalNames(stack: Stack): readonly Finding[] {
  const groups = recordGroupsOf(stack);
  return groups.flatMap(([record]): readonly Finding[] => {
    if (record?.type !== "CNAME") return [];
    const { name, zoneId } = record;
    const types = groups.flatMap(([other]) =>
      other?.name === name && other.zoneId === zoneId ? [other.type] : [],
    );
    const zone = stack.graph.get(zoneId);
    const isApex = zone !== undefined && stack.subject(zone).text("name") === name;
    if (types.length === 1 && !isApex) return [];
    return [
      violation(offenderOf(record), "type", {
        must: "must be the only record of its name, and not at the zone apex",
        got: isApex ? `CNAME at ${name}` : `${types.join(" and ")} at ${name}`,
        so: "Route 53 rejects it and the update fails halfway",
        remedy: "use an alias record instead",
      }),
    ];
  });
}
