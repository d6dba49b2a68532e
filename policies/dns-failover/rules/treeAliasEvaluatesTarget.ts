import { goesByPlace } from "../../../routing/asker";
import type { RecordSet } from "../../../routing/model";
import { aliasedName } from "../../../routing/model";
import type { Finding } from "../../finding";
import { violation } from "../../finding";
import type { PropertyEdit } from "../../rule";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { offenderOf } from "../../stack";
import { types } from "../../types";
import { knownAliases } from "../aliases";
import { strandedTraffic } from "../consequences";
import { developerGuide } from "../route53";
import { innerRecords, recordGroupsOf, treesWith } from "../trees";

/** Suffixes of the DNS names of AWS resources; any other name belongs to a record. */
const awsNames = /\.(amazonaws\.com|cloudfront\.net|elasticbeanstalk\.com)\.?$/i;

/** Aliases to records in failover trees, and aliases of other names with several targets. */
function aliasesToEvaluate(stack: Stack): readonly RecordSet[] {
  const inner = innerRecords(stack).filter((record) => aliasedName(record) !== undefined);
  const others = recordGroupsOf(stack)
    .filter((group) => group.length > 1)
    .flatMap((group) =>
      group.filter(
        ({ policy, checkId }) =>
          (policy.kind === "weighted" || goesByPlace(policy)) && checkId === undefined,
      ),
    )
    .filter((record) => treesWith(stack, record).length === 0);
  return [...inner, ...others];
}

/** The target of an alias, if it can be unhealthy. */
function targetOf(record: RecordSet): string | undefined {
  const { target } = record;
  if (target.kind !== "alias" || target.target.kind !== "balancer") return aliasedName(record);
  return target.target.dnsName;
}

export const treeAliasEvaluatesTarget = stackRule({
  name: "tree-alias-evaluates-target",
  description: "An alias that is one choice of several evaluates its target's health.",
  severity: "critical",
  level: "mandatory",
  why: "An alias that does not evaluate its target is always healthy. Route 53 then answers from that branch even when all of it is dead, and never tries the other tiers.",
  source: "A1, A3, C7",
  remediationSteps: "Set `evaluateTargetHealth: true` on the alias.",
  url: developerGuide("dns-failover-complex-configs"),
  types: [types.record],
  config: {},
  find: (stack) =>
    aliasesToEvaluate(stack).flatMap((record): readonly Finding[] => {
      const target = targetOf(record);
      if (target === undefined || record.target.kind !== "alias") return [];
      if (record.target.evaluateTargetHealth) return [];
      const stranded = strandedTraffic(stack, record);
      const instead =
        record.checkId === undefined
          ? `${record.name} keeps answering from ${target} when all of it is dead`
          : `${record.name} leaves a dead ${target} only when the check of this record fails`;
      return [
        violation(offenderOf(record), "aliases[0].evaluateTargetHealth", {
          must: `must be true on an alias to ${target}`,
          got: "false",
          so: stranded ?? instead,
          remedy: "set it",
        }),
      ];
    }),
  remedy: {
    types: [types.record],
    edits: (record): readonly PropertyEdit[] => {
      const isMember =
        record.has("failoverRoutingPolicies") || record.has("weightedRoutingPolicies");
      if (!isMember) return [];
      return knownAliases(record).flatMap(({ index, name, evaluates }) => {
        const leadsToRecord = !awsNames.test(name);
        return leadsToRecord && !evaluates
          ? [{ path: ["aliases", index, "evaluateTargetHealth"], value: true }]
          : [];
      });
    },
  },
});
