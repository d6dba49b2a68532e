import type { Group, HealthCheck, RecordSet } from "./model";
import type { Route53 } from "./route53";

/** Highest weight of a record (C9). */
const weightMax = 255;

/**
 * What Route 53 would refuse, or this model does not know, about the records of one name and type:
 * a line per fault.
 */
export function checkGroup(group: Group, route53: Route53): readonly string[] {
  return [
    ...policyFaults(group),
    ...identifierFaults(group),
    ...group.flatMap((record) => [
      ...recordFaults(record),
      ...aliasFaults(record, route53),
      ...checkFaults(record, route53),
    ]),
  ];
}

/** One policy per name and type; a simple record stands alone (C14). */
function policyFaults(group: Group): readonly string[] {
  const faults: string[] = [];
  const kinds = [...new Set(group.map(({ policy }) => policy.kind))];
  const title = titleOf(group);
  for (const { policy, label } of group) {
    if (policy.kind === "unsupported") {
      faults.push(
        `${label}: ${policy.policy} routing is not modelled; ask for a name that does not use it`,
      );
    }
  }
  if (kinds.length > 1) {
    faults.push(
      `${title}: one name and type has one routing policy (C14), got ${kinds.join(" and ")}; move one of them to a name of its own`,
    );
  } else if (kinds[0] === "simple" && group.length > 1) {
    faults.push(
      `${title}: a simple record stands alone (C14), got ${group.length}; put the values into one record`,
    );
  }
  for (const role of ["PRIMARY", "SECONDARY"] as const) {
    const count = group.filter(
      ({ policy }) => policy.kind === "failover" && policy.role === role,
    ).length;
    if (count > 1) {
      faults.push(
        `${title}: a failover group has one ${role} (C15), got ${count}; drop the others`,
      );
    }
  }
  return faults;
}

function identifierFaults(group: Group): readonly string[] {
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const { policy, setIdentifier, label } of group) {
    if (policy.kind === "simple") continue;
    if (setIdentifier === undefined || setIdentifier === "") {
      faults.push(
        `${label}: a ${policy.kind} record needs a set identifier (C15), got none; give it one`,
      );
    } else if (seen.has(setIdentifier)) {
      faults.push(
        `${label}: its set identifier is another record's (C15), got "${setIdentifier}"; give it one of its own`,
      );
    } else seen.add(setIdentifier);
  }
  return faults;
}

function recordFaults({
  policy,
  target,
  checkId,
  label,
  problems = [],
}: RecordSet): readonly string[] {
  const faults: string[] = [...problems];
  if (policy.kind === "weighted" && !isWeight(policy.weight)) {
    faults.push(
      `${label}: a weight is a whole number from 0 to ${weightMax} (C9), got ${policy.weight}; change it`,
    );
  }
  if (
    policy.kind === "failover" &&
    policy.role === "PRIMARY" &&
    target.kind === "values" &&
    checkId === undefined
  ) {
    faults.push(
      `${label}: a primary with addresses needs a health check (C6), got none; Route 53 refuses it without`,
    );
  }
  if (policy.kind === "multivalue" && target.kind === "alias") {
    faults.push(`${label}: a multivalue record cannot be an alias (C12); give it addresses`);
  }
  return faults;
}

function isWeight(weight: number): boolean {
  return Number.isInteger(weight) && weight >= 0 && weight <= weightMax;
}

function aliasFaults(record: RecordSet, route53: Route53): readonly string[] {
  if (record.target.kind !== "alias") return [];
  const { evaluateTargetHealth, target } = record.target;
  const { label, type } = record;
  switch (target.kind) {
    case "record":
      if (target.zoneId !== record.zoneId) {
        return [
          `${label}: an alias leads to a record of its own hosted zone (A12), got ${target.name} in zone ${target.zoneId}; move one of them`,
        ];
      }
      return route53.group(target.name, type)
        ? []
        : [
            `${label}: its alias has no target (A12), got ${target.name} ${type}; make that record, or point the alias elsewhere`,
          ];
    case "cloudFront":
      return evaluateTargetHealth
        ? [`${label}: an alias to CloudFront cannot evaluate its target's health (A9); turn it off`]
        : [];
    case "unsupported":
      return [
        `${label}: an alias to ${target.dnsName} is not modelled; ask for a name that does not use it`,
      ];
    case "balancer":
    case "s3Website":
      return [];
  }
}

/** A check, and the children of a calculated one, must be known: their health decides. */
function checkFaults({ checkId, label }: RecordSet, route53: Route53): readonly string[] {
  if (checkId === undefined) return [];
  const check = route53.checks.get(checkId);
  if (!check) {
    return [
      `${label}: its health check is not part of this stack, got ${checkId}; add the check, or take the reference away`,
    ];
  }
  return [
    ...(check.problems ?? []),
    ...(check.kind === "calculated" ? childFaults(check, route53) : []),
  ];
}

function childFaults(
  { children, label }: Extract<HealthCheck, { kind: "calculated" }>,
  route53: Route53,
): readonly string[] {
  return children.flatMap((id) => {
    const child = route53.checks.get(id);
    if (!child) {
      return [
        `${label}: its child is not part of this stack, got ${id}; add the check, or take it off the children`,
      ];
    }
    return child.kind === "calculated"
      ? [
          `${label}: a calculated check cannot have a calculated child (K2), got ${child.label}; name that one's children instead`,
        ]
      : (child.problems ?? []);
  });
}

function titleOf(group: Group): string {
  const [first] = group;
  return first ? `${first.name} ${first.type}` : "";
}
