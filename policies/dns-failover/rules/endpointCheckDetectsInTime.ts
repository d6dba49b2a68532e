import { stackRule } from "../../rule";
import { types } from "../../types";
import { endpointTierChecks } from "../checks";
import { detectionFindings } from "../detection";
import { developerGuide } from "../route53";

export const endpointCheckDetectsInTime = stackRule({
  name: "endpoint-check-detects-in-time",
  description: "The check of an endpoint detects every detectable failure within the objective.",
  severity: "high",
  level: "advisory",
  why: "Detection is the largest part of a failover. A hanging probe adds up to 8 s to each interval: three probes at 30 s take 114 s, not 90 s.",
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
