import type { Subject } from "../../fields";
import type { Finding } from "../../finding";
import { unknownsOf, violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { types } from "../../types";

export const latchIsProtected = stackRule({
  name: "latch-is-protected",
  description: "Pulumi refuses to delete or replace the check of a latch.",
  severity: "high",
  level: "disabled",
  why: "Route 53 deletes a check that is in use, and then counts it as healthy: a latched region gets its customers back at once. A replacement starts unhealthy, because it is inverted, and moves them away.",
  source: "H15, H16, H18; API:DeleteHealthCheck",
  remediationSteps:
    "Set the option `protect` on the check. Lift it on purpose, while the latch is released.",
  url: "https://www.pulumi.com/docs/iac/concepts/resources/options/protect/",
  types: [types.healthCheck],
  config: {},
  find: (stack) => stack.subjects(types.healthCheck).flatMap((check) => protection(stack, check)),
});

/** An inverted check of an object in a bucket of the stack, attached to a region or not. */
function protection(stack: Stack, check: Subject): readonly Finding[] {
  const unknowns = unknownsOf(check, "invertHealthcheck");
  if (unknowns.length > 0) return unknowns;
  if (check.flag("invertHealthcheck") !== true) return [];
  if (stack.follow(check, "fqdn", types.bucket).length === 0) return [];
  if (check.resource.protect === true) return [];
  return [
    violation(check, "protect", {
      must: "must be set on the check of a latch",
      got: "none",
      so: "one update that renames or removes it returns customers to a region that is held back",
      remedy: "set the option protect",
    }),
  ];
}
