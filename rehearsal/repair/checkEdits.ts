import type { Properties, Resource, Value } from "../../routing/graph/resource";
import { awsTypes } from "../../routing/graph/types";
import { textOf } from "../../routing/graph/values";
import type {
  AlarmCheck,
  CalculatedCheck,
  EndpointHealthCheck,
  HealthCheck,
  RecordSet,
} from "../../routing/model";
import type { Assessment } from "./assess";
import type { Edit, PropertyChange } from "./edits";
import { costs, namesText } from "./edits";
import { checksWorthUsing, createdChecks, mannerOf, reference, targetFor } from "./newChecks";

/** All edits of a check that decides the health of a record. */
export function checkEdits(
  assessment: Assessment,
  record: RecordSet,
  check: HealthCheck,
): readonly Edit[] {
  const resource = assessment.model.graph.get(check.id);
  if (!resource) return [];
  return [...switches(resource, check), ...ofKind(assessment, resource, record, check)];
}

function ofKind(
  assessment: Assessment,
  resource: Resource,
  record: RecordSet,
  check: HealthCheck,
): readonly Edit[] {
  switch (check.kind) {
    case "endpoint":
      return [...targets(assessment, resource, record, check), ...mannerEdits(assessment, check)];
    case "calculated":
      return calculations(assessment, resource, record, check);
    case "alarm":
      return withoutData(assessment, resource, check);
    case "recoveryControl":
      return [];
  }
}

function set(resource: Resource, property: string, value: Value | undefined): PropertyChange {
  return { urn: resource.urn, property, ...(value === undefined ? {} : { value }) };
}

function switches(resource: Resource, { inverted, disabled, label }: HealthCheck): readonly Edit[] {
  return [
    ...(inverted
      ? [
          {
            text: `do not invert ${label}`,
            cost: costs.asDeclared,
            changes: [set(resource, "invertHealthcheck", false)],
          },
        ]
      : []),
    ...(disabled
      ? [
          {
            text: `enable ${label}`,
            cost: costs.asDeclared,
            changes: [set(resource, "disabled", false)],
          },
        ]
      : []),
  ];
}

/** Lets the check watch the record's own address or name. */
function targets(
  assessment: Assessment,
  resource: Resource,
  record: RecordSet,
  { label, ipAddress, fullyQualifiedDomainName }: EndpointHealthCheck,
): readonly Edit[] {
  const own = targetFor(assessment, record);
  if (!own) return [];
  const { property, target } = own;
  const now = property === "ipAddress" ? ipAddress : fullyQualifiedDomainName;
  if (now === target.value && (property === "ipAddress" || ipAddress === undefined)) return [];
  const what =
    typeof target.value === "string" ? target.value : `what ${record.label} answers with`;
  return [
    {
      text: `make ${label} probe ${what}`,
      cost: costs.figure,
      changes: [
        { urn: resource.urn, property, ...target },
        // A check by name has no address; its other properties stay.
        ...(property === "fqdn" && ipAddress !== undefined
          ? [set(resource, "ipAddress", undefined)]
          : []),
      ],
    },
  ];
}

/** The probe settings of other checks: a deep path notices a lost database, a search string a hang in the body. */
export function mannerEdits({ model }: Assessment, { id, kind }: HealthCheck): readonly Edit[] {
  const resource = model.graph.get(id);
  if (!resource || kind !== "endpoint") return [];
  const own = mannerOf(resource);
  const others = model.graph
    .ofType(awsTypes.healthCheck)
    .filter((check) => model.route53.checks.get(check.urn)?.kind === "endpoint")
    .map((check) => ({ check, changes: differing(resource, own, mannerOf(check)) }))
    .filter(({ changes }) => changes.length > 0);
  const distinct = new Map(others.map((one) => [JSON.stringify(one.changes), one]));
  return [...distinct.values()].map(({ check, changes }) => ({
    text: `make ${resource.name} probe as ${check.name} does`,
    cost: costs.figure,
    changes,
  }));
}

function differing(resource: Resource, own: Properties, other: Properties): PropertyChange[] {
  return [...new Set([...Object.keys(own), ...Object.keys(other)])]
    .filter((key) => JSON.stringify(own[key]) !== JSON.stringify(other[key]))
    .map((key) => set(resource, key, other[key]));
}

/** Another threshold, and other children: without those that were not read, or with what the record needs. */
function calculations(
  assessment: Assessment,
  resource: Resource,
  record: RecordSet,
  check: CalculatedCheck,
): readonly Edit[] {
  const { model } = assessment;
  const { label, children, healthThreshold } = check;
  const thresholds = children.map((_, index) => children.length - index);
  const now = children.map((id) => {
    const child = model.graph.get(id);
    return child ? reference(child) : { value: id, from: [] };
  });
  const isRead = children.map((id) => model.graph.get(id) !== undefined);
  const kept = now.filter((_, index) => isRead[index]);
  const unread = children.filter((_, index) => !isRead[index]);
  const usable = checksWorthUsing(assessment, record).filter(
    ({ check: { urn } }) => urn !== resource.urn && !children.includes(urn),
  );
  const orphans = usable.filter(({ isOrphan }) => isOrphan).map((one) => one.check);
  const leaving = (id: string, index: number): Edit => ({
    text: `remove ${model.route53.checks.get(id)?.label ?? id} from ${label}`,
    cost: isRead[index] ? costs.dropCheck : costs.use,
    changes: withChildren(
      resource,
      check,
      now.filter((_, at) => at !== index),
    ),
  });
  return [
    ...thresholds
      .filter((threshold) => threshold !== healthThreshold)
      .map((threshold) => ({
        text: `make ${label} require ${threshold} of ${children.length} checks`,
        cost: costs.figure,
        changes: [set(resource, "childHealthThreshold", threshold)],
      })),
    ...(children.length > 1 ? children.map(leaving) : []),
    ...usable.map((one) => ({
      text: `make ${label} require ${one.check.name} as well`,
      cost: one.isOrphan ? costs.useOrphan : costs.use,
      changes: withChildren(resource, check, [...kept, reference(one.check)]),
    })),
    ...(orphans.length > 1
      ? [
          {
            text: `make ${label} require ${namesText(orphans.map(({ name }) => name))} as well`,
            cost: costs.useOrphan,
            changes: withChildren(resource, check, [...kept, ...orphans.map(reference)]),
          },
        ]
      : []),
    ...(unread.length > 0 || children.length === 0 ? createdChecks(assessment, record) : []).map(
      ({ check: created, ...guessed }) => ({
        text: `make ${label} require a new check, ${created.name}${unread.length > 0 ? `, in place of ${namesText(unread)}` : ""}`,
        cost: costs.create,
        changes: withChildren(resource, check, [...kept, reference(created)]),
        created: [created],
        ...guessed,
      }),
    ),
  ];
}

/** Other children of a calculated check; if all had to be healthy, all still must be. */
function withChildren(
  resource: Resource,
  { children, healthThreshold }: CalculatedCheck,
  next: readonly ReturnType<typeof reference>[],
): PropertyChange[] {
  return [
    {
      urn: resource.urn,
      property: "childHealthchecks",
      value: next.map(({ value }) => value),
      from: next.flatMap(({ from }) => from),
    },
    ...(healthThreshold === children.length && next.length !== children.length
      ? [set(resource, "childHealthThreshold", next.length)]
      : []),
  ];
}

const dataStatuses = ["LastKnownStatus", "Healthy", "Unhealthy"] as const;

/** The state of an alarm check while its metric is silent; its alarm's setting may take precedence (K6). */
function withoutData(
  { model }: Assessment,
  resource: Resource,
  { label, insufficientData }: AlarmCheck,
): readonly Edit[] {
  const alarms = model.graph
    .follow(resource, "cloudwatchAlarmName", [awsTypes.metricAlarm])
    .filter((alarm) =>
      ["breaching", "notBreaching"].includes(textOf(alarm, "treatMissingData") ?? ""),
    );
  return dataStatuses
    .filter((status) => status !== insufficientData)
    .map((status) => ({
      text: `make ${label} ${status} without data`,
      cost: costs.figure,
      changes: [
        set(resource, "insufficientDataHealthStatus", status),
        ...alarms.map((alarm) => set(alarm, "treatMissingData", "missing")),
      ],
    }));
}

/** AWS's default threshold down to its minimum (H4). */
const usualThresholds = [3, 2, 1];
/** The shorter of the two possible intervals (H3); changing the interval requires a new check. */
const fastIntervalSeconds = 10;

/** Faster decisions, for all similar checks together. */
export function speedEdits({ model }: Assessment, checks: readonly HealthCheck[]): readonly Edit[] {
  const alike = new Map<string, Probing[]>();
  for (const check of checks) {
    const resource = check.kind === "endpoint" ? model.graph.get(check.id) : undefined;
    if (check.kind !== "endpoint" || !resource) continue;
    const key = JSON.stringify(mannerOf(resource));
    alike.set(key, [...(alike.get(key) ?? []), { check, resource }]);
  }
  const thresholds = new Set([
    ...[...alike.values()].flat().map(({ check }) => check.failureThreshold),
    ...usualThresholds,
  ]);
  return [...alike.values()].flatMap((some) => {
    const text = namesText(some.map(({ check }) => check.label));
    return [
      ...[...thresholds]
        .filter((threshold) => some.every(({ check }) => threshold < check.failureThreshold))
        .map((threshold) => ({
          text: `make ${text} fail after ${threshold} failures in a row`,
          cost: costs.figure,
          changes: some.map(({ resource }) => set(resource, "failureThreshold", threshold)),
        })),
      ...(some.every(({ check }) => check.intervalSeconds > fastIntervalSeconds)
        ? [
            {
              text: `make ${text} probe every ${fastIntervalSeconds} s`,
              cost: costs.use,
              changes: some.map(({ resource }) =>
                set(resource, "requestInterval", fastIntervalSeconds),
              ),
            },
          ]
        : []),
    ];
  });
}

interface Probing {
  readonly check: EndpointHealthCheck;
  readonly resource: Resource;
}
