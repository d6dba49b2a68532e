import type { Finding } from "../../finding";
import { unknownsOf, violation } from "../../finding";
import { resourceRule } from "../../rule";
import { types } from "../../types";
import { developerGuide } from "../route53";

/** Route 53's default (API:HealthCheckConfig.FailureThreshold). */
const thresholdDefault = 3;

export const checkWithstandsABlip = resourceRule({
  name: "check-withstands-a-blip",
  description: "A check fails only after more than one failed probe in a row.",
  severity: "medium",
  level: "advisory",
  why: "With a threshold of one, a single packet lost by each checker moves all customers, and the next probe moves them back.",
  source: "H4, H5; ushan0v/forkop #64, PowerDNS #7469",
  remediationSteps: "Raise `failureThreshold`; an interval of 10 s keeps the detection short.",
  url: developerGuide("dns-failover-determining-health-of-endpoints"),
  types: [types.healthCheck],
  config: {
    minThreshold: {
      type: "integer",
      minimum: 1,
      maximum: 10,
      default: 2,
      looser: "less",
      description: "The fewest failed probes in a row that may move customers",
    },
  },
  find: (check, { minThreshold }): readonly Finding[] => {
    const unknowns = unknownsOf(check, "type", "failureThreshold");
    if (unknowns.length > 0) return unknowns;
    const probes = /^(HTTP|TCP)/.test(check.text("type", ""));
    const threshold = check.number("failureThreshold", thresholdDefault);
    if (!probes || threshold >= minThreshold) return [];
    return [
      violation(check, "failureThreshold", {
        must: `must be at least ${minThreshold}`,
        got: `${threshold}`,
        so: `${threshold} lost probe${threshold === 1 ? "" : "s in a row"} can move all customers, and the next successful probes can move them back`,
        remedy: "raise it, and lower requestInterval if that is too slow",
      }),
    ];
  },
});
