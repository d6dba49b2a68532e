import { goesByPlace } from "../../../routing/asker";
import type { Group, RecordSet } from "../../../routing/model";
import type { Finding } from "../../finding";
import { violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { offenderOf } from "../../stack";
import { types } from "../../types";
import { developerGuide } from "../route53";
import { recordGroupsOf, treesWith } from "../trees";

export const everyChoiceHasACheck = stackRule({
  name: "every-choice-has-a-check",
  description:
    "Each record that Route 53 chooses by weight, by place or at random can become unhealthy.",
  severity: "high",
  level: "advisory",
  why: "A record without a check is always healthy: it keeps its share of the customers, or its part of the world, when its endpoint is dead. An alias to API Gateway is always healthy, too.",
  source: "C2, C5, A10; DG dns-failover-complex-configs",
  remediationSteps:
    "Set `healthCheckId` to a check of the record's own endpoint, or evaluate the target of an alias to a balancer.",
  url: developerGuide("dns-failover-complex-configs"),
  types: [types.record],
  config: {},
  find: (stack) => recordGroupsOf(stack).flatMap((group) => groupFindings(stack, group)),
});

function groupFindings(stack: Stack, group: Group): readonly Finding[] {
  // tree-leaf-has-health-check covers the records of failover trees.
  if (group.length < 2 || group.some((record) => treesWith(stack, record).length > 0)) return [];
  const unseen = group.filter(isChoice).filter(isAlwaysHealthy);
  const [first] = unseen;
  if (!first) return [];
  // A group without any check is one decision, not several faults.
  const offenders = unseen.length === group.length ? [first] : unseen;
  return offenders.map((record) =>
    violation(offenderOf(record), "healthCheckId", {
      must: `must be set on each choice of ${record.name}`,
      got: unseen.length === group.length ? `none on any of ${group.length}` : "none",
      so: `${record.name} keeps answering with ${answerOf(record)} when it is dead`,
      remedy: "add a check of its own endpoint",
    }),
  );
}

/** Whether Route 53 chooses a record among several; it does not choose weight 0. */
function isChoice({ policy }: RecordSet): boolean {
  if (policy.kind === "weighted") return policy.weight > 0;
  return policy.kind === "multivalue" || goesByPlace(policy);
}

function isAlwaysHealthy({ checkId, target }: RecordSet): boolean {
  if (checkId !== undefined) return false;
  if (target.kind === "values") return true;
  // tree-alias-evaluates-target covers aliases to balancers and records; others need no check.
  return target.target.kind === "service" && target.target.evaluation === "alwaysHealthy";
}

function answerOf({ target }: RecordSet): string {
  if (target.kind === "values") return target.values.join(", ");
  return target.target.kind === "record" ? target.target.name : target.target.dnsName;
}
