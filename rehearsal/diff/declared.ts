import { canonicalNameOf } from "../../routing/model";
import type { HealthCheck, RecordSet } from "../../routing/model";
import type { Resource } from "../../routing/graph/resource";
import type { StackModel } from "../../routing/graph/stackModel";
import { policyWord } from "../story/tree";

/** The kinds of declared changes, the one that can harm customers most first. */
export const declaredKinds = [
  "hostname",
  "tier",
  "role",
  "check",
  "checkSetting",
  "evaluation",
  "target",
  "weight",
  "threshold",
  "ttl",
  "size",
] as const;

/** A difference between what two states of a program declare. */
export interface DeclaredChange {
  readonly kind: (typeof declaredKinds)[number];
  /** The change in words, equal for changes of the same kind and values: `TTL 60 → 300 s`. */
  readonly what: string;
  /** The record, check, resource or hostname. */
  readonly subject: string;
  /** The name of the resource that declares it, as a proof blames it. */
  readonly resource: string;
}

/** A state of a program, as far as its declarations are compared. */
export interface DeclaredState {
  readonly model: StackModel;
  /** The names that customers use. */
  readonly hostnames: readonly string[];
}

/**
 * What differs between the declarations of two states. Resources are identified by their names and
 * records by name, type and set identifier: URNs, ids and addresses differ between a preview, an
 * export and an evaluation of the same program.
 */
export function declaredChanges(
  before: DeclaredState,
  after: DeclaredState,
): readonly DeclaredChange[] {
  const hostnames = hostnameChanges(before.hostnames, after.hostnames);
  // The records of a hostname come and go with it.
  const isImplied = ({ kind, subject }: DeclaredChange): boolean =>
    kind === "tier" && hostnames.some((one) => subject.startsWith(`${one.subject} `));
  return [
    ...hostnames,
    ...recordChanges(before.model, after.model).filter((change) => !isImplied(change)),
    ...checkChanges(before.model, after.model),
    ...sizeChanges(before.model, after.model),
  ];
}

function hostnameChanges(
  before: readonly string[],
  after: readonly string[],
): readonly DeclaredChange[] {
  const change = (what: string) => (subject: string) =>
    ({ kind: "hostname", what, subject, resource: subject }) as const;
  return [
    ...before.filter((name) => !after.includes(name)).map(change("hostname removed")),
    ...after.filter((name) => !before.includes(name)).map(change("hostname added")),
  ];
}

function recordChanges(before: StackModel, after: StackModel): readonly DeclaredChange[] {
  const identity = ({ name, type, setIdentifier }: RecordSet): string =>
    `${name} ${type}${setIdentifier === undefined ? "" : ` [${setIdentifier}]`}`;
  const [old, now] = [before, after].map(({ route53 }) => keyed(route53.dns.records, identity)) as [
    ReadonlyMap<string, RecordSet>,
    ReadonlyMap<string, RecordSet>,
  ];
  return bothKeys(old, now).flatMap((subject): readonly DeclaredChange[] => {
    const [was, is] = [old.get(subject), now.get(subject)];
    if (was && is) return recordDifferences(subject, [before, was], [after, is]);
    const [record = is, word] = was ? [was, "removed"] : [is, "added"];
    const noun = record?.policy.kind === "failover" ? "tier" : "record";
    return [{ kind: "tier", what: `${noun} ${word}`, subject, resource: record?.label ?? subject }];
  });
}

type ModelRecord = readonly [StackModel, RecordSet];

function recordDifferences(
  subject: string,
  before: ModelRecord,
  after: ModelRecord,
): readonly DeclaredChange[] {
  const texts = (read: (one: ModelRecord) => string): readonly [string, string] => [
    read(before),
    read(after),
  ];
  const rows: readonly (readonly [
    DeclaredChange["kind"],
    name: string,
    texts: readonly [string, string],
    unit?: string,
  ])[] = [
    [
      before[1].policy.kind === "weighted" && after[1].policy.kind === "weighted"
        ? "weight"
        : "role",
      "policy",
      texts(([, record]) => policyText(record)),
    ],
    ["check", "health check", texts(checkText)],
    ["evaluation", "evaluate target health", texts(([, record]) => evaluationText(record))],
    ["target", "target", texts(targetText)],
    ["ttl", "TTL", texts(([, record]) => ttlText(record)), "s"],
  ];
  return rows.flatMap(([kind, name, [was, is], unit = ""]) =>
    was === is
      ? []
      : [{ kind, what: changeText(name, was, is, unit), subject, resource: after[1].label }],
  );
}

/** The words of a policy; those of a weight start with `weight`, and need no other name. */
function policyText(record: RecordSet): string {
  const { policy } = record;
  const word = policyWord(record);
  return policy.kind === "geoproximity" ? `${word}, bias ${policy.bias}` : word;
}

function checkText([{ route53 }, { checkId }]: ModelRecord): string {
  return checkId === undefined ? "none" : (route53.checks.get(checkId)?.label ?? checkId);
}

function evaluationText({ target }: RecordSet): string {
  return target.kind === "alias" ? (target.evaluateTargetHealth ? "on" : "off") : "";
}

function ttlText({ target }: RecordSet): string {
  return target.kind === "values" ? String(target.ttlSeconds) : "";
}

function targetText([model, record]: ModelRecord): string {
  const { target } = record;
  if (target.kind === "values") {
    const canonicalName = canonicalNameOf(record);
    return (
      canonicalName ?? target.values.map((value) => valueName(model, record, value)).join(", ")
    );
  }
  const { target: to } = target;
  if (to.kind === "record") return to.name;
  return nameOf(model, to.id) ?? to.dnsName;
}

/** The resource at a value, which has another address in each evaluation; otherwise the value. */
export function valueName(model: StackModel, record: RecordSet, value: string): string {
  const urn = model.endpointOfValue(record, value)?.urn;
  return (urn === record.id ? undefined : nameOf(model, urn)) ?? value;
}

function nameOf({ graph }: StackModel, urn: string | undefined): string | undefined {
  return urn === undefined ? undefined : graph.get(urn)?.name;
}

/** Settings of checks that only change how soon a check notices. */
const timingSettings: readonly string[] = [
  "failureThreshold",
  "intervalSeconds",
  "periodSeconds",
  "evaluationPeriods",
];

function checkChanges(before: StackModel, after: StackModel): readonly DeclaredChange[] {
  const [old, now] = [before, after].map((model) =>
    keyed([...model.route53.checks.values()], ({ label }) => label),
  ) as [ReadonlyMap<string, HealthCheck>, ReadonlyMap<string, HealthCheck>];
  return bothKeys(old, now).flatMap((subject): readonly DeclaredChange[] => {
    const [was, is] = [old.get(subject), now.get(subject)];
    if (!was || !is) {
      return [
        {
          kind: "check",
          what: `health check ${is ? "added" : "removed"}`,
          subject,
          resource: subject,
        },
      ];
    }
    const [then, today] = [checkSettings(before, was), checkSettings(after, is)];
    return bothKeys(then, today).flatMap((name) => {
      const [from, to] = [then.get(name) ?? "none", today.get(name) ?? "none"];
      const kind = timingSettings.includes(name) ? "threshold" : "checkSetting";
      return from === to
        ? []
        : [{ kind, what: changeText(spaced(name), from, to), subject, resource: subject }];
    });
  });
}

/** The settings of a check in words, by name. */
function checkSettings(model: StackModel, check: HealthCheck): ReadonlyMap<string, string> {
  const { id: _, label: __, problems: ___, ...settings } = check;
  const labelOf = (id: string): string => model.route53.checks.get(id)?.label ?? id;
  const watched =
    check.kind === "endpoint" ? nameOf(model, model.endpointOfCheck(check)?.urn) : undefined;
  const texts = Object.entries(settings).flatMap(([name, value]): [string, string][] => {
    if (name === "ipAddress" && watched !== undefined) return [];
    const isChildren = check.kind === "calculated" && value === check.children;
    return [[name, isChildren ? check.children.map(labelOf).sort().join(", ") : valueText(value)]];
  });
  return new Map([...texts, ...(watched === undefined ? [] : [["watched", watched] as const])]);
}

function valueText(value: unknown): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** `failureThreshold` as `failure threshold`. */
function spaced(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** Properties that state how large a resource is, or how many there are of it. */
const sizeProperties = [
  "instanceType",
  "instanceClass",
  "nodeType",
  "cacheNodeType",
  "allocatedStorage",
  "desiredCapacity",
  "minSize",
  "maxSize",
  "numCacheClusters",
  "readCapacity",
  "writeCapacity",
] as const;

function sizeChanges(before: StackModel, after: StackModel): readonly DeclaredChange[] {
  const [then, now] = [before, after].map(({ graph }) =>
    keyed(graph.resources, ({ type, name }) => `${name} ${type}`),
  ) as [ReadonlyMap<string, Resource>, ReadonlyMap<string, Resource>];
  return [...now].flatMap(([key, is]) => {
    const was = then.get(key);
    return sizeProperties.flatMap((property): readonly DeclaredChange[] => {
      const [from, to] = [was?.outputs[property], is.outputs[property]];
      if (from === undefined || to === undefined) return [];
      const [old, today] = [valueText(from), valueText(to)];
      if (old === today) return [];
      const what = changeText(spaced(property), old, today);
      return [{ kind: "size", what, subject: is.name, resource: is.name }];
    });
  });
}

function changeText(name: string, from: string, to: string, unit = ""): string {
  const words = `${name} ${from || "none"} → ${to || "none"}`.trim();
  return unit === "" ? words : `${words} ${unit}`;
}

/** Entries by a key; a key that occurs again gets a number. */
function keyed<T>(entries: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, T> {
  const counts = new Map<string, number>();
  return new Map(
    entries.map((one) => {
      const key = keyOf(one);
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      return [count === 1 ? key : `${key} (${count})`, one];
    }),
  );
}

/** The keys of both maps, each once; those of the later first. */
function bothKeys(
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
): readonly string[] {
  return [...new Set([...after.keys(), ...before.keys()])];
}
