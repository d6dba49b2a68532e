import type { Finding } from "../../finding";
import { unknownsOf, violation } from "../../finding";
import { resourceRule } from "../../rule";
import { types } from "../../types";
import { developerGuide } from "../route53";

export const checkIsEnabled = resourceRule({
  name: "check-is-enabled",
  description: "No health check is disabled.",
  severity: "critical",
  level: "mandatory",
  why: "Disabling does not drain. A disabled check is always healthy, so the endpoint keeps all the traffic; a disabled and inverted check is always unhealthy, so its endpoint is never used.",
  source: "H16, K3",
  remediationSteps:
    "Remove `disabled`. To drain an endpoint, remove its record, or use the latch of its region.",
  url: developerGuide("health-checks-creating-values"),
  types: [types.healthCheck],
  config: {},
  find: (check): readonly Finding[] => {
    const unknowns = unknownsOf(check, "disabled");
    if (unknowns.length > 0 || check.flag("disabled") !== true) return unknowns;
    return [
      violation(check, "disabled", {
        must: "must not be set",
        got: "true",
        so:
          check.flag("invertHealthcheck") === true
            ? "the check is always unhealthy (H16, an assumption), and a live endpoint gets no traffic"
            : "the check is always healthy, and a dead endpoint keeps its traffic",
        remedy: "remove it; to drain the endpoint, remove its record",
      }),
    ];
  },
});
