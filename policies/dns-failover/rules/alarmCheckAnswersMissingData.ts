import type { Finding } from "../../finding";
import { unknownsOf, violation } from "../../finding";
import { resourceRule } from "../../rule";
import { types } from "../../types";
import { developerGuide } from "../route53";

const safe: readonly string[] = ["Unhealthy", "LastKnownStatus"];

export const alarmCheckAnswersMissingData = resourceRule({
  name: "alarm-check-answers-missing-data",
  description: "An alarm check says what missing data means, and not that it means health.",
  severity: "high",
  level: "mandatory",
  why: "A metric often falls silent with what it measures. Where that counts as healthy, the total failure is the one that nobody fails over from.",
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
            ? "what a silent metric means is left to a default that nobody chose"
            : "an endpoint whose metric falls silent with it counts as healthy for ever",
        remedy: "say it",
      }),
    ];
  },
});
