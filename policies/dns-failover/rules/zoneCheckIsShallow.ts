import type { Finding } from "../../finding";
import { violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { offenderOf } from "../../stack";
import { types } from "../../types";
import { branchTierChecks, endpointTierChecks, isEndpointCheck } from "../checks";
import { developerGuide } from "../route53";
import { unknownIn } from "../trees";

export const zoneCheckIsShallow = stackRule({
  name: "zone-check-is-shallow",
  description: "The check of an endpoint does not ask the path that the check of its region asks.",
  severity: "high",
  level: "mandatory",
  why: "Endpoints of a region share their database. When the check of each asks for it, a database that fails over takes all of them down at once, and the zone tier is worth nothing.",
  source:
    "AWS Builders' Library, Implementing health checks; Static stability using Availability Zones",
  remediationSteps:
    "Let endpoint checks ask a path without dependencies, such as /healthcheck, and region checks the deep one.",
  url: developerGuide("dns-failover-complex-configs"),
  types: [types.healthCheck],
  config: {},
  find: (stack) => {
    const deep = deepPaths(stack);
    return endpointTierChecks(stack)
      .filter(isEndpointCheck)
      .flatMap(({ check }): readonly Finding[] => {
        const unknowns = unknownIn(stack, check, "resourcePath");
        const region = deep.get(check.path ?? "/");
        if (unknowns.length > 0 || region === undefined) return unknowns;
        return [
          violation(offenderOf(check), "resourcePath", {
            must: `must not be the deep path of ${region}`,
            got: check.path ?? "/",
            so: "all endpoints of the region fail at once with what they share, and the zone tier never helps",
            remedy: "ask a path without dependencies",
          }),
        ];
      });
  },
});

/** The paths that checks of branches ask, each with a check that does. */
function deepPaths(stack: Stack): ReadonlyMap<string, string> {
  const endpoints = branchTierChecks(stack).filter(isEndpointCheck);
  return new Map(endpoints.map(({ check }) => [check.path ?? "/", check.label]));
}
