import { stackRule } from "../../rule";
import { types } from "../../types";
import { endpointTierChecks } from "../checks";
import { detectionFindings } from "../detection";
import { developerGuide } from "../route53";

export const endpointCheckDetectsInTime = stackRule({
  name: "endpoint-check-detects-in-time",
  description: "The check of an endpoint detects what it can detect within the objective.",
  severity: "high",
  level: "advisory",
  why: "Detection is the largest part of a failover. A hanging probe takes up to 8 s, in addition to the interval each time: 30 s × 3 is 114 s, not 90.",
  source: "H3, H4, H6–H8; N · (I + P)",
  remediationSteps: "Lower `requestInterval` (10 or 30) or `failureThreshold`.",
  url: developerGuide("dns-failover-determining-health-of-endpoints"),
  types: [types.healthCheck],
  config: {
    maxSeconds: {
      type: "integer",
      minimum: 10,
      maximum: 3600,
      default: 300,
      looser: "more",
      description: "The longest time to detect that an endpoint is dead, in seconds",
    },
  },
  find: (stack, { maxSeconds }) =>
    endpointTierChecks(stack).flatMap((item) => detectionFindings(stack, item, maxSeconds)),
});
