import { stackRule } from "../../rule";
import { types } from "../../types";
import { endpointTierChecks } from "../checks";
import { detectionFindings } from "../detection";
import { developerGuide } from "../route53";

export const endpointCheckDetectsInTime = stackRule({
  name: "endpoint-check-detects-in-time",
  description: "The check of an endpoint notices every way of dying within the objective.",
  severity: "critical",
  level: "mandatory",
  why: "Detection is the largest part of a failover. A probe that hangs takes up to 8 s, and that comes on top of the interval each time: 30 s × 3 is 114 s and not 90, and without a searched string a body that hangs is never noticed at all.",
  source: "H3, H4, H6–H8; N · (I + P)",
  remediationSteps:
    "Lower `requestInterval` (10 or 30) or `failureThreshold`, and use a type that ends in STR_MATCH.",
  url: developerGuide("dns-failover-determining-health-of-endpoints"),
  types: [types.healthCheck],
  config: {
    maxSeconds: {
      type: "integer",
      minimum: 10,
      maximum: 3600,
      default: 120,
      description: "The longest time to notice that an endpoint is dead, in seconds",
    },
  },
  find: (stack, { maxSeconds }) =>
    endpointTierChecks(stack).flatMap((item) => detectionFindings(stack, item, maxSeconds)),
});
