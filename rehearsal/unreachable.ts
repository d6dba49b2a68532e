import type { StackModel } from "../routing/graph/stackModel";
import type { RecordSet } from "../routing/model";
import { aliasedName } from "../routing/model";

/** A secondary that no fault leads to, and the record that is healthy whatever happens. */
export interface Unreachable {
  readonly secondary: RecordSet;
  readonly because: RecordSet;
}

/** The secondaries that can never answer, since something beside their primary has no check (H16, C1). */
export function unreachableSecondaries(model: StackModel): readonly Unreachable[] {
  const { route53 } = model;
  const known = new Map<RecordSet, RecordSet | undefined>();
  return route53.dns.records.flatMap((secondary) => {
    if (secondary.policy.kind !== "failover" || secondary.policy.role !== "SECONDARY") return [];
    const primary = route53
      .group(secondary.name, secondary.type)
      ?.find(({ policy }) => policy.kind === "failover" && policy.role === "PRIMARY");
    const because = primary && alwaysHealthy(primary);
    return because ? [{ secondary, because }] : [];
  });

  /** The record for which another one is always healthy; undefined where it can be unhealthy. */
  function alwaysHealthy(record: RecordSet): RecordSet | undefined {
    // Said first, so that records that lead to each other have an end.
    if (known.has(record)) return known.get(record);
    known.set(record, undefined);
    const found = record.checkId === undefined ? withoutCheck(record) : undefined;
    known.set(record, found);
    return found;
  }

  function withoutCheck(record: RecordSet): RecordSet | undefined {
    const { target } = record;
    if (target.kind === "values" || !target.evaluateTargetHealth) return record;
    const next = aliasedName(record);
    const members = next === undefined ? [] : (route53.group(next, record.type) ?? []);
    return members.map(alwaysHealthy).find((one) => one !== undefined);
  }
}

/** What a reader must know of secondaries that can never answer. */
export function unreachableNotes(model: StackModel): readonly string[] {
  return unreachableSecondaries(model).map(({ secondary, because }) => {
    const cause =
      because.target.kind === "alias" ? "which does not evaluate its target" : "which has no check";
    return `${nameOf(secondary)} can never be reached: its PRIMARY is always healthy because of ${nameOf(because)}, ${cause}.`;
  });
}

function nameOf({ name, type, policy, setIdentifier }: RecordSet): string {
  const role = policy.kind === "failover" ? `${policy.role} ` : "";
  return `${role}${name} ${type}${setIdentifier === undefined ? "" : ` [${setIdentifier}]`}`;
}
