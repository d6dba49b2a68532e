import type { Group } from "../../../routing/model";
import { aliasedName } from "../../../routing/model";
import type { Finding } from "../../finding";
import { violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { offenderOf } from "../../stack";
import { types } from "../../types";
import { common, ownLeaves, regionsOf } from "../places";
import { developerGuide } from "../route53";
import { failoverGroupsOf } from "../trees";

export const regionTierCrossesRegions = stackRule({
  name: "region-tier-crosses-regions",
  description: "A failover between two branches is between two regions.",
  severity: "high",
  level: "advisory",
  why: "The tier below handles the zones of a region. A region tier whose branches share a region does not help when that region is lost.",
  source: "A1; AWS Fault Isolation Boundaries",
  remediationSteps:
    "Create the resources of the secondary's branch with a provider of another region.",
  url: developerGuide("dns-failover-complex-configs"),
  types: [types.record],
  config: {},
  find: (stack) => failoverGroupsOf(stack).flatMap((group) => groupFindings(stack, group)),
});

function groupFindings(stack: Stack, group: Group): readonly Finding[] {
  const [primary, secondary] = (["PRIMARY", "SECONDARY"] as const).map((role) =>
    group.find(({ policy }) => policy.kind === "failover" && policy.role === role),
  );
  if (!primary || !secondary) return [];
  if (aliasedName(primary) === undefined || aliasedName(secondary) === undefined) return [];
  const first = stack.trees.leavesOf(primary);
  const fresh = ownLeaves(first, stack.trees.leavesOf(secondary));
  const shared = common(regionsOf(stack, first), regionsOf(stack, fresh));
  return shared.map((region) =>
    violation(offenderOf(secondary), "region", {
      must: `must not point to ${region}, where its primary serves`,
      got: `${aliasedName(secondary) ?? ""} in ${region}`,
      so: `with ${region} lost, ${secondary.name} has no live answer`,
      remedy: "point it to another region",
    }),
  );
}
