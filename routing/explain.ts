import type { Group, RecordSet } from "./model";
import { aliasedName } from "./model";
import type { View } from "./view";

/** One step on the way from the name asked to the record that answers. */
export interface Step {
  /** The name and type whose group was chosen from, such as `orders.cafe.com A`. */
  readonly record: string;
  readonly setIdentifier?: string;
  /** Why this member, in words. */
  readonly reason: string;
}

/** The step that a choice is, with its reason in words. */
export function stepOf(
  view: View<boolean>,
  group: Group,
  record: RecordSet,
  lastResort: boolean,
): Step {
  return {
    record: `${record.name} ${record.type}`,
    ...(record.setIdentifier === undefined ? {} : { setIdentifier: record.setIdentifier }),
    reason: lastResort
      ? `${policyWord(record)}, because no member is healthy, so all count as healthy: ${causes(view, group)}`
      : reasonOf(view, group, record),
  };
}

function reasonOf(view: View<boolean>, group: Group, record: RecordSet): string {
  // A primary that answers would do so whatever its secondary's health.
  const isPrimary = record.policy.kind === "failover" && record.policy.role === "PRIMARY";
  const dropped = isPrimary ? [] : group.filter((other) => !view.recordHealthy(other));
  const because = dropped.length > 0 ? `; ${causes(view, dropped)}` : "";
  return `${policyWord(record)}, ${healthWord(view, record)}${because}`;
}

function policyWord({ policy }: RecordSet): string {
  switch (policy.kind) {
    case "failover":
      return policy.role.toLowerCase();
    case "weighted":
      return `weight ${policy.weight}`;
    case "multivalue":
      return "one of several values";
    default:
      return "the only record";
  }
}

function healthWord(view: View<boolean>, record: RecordSet): string {
  if (!view.recordHealthy(record)) return "whatever its health";
  const reasons: string[] = [];
  if (record.checkId !== undefined) reasons.push(`${labelOf(view, record.checkId)} is healthy`);
  const { target } = record;
  if (target.kind === "alias" && target.evaluateTargetHealth) {
    reasons.push(`${aliasedName(record) ?? "its target"} has a healthy member`);
  }
  return reasons.length > 0 ? reasons.join(" and ") : "always healthy because it has no check";
}

/** Why records are unhealthy, in words. */
function causes(view: View<boolean>, records: readonly RecordSet[]): string {
  return records
    .map((record) => `${record.setIdentifier ?? record.name} is unhealthy: ${cause(view, record)}`)
    .join("; ");
}

function cause(view: View<boolean>, record: RecordSet): string {
  const found: string[] = [];
  if (record.checkId !== undefined && !view.checkHealthy(record.checkId)) {
    found.push(`${labelOf(view, record.checkId)} fails${failingChildren(view, record.checkId)}`);
  }
  if (!view.targetHealthy(record.target, record.type)) {
    const next = aliasedName(record);
    found.push(
      next === undefined ? "a target group has no healthy target" : `${next} has no healthy member`,
    );
  }
  return found.join(" and ");
}

function failingChildren(view: View<boolean>, id: string): string {
  const check = view.route53.checks.get(id);
  if (check?.kind !== "calculated") return "";
  const failing = check.children.filter((child) => !view.checkHealthy(child));
  return failing.length > 0 ? ` (${failing.map((child) => labelOf(view, child)).join(", ")})` : "";
}

function labelOf(view: View<boolean>, checkId: string): string {
  return view.route53.checks.get(checkId)?.label ?? checkId;
}
