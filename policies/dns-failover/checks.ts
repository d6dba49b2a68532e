import { aliasedName } from "../../routing/model";
import type { EndpointHealthCheck, HealthCheck, RecordSet } from "../../routing/model";
import type { Stack } from "../stack";
import { treeChecks } from "./trees";

/** A check of a failover tree, with the records that use it. */
export interface TreeCheck<C extends HealthCheck = HealthCheck> {
  readonly check: C;
  readonly records: readonly RecordSet[];
}

/** The checks of single endpoints: the checks of records with values. */
export function endpointTierChecks(stack: Stack): readonly TreeCheck[] {
  return probing(stack, (record) => aliasedName(record) === undefined);
}

/** The checks of whole branches, such as a region: the checks of records that point to records. */
export function branchTierChecks(stack: Stack): readonly TreeCheck[] {
  return probing(stack, (record) => aliasedName(record) !== undefined);
}

/** Checks that probe. An inverted check is a latch, which is set and released on purpose. */
function probing(stack: Stack, guards: (record: RecordSet) => boolean): readonly TreeCheck[] {
  return [...treeChecks(stack)].flatMap(([check, records]) => {
    const guarded = records.filter(guards);
    const looks = check.kind === "endpoint" || check.kind === "alarm";
    return looks && !check.inverted && guarded.length > 0 ? [{ check, records: guarded }] : [];
  });
}

export function isEndpointCheck(item: TreeCheck): item is TreeCheck<EndpointHealthCheck> {
  return item.check.kind === "endpoint";
}

/** The default port of a check (API:HealthCheckConfig.Port). */
export function portOf({ port, type }: EndpointHealthCheck): number | undefined {
  if (port !== undefined) return port;
  if (type === "TCP") return undefined;
  return isTls(type) ? 443 : 80;
}

export function isTls(type: EndpointHealthCheck["type"]): boolean {
  return type.startsWith("HTTPS");
}

/**
 * The properties that determine how fast a check detects a failure; an alarm check depends on its
 * alarm instead.
 */
export function timingProperties({ kind }: HealthCheck): readonly string[] {
  return kind === "endpoint" ? ["type", "requestInterval", "failureThreshold"] : ["type"];
}
