import type { Group, RecordSet } from "../../../routing/model";
import type { Finding } from "../../finding";
import { violation } from "../../finding";
import type { PropertyEdit } from "../../rule";
import { stackRule } from "../../rule";
import { offenderOf } from "../../stack";
import { types } from "../../types";
import { knownAliases } from "../aliases";
import { developerGuide } from "../route53";
import { recordGroupsOf } from "../trees";

export const cloudfrontAliasDoesNotEvaluateTarget = stackRule({
  name: "cloudfront-alias-does-not-evaluate-target",
  description:
    "An alias to CloudFront does not evaluate its target, and a name has only one distribution.",
  severity: "high",
  level: "mandatory",
  why: "Route 53 cannot evaluate a distribution. An alternate name can belong to only one distribution, so a second one would return an error during the outage that it exists for.",
  source: "A9",
  remediationSteps:
    "Set `evaluateTargetHealth: false`, and give the other member of a pair another kind of target.",
  url: developerGuide("resource-record-sets-values-failover-alias"),
  types: [types.record],
  config: {},
  find: (stack) =>
    recordGroupsOf(stack).flatMap((group) => [
      ...group.filter(isDistribution).flatMap(evaluationFindings),
      ...pairFindings(group),
    ]),
  remedy: {
    types: [types.record],
    edits: (record): readonly PropertyEdit[] =>
      knownAliases(record).flatMap(({ index, name, evaluates }) =>
        /\.cloudfront\.net\.?$/i.test(name) && evaluates
          ? [{ path: ["aliases", index, "evaluateTargetHealth"], value: false }]
          : [],
      ),
  },
});

function isDistribution({ target }: RecordSet): boolean {
  return target.kind === "alias" && target.target.kind === "cloudFront";
}

function evaluationFindings(record: RecordSet): readonly Finding[] {
  if (record.target.kind !== "alias" || !record.target.evaluateTargetHealth) return [];
  return [
    violation(offenderOf(record), "aliases[0].evaluateTargetHealth", {
      must: "must be false on an alias to CloudFront",
      got: "true",
      so: "Route 53 rejects the record and the update fails halfway",
      remedy: "set it to false",
    }),
  ];
}

function pairFindings(group: Group): readonly Finding[] {
  const [first, second] = group.filter(
    (record) => record.policy.kind === "failover" && isDistribution(record),
  );
  if (!first || !second || distributionOf(first) === distributionOf(second)) return [];
  return [
    violation(offenderOf(second), "aliases[0].name", {
      must: `must not be a second distribution for ${second.name}`,
      got: `${distributionOf(second)} in addition to ${distributionOf(first)}`,
      so: `only one of the two can have ${second.name} as its alternate name, and the other returns an error`,
      remedy: "give one of the pair another kind of target",
    }),
  ];
}

function distributionOf({ target }: RecordSet): string {
  return target.kind === "alias" && target.target.kind === "cloudFront"
    ? (target.target.id ?? target.target.dnsName)
    : "";
}
