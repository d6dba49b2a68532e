import type { Finding } from "../../finding";
import { unknownsOf, violation } from "../../finding";
import { resourceRule } from "../../rule";
import { types } from "../../types";
import { developerGuide } from "../route53";

const safe: readonly string[] = ["Unhealthy", "LastKnownStatus"];

export const alarmCheckAnswersMissingData = resourceRule({
  name: "alarm-check-answers-missing-data",
  description: "An alarm check states what missing data means, and never takes it for health.",
  severity: "high",
  level: "mandatory",
  why: "A metric often falls silent with what it measures. Where that counts as healthy, a total failure causes no failover.",
  source: "K6",
  remediationSteps:
    "Set `insufficientDataHealthStatus` to Unhealthy, or to LastKnownStatus where the publisher may die alone.",
  url: developerGuide("health-checks-creating-values"),
  types: [types.healthCheck],
  config: {},
  find: (check): readonly Finding[] => {
    const unknowns = unknownsOf(check, "type", "insufficientDataHealthStatus");
    if (unknowns.length > 0 || check.text("type") !== "CLOUDWATCH_METRIC") return unknowns;
    const status = check.text("insufficientDataHealthStatus");
    if (status !== undefined && safe.includes(status)) return [];
    return [
      violation(check, "insufficientDataHealthStatus", {
        must: `must be ${safe.join(" or ")}`,
        got: status ?? "none",
        so:
          status === undefined
            ? "the meaning of a silent metric is left to the default"
            : "an endpoint whose metric falls silent with it counts as healthy for ever",
        remedy: "say it",
      }),
    ];
  },
});
