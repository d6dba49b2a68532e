import type { Subject } from "../../fields";
import type { Finding } from "../../finding";
import { reasonWord, unknown, unknownsOf, violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { types } from "../../types";

export const balancerIsProtected = stackRule({
  name: "balancer-is-protected",
  description:
    "A balancer cannot be deleted by accident, drops malformed headers and logs its requests.",
  severity: "medium",
  level: "advisory",
  why: "A deleted balancer takes its DNS name with it, and records lead nowhere until they are changed. Malformed headers are used for request smuggling. Without a log nobody can say what failed.",
  source: "AWS Security Hub, ELB.4, ELB.5 and ELB.6",
  remediationSteps:
    "Set `enableDeletionProtection`, `dropInvalidHeaderFields` (application balancers) and `accessLogs`.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html",
  types: [types.loadBalancer, types.classicBalancer],
  config: {},
  find: (stack): readonly Finding[] => [
    ...stack.subjects(types.loadBalancer).flatMap((balancer) => balancerFindings(stack, balancer)),
    ...stack.subjects(types.classicBalancer).flatMap(logFindings),
  ],
});

function balancerFindings(stack: Stack, balancer: Subject): readonly Finding[] {
  const unknowns = unknownsOf(balancer, "loadBalancerType");
  if (unknowns.length > 0) return unknowns;
  const kind = balancer.text("loadBalancerType", "application");
  return [
    ...flagFindings(
      balancer,
      "enableDeletionProtection",
      "one update that renames or removes it deletes its DNS name, and records lead nowhere",
    ),
    ...(kind === "application"
      ? flagFindings(
          balancer,
          "dropInvalidHeaderFields",
          "malformed headers reach the servers, which may read another request in them",
        )
      : []),
    // A network balancer logs only TLS.
    ...(kind === "application" || (kind === "network" && hasTls(stack, balancer))
      ? logFindings(balancer)
      : []),
  ];
}

function flagFindings(balancer: Subject, flag: string, so: string): readonly Finding[] {
  const unknowns = unknownsOf(balancer, flag);
  if (unknowns.length > 0 || balancer.flag(flag) === true) return unknowns;
  return [
    violation(balancer, flag, {
      must: "must be true",
      got: balancer.has(flag) ? "false" : "none",
      so,
      remedy: "set it",
    }),
  ];
}

function logFindings(balancer: Subject): readonly Finding[] {
  const whole = balancer.unknownWhole("accessLogs");
  const logs = whole ? undefined : balancer.object("accessLogs");
  const reason = whole ?? logs?.unknownAt("enabled");
  if (reason) return [unknown(balancer, "accessLogs.enabled", reasonWord(reason))];
  // A classic balancer with a bucket logs unless it is told not to.
  const isOn =
    logs?.flag("enabled") ?? (balancer.type === types.classicBalancer && logs?.has("bucket"));
  if (isOn === true) return [];
  return [
    violation(balancer, "accessLogs.enabled", {
      must: "must be true",
      got: logs?.has("enabled") ? "false" : "none",
      so: "nobody can say which requests failed, or who made them",
      remedy: "name a bucket, and set it",
    }),
  ];
}

function hasTls(stack: Stack, balancer: Subject): boolean {
  return stack
    .referringTo(balancer, types.listener, "loadBalancerArn")
    .some((listener) => !listener.unknownAt("protocol") && listener.text("protocol") === "TLS");
}
