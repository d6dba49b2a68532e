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
  description: "The check of an endpoint does not probe the path of its region's check.",
  severity: "high",
  level: "advisory",
  why: "Endpoints of a region share their database. If the check of each depends on it, a database failover takes all of them down together, and the zone tier is useless.",
  source:
    "AWS Builders' Library, Implementing health checks; Static stability using Availability Zones",
  remediationSteps:
    "Let endpoint checks probe a path without dependencies, such as /healthcheck, and region checks the deep one.",
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
            so: "all endpoints of the region fail together with their shared dependency, and the zone tier never helps",
            remedy: "probe a path without dependencies",
          }),
        ];
      });
  },
});

/** The paths that branch checks probe, each with the label of one such check. */
function deepPaths(stack: Stack): ReadonlyMap<string, string> {
  const endpoints = branchTierChecks(stack).filter(isEndpointCheck);
  return new Map(endpoints.map(({ check }) => [check.path ?? "/", check.label]));
}
