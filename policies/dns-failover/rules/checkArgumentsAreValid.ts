import { childrenMax } from "../../../routing/checkLimits";
import { isUnsetPort } from "../../../routing/graph/healthCheck";
import { checkerRegions } from "../../../routing/graph/checkerRegions";
import type { Subject } from "../../fields";
import type { Finding } from "../../finding";
import { unknownsOf, violation } from "../../finding";
import { resourceRule } from "../../rule";
import { types } from "../../types";
import type { Kind } from "../checkArguments";
import { kinds, limits, kindsByProperty } from "../checkArguments";

export const checkArgumentsAreValid = resourceRule({
  name: "check-arguments-are-valid",
  description: "A health check has a valid type, interval and combination of arguments.",
  severity: "high",
  level: "mandatory",
  why: "Route 53 rejects anything else at deployment, when half of the tree may already exist. A threshold above the number of children makes a check that can never be healthy.",
  source: "H1, H3, H4, K1, K2; API:HealthCheckConfig",
  remediationSteps: "Correct the argument that the message names.",
  url: "https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html",
  types: [types.healthCheck],
  config: {},
  find: (check): readonly Finding[] => {
    const unknowns = unknownsOf(check, "type");
    if (unknowns.length > 0) return unknowns;
    const type = check.text("type", "");
    const kind = kinds[type];
    if (!kind) {
      return [
        fault(check, "type", `must be one of ${Object.keys(kinds).join(", ")}`, type || "none"),
      ];
    }
    return [
      ...misplaced(check, type, kind),
      ...missing(check, type, kind),
      ...numbers(check, kind),
      ...regionFaults(check),
      ...childFaults(check),
    ];
  },
});

function fault(check: Subject, property: string, must: string, got: string): Finding {
  const so = "Route 53 rejects the check and the update fails halfway";
  return violation(check, property, { must, got, so, remedy: "correct it" });
}

/** Arguments that belong to other types. */
function misplaced(check: Subject, type: string, kind: Kind): readonly Finding[] {
  return Object.entries(kindsByProperty)
    .filter(([property, of]) => check.has(property) && !of.includes(kind))
    .filter(([property]) => !isZero(check, property))
    .map(([property]) => fault(check, property, `must not be set for type ${type}`, "a value"));
}

/** A provider may fill in zeros and false for unset arguments. */
function isZero(check: Subject, property: string): boolean {
  if (check.unknownAt(property)) return false;
  return check.number(property) === 0 || check.flag(property) === false;
}

/** Whether a provider may have filled in an argument: one of other types, or the port that is not set. */
function isFilledIn({ resource }: Subject, property: string, kind: Kind): boolean {
  const isOfKind = kindsByProperty[property]?.includes(kind) === true;
  return !isOfKind || (property === "port" && isUnsetPort(resource));
}

function missing(check: Subject, type: string, kind: Kind): readonly Finding[] {
  const needs: readonly string[] = {
    endpoint: [],
    calculated: ["childHealthchecks"],
    alarm: ["cloudwatchAlarmName", "cloudwatchAlarmRegion"],
    control: ["routingControlArn"],
  }[kindGroup(kind)];
  const faults = needs
    .filter((property) => !check.has(property))
    .map((property) => fault(check, property, `must be set for type ${type}`, "none"));
  if (kindGroup(kind) === "endpoint" && !check.has("ipAddress") && !check.has("fqdn")) {
    faults.push(fault(check, "fqdn", "must be set if ipAddress is not", "neither"));
  }
  if (kind === "stringMatch" && !check.has("searchString")) {
    faults.push(fault(check, "searchString", `must be set for type ${type}`, "none"));
  }
  return faults;
}

function kindGroup(kind: Kind): "endpoint" | "calculated" | "alarm" | "control" {
  return kind === "tcp" || kind === "http" || kind === "stringMatch" ? "endpoint" : kind;
}

function numbers(check: Subject, kind: Kind): readonly Finding[] {
  return limits.flatMap(({ property, must, holds }): readonly Finding[] => {
    const reasons = unknownsOf(check, property);
    if (reasons.length > 0 || !check.has(property)) return reasons;
    if (isZero(check, property) && isFilledIn(check, property, kind)) return [];
    const value = check.whole(property);
    return holds(value) ? [] : [fault(check, property, must, JSON.stringify(value))];
  });
}

function regionFaults(check: Subject): readonly Finding[] {
  const reasons = unknownsOf(check, "regions");
  if (reasons.length > 0 || !check.has("regions")) return reasons;
  const regions = check.texts("regions");
  const foreign = regions.filter((region) => !checkerRegions.includes(region));
  if (foreign.length > 0) {
    const must = `must be checker regions: ${checkerRegions.join(", ")}`;
    return [fault(check, "regions", must, foreign.join(", "))];
  }
  const isEnough = regions.length >= 3;
  return isEnough ? [] : [fault(check, "regions", "must be at least 3", `${regions.length}`)];
}

/** A threshold of 0 is always healthy; a threshold above the number of children never is. */
function childFaults(check: Subject): readonly Finding[] {
  if (check.text("type") !== "CALCULATED" || !check.has("childHealthThreshold")) return [];
  const reasons = [
    ...unknownsOf(check, "childHealthThreshold"),
    ...(check.unknownWhole("childHealthchecks") ? unknownsOf(check, "childHealthchecks") : []),
  ];
  if (reasons.length > 0) return reasons;
  const threshold = check.number("childHealthThreshold", 0);
  const count = check.count("childHealthchecks");
  if (count > childrenMax) {
    return [fault(check, "childHealthchecks", `must be at most ${childrenMax}`, `${count}`)];
  }
  if (threshold >= 1 && threshold <= count) return [];
  return [
    violation(check, "childHealthThreshold", {
      must: `must be from 1 to the number of children, ${count}`,
      got: `${threshold}`,
      so: threshold < 1 ? "the check is always healthy" : "the check is never healthy",
      remedy: "use the number of children that must be healthy",
    }),
  ];
}
