import type { HealthCheck } from "../../routing/model";
import type { StackModel } from "../../routing/graph/stackModel";
import type { DeclaredChange } from "./declaredChange";
import { bothKeys, changeText, keyed, spaced, valueText } from "./declaredChange";
import { propertyChanges } from "./declaredProperties";
import { urnResourceName, recordChanges } from "./declaredRecords";

/** A state of a program, as far as its declarations are compared. */
export interface DeclaredState {
  readonly model: StackModel;
  /** The names to compare that it has. */
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
  // The addresses of a hostname come and go with it.
  const isImplied = ({ kind, subject }: DeclaredChange): boolean =>
    kind === "tier" && hostnames.some((one) => subject.startsWith(`${one.subject} `));
  return [
    ...hostnames,
    ...recordChanges(before.model, after.model).filter((change) => !isImplied(change)),
    ...checkChanges(before.model, after.model),
    ...propertyChanges(before.model, after.model),
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

/** Settings of checks that only change how soon a check notices. */
const timingSettings: readonly string[] = [
  "failureThreshold",
  "intervalSeconds",
  "periodSeconds",
  "evaluationPeriods",
];

/** Settings that decide what a check watches, so that no model knows whether that is healthy. */
const watchedSettings: readonly string[] = [
  ...["ipAddress", "fullyQualifiedDomainName", "port", "path", "searchString", "type"],
];

/** What a setting of a check decides. A check that no longer searches a text watches no more than before. */
function settingKind(name: string, from: string, to: string): DeclaredChange["kind"] {
  if (timingSettings.includes(name)) return "threshold";
  const [was, is] = [from, to].map((value) => value.replace("_STR_MATCH", ""));
  return watchedSettings.includes(name) && to !== "none" && was !== is ? "watched" : "checkSetting";
}

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
      const kind = settingKind(name, from, to);
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
    check.kind === "endpoint"
      ? urnResourceName(model, model.endpointOfCheck(check)?.urn)
      : undefined;
  const texts = Object.entries(settings).flatMap(([name, value]): [string, string][] => {
    if (name === "ipAddress" && watched !== undefined) return [];
    const isChildren = check.kind === "calculated" && value === check.children;
    return [[name, isChildren ? check.children.map(labelOf).sort().join(", ") : valueText(value)]];
  });
  return new Map([...texts, ...(watched === undefined ? [] : [["watched", watched] as const])]);
}
