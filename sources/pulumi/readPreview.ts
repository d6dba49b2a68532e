import { resourcesOfExport } from "../../routing/graph/fromExport";
import type { Value } from "../../routing/graph/resource";
import { isList, isObject } from "../../routing/graph/values";
import { InputError } from "../../routing/inputError";
import { memberOf } from "../fields";
import type { Reading } from "../reading";

/** Steps after which the resource is the one that exists, with its outputs. */
const keptOperations: readonly unknown[] = ["same", "update", "refresh", "read"];

/**
 * Reads `pulumi preview --json --show-sames`: the resources as they would be after the update. What AWS would
 * compute is unknown. (pulumi: pkg/backend/display/json.go; secrets are the text `[secret]` there.)
 *
 * @param path the file's path, for messages
 * @throws InputError if unchanged resources are left out of it
 */
export function readPreview(document: Value, path: string): Reading {
  const given = memberOf(document, "steps");
  const steps = isList(given) ? given : [];
  requireSames(document, steps, path);
  const byUrn = new Map<unknown, Value>();
  for (const step of steps) {
    const state = stateAfter(step);
    if (state !== undefined) byUrn.set(memberOf(state, "urn"), state);
  }
  const deployment = { resources: [...byUrn.values()] };
  return {
    resources: resourcesOfExport({ version: 3, deployment }, path),
    notes: [`${path}: a preview; what AWS computes for new resources is unknown.`],
    failing: [],
  };
}

/** Without `--show-sames` a preview has the changed resources only. */
function requireSames(document: Value, steps: readonly Value[], path: string): void {
  const counted = memberOf(memberOf(document, "changeSummary") ?? null, "same");
  const shown = steps.filter((step) => memberOf(step, "op") === "same").length;
  if (typeof counted === "number" && shown < counted) {
    throw new InputError(
      `${path}: must have every resource, got ${shown} of ${counted} unchanged ones; write it with \`pulumi preview --json --show-sames\``,
    );
  }
}

/** The state of a step's resource after the update; undefined for one that is deleted. */
function stateAfter(step: Value): Value | undefined {
  const [state, before] = [memberOf(step, "newState"), memberOf(step, "oldState")];
  if (!isObject(state ?? null) || state === undefined) return undefined;
  const isKept = keptOperations.includes(memberOf(step, "op")) && before !== undefined;
  const inputs = memberOf(state, "inputs") ?? {};
  const outputs = isKept ? memberOf(before, "outputs") : {};
  const id = isKept ? memberOf(before, "id") : undefined;
  return withSecrets({
    ...(state as Readonly<Record<string, Value>>),
    ...(id === undefined ? {} : { id }),
    outputs: { ...objectOf(outputs), ...objectOf(memberOf(state, "outputs")), ...objectOf(inputs) },
  });
}

function objectOf(value: Value | undefined): Readonly<Record<string, Value>> {
  return value !== undefined && isObject(value) ? value : {};
}

/** The text in place of a secret, and a secret as an export has it. */
const secretText = "[secret]";
const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

function withSecrets(value: Value): Value {
  if (value === secretText) return secret;
  if (isList(value)) return value.map(withSecrets);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withSecrets(inner)]));
}
