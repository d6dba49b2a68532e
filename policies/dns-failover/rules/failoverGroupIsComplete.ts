import type { Group, RecordSet } from "../../../routing/model";
import type { Finding } from "../../finding";
import { violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { offenderOf } from "../../stack";
import { types } from "../../types";
import { developerGuide } from "../route53";
import { failoverGroupsOf, recordGroupsOf, unknownIn } from "../trees";

export const failoverGroupIsComplete = stackRule({
  name: "failover-group-is-complete",
  description: "Every failover name has one primary and one secondary with the same TTL.",
  severity: "critical",
  level: "mandatory",
  why: "A primary without a secondary fails over to itself, and a secondary without a primary always answers. With different TTLs, resolvers cache one member longer than the other.",
  source: "C4, C15, T3",
  remediationSteps:
    "Give the name exactly one PRIMARY and one SECONDARY record of each type, with equal `ttl`.",
  url: developerGuide("dns-failover-types"),
  types: [types.record],
  config: {},
  find: (stack) => [
    ...recordGroupsOf(stack)
      .flat()
      .flatMap((record) => unknownIn(stack, record, "failoverRoutingPolicies")),
    ...failoverGroupsOf(stack).flatMap((group) => [
      ...roleFindings(group, "PRIMARY"),
      ...roleFindings(group, "SECONDARY"),
      ...ttlFindings(stack, group),
    ]),
  ],
});

function roleFindings(group: Group, role: "PRIMARY" | "SECONDARY"): readonly Finding[] {
  const isOf = ({ policy }: RecordSet): boolean =>
    policy.kind === "failover" && policy.role === role;
  const members = group.filter(isOf);
  const offender = members[1] ?? group.find(({ policy }) => policy.kind === "failover");
  if (members.length === 1 || !offender) return [];
  const title = `${offender.name} ${offender.type}`;
  const missing =
    role === "SECONDARY"
      ? `nothing takes over when the primary of ${title} fails`
      : `${title} answers with its secondary even without a fault`;
  return [
    violation(offenderOf(offender), "failoverRoutingPolicies", {
      must: `must be one of a pair: ${title} with exactly one ${role}`,
      got: members.length === 0 ? "none" : `${members.length}`,
      so: members.length === 0 ? missing : `Route 53 rejects the second ${role}`,
      remedy:
        members.length === 0
          ? `add the ${role} record`
          : "keep one, and move the others to another name",
    }),
  ];
}

function ttlFindings(stack: Stack, group: Group): readonly Finding[] {
  const unknowns = group.flatMap((record) => unknownIn(stack, record, "ttl"));
  if (unknowns.length > 0) return unknowns;
  const members = group.flatMap((record) =>
    record.target.kind === "values" ? [{ record, ttlSeconds: record.target.ttlSeconds }] : [],
  );
  const [first, ...others] = members;
  return others.flatMap(({ record, ttlSeconds }) =>
    first === undefined || first.ttlSeconds === ttlSeconds
      ? []
      : [
          violation(offenderOf(record), "ttl", {
            must: `must equal the TTL of ${first.record.label}, ${first.ttlSeconds} s`,
            got: `${ttlSeconds} s`,
            so: `clients cache ${record.name} for ${Math.max(first.ttlSeconds, ttlSeconds)} s from one member and for ${Math.min(first.ttlSeconds, ttlSeconds)} s from the other`,
            remedy: "give both the shorter TTL",
          }),
        ],
  );
}
