import type { HealthCheck } from "../../../routing/model";
import type { Finding } from "../../finding";
import { violation } from "../../finding";
import { stackRule } from "../../rule";
import { offenderOf } from "../../stack";
import { types } from "../../types";
import { branchTierChecks, timingProperties } from "../checks";
import { developerGuide } from "../route53";
import { unknownIn } from "../trees";

export const branchCheckOutlastsDatabaseFailover = stackRule({
  name: "branch-check-outlasts-database-failover",
  description: "The check of a region is slower than a database failover.",
  severity: "high",
  level: "disabled",
  why: "A Multi-AZ database recovers within two minutes. A faster region check fails over and back for a fault that needs no failover.",
  source: "H4; Amazon RDS User Guide, failing over a Multi-AZ DB instance: 60 to 120 s",
  remediationSteps: "Raise `failureThreshold`, or use an interval of 30 s.",
  url: developerGuide("dns-failover-determining-health-of-endpoints"),
  types: [types.healthCheck],
  config: {
    databaseFailoverSeconds: {
      type: "integer",
      minimum: 0,
      maximum: 3600,
      default: 120,
      looser: "less",
      description:
        "The longest time that a database takes to fail over within its region, in seconds",
    },
  },
  find: (stack, { databaseFailoverSeconds }) =>
    branchTierChecks(stack).flatMap(({ check }): readonly Finding[] => {
      const unknowns = unknownIn(stack, check, ...timingProperties(check));
      if (unknowns.length > 0) return unknowns;
      const quickest = quickestOf(check);
      if (quickest === undefined || quickest.seconds > databaseFailoverSeconds) return [];
      return [
        violation(offenderOf(check), quickest.property, {
          must: `must take longer than ${databaseFailoverSeconds} s to fail`,
          got: `${quickest.seconds} s (${quickest.formula})`,
          so: "DNS fails over and back while the region's database recovers on its own",
          remedy: `raise ${quickest.remedy}`,
        }),
      ];
    }),
});

interface Quickest {
  readonly seconds: number;
  readonly formula: string;
  /** The deciding property, and the remedy. */
  readonly property: string;
  readonly remedy: string;
}

/** The shortest time to unhealthy, if every probe fails immediately. */
function quickestOf(check: HealthCheck): Quickest | undefined {
  if (check.kind === "endpoint") {
    const { failureThreshold, intervalSeconds } = check;
    return {
      seconds: failureThreshold * intervalSeconds,
      formula: `${failureThreshold} × ${intervalSeconds} s`,
      property: "failureThreshold",
      remedy: "failureThreshold",
    };
  }
  if (check.kind !== "alarm") return undefined;
  const { periodSeconds, evaluationPeriods } = check;
  if (periodSeconds === undefined || evaluationPeriods === undefined) return undefined;
  return {
    seconds: evaluationPeriods * periodSeconds,
    formula: `${evaluationPeriods} × ${periodSeconds} s`,
    property: "cloudwatchAlarmName",
    remedy: "the alarm's evaluation periods",
  };
}
