import type { Resource, Value } from "../../routing/graph/resource";
import { listOf, numberOf } from "../../routing/graph/values";
import type { RecordSet } from "../../routing/model";
import type { Assessment } from "./assess";
import { checksWorthUsing, createdChecks, reference } from "./newChecks";
import type { Edit } from "./edits";
import { costs, namesText } from "./edits";

/** All edits of a record alone. */
export function recordEdits(assessment: Assessment, record: RecordSet): readonly Edit[] {
  const resource = assessment.model.graph.get(record.id);
  if (!resource) return [];
  return [
    ...evaluation(resource, record),
    ...checks(assessment, resource, record),
    ...withoutHealth(resource, record),
  ];
}

/** Lets an alias evaluate its target's health; an alias to CloudFront cannot (A9). */
function evaluation(resource: Resource, { target, label }: RecordSet): readonly Edit[] {
  if (target.kind !== "alias" || target.evaluateTargetHealth) return [];
  if (target.target.kind === "cloudFront") return [];
  return [
    {
      text: `evaluate the target health of ${label}`,
      cost: costs.evaluate,
      changes: [evaluating(resource, true)],
    },
  ];
}

export function evaluating(
  resource: Resource,
  evaluateTargetHealth: boolean,
): Edit["changes"][number] {
  const aliases = listOf(resource, "aliases").map((alias): Value => ({
    ...(alias as Readonly<Record<string, Value>>),
    evaluateTargetHealth,
  }));
  return { urn: resource.urn, property: "aliases", value: aliases };
}

/** Another check, existing or new. */
function checks(assessment: Assessment, resource: Resource, record: RecordSet): readonly Edit[] {
  const { label, checkId, policy } = record;
  if (policy.kind === "simple") return [];
  const using = checksWorthUsing(assessment, record).map(({ check, isOrphan }): Edit => ({
    text: `give ${label} the check ${check.name}`,
    cost: isOrphan ? costs.useOrphan : costs.use,
    changes: [{ urn: resource.urn, property: "healthCheckId", ...reference(check) }],
  }));
  // If the record has a readable check, mending that comes first, so one new check is enough to try.
  const isRead = checkId !== undefined && assessment.model.route53.checks.has(checkId);
  const fresh = createdChecks(assessment, record);
  const creating = (isRead ? fresh.slice(0, 1) : fresh).map(({ check, ...guessed }): Edit => ({
    text: `give ${label} a new check, ${check.name}`,
    cost: costs.create,
    changes: [{ urn: resource.urn, property: "healthCheckId", ...reference(check) }],
    created: [check],
    ...guessed,
  }));
  return [...using, ...creating];
}

/** Removes a record's health conditions: right for a last tier, never for a primary with addresses (C6). */
function withoutHealth(resource: Resource, record: RecordSet): readonly Edit[] {
  const { label, checkId, policy, target } = record;
  if (policy.kind !== "failover" || policy.role === "PRIMARY") return [];
  return [
    ...(checkId === undefined
      ? []
      : [
          {
            text: `remove the check of ${label}`,
            cost: costs.dropCheck,
            changes: [{ urn: resource.urn, property: "healthCheckId" }],
          },
        ]),
    ...(target.kind === "alias" && target.evaluateTargetHealth
      ? [
          {
            text: `do not evaluate the target health of ${label}`,
            cost: costs.dropCheck,
            changes: [evaluating(resource, false)],
          },
        ]
      : []),
  ];
}

/** Swaps the roles of a failover group. */
export function swapEdits({ model }: Assessment, record: RecordSet): readonly Edit[] {
  const [primary, secondary] = model.route53.groupOf(record);
  if (primary?.policy.kind !== "failover" || secondary?.policy.kind !== "failover") return [];
  return [
    {
      text: `swap the roles of ${primary.label} and ${secondary.label}`,
      cost: costs.swap,
      changes: [roleOf(primary, "SECONDARY"), roleOf(secondary, "PRIMARY")],
    },
  ];
}

export function roleOf({ id }: RecordSet, type: "PRIMARY" | "SECONDARY"): Edit["changes"][number] {
  return { urn: id, property: "failoverRoutingPolicies", value: [{ type }] };
}

/** Shorter TTLs, for all records of a tree with a longer one. */
export function ttlEdits({ model }: Assessment, records: readonly RecordSet[]): readonly Edit[] {
  const keeping = records.flatMap(({ target, id }) => {
    const resource = model.graph.get(id);
    if (!resource || target.kind !== "values" || numberOf(resource, "ttl") === undefined) return [];
    return [{ resource, seconds: target.ttlSeconds }];
  });
  const shorter = new Set([...keeping.map(({ seconds }) => seconds), ...usualTtls]);
  return [...shorter].flatMap((seconds): readonly Edit[] => {
    const longer = keeping.filter((one) => one.seconds > seconds);
    if (longer.length === 0) return [];
    return [
      {
        text: `set the TTL of ${namesText(longer.map(({ resource }) => resource.name))} to ${seconds} s`,
        cost: costs.figure,
        changes: longer.map(({ resource }) => ({
          urn: resource.urn,
          property: "ttl",
          value: seconds,
        })),
      },
    ];
  });
}

/** The longest TTL that AWS recommends for records with checks (T3), and shorter ones. */
const usualTtls = [60, 30, 10];
