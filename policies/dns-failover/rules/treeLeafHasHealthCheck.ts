import type { RecordSet } from "../../../routing/model";
import { aliasedName } from "../../../routing/model";
import type { Finding } from "../../finding";
import { violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { offenderOf } from "../../stack";
import { types } from "../../types";
import { strandedTraffic } from "../consequences";
import { developerGuide } from "../route53";
import { innerRecords } from "../trees";

export const treeLeafHasHealthCheck = stackRule({
  name: "tree-leaf-has-health-check",
  description: "In a failover tree every record that answers has a check, but for the last tier.",
  severity: "critical",
  level: "mandatory",
  why: "A record without a check is always healthy, so its whole branch is: one unchecked leaf hides every tier below it, and in an outage its dead address is what is answered.",
  source: "C2, C5, A5",
  remediationSteps:
    "Set `healthCheckId` on the record. On an alias to a balancer `evaluateTargetHealth` does as well.",
  url: developerGuide("dns-failover-complex-configs"),
  types: [types.record],
  config: {},
  find: (stack) =>
    innerRecords(stack)
      .filter((record) => aliasedName(record) === undefined)
      .filter((record) => record.checkId === undefined && !evaluatesBalancer(record))
      .map((record): Finding => {
        return violation(offenderOf(record), "healthCheckId", {
          must: "must be set on a record inside a failover tree",
          got: "none",
          so: strandedTraffic(stack, record) ?? whatIsHidden(stack, record),
          remedy: "give it a check of its own endpoint",
        });
      }),
});

/** What comes of an unchecked record where the model cannot tell who is served. */
function whatIsHidden(stack: Stack, { name, type, target }: RecordSet): string {
  const value = target.kind === "values" ? target.values.join(", ") : "its target";
  const above = stack.trees.namesAbove(name, type);
  const isLeft = above
    .flatMap((each) => stack.trees.leadingTo(each, type))
    .some(({ checkId }) => checkId !== undefined);
  return isLeft
    ? `${name} counts as healthy for ever, and only a check above it can still leave it`
    : `${above.at(-1) ?? name} answers ${value} when the others are dead, dead or not itself, and no tier after it is ever reached`;
}

function evaluatesBalancer({ target }: RecordSet): boolean {
  return (
    target.kind === "alias" && target.evaluateTargetHealth && target.target.kind === "balancer"
  );
}
