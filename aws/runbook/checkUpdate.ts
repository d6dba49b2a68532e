import { edited } from "../../rehearsal/repair/edits";
import type { PropertyChange } from "../../rehearsal/repair/edits";
import type { Resource, Value } from "../../routing/graph/resource";
import { awsTypes } from "../../routing/graph/types";
import { flagOf, numberOf } from "../../routing/graph/values";
import type { AwsCall } from "./awsCall";
import { optionOf } from "./awsCall";
import type { PossibleChange, Effect, RunbookModel } from "./effect";
import { hole } from "./shellCommands";

/** The options of `update-health-check` and the properties that they set. */
const settings: Readonly<
  Record<string, readonly [property: string, kind: "list" | "number" | "text"]>
> = {
  "ip-address": ["ipAddress", "text"],
  port: ["port", "number"],
  "resource-path": ["resourcePath", "text"],
  "fully-qualified-domain-name": ["fqdn", "text"],
  "search-string": ["searchString", "text"],
  "failure-threshold": ["failureThreshold", "number"],
  "health-threshold": ["childHealthThreshold", "number"],
  "child-health-checks": ["childHealthchecks", "list"],
  regions: ["regions", "list"],
  "insufficient-data-health-status": ["insufficientDataHealthStatus", "text"],
};
/** What `--reset-elements` takes away. */
const elements: Readonly<Record<string, string>> = {
  FullyQualifiedDomainName: "fqdn",
  Regions: "regions",
  ResourcePath: "resourcePath",
  ChildHealthChecks: "childHealthchecks",
};

/** What a change of a health check, or its deletion, would do. */
export function checkEffect(call: AwsCall, subject: RunbookModel): Effect {
  const id = optionOf(call, "health-check-id") ?? hole;
  const checks = subject.model.graph.ofType(awsTypes.healthCheck);
  const named = checks.filter((check) => check.id === id || check.name === id);
  if (named.length === 0 && subject.hasIds && !id.includes(hole)) {
    return { kind: "unknown", why: `the model has no health check ${id}` };
  }
  // An id that is not known may be that of any check on which an answer depends.
  const possible = named.length > 0 ? named : checks.filter((check) => isUsed(check, subject));
  if (possible.length === 0) return { kind: "unknown", why: "the model has no health check" };
  const changes = changesIn(call, subject);
  if (typeof changes === "string") return { kind: "unknown", why: changes };
  return {
    kind: "change",
    alternatives: possible.map((check) =>
      call.operation === "delete-health-check"
        ? deletion(check, subject)
        : update(check, changes, call, subject),
    ),
  };
}

/** Whether a record or another check refers to a check. */
function isUsed(check: Resource, { resources }: RunbookModel): boolean {
  return resources.some(
    ({ outputs, inputs }) =>
      [outputs["healthCheckId"], inputs["healthCheckId"]].includes(check.id ?? "") ||
      [outputs["childHealthchecks"], inputs["childHealthchecks"]].some(
        (list) => Array.isArray(list) && list.includes(check.id ?? ""),
      ),
  );
}

function deletion(check: Resource, subject: RunbookModel): PossibleChange {
  return {
    subject: check.name,
    resources: subject.resources,
    faults: [],
    notes: [],
    isChecked: false,
    ...(isUsed(check, subject)
      ? {
          harm: "records or checks refer to it, and Route 53 deletes it all the same: what they then count as is not defined",
        }
      : {}),
    remedy: "hold",
  };
}

type Change = Omit<PropertyChange, "urn">;

/** The properties that a call sets; why they are not known, in words. */
function changesIn(call: AwsCall, { textOf }: RunbookModel): readonly Change[] | string {
  const json = optionOf(call, "cli-input-json");
  if (json !== undefined) {
    return textOf(json) === undefined
      ? "its input is a file that cannot be read"
      : "its input is a file; write its settings as options";
  }
  const changes: Change[] = [];
  for (const [flag, property] of [
    ["disabled", "disabled"],
    ["inverted", "invertHealthcheck"],
  ] as const) {
    if (call.options.has(flag)) changes.push({ property, value: true });
    if (call.options.has(`no-${flag}`)) changes.push({ property, value: false });
  }
  for (const [option, [property, kind]] of Object.entries(settings)) {
    const words = call.options.get(option);
    if (words === undefined) continue;
    if (words.some((word) => word.includes(hole)))
      return `--${option} is not written in the runbook`;
    changes.push({ property, value: valueOf(words, kind) });
  }
  for (const element of call.options.get("reset-elements") ?? []) {
    const property = elements[element];
    if (property !== undefined) changes.push({ property });
  }
  return changes;
}

function valueOf(words: readonly string[], kind: "list" | "number" | "text"): Value {
  if (kind === "list") return words.flatMap((word) => word.split(",")).filter((one) => one !== "");
  return kind === "number" ? Number(words[0]) : words.join(" ");
}

function update(
  check: Resource,
  changes: readonly Change[],
  call: AwsCall,
  { resources }: RunbookModel,
): PossibleChange {
  const { urn, name } = check;
  const [after = check] = edited(
    [check],
    [{ text: "", cost: 0, changes: changes.map((change) => ({ urn, ...change })) }],
  );
  const isDisabled = flagOf(after, "disabled");
  const isInverted = flagOf(after, "invertHealthcheck");
  const wasInverted = flagOf(check, "invertHealthcheck");
  const asked = call.options.has("disabled");
  // While its endpoint works, an inverted check reports a failure.
  const isForced = isInverted && !wasInverted && !isDisabled;
  const notes = [
    ...(isForced
      ? [
          "an inverted check counts as healthy when its endpoint fails, so customers return to it just then; take the inversion back before",
        ]
      : []),
    ...slower(check, after),
  ];
  return {
    subject: name,
    resources: isForced ? resources : resources.map((one) => (one.urn === urn ? after : one)),
    faults: isForced ? [{ kind: "check", name, urns: [urn] }] : [],
    notes,
    isChecked: true,
    ...(asked && !isInverted
      ? {
          harm: "a disabled check counts as healthy (H16): it keeps the traffic, and no failure moves it any more",
        }
      : asked
        ? {
            harm: "a check that is disabled and inverted is assumed to count as unhealthy (H16), which AWS does not document: it may keep the traffic",
          }
        : {}),
    remedy: "hold",
  };
}

/** A note if a check takes longer to notice a failure. */
function slower(before: Resource, after: Resource): readonly string[] {
  const [was = 3, is = 3] = [before, after].map((one) => numberOf(one, "failureThreshold") ?? 3);
  const interval = numberOf(after, "requestInterval") ?? 30;
  return is > was
    ? [`a failure is noticed after ${is * interval} s instead of ${was * interval} s`]
    : [];
}
