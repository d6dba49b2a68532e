import type { Asker } from "./asker";
import { goesByPlace, recordedPlace, preferenceOf } from "./asker";
import type { AwsTarget, Group, RecordSet, ServiceTarget } from "./model";
import type { View } from "./view";
import { watchedName } from "./watchedName";
import { documentedMembers } from "./weights";

/** One step on the way from the name asked to the record that answers. */
export interface Step {
  /** The name and type whose group was chosen from, such as `orders.cafe.com A`. */
  readonly record: string;
  readonly setIdentifier?: string;
  /** Why this member, in words. */
  readonly reason: string;
}

/** The step of one choice, with its reason in words. */
export function stepOf(
  view: View<boolean>,
  group: Group,
  record: RecordSet,
  lastResort: boolean,
): Step {
  return {
    record: `${record.name} ${record.type}`,
    ...(record.setIdentifier === undefined ? {} : { setIdentifier: record.setIdentifier }),
    reason: `${
      lastResort
        ? `${policyWord(record, view.asker)}, because no member is healthy, so all count as healthy: ${causes(view, candidatesOf(view, group))}`
        : reasonOf(view, group, record)
    }${keptWord(view, record)}`,
  };
}

/** How long a resolver keeps a CNAME, which has a TTL of its own (T1). */
function keptWord(view: View<boolean>, record: RecordSet): string {
  return record.type === "CNAME" ? `; resolvers keep it for ${view.ttlSecondsOf(record)} s` : "";
}

function reasonOf(view: View<boolean>, group: Group, record: RecordSet): string {
  const dropped = rivalsOf(view, group, record).filter((other) => !view.recordHealthy(other));
  const because = dropped.length > 0 ? `; ${causes(view, dropped)}` : "";
  return `${policyWord(record, view.asker)}, ${healthWord(view, record)}${because}`;
}

function policyWord({ policy }: RecordSet, asker: Asker): string {
  switch (policy.kind) {
    case "failover":
      return policy.role.toLowerCase();
    case "weighted":
      return `weight ${policy.weight}`;
    case "multivalue":
      return "one of several values";
    case "latency":
      return latencyWord(policy.region, asker);
    case "geolocation":
      return `for ${policy.place === null ? "all other locations" : recordedPlace(policy.place)}`;
    case "geoproximity":
      return `${typeof policy.place === "string" ? policy.place : "its coordinates"} the nearest, with a bias of ${policy.bias}`;
    case "azAffinity":
      return policy.location === "Global" ? "for all other places" : `for ${policy.id}`;
    case "cidr":
      return policy.blocks === null ? "for all other addresses" : `for ${policy.location}`;
    default:
      return "the only record";
  }
}

/** The members that can answer the asker's place. */
function candidatesOf(view: View<boolean>, group: Group): Group {
  const [first] = group;
  return first && goesByPlace(first.policy) ? (preferenceOf(group, view.asker) ?? []) : group;
}

/** The members that would answer instead of this one if they were healthy. */
function rivalsOf(view: View<boolean>, group: Group, record: RecordSet): Group {
  const { policy } = record;
  if (policy.kind === "failover" && policy.role === "PRIMARY") return [];
  const candidates = candidatesOf(view, group);
  return goesByPlace(policy) ? candidates.slice(0, candidates.indexOf(record)) : candidates;
}

/** AWS documents the order by latency only for the asker's own region (C18). */
function latencyWord(region: string, asker: Asker): string {
  return region === asker.region
    ? `the region ${region} itself`
    : `${region}, taken to have the lowest latency from ${asker.region ?? ""} since it is the nearest left`;
}

function healthWord(view: View<boolean>, record: RecordSet): string {
  if (!view.recordHealthy(record)) return "whatever its health";
  const reasons: string[] = [];
  if (record.checkId !== undefined) {
    reasons.push(`${labelOf(view, record.checkId)} is healthy${silence(view, record.checkId)}`);
  }
  const { target } = record;
  if (target.kind === "alias" && target.evaluateTargetHealth) {
    reasons.push(evaluationWord(view, record));
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
    const why =
      failingChildren(view, record.checkId) ||
      silence(view, record.checkId) ||
      addresslessness(view, record.checkId);
    found.push(`${labelOf(view, record.checkId)} fails${why}`);
  }
  if (!view.targetHealthy(record)) {
    found.push(targetCause(view, record));
  }
  return found.join(" and ");
}

function targetCause(view: View<boolean>, record: RecordSet): string {
  const { target } = record;
  if (target.kind !== "alias") return "";
  if (target.target.kind === "record") {
    const only = hasHealthy(view, view.route53.aliased(record) ?? [])
      ? ", or only of weight 0, which is not taken to be enough (A2)"
      : "";
    return `${target.target.name} has no healthy member${only}`;
  }
  const { dnsName, kind } = target.target;
  if (view.isLost(target.target)) return `${dnsName} is lost`;
  return kind === "balancer" ? "a target group has no healthy target" : `${dnsName} is unhealthy`;
}

function evaluationWord(view: View<boolean>, record: RecordSet): string {
  const { target } = record;
  if (target.kind !== "alias") return "";
  switch (target.target.kind) {
    case "record":
      return `${target.target.name} has a healthy member${zeroWeightWord(view, record)}`;
    case "balancer":
      return balancerWord(view, target.target);
    case "unknown":
      return "its target is taken to be healthy";
    case "service":
      return serviceWord(target.target);
    default:
      return `${target.target.dnsName} always counts as healthy`;
  }
}

/** A note where AWS does not document that the healthy members are enough (A2). */
function zeroWeightWord(view: View<boolean>, record: RecordSet): string {
  const group = view.route53.aliased(record) ?? [];
  return hasHealthy(view, documentedMembers(group))
    ? ""
    : ", only of weight 0, which is taken to be enough (A2)";
}

function hasHealthy(view: View<boolean>, group: Group): boolean {
  return group.some((record) => view.recordHealthy(record));
}

/** AWS documents the health of target groups, and not that of a balancer without one (A7). */
function balancerWord(view: View<boolean>, target: AwsTarget): string {
  if (view.isTakenAsHealthy(target)) return "its target is taken to be healthy";
  return view.groupsOf(target.id ?? "").length === 0
    ? "its target has no target group, which is taken to be healthy (A7)"
    : "its target has a healthy member";
}

function serviceWord({ dnsName, evaluation, id }: ServiceTarget): string {
  if (evaluation === "alwaysHealthy") return `${dnsName} always counts as healthy`;
  return `${dnsName} ${id === undefined ? "is taken to be" : "counts as"} healthy`;
}

/** A note where an alarm check's status does not come from its metric (K6). */
function silence(view: View<boolean>, id: string): string {
  return view.route53.checks.get(id)?.kind === "alarm" && view.isSilent(id)
    ? " (its metric is taken to be silent)"
    : "";
}

function failingChildren(view: View<boolean>, id: string): string {
  const check = view.route53.checks.get(id);
  if (check?.kind !== "calculated") return "";
  const failing = check.children.filter((child) => !view.checkHealthy(child));
  const named = failing.map((child) => `${labelOf(view, child)}${addresslessness(view, child)}`);
  return named.length > 0 ? ` (${named.join(", ")})` : "";
}

/** A note where a check fails because its name has no address for checkers (H13). */
function addresslessness({ route53 }: View<boolean>, id: string): string {
  const check = route53.checks.get(id);
  // Others fail for a reason of their own.
  if (!check || check.inverted || check.disabled) return "";
  const watched = watchedName({ route53 }, check);
  return watched?.kind === "addressless" ? `: ${watched.why} (H13)` : "";
}

function labelOf(view: View<boolean>, checkId: string): string {
  return view.route53.checks.get(checkId)?.label ?? checkId;
}
