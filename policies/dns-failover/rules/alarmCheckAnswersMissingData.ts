import type { Finding } from "../../finding";
import { unknownsOf, violation } from "../../finding";
import { resourceRule } from "../../rule";
import { types } from "../../types";
import { developerGuide } from "../route53";

const safe: readonly string[] = ["Unhealthy", "LastKnownStatus"];

export const alarmCheckAnswersMissingData = resourceRule({
  name: "alarm-check-answers-missing-data",
  description: "An alarm check defines what missing data means, and never treats it as healthy.",
  severity: "high",
  level: "mandatory",
  why: "A metric often stops when its source fails. If missing data counts as healthy, a total failure causes no failover.",
  source: "K6",
  remediationSteps:
    "Set `insufficientDataHealthStatus` to Unhealthy, or to LastKnownStatus if the publisher can fail alone.",
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
            ? "the default applies to missing data"
            : "an endpoint that takes its metric down with it always counts as healthy",
        remedy: "set it explicitly",
      }),
    ];
  },
});
