import type { StackModel } from "../routing/graph/stackModel";
import type { RecordSet } from "../routing/model";
import { aliasedName } from "../routing/model";
import type { Route53 } from "../routing/route53";
import type { Root } from "../routing/trees";

/** A secondary that no fault activates, and the record that is always healthy. */
interface Unreachable {
  readonly secondary: RecordSet;
  readonly because: RecordSet;
}

/**
 * Finds records that no fault makes unhealthy, and for each the record without a check that causes
 * this (A5).
 */
class AlwaysHealthy {
  private readonly known = new Map<RecordSet, RecordSet | undefined>();

  constructor(private readonly route53: Route53) {}

  /** The record that keeps the given one always healthy; undefined if that one can be unhealthy. */
  because(record: RecordSet): RecordSet | undefined {
    if (this.known.has(record)) return this.known.get(record);
    // Set first, so that a cycle of records ends.
    this.known.set(record, undefined);
    const found = record.checkId === undefined ? this.withoutCheck(record) : undefined;
    this.known.set(record, found);
    return found;
  }

  private withoutCheck(record: RecordSet): RecordSet | undefined {
    const { target } = record;
    if (target.kind === "values" || !target.evaluateTargetHealth) return record;
    const next = aliasedName(record);
    const members = next === undefined ? [] : (this.route53.group(next, record.type) ?? []);
    return members.map((one) => this.because(one)).find((one) => one !== undefined);
  }
}

/**
 * The secondaries that can never answer, because a record at or below their primary has no check.
 */
function unreachableSecondaries({ route53 }: StackModel): readonly Unreachable[] {
  const always = new AlwaysHealthy(route53);
  return route53.dns.records.flatMap((secondary) => {
    if (secondary.policy.kind !== "failover" || secondary.policy.role !== "SECONDARY") return [];
    const primary = route53
      .group(secondary.name, secondary.type)
      ?.find(({ policy }) => policy.kind === "failover" && policy.role === "PRIMARY");
    const because = primary && always.because(primary);
    return because ? [{ secondary, because }] : [];
  });
}

/** What a reader must know of a name with choices of which none ever goes another way. */
export function fixedNotes({ route53 }: StackModel, { name, type }: Root): readonly string[] {
  const always = new AlwaysHealthy(route53);
  const choices = route53.reachable(name, type).filter(({ policy }) => policy.kind !== "simple");
  const isFixed =
    choices.length > 0 && choices.every((record) => always.because(record) !== undefined);
  return isFixed
    ? [
        `No fault changes the answers of ${name} ${type}: none of its records has a check that fails.`,
      ]
    : [];
}

/** Notes on secondaries that can never answer. */
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
