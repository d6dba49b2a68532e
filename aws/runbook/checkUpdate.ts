import { edited } from "../../rehearsal/repair/edits";
import type { PropertyChange } from "../../rehearsal/repair/edits";
import type { Resource, Value } from "../../routing/graph/resource";
import { awsTypes } from "../../routing/graph/types";
import { flagOf, listOf, numberOf, valueOf } from "../../routing/graph/values";
import type { AwsCall } from "./awsCall";
import { optionOf } from "./awsCall";
import { followerWords, targetWords } from "./checkWords";
import type { PossibleChange, Effect, RunbookModel } from "./effect";
import { standInDoubt, unchanged, unknownEffect } from "./effect";
import { hole } from "./shellText";

type Kind = "list" | "number" | "text";

/** The options of `update-health-check` with a value, and the properties that they set. */
const settings: Readonly<Record<string, readonly [property: string, kind: Kind]>> = {
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
/** Its flags, which `--no-…` takes back. */
const switches: Readonly<Record<string, string>> = {
  disabled: "disabled",
  inverted: "invertHealthcheck",
  "enable-sni": "enableSni",
};
/** What `--reset-elements` takes away. */
const elements: Readonly<Record<string, string>> = {
  FullyQualifiedDomainName: "fqdn",
  Regions: "regions",
  ResourcePath: "resourcePath",
  ChildHealthChecks: "childHealthchecks",
};
/** Properties that decide what a check watches, so that nobody knows whether the new target is healthy. */
const targets: readonly string[] = [
  ...["ipAddress", "port", "resourcePath", "fqdn", "searchString", "enableSni"],
  ...["cloudwatchAlarmName", "cloudwatchAlarmRegion", "insufficientDataHealthStatus"],
];

/** What a change of a health check, or its deletion, would do. */
export function checkEffect(call: AwsCall, subject: RunbookModel): Effect {
  const id = optionOf(call, "health-check-id") ?? hole;
  const checks = subject.model.graph.ofType(awsTypes.healthCheck);
  const named = checks.filter((check) => check.id === id || check.name === id);
  if (named.length === 0 && subject.hasIds && !id.includes(hole)) {
    return unknownEffect(`the model has no health check ${id}`);
  }
  // An id that is not known may be that of any check on which an answer depends.
  const possible = named.length > 0 ? named : checks.filter((check) => isUsed(check, subject));
  if (possible.length === 0) return unknownEffect("the model has no health check");
  const changes = changesIn(call);
  if (typeof changes === "string") return unknownEffect(changes);
  return {
    kind: "change",
    alternatives: possible.map((check) =>
      call.operation === "delete-health-check"
        ? deletedCheck(check, subject)
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

export function deletedCheck(check: Resource, subject: RunbookModel): PossibleChange {
  return {
    ...unchanged(check.name, subject),
    ...(isUsed(check, subject)
      ? {
          harm: "records or checks refer to it, and Route 53 deletes it all the same: what they then count as is not defined",
        }
      : {}),
  };
}

type Change = Omit<PropertyChange, "urn">;

/** The properties that a call sets; why they are not known, in words. */
function changesIn(call: AwsCall): readonly Change[] | string {
  const changes: Change[] = [];
  for (const [flag, property] of Object.entries(switches)) {
    if (call.options.has(flag)) changes.push({ property, value: true });
    if (call.options.has(`no-${flag}`)) changes.push({ property, value: false });
  }
  for (const [option, [property, kind]] of Object.entries(settings)) {
    const words = call.options.get(option);
    if (words === undefined) continue;
    const value = words.some((word) => word.includes(hole)) ? undefined : settingOf(words, kind);
    if (value === undefined) return `--${option} is not written in the runbook`;
    changes.push({ property, value });
  }
  const alarm = optionOf(call, "alarm-identifier");
  for (const [member, property] of [
    ["Name", "cloudwatchAlarmName"],
    ["Region", "cloudwatchAlarmRegion"],
  ] as const) {
    const [, value] = new RegExp(`"?\\b${member}"?\\s*[=:]\\s*"?([^",}]+)`).exec(alarm ?? "") ?? [];
    if (value?.includes(hole)) return "--alarm-identifier is not written in the runbook";
    if (value !== undefined) changes.push({ property, value });
  }
  for (const element of call.options.get("reset-elements") ?? []) {
    const property = elements[element];
    if (property !== undefined) changes.push({ property });
  }
  return changes;
}

function settingOf(words: readonly string[], kind: Kind): Value | undefined {
  if (kind === "list") return words.flatMap((word) => word.split(",")).filter((one) => one !== "");
  if (kind === "text") return words.join(" ");
  const number = Number(words[0]);
  return Number.isNaN(number) ? undefined : number;
}

function update(
  check: Resource,
  given: readonly Change[],
  call: AwsCall,
  subject: RunbookModel,
): PossibleChange {
  const { urn, name } = check;
  const isStandIn = !subject.hasIds && given.some(({ property }) => property === "ipAddress");
  const changes = given.filter(
    ({ property, value }) =>
      !isSet(check, property, value) && !(isStandIn && property === "ipAddress"),
  );
  const [after = check] = edited(
    [check],
    [{ text: "", cost: 0, changes: changes.map((change) => ({ urn, ...change })) }],
  );
  const isInverted = flagOf(after, "invertHealthcheck");
  const asked = call.options.has("disabled");
  // While its endpoint works, an inverted check reports a failure.
  const isForced = isInverted && !flagOf(check, "invertHealthcheck") && !flagOf(after, "disabled");
  const followers = followerWords(urn, subject.model);
  const [was, is] = [check, after].map((one) => targetWords(one, subject.model));
  const set = new Set(changes.map(({ property }) => property));
  const isAimedElsewhere =
    targets.some((property) => set.has(property)) || hasStrangers(after, set, subject);
  return {
    ...unchanged(name, subject),
    resources:
      isForced || changes.length === 0
        ? subject.resources
        : subject.resources.map((one) => (one.urn === urn ? after : one)),
    faults: isForced ? [{ kind: "check", name, urns: [urn] }] : [],
    notes: [
      ...(isForced
        ? [
            "an inverted check counts as healthy when its endpoint fails, so customers return to it just then; take the inversion back before",
          ]
        : []),
      ...slower(check, after),
      ...(was === is ? [] : [`it watched ${was}, and then watches ${is}`]),
      ...(changes.length === 0 ? [] : [followers ?? "nothing follows it"]),
    ],
    doubts: [
      ...(isAimedElsewhere && followers !== undefined
        ? [
            "whether what it then watches is healthy when the records that follow it serve, is not known",
          ]
        : []),
      ...(isStandIn ? [standInDoubt] : []),
    ],
    isChecked: true,
    // Only these are meant to move customers.
    remedy: asked || isForced ? "hold" : "none",
    ...(asked && !isInverted
      ? {
          harm: "a disabled check counts as healthy (H16): it keeps the traffic, and no failure moves it any more",
        }
      : asked
        ? {
            harm: "a check that is disabled and inverted is assumed to count as unhealthy (H16), which AWS does not document: it may keep the traffic",
          }
        : {}),
  };
}

/** Whether a property has a value already; a flag that is absent is false. */
function isSet(check: Resource, property: string, value: Value | undefined): boolean {
  if (typeof value === "boolean" && property !== "enableSni")
    return flagOf(check, property) === value;
  return JSON.stringify(valueOf(check, property)) === JSON.stringify(value);
}

/** Whether a check is given a child that the model does not have. */
function hasStrangers(after: Resource, set: ReadonlySet<string>, { model }: RunbookModel): boolean {
  const ids = model.graph.ofType(awsTypes.healthCheck).map(({ id }) => id);
  return (
    set.has("childHealthchecks") &&
    listOf(after, "childHealthchecks").some((child) => !ids.some((id) => id === child))
  );
}

/** A note if a check takes longer to notice a failure. */
function slower(before: Resource, after: Resource): readonly string[] {
  const [was = 3, is = 3] = [before, after].map((one) => numberOf(one, "failureThreshold") ?? 3);
  const interval = numberOf(after, "requestInterval") ?? 30;
  return is > was
    ? [`a failure is noticed after ${is * interval} s instead of ${was * interval} s`]
    : [];
}
