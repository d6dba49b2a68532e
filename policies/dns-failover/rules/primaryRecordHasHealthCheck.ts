import type { RecordSet } from "../../../routing/model";
import type { Finding } from "../../finding";
import { violation } from "../../finding";
import { stackRule } from "../../rule";
import { offenderOf } from "../../stack";
import { types } from "../../types";
import { developerGuide } from "../route53";
import { failoverGroupsOf } from "../trees";

export const primaryRecordHasHealthCheck = stackRule({
  name: "primary-record-has-health-check",
  description: "A primary has a health check, or is an alias that evaluates its target's health.",
  severity: "critical",
  level: "mandatory",
  why: "A record without a check is always healthy, so a primary without one never fails over. Route 53 rejects such a primary with addresses, but only at deployment; it never rejects such an alias.",
  source: "C2, C6, C7",
  remediationSteps:
    "Set `healthCheckId` to a check of the primary's own endpoint, or `evaluateTargetHealth` if it is an alias to records or to a balancer.",
  url: developerGuide("dns-failover-simple-configs"),
  types: [types.record],
  config: {},
  find: (stack) =>
    failoverGroupsOf(stack)
      .flat()
      .filter((record) => record.policy.kind === "failover" && record.policy.role === "PRIMARY")
      .filter((record) => record.checkId === undefined && !evaluates(record))
      .map((record): Finding => {
        const subject = stack.subjectOf(record);
        const isAlias = subject.has("aliases");
        return violation(offenderOf(record), "healthCheckId", {
          must: "must be set on a primary",
          got: isAlias ? "none, and an alias that does not evaluate its target" : "none",
          so: isAlias
            ? `${record.name} always answers with its primary, even if it is dead`
            : "Route 53 rejects the record and the update fails halfway",
          remedy: isAlias
            ? "set evaluateTargetHealth, or give it a check"
            : "add a check of its endpoint",
        });
      }),
});

function evaluates({ target }: RecordSet): boolean {
  return target.kind === "alias" && target.evaluateTargetHealth;
}
