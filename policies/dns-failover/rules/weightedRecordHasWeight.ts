import type { Group, RecordSet } from "../../../routing/model";
import type { Finding } from "../../finding";
import { violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { offenderOf } from "../../stack";
import { types } from "../../types";
import { developerGuide } from "../route53";
import { recordGroupsOf, treesWith, unknownIn } from "../trees";

export const weightedRecordHasWeight = stackRule({
  name: "weighted-record-has-weight",
  description: "Weights are 0 to 255, not all zero, and none is zero in a failover tree.",
  severity: "high",
  level: "mandatory",
  why: "If all weights are zero, all records are equal, not off. A record of weight zero serves when the others fail: an endpoint taken out of service returns during an outage.",
  source: "C8–C11, A2",
  remediationSteps: "Omit the record of a branch that must get no traffic.",
  url: developerGuide("routing-policy-weighted"),
  types: [types.record],
  config: {},
  find: (stack) =>
    recordGroupsOf(stack).flatMap((group) => [
      ...group.flatMap((record) => unknownIn(stack, record, "weightedRoutingPolicies")),
      ...group.flatMap(rangeFindings),
      ...zeroFindings(stack, group),
    ]),
});

function weightOf({ policy }: RecordSet): number | undefined {
  return policy.kind === "weighted" ? policy.weight : undefined;
}

function rangeFindings(record: RecordSet): readonly Finding[] {
  const weight = weightOf(record);
  if (weight === undefined || (Number.isInteger(weight) && weight >= 0 && weight <= 255)) return [];
  return [
    violation(offenderOf(record), "weightedRoutingPolicies[0].weight", {
      must: "must be a whole number from 0 to 255",
      got: `${weight}`,
      so: "Route 53 rejects the record and the update fails halfway",
      remedy: "use smaller weights",
    }),
  ];
}

function zeroFindings(stack: Stack, group: Group): readonly Finding[] {
  const weighted = group.filter((record) => weightOf(record) !== undefined);
  const zero = weighted.filter((record) => weightOf(record) === 0);
  const [first] = zero;
  if (!first) return [];
  if (zero.length === weighted.length) {
    return [
      violation(offenderOf(first), "weightedRoutingPolicies[0].weight", {
        must: `must not be 0 on all records of ${first.name} ${first.type}`,
        got: `0 on all ${zero.length}`,
        so: "each of them gets an equal share of the traffic, and none is off",
        remedy: "give weights to the records that must serve, and omit the rest",
      }),
    ];
  }
  return zero
    .filter((record) => treesWith(stack, record).length > 0)
    .map((record) =>
      violation(offenderOf(record), "weightedRoutingPolicies[0].weight", {
        must: "must be at least 1 in a failover tree",
        got: "0",
        so: `${record.name} answers with it when all others fail, and no tier below is reached`,
        remedy: "omit the record while it must get no traffic",
      }),
    );
}
