import { stackRule } from "../../rule";
import { types } from "../../types";
import { branchTierChecks, isEndpointCheck } from "../checks";
import { detectionFindings } from "../detection";
import { developerGuide } from "../route53";

export const branchCheckDetectsInTime = stackRule({
  name: "branch-check-detects-in-time",
  description:
    "The check of a branch, such as a region, detects a failure within the database objective.",
  severity: "high",
  level: "advisory",
  why: "Only this check detects a region whose web servers work while its database is down; until it does, every order fails. An additional alarm covers other failures and has no bound.",
  source: "H3, H4, H6–H8; N · (I + P)",
  remediationSteps: "Lower `failureThreshold`, but stay above the time of a database failover.",
  url: developerGuide("dns-failover-determining-health-of-endpoints"),
  types: [types.healthCheck],
  config: {
    maxSeconds: {
      type: "integer",
      minimum: 10,
      maximum: 3600,
      default: 300,
      looser: "more",
      description:
        "The longest time to detect that a branch has failed, in seconds: the database objective minus propagation and TTL",
    },
  },
  find: (stack, { maxSeconds }) => {
    const all = branchTierChecks(stack);
    const probed = new Set(all.filter(isEndpointCheck).flatMap(({ records }) => records));
    return all
      .filter((item) => isEndpointCheck(item) || !item.records.every((each) => probed.has(each)))
      .flatMap((item) => detectionFindings(stack, item, maxSeconds));
  },
});
