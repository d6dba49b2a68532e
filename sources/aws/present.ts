import { defaultAssumptions } from "../../routing/assumptions";
import type { Resource, Value } from "../../routing/graph/resource";
import { StackGraph } from "../../routing/graph/stackGraph";
import { targetOf } from "../../routing/graph/targetGroups";
import { awsTypes } from "../../routing/graph/types";
import { flagOf, textOf } from "../../routing/graph/values";
import type { UntoldCheck } from "../reading";
import { itemsOf, memberOf, textIn, textOr } from "../fields";
import type { AwsAnswer } from "./answers";
import { itemsIn } from "./answers";

/** What has failed at present, with one sentence each. */
export interface Present {
  readonly failing: readonly string[];
  readonly notes: readonly string[];
  readonly untold: readonly UntoldCheck[];
}

/** What AWS reports about a check at present. */
export interface ReportedCheck {
  readonly check: Resource;
  /** Whether what it watches is well, before inversion; absent where AWS has no data. */
  readonly isWell?: boolean;
  /** The report in words, such as `16 of 16 checkers find its endpoint healthy`. */
  readonly why: string;
  /** How many of its checkers find its endpoint healthy; absent for the check of an alarm. */
  readonly checkers?: { readonly healthy: number; readonly all: number };
}

/** A failure, or the health of a check that is taken to fail otherwise, as the name of a fault. */
interface Failing {
  readonly fault: string;
  readonly why: string;
  /** The sentence about it; default: that it fails. */
  readonly note?: string;
}

/** What has failed already according to the answers: checks, alarms of checks, and targets. */
export function presentFaults(
  answers: readonly AwsAnswer[],
  resources: readonly Resource[],
): Present {
  const checks = resources.filter(({ type }) => type === awsTypes.healthCheck);
  const reported = reportedChecks(answers, checks);
  const all = [...reported.flatMap(statusFault), ...targets(answers, resources)];
  return {
    failing: [...new Set(all.map(({ fault }) => fault))],
    untold: reported
      .filter(({ isWell }) => isWell === undefined)
      .map(({ check: { urn, name }, why }) => ({ urn, name, why })),
    notes: all.map(({ fault, why, note = `${fault} fails` }) => `At present ${note}: ${why}.`),
  };
}

/**
 * What AWS reports about checks. A check whose status was not requested is left out, and so is a
 * disabled one, which has a fixed status.
 */
export function reportedChecks(
  answers: readonly AwsAnswer[],
  checks: readonly Resource[],
): readonly ReportedCheck[] {
  const enabled = checks.filter((check) => !flagOf(check, "disabled"));
  return [...observedChecks(answers, enabled), ...alarmChecks(answers, enabled)];
}

function observedChecks(
  answers: readonly AwsAnswer[],
  checks: readonly Resource[],
): readonly ReportedCheck[] {
  return answers.flatMap(({ value, about }) => {
    const observations = itemsOf(value, "HealthCheckObservations");
    const check = checks.find(({ id }) => id !== undefined && about.endsWith(id));
    if (!check || observations.length === 0) return [];
    const healthy = observations.filter(isSuccess).length;
    const all = observations.length;
    return {
      check,
      isWell: healthy / all > defaultAssumptions.healthyCheckerShare,
      why: `${healthy} of ${all} checkers find its endpoint healthy`,
      checkers: { healthy, all },
    };
  });
}

/** A successful checker's report begins with this word (API:StatusReport). */
function isSuccess(observation: Value): boolean {
  return textIn(memberOf(observation, "StatusReport"), "Status")?.startsWith("Success") ?? false;
}

function alarmChecks(
  answers: readonly AwsAnswer[],
  checks: readonly Resource[],
): readonly ReportedCheck[] {
  return itemsIn(answers, "MetricAlarms").flatMap(({ value }) => {
    const [name, state] = [textOr(value, "AlarmName", ""), textIn(value, "StateValue")];
    return checks
      .filter((check) => textOf(check, "cloudwatchAlarmName") === name)
      .map((check): ReportedCheck => {
        if (state !== "INSUFFICIENT_DATA") {
          const why = `alarm ${name} is in state ${state ?? ""}`;
          return { check, isWell: state !== "ALARM", why };
        }
        const without = textOf(check, "insufficientDataHealthStatus");
        const why = `alarm ${name} has no data`;
        return without === "Unhealthy" || without === "Healthy"
          ? { check, isWell: without === "Healthy", why }
          : { check, why };
      });
  });
}

/**
 * An inverted check reports the opposite of what it sees (API:Inverted). What it watches is taken to
 * be well, so its health has to be said as well.
 */
function statusFault({ check, isWell, why }: ReportedCheck): readonly Failing[] {
  if (isWell === undefined) return [];
  const fault = `check:${check.name}`;
  const isInverted = flagOf(check, "invertHealthcheck");
  if (isWell === isInverted) return [{ fault, why }];
  return isInverted
    ? [{ fault: `${fault}=healthy`, note: `${fault}, which is inverted, is healthy`, why }]
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
  const graph = new StackGraph(resources);
  const behindGroups = graph
    .ofType(awsTypes.targetGroupAttachment)
    .filter((one) => textOf(one, "state") === "unhealthy")
    .flatMap((one) => {
      const why = `its target group reports ${textOf(one, "stateReason") ?? "that it is unhealthy"}`;
      return targetOf(graph, one).map(({ name }): Failing => ({ fault: name, why }));
    });
  return [...behindClassic, ...behindGroups];
}
