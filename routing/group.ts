import { checkFaults } from "./checkFaults";
import type { Group, RecordSet, ZoneLookup } from "./model";
import { policyKindOf, unreadType } from "./model";
import type { GroupFault } from "./groupFault";
import { placeFaults } from "./placeFaults";

/** Highest weight of a record (C9). */
const weightMax = 255;

/**
 * What is wrong with the records of one name and type: one line per fault.
 *
 * @param judgesRefused whether faults are left out with which answers can be computed; default: no
 */
export function checkGroup(
  group: Group,
  zone: ZoneLookup,
  judgesRefused = false,
): readonly string[] {
  return groupFaults(group, zone)
    .filter(({ leavesOpen, isComputable }) => !leavesOpen && !(isComputable && judgesRefused))
    .map(({ message }) => message);
}

/** The same, each fault with its rule and its subject. */
export function groupFaults(group: Group, zone: ZoneLookup): readonly GroupFault[] {
  return [
    ...policyFaults(group),
    ...weightedFaults(group),
    ...identifierFaults(group),
    ...placeFaults(group),
    ...cnameFaults(group, zone),
    ...namelessFaults(group, zone),
    ...group.flatMap((record) => [
      ...recordFaults(record),
      ...aliasFaults(record, zone),
      ...checkFaults(record, zone),
    ]),
  ];
}

/** One policy per name and type; a simple record is the only one of its name and type (C14). */
function policyFaults(group: Group): readonly GroupFault[] {
  const [first] = group;
  if (!first) return [];
  const faults: GroupFault[] = [];
  const kinds = [...new Set(group.map(({ policy }) => policyKindOf(policy)))];
  const title = titleOf(group);
  for (const { id, policy, label } of group) {
    if (policy.kind === "unsupported") {
      faults.push({
        subject: id,
        message: `${label}: ${policy.why}`,
      });
    }
  }
  if (kinds.length > 1) {
    faults.push({
      rule: "C14",
      subject: first.id,
      message: `${title}: one name and type has one routing policy (C14), got ${kinds.join(" and ")}; move one of them to a separate name`,
    });
  } else if (kinds[0] === "simple" && group.length > 1) {
    faults.push({
      rule: "C14",
      subject: first.id,
      message: `${title}: a simple record must be the only one (C14), got ${group.length}; combine the values in one record`,
    });
  }
  for (const role of ["PRIMARY", "SECONDARY"] as const) {
    const members = group.filter(
      ({ policy }) => policy.kind === "failover" && policy.role === role,
    );
    if (members.length > 1) {
      faults.push({
        rule: "C15",
        subject: members[1]?.id ?? first.id,
        message: `${title}: a failover group has one ${role} (C15), got ${members.length}; remove the others`,
      });
    }
  }
  return faults;
}

/** A weighted record has one value, and all records of a weighted group the same TTL (C16). */
function weightedFaults(group: Group): readonly GroupFault[] {
  const faults: GroupFault[] = [];
  let ttlSeconds: number | undefined;
  for (const { id: subject, label, policy, target } of group) {
    if (policy.kind !== "weighted" || target.kind !== "values") continue;
    if (target.values.length > 1) {
      faults.push({
        rule: "C16",
        subject,
        message: `${label}: a weighted record has one value (C16), got ${target.values.length}; use one record per value`,
      });
    }
    ttlSeconds ??= target.ttlSeconds;
    if (target.ttlSeconds !== ttlSeconds) {
      faults.push({
        rule: "C16",
        subject,
        message: `${label}: the records of a weighted group have one TTL (C16), got ${target.ttlSeconds} s beside ${ttlSeconds} s; use one TTL for all`,
      });
    }
  }
  return faults;
}

function identifierFaults(group: Group): readonly GroupFault[] {
  const faults: GroupFault[] = [];
  const seen = new Set<string>();
  for (const { id, policy, setIdentifier, label } of group) {
    if (policy.kind === "simple") continue;
    if (setIdentifier === undefined || setIdentifier === "") {
      faults.push({
        rule: "C15",
        subject: id,
        message: `${label}: a ${policyKindOf(policy)} record needs a set identifier (C15), got none; set one`,
      });
    } else if (seen.has(setIdentifier)) {
      faults.push({
        rule: "C15",
        subject: id,
        message: `${label}: its set identifier is another record's (C15), got "${setIdentifier}"; give it a unique one`,
      });
    } else seen.add(setIdentifier);
  }
  return faults;
}

/** A CNAME is the only record of its name (N6). */
function cnameFaults([first]: Group, zone: ZoneLookup): readonly GroupFault[] {
  if (!first || first.type === unreadType) return [];
  const others = zone.besides(first);
  const cname = [first, ...others].find(({ type }) => type === "CNAME");
  if (!cname || others.length === 0) return [];
  const types = [...new Set([first, ...others].map(({ type }) => type))];
  const beside = types.filter((type) => type !== "CNAME").join(", ");
  return [
    {
      rule: "N6",
      subject: cname.id,
      message: `${cname.label}: a CNAME is the only record of its name (N6), got ${beside} beside it; Route 53 rejects one beside the other, so keep one`,
    },
  ];
}

/** A record with an encrypted name may belong to any group that has room for it (C14, C15). */
function namelessFaults(group: Group, zone: ZoneLookup): readonly GroupFault[] {
  const [first] = group;
  if (!first) return [];
  return zone
    .namelessIn(first.zoneId)
    .filter((record) => mayJoin(record, group))
    .flatMap(({ id, label, secretName }) =>
      secretName === undefined
        ? []
        : {
            subject: id,
            message: `${label}: its name is ${secretName.where}, so it may be another record of ${titleOf(group)}; ${secretName.remedy}`,
          },
    );
}

function mayJoin({ type, policy, setIdentifier }: RecordSet, group: Group): boolean {
  const [first] = group;
  return (
    (type === first?.type || type === unreadType) &&
    policy.kind !== "simple" &&
    policy.kind === first?.policy.kind &&
    group.every(
      (other) =>
        other.setIdentifier !== setIdentifier &&
        (policy.kind !== "failover" ||
          other.policy.kind !== "failover" ||
          other.policy.role !== policy.role),
    )
  );
}

function recordFaults(record: RecordSet): readonly GroupFault[] {
  const { id: subject, policy, target, checkId, label, problems = [] } = record;
  const faults: GroupFault[] = problems.map((message) => ({ subject, message }));
  if (policy.kind === "weighted" && !isWeight(policy.weight)) {
    faults.push({
      rule: "C9",
      subject,
      message: `${label}: a weight is a whole number from 0 to ${weightMax} (C9), got ${policy.weight}; change it`,
    });
  }
  if (
    policy.kind === "failover" &&
    policy.role === "PRIMARY" &&
    target.kind === "values" &&
    checkId === undefined
  ) {
    faults.push({
      rule: "C6",
      subject,
      message: `${label}: a primary with addresses needs a health check (C6), got none; Route 53 rejects it without one`,
    });
  }
  if (record.type === "CNAME" && target.kind === "values" && target.values.length > 1) {
    faults.push({
      rule: "N5",
      subject,
      message: `${label}: a CNAME has one value (N5), got ${target.values.length}; keep one of them`,
    });
  }
  if (policy.kind === "multivalue" && target.kind === "alias") {
    faults.push({
      rule: "C12",
      subject,
      message: `${label}: a multivalue record cannot be an alias (C12); give it addresses`,
    });
  }
  return faults;
}

function isWeight(weight: number): boolean {
  return Number.isInteger(weight) && weight >= 0 && weight <= weightMax;
}

function aliasFaults(record: RecordSet, zone: ZoneLookup): readonly GroupFault[] {
  if (record.target.kind !== "alias") return [];
  const { evaluateTargetHealth, target } = record.target;
  const { id: subject, label, type } = record;
  switch (target.kind) {
    case "record":
      if (target.zoneId !== record.zoneId) {
        return [
          {
            rule: "A12",
            subject,
            message: `${label}: an alias points to a record of its own hosted zone (A12), got ${target.name} in zone ${target.zoneId}; move one of them`,
          },
        ];
      }
      return zone.aliased(record)
        ? []
        : [
            {
              rule: "A12",
              subject,
              message: `${label}: its alias has no target (A12), got ${target.name} ${type}; create that record, or point the alias elsewhere`,
            },
          ];
    case "cloudFront":
      return evaluateTargetHealth
        ? [
            {
              rule: "A9",
              subject,
              message: `${label}: an alias to CloudFront cannot evaluate its target's health (A9); turn it off`,
            },
          ]
        : [];
    case "unsupported":
      return [
        {
          subject,
          message: `${label}: an alias to ${target.dnsName} is not modelled; ask for a name that does not use it`,
        },
      ];
    case "balancer":
    case "s3Website":
    case "service":
    case "unknown":
      return [];
  }
}

function titleOf(group: Group): string {
  const [first] = group;
  return first ? `${first.name} ${first.type}` : "";
}
