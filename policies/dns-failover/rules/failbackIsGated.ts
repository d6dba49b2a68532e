import type { HealthCheck, RecordSet } from "../../../routing/model";
import { aliasedName } from "../../../routing/model";
import type { Finding } from "../../finding";
import { violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { offenderOf } from "../../stack";
import { types } from "../../types";
import { ownLeaves, regionsOf } from "../places";
import { developerGuide } from "../route53";
import { failoverGroupsOf } from "../trees";

export const failbackIsGated = stackRule({
  name: "failback-is-gated",
  description: "Failback to a region waits for the release of a latch.",
  severity: "high",
  level: "disabled",
  why: "Route 53 fails back automatically, and faster than it fails over: 3 of 16 checkers are enough. A region that returns with old data, or only for a minute, then takes traffic again.",
  source: "H5, K1, H16; keycloak PR #29789",
  remediationSteps:
    "Give the region's PRIMARY a calculated check that needs all of its children, including an inverted check of a latch object in the other region.",
  url: developerGuide("welcome-health-checks"),
  types: [types.record],
  config: {},
  find: (stack) =>
    failoverGroupsOf(stack).flatMap((group): readonly Finding[] => {
      const [primary, secondary] = (["PRIMARY", "SECONDARY"] as const).map((role) =>
        group.find(({ policy }) => policy.kind === "failover" && policy.role === role),
      );
      if (!primary || !secondary || !isRegionTier(stack, primary, secondary)) return [];
      const got = ungated(stack, primary);
      // The latch protects its region. In a branch where that region comes second, such as a standby's
      // share of the traffic, failback goes to the standby.
      if (got === undefined || ungated(stack, secondary) === undefined) return [];
      return [
        violation(offenderOf(primary), "healthCheckId", {
          must: "must be a calculated check that needs all of its children, including an inverted latch check",
          got,
          so: `${primary.name} fails back to a region automatically as soon as 3 of 16 checkers find it healthy, even with old data`,
          remedy: "add a latch to the check's children",
        }),
      ];
    }),
});

/** A failover between branches in different regions. */
function isRegionTier(stack: Stack, primary: RecordSet, secondary: RecordSet): boolean {
  if (aliasedName(primary) === undefined || aliasedName(secondary) === undefined) return false;
  const first = stack.trees.leavesOf(primary);
  const fresh = ownLeaves(first, stack.trees.leavesOf(secondary));
  const [here, there] = [regionsOf(stack, first), regionsOf(stack, fresh)];
  return here.size > 0 && [...there].some((region) => !here.has(region));
}

/** The check of a record without a gate, in words; undefined if the record has a gate. */
function ungated(stack: Stack, { checkId }: RecordSet): string | undefined {
  const check = checkId === undefined ? undefined : stack.model.route53.checks.get(checkId);
  if (!check) return "none";
  if (check.kind !== "calculated") return `${check.label}, which is not calculated`;
  const children = check.children.map((id) => stack.model.route53.checks.get(id));
  if (!children.some(isLatch)) return `${check.label}, which has no latch`;
  return check.healthThreshold >= children.length
    ? undefined
    : `${check.label}, which needs ${check.healthThreshold} of ${children.length}`;
}

function isLatch(check: HealthCheck | undefined): boolean {
  return check?.inverted === true && (check.kind === "endpoint" || check.kind === "alarm");
}
