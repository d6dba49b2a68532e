import { defaultAssumptions } from "../../routing/assumptions";
import type { Resource, Value } from "../../routing/graph/resource";
import { awsTypes } from "../../routing/graph/types";
import { flagOf, textOf } from "../../routing/graph/values";
import { itemsOf, memberOf, textIn, textOr } from "../fields";
import type { AwsAnswer } from "./answers";
import { itemsIn } from "./answers";

/** What has failed at present, with one sentence each. */
export interface Present {
  readonly failing: readonly string[];
  readonly notes: readonly string[];
}

/** A failure, as the name of a fault. */
interface Failing {
  readonly fault: string;
  readonly why: string;
}

/** What has failed already according to the answers: checks, alarms of checks, and targets. */
export function presentFaults(
  answers: readonly AwsAnswer[],
  resources: readonly Resource[],
): Present {
  const checks = resources.filter(({ type }) => type === awsTypes.healthCheck);
  const all = [
    ...observedChecks(answers, checks),
    ...alarmChecks(answers, checks),
    ...targets(answers, resources),
  ];
  return {
    failing: [...new Set(all.map(({ fault }) => fault))],
    notes: all.map(({ fault, why }) => `At present ${fault} fails: ${why}.`),
  };
}

/**
 * Checks that fail according to their checkers. A check whose status was not requested follows its
 * endpoint.
 */
function observedChecks(
  answers: readonly AwsAnswer[],
  checks: readonly Resource[],
): readonly Failing[] {
  return answers.flatMap(({ value, about }) => {
    const observations = itemsOf(value, "HealthCheckObservations");
    const check = checks.find(({ id }) => id !== undefined && about.endsWith(id));
    if (!check || observations.length === 0 || flagOf(check, "disabled")) return [];
    const seen = observations.filter(isSuccess).length;
    const isHealthy = seen / observations.length > defaultAssumptions.healthyCheckerShare;
    return statusFault(
      check,
      isHealthy,
      `${seen} of ${observations.length} checkers find its endpoint healthy`,
    );
  });
}

/** A successful checker's report begins with this word (API:StatusReport). */
function isSuccess(observation: Value): boolean {
  return textIn(memberOf(observation, "StatusReport"), "Status")?.startsWith("Success") ?? false;
}

function alarmChecks(
  answers: readonly AwsAnswer[],
  checks: readonly Resource[],
): readonly Failing[] {
  return itemsIn(answers, "MetricAlarms").flatMap(({ value }) => {
    const [name, state] = [textOr(value, "AlarmName", ""), textIn(value, "StateValue")];
    return checks
      .filter((check) => textOf(check, "cloudwatchAlarmName") === name)
      .flatMap((check) => {
        if (state === "INSUFFICIENT_DATA") {
          const without = textOf(check, "insufficientDataHealthStatus");
          return without === "Unhealthy" || without === "Healthy"
            ? statusFault(check, without === "Healthy", `alarm ${name} has no data`)
            : [];
        }
        return statusFault(check, state !== "ALARM", `alarm ${name} is in state ${state ?? ""}`);
      });
  });
}

/** An inverted check reports the opposite of what it sees (API:Inverted). */
function statusFault(check: Resource, isHealthy: boolean, why: string): readonly Failing[] {
  return isHealthy === flagOf(check, "invertHealthcheck")
    ? [{ fault: `check:${check.name}`, why }]
    : [];
}

function targets(
  answers: readonly AwsAnswer[],
  resources: readonly Resource[],
): readonly Failing[] {
  const instances = new Map(
    resources.filter(({ type }) => type === awsTypes.instance).map((one) => [one.id, one]),
  );
  const behindClassic = itemsIn(answers, "InstanceStates").flatMap(({ value }): Failing[] => {
    const instance = instances.get(textIn(value, "InstanceId"));
    return instance && textIn(value, "State") === "OutOfService"
      ? [
          {
            fault: instance.name,
            why: `its balancer reports ${textOr(value, "Description", "that it is out of service")}`,
          },
        ]
      : [];
  });
  const behindGroups = itemsIn(answers, "TargetHealthDescriptions").flatMap(({ value }) => {
    const instance = instances.get(textIn(memberOf(value, "Target"), "Id"));
    const health = memberOf(value, "TargetHealth");
    return instance && textIn(health, "State") === "unhealthy"
      ? [
          {
            fault: instance.name,
            why: `its target group reports ${textIn(health, "Reason") ?? "that it is unhealthy"}`,
          },
        ]
      : [];
  });
  return [...behindClassic, ...behindGroups];
}
