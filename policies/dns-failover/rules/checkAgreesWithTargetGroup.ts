import { targetGroupsOf } from "../../../routing/graph/targetGroups";
import type { EndpointHealthCheck } from "../../../routing/model";
import type { Subject } from "../../fields";
import type { Finding } from "../../finding";
import { reasonWord, unknown, violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { offenderOf } from "../../stack";
import { types } from "../../types";
import { endpointTierChecks, isEndpointCheck } from "../checks";
import { serversOf } from "../reach";
import { developerGuide } from "../route53";

export const checkAgreesWithTargetGroup = stackRule({
  name: "check-agrees-with-target-group",
  description: "The check of a balancer probes the same path as the balancer's own health checks.",
  severity: "medium",
  level: "advisory",
  why: "With different paths, the two can disagree: the balancer serves errors that Route 53 does not see, or Route 53 leaves a tier that works.",
  source: "barkingiguana.com, aligning ALB and Route 53 health checks: 11 minutes of errors",
  remediationSteps: "Use one path for both, from one constant.",
  url: developerGuide("dns-failover-determining-health-of-endpoints"),
  types: [types.healthCheck],
  config: {},
  find: (stack) =>
    endpointTierChecks(stack)
      .filter(isEndpointCheck)
      .filter(({ check }) => check.type !== "TCP")
      .flatMap(({ check }) =>
        serversOf(stack, check, types.loadBalancer).flatMap((balancer) =>
          targetGroupsOf(stack.graph, balancer.resource).flatMap(({ group }) =>
            groupFindings(stack, check, stack.subject(group)),
          ),
        ),
      ),
});

function groupFindings(
  stack: Stack,
  check: EndpointHealthCheck,
  group: Subject,
): readonly Finding[] {
  const whole = group.unknownWhole("healthCheck");
  if (whole) return [unknown(group, "healthCheck", reasonWord(whole))];
  const theirs = group.object("healthCheck");
  const protocol = theirs?.text("protocol") ?? group.text("protocol", "");
  const path = /^HTTPS?$/.test(protocol) ? (theirs?.text("path") ?? "/") : undefined;
  const ours = check.path ?? "/";
  if (path === ours) return [];
  return [
    violation(offenderOf(check), "resourcePath", {
      must: `must be the path that ${group.name} probes, ${path ?? `but it only opens a ${protocol} connection`}`,
      got: ours,
      so: "the balancer sends customers to targets that fail the check, or Route 53 leaves a tier that the balancer considers healthy",
      remedy:
        path === undefined ? `let ${group.name} probe ${ours} over HTTP` : "use one path for both",
    }),
  ];
}
