import type { RecordSet } from "../../../routing/model";
import type { Finding } from "../../finding";
import { reasonWord, unknown, violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { offenderOf } from "../../stack";
import { types } from "../../types";
import { strandedTraffic } from "../consequences";
import { developerGuide } from "../route53";
import { innerRecords, treesWith } from "../trees";

export const treeLeafHasHealthCheck = stackRule({
  name: "tree-leaf-has-health-check",
  description:
    "In a failover tree, every record with an endpoint has a check, except the last tier.",
  severity: "critical",
  level: "mandatory",
  why: "A record without a check is always healthy, and so is its whole branch: one unchecked leaf hides every tier below it, and in an outage Route 53 answers with its dead address.",
  source: "C2, C5, A5",
  remediationSteps:
    "Set `healthCheckId` on the record. On an alias to a balancer `evaluateTargetHealth` is enough.",
  url: developerGuide("dns-failover-complex-configs"),
  types: [types.record],
  config: {},
  find: (stack) =>
    innerRecords(stack)
      .filter((record) => stack.trees.isLeaf(record, record.type))
      .filter((record) => record.checkId === undefined && !evaluatesBalancer(record))
      .filter((record) => !isLastInEachTree(stack, record))
      .map((record): Finding => {
        if (evaluatesUnknown(record)) return unknownFinding(stack, record);
        return violation(offenderOf(record), "healthCheckId", {
          must: "must be set on a record inside a failover tree",
          got: "none",
          so: strandedTraffic(stack, record) ?? whatIsHidden(stack, record),
          remedy: "add a check of its own endpoint",
        });
      }),
});

/**
 * Whether a record is the last tier on each path from a public name: octoDNS's default pool, for
 * example, ends each branch of a choice by place.
 */
function isLastInEachTree(stack: Stack, record: RecordSet): boolean {
  return treesWith(stack, record).every(
    ({ root, last }) => last.includes(record) || stack.trees.alwaysEndsIn(record, root),
  );
}

/** The consequence of an unchecked record, if the model finds no dead answer. */
function whatIsHidden(stack: Stack, { name, type, target }: RecordSet): string {
  const value = target.kind === "values" ? target.values.join(", ") : "its target";
  const above = stack.trees.namesAbove(name, type);
  const isLeft = above
    .flatMap((each) => stack.trees.leadingTo(each, type))
    .some(({ checkId }) => checkId !== undefined);
  return isLeft
    ? `${name} always counts as healthy, and only a check above it can remove it`
    : `${above.at(-1) ?? name} answers with ${value} when the others are dead, even if it is dead itself, and no later tier is ever reached`;
}

/** Whether a record evaluates what has a name that is not known, such as that of a look-up. */
function evaluatesUnknown({ target }: RecordSet): boolean {
  return target.kind === "alias" && target.evaluateTargetHealth && target.target.kind === "unknown";
}

function unknownFinding(stack: Stack, record: RecordSet): Finding {
  const reason = stack.subjectOf(record).items("aliases")[0]?.unknownAt("name");
  const why = reason === undefined ? "its target is not known" : reasonWord(reason);
  return unknown(
    offenderOf(record),
    "aliases[0].name",
    `${why}, so whether its health is evaluated is not checked`,
  );
}

function evaluatesBalancer({ target }: RecordSet): boolean {
  if (target.kind !== "alias" || !target.evaluateTargetHealth) return false;
  // An alias to any other service is always healthy, or its health is undocumented (A10, A13).
  return (
    target.target.kind === "balancer" ||
    (target.target.kind === "service" &&
      ["asBalancer", "unread"].includes(target.target.evaluation))
  );
}
