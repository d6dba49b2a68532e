import type { Subject } from "../../fields";
import type { Finding } from "../../finding";
import { violation } from "../../finding";
import { stackRule } from "../../rule";
import type { Stack } from "../../stack";
import { offenderOf } from "../../stack";
import { types } from "../../types";
import { developerGuide, isRoute53Alarm } from "../route53";
import { treeChecks, unknownIn } from "../trees";

export const checkHasAlarm = stackRule({
  name: "check-has-alarm",
  description: "Each check in a failover tree has an alarm with an action.",
  severity: "medium",
  level: "advisory",
  why: "A working failover is invisible. Without an alarm, the first sign is the failure of the second tier.",
  source: "DG monitoring-health-checks",
  remediationSteps:
    "Create an alarm on the check's metric HealthCheckStatus (AWS/Route53) in us-east-1, with an action.",
  url: developerGuide("monitoring-health-checks"),
  types: [types.healthCheck],
  config: {},
  find: (stack) => {
    const alarmed = alarmsByCheck(stack);
    return [...treeChecks(stack).keys()].flatMap((check): readonly Finding[] => {
      const alarms = alarmed.get(check.id) ?? [];
      if (alarms.some(acts)) return [];
      const unknowns = unknownIn(stack, check, "alarm");
      if (unknowns.length > 0) return unknowns;
      return [
        violation(offenderOf(check), "alarm", {
          must: "must have an alarm on its HealthCheckStatus, with an action",
          got: alarms.length > 0 ? `${alarms[0]?.name ?? ""}, which has no action` : "none",
          so: `no one is notified when ${check.label} fails, and the next failure starts with one tier fewer`,
          remedy: "create one in us-east-1",
        }),
      ];
    });
  },
});

/** The alarms on the status of each check, by the check's URN. */
function alarmsByCheck(stack: Stack): ReadonlyMap<string, readonly Subject[]> {
  const found = new Map<string, Subject[]>();
  for (const alarm of stack.subjects(types.metricAlarm)) {
    if (!isRoute53Alarm(alarm) || !watchesStatus(alarm)) continue;
    for (const check of stack.follow(alarm, "dimensions", types.healthCheck)) {
      found.set(check.urn, [...(found.get(check.urn) ?? []), alarm]);
    }
  }
  return found;
}

function watchesStatus(alarm: Subject): boolean {
  const isHidden = alarm.unknownAt("metricName") !== undefined;
  return isHidden || alarm.text("metricName") === "HealthCheckStatus";
}

function acts(alarm: Subject): boolean {
  const isOff = !alarm.unknownAt("actionsEnabled") && alarm.flag("actionsEnabled") === false;
  return !isOff && alarm.has("alarmActions");
}
