import { aliasedName } from "../../routing/model";
import type { EndpointCheck, HealthCheck, RecordSet } from "../../routing/model";
import type { Stack } from "../stack";
import { treeChecks } from "./trees";

/** A check of a failover tree, with the records that it decides about. */
export interface TreeCheck<C extends HealthCheck = HealthCheck> {
  readonly check: C;
  readonly records: readonly RecordSet[];
}

/** The checks of single endpoints: those of records that answer by themselves. */
export function endpointTierChecks(stack: Stack): readonly TreeCheck[] {
  return probing(stack, (record) => aliasedName(record) === undefined);
}

/** The checks of whole branches, such as a region: those of records that lead to other records. */
export function branchTierChecks(stack: Stack): readonly TreeCheck[] {
  return probing(stack, (record) => aliasedName(record) !== undefined);
}

/** Checks that look for themselves. An inverted one is a latch, set and released on purpose. */
function probing(stack: Stack, guards: (record: RecordSet) => boolean): readonly TreeCheck[] {
  return [...treeChecks(stack)].flatMap(([check, records]) => {
    const guarded = records.filter(guards);
    const looks = check.kind === "endpoint" || check.kind === "alarm";
    return looks && !check.inverted && guarded.length > 0 ? [{ check, records: guarded }] : [];
  });
}

export function isEndpointCheck(item: TreeCheck): item is TreeCheck<EndpointCheck> {
  return item.check.kind === "endpoint";
}

/** The port that a check dials where it names none (API:HealthCheckConfig.Port). */
export function portOf({ port, type }: EndpointCheck): number | undefined {
  if (port !== undefined) return port;
  if (type === "TCP") return undefined;
  return isTls(type) ? 443 : 80;
}

export function isTls(type: EndpointCheck["type"]): boolean {
  return type.startsWith("HTTPS");
}

/** The properties that decide how soon a check notices; an alarm check has an alarm instead. */
export function timingProperties({ kind }: HealthCheck): readonly string[] {
  return kind === "endpoint" ? ["type", "requestInterval", "failureThreshold"] : ["type"];
}
