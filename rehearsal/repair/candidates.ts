import type { HealthCheck, RecordSet } from "../../routing/model";
import type { Assessment, NamedViolation } from "./assess";
import { checkEdits, mannerEdits, speedEdits } from "./checkEdits";
import type { Edit } from "./edits";
import { costs, keyOf } from "./edits";
import { evaluating, recordEdits, roleOf, swapEdits, ttlEdits } from "./recordEdits";
import { missingRoleEdits, otherTargetEdits } from "./roleEdits";

/** The edits that may mend the problems, without duplicates, those nearest to the culprit first. */
export function candidatesFor(assessment: Assessment): readonly Edit[] {
  const { refusals, violations, objectives } = assessment;
  const edits = [
    ...refusals.flatMap((refusal) => refusalEdits(assessment, refusal)),
    ...(refusals.length > 0 ? [] : violations.flatMap((one) => violationEdits(assessment, one))),
    ...(refusals.length > 0 || objectives.every(({ met }) => met)
      ? []
      : objectiveEdits(assessment)),
  ];
  return [...new Map(edits.map((edit) => [keyOf(edit), edit])).values()];
}

/** Edits of the culprit first, then of the answering record, then of the other members of its group. */
function violationEdits(assessment: Assessment, violation: NamedViolation): readonly Edit[] {
  const { culprit, record } = violation;
  const { route53 } = assessment.model;
  const records = new Set([
    culprit.record,
    record,
    ...route53.groupOf(culprit.record),
    ...(culprit.check ? watchedRecords(assessment, culprit.check) : []),
  ]);
  return [...records].flatMap((one) => [
    ...missingRoleEdits(assessment, [one]),
    ...otherTargetEdits(assessment, [one]),
    ...assessment.model.route53
      .checksOf(one)
      .flatMap((check) => checkEdits(assessment, one, check)),
    ...recordEdits(assessment, one),
    ...swapEdits(assessment, one),
  ]);
}

/** The records that a check by name, or its children, watch. */
function watchedRecords({ model }: Assessment, check: HealthCheck): readonly RecordSet[] {
  return model.route53.withChildren(check).flatMap((one) => {
    const name =
      one.kind === "endpoint" && !one.byAddress ? one.fullyQualifiedDomainName : undefined;
    const group = name === undefined ? undefined : model.route53.foundByCheckers(name).group;
    return group ? model.route53.reachableFrom(group, "A") : [];
  });
}

/** A missed objective may need another figure, or a missing check that would notice the fault sooner. */
function objectiveEdits(assessment: Assessment): readonly Edit[] {
  const { model, spaces, objectives } = assessment;
  const records = [
    ...new Set(spaces.flatMap(({ name, type }) => model.route53.reachable(name, type))),
  ];
  const checks = new Set(records.flatMap((record) => model.route53.checksOf(record)));
  const weak = records.filter(
    ({ policy, target, checkId }) =>
      policy.kind !== "simple" &&
      (checkId === undefined || !model.route53.checks.has(checkId)) &&
      (target.kind === "values" || !target.evaluateTargetHealth),
  );
  const idle = records.filter(
    ({ target, checkId }) =>
      target.kind === "alias" && !target.evaluateTargetHealth && checkId !== undefined,
  );
  const odd = records.flatMap((record) =>
    assessment.model.route53
      .checksOf(record)
      .filter(({ inverted, disabled }) => inverted || disabled)
      .flatMap((check) => checkEdits(assessment, record, check)),
  );
  return [
    ...ttlEdits(assessment, records),
    ...speedEdits(assessment, [...checks]),
    ...odd,
    ...[...weak, ...idle].flatMap((record) => recordEdits(assessment, record)),
    ...orphanEdits(assessment, records),
    ...missingRoleEdits(assessment, records),
    ...otherTargetEdits(assessment, records),
    // A fault that is never noticed may hang in a way that no check tests.
    ...(objectives.some(({ worst }) => worst === null)
      ? [...checks].flatMap((check) => mannerEdits(assessment, check))
      : []),
  ];
}

/** An unused check, for a record that has no check. */
function orphanEdits(assessment: Assessment, records: readonly RecordSet[]): readonly Edit[] {
  return records
    .filter(({ checkId, policy }) => checkId === undefined && policy.kind !== "simple")
    .flatMap((record) =>
      recordEdits(assessment, record).filter(({ cost }) => cost === costs.useOrphan),
    );
}

/** Highest weight of a record (C9). */
const weightMax = 255;

/** Edits for what Route 53 would refuse, by the rule. */
function refusalEdits(
  assessment: Assessment,
  { rule, subject = "" }: Assessment["refusals"][number],
): readonly Edit[] {
  const { model } = assessment;
  const resource = model.graph.get(subject);
  const record = model.route53.dns.records.find(({ id }) => id === subject);
  if (!resource || !record) return [];
  const group = model.route53.groupOf(record);
  switch (rule) {
    case "C15":
      return [
        ...identifierEdits(resource.urn, record, group),
        ...(["PRIMARY", "SECONDARY"] as const)
          .filter(() => record.policy.kind === "failover")
          .flatMap((role) =>
            group.map((one) => ({
              text: `make ${one.label} the ${role}`,
              cost: costs.figure,
              changes: [roleOf(one, role)],
            })),
          ),
      ];
    case "C6":
      return recordEdits(assessment, record);
    case "A9":
      return [
        {
          text: `do not evaluate the target health of ${record.label}`,
          cost: costs.asDeclared,
          changes: [evaluating(resource, false)],
        },
      ];
    case "C9":
      return [
        {
          text: `give ${record.label} the weight ${weightMax}`,
          cost: costs.figure,
          changes: [
            {
              urn: resource.urn,
              property: "weightedRoutingPolicies",
              value: [{ weight: weightMax }],
            },
          ],
        },
      ];
    case "C16":
      return ttlEdits(assessment, group);
    default:
      return [];
  }
}

/** A set identifier that no other record of the group has. */
function identifierEdits(
  urn: string,
  { policy, label }: RecordSet,
  group: readonly RecordSet[],
): readonly Edit[] {
  const wanted = policy.kind === "failover" ? policy.role.toLowerCase() : label;
  const taken = group.map(({ setIdentifier }) => setIdentifier);
  const free = [wanted, label, `${label} 2`].find((one) => !taken.includes(one));
  if (free === undefined) return [];
  return [
    {
      text: `give ${label} the set identifier ${free}`,
      cost: costs.asDeclared,
      changes: [{ urn, property: "setIdentifier", value: free }],
    },
  ];
}
