import { isWireObject, wireText } from "./wire";
import type { Wire, WireProperties } from "./wire";

/** The arguments of a statement that are read here. */
const known = [
  ...["sid", "effect", "actions", "notActions", "resources", "notResources"],
  ...["principals", "notPrincipals", "conditions"],
];

/**
 * The answer of `aws.iam.getPolicyDocument`, with the text as the provider writes it
 * (terraform-provider-aws, internal/service/iam/policy_document_data_source.go and policy_model.go). Undefined for
 * documents that build on others.
 */
export function policyDocument(args: WireProperties): WireProperties | undefined {
  const { statements = [], version = "2012-10-17", policyId, ...others } = args;
  const list = Array.isArray(statements) ? statements.filter(isWireObject) : [];
  const isKnown = list.every((one) => Object.keys(one).every((key) => known.includes(key)));
  if (Object.keys(others).length > 0 || !isKnown) return undefined;
  const document = {
    Version: version,
    ...(policyId === undefined ? {} : { Id: policyId }),
    ...(list.length === 0 ? {} : { Statement: list.map(statementOf) }),
  };
  return {
    ...args,
    // The provider's is a hash of the text.
    id: "document",
    json: escaped(JSON.stringify(document, undefined, 2)),
    minifiedJson: escaped(JSON.stringify(document)),
  };
}

/** As Go escapes what HTML would read. */
function escaped(json: string): string {
  return json.replaceAll("&", "\\u0026").replaceAll("<", "\\u003c").replaceAll(">", "\\u003e");
}

function statementOf(statement: WireProperties): object {
  const { sid, effect = "Allow", principals, notPrincipals, conditions } = statement;
  return {
    ...(sid === undefined || sid === "" ? {} : { Sid: sid }),
    Effect: effect,
    ...listed("Action", sorted(textsIn(statement["actions"]))),
    ...listed("NotAction", sorted(textsIn(statement["notActions"]))),
    ...listed("Resource", sorted(withVariables(statement["resources"]))),
    ...listed("NotResource", sorted(withVariables(statement["notResources"]))),
    ...principalsOf("Principal", objectsIn(principals)),
    ...principalsOf("NotPrincipal", objectsIn(notPrincipals)),
    ...conditionsOf(objectsIn(conditions)),
  };
}

function textsIn(value: Wire | undefined): readonly string[] {
  return (Array.isArray(value) ? value : []).flatMap((one) => wireText(one) ?? []);
}

/** Terraform has `${` for itself, so IAM's variables are written `&{` there. */
function withVariables(value: Wire | undefined): readonly string[] {
  return textsIn(value).map((text) => text.replaceAll("&{", "${"));
}

/** From the last to the first, each once. */
function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort().reverse();
}

/** A single value has no list. */
function oneOrAll(texts: readonly string[]): string | readonly string[] {
  const [first = "", ...others] = texts;
  return others.length === 0 ? first : texts;
}

function listed(name: string, texts: readonly string[]): object {
  return texts.length === 0 ? {} : { [name]: oneOrAll(texts) };
}

function objectsIn(value: Wire | undefined): readonly WireProperties[] {
  return Array.isArray(value) ? value.filter(isWireObject) : [];
}

function principalsOf(name: string, principals: readonly WireProperties[]): object {
  if (principals.length === 0) return {};
  const byType = new Map<string, readonly string[]>();
  for (const { type, identifiers } of principals) {
    const key = wireText(type) ?? "";
    byType.set(key, [...(byType.get(key) ?? []), ...sorted(withVariables(identifiers))]);
  }
  const isAnyone = byType.size === 1 && byType.get("*")?.join(" ") === "*";
  return { [name]: isAnyone ? "*" : inOrder(byType, oneOrAll) };
}

function conditionsOf(conditions: readonly WireProperties[]): object {
  const byTest = new Map<string, Map<string, readonly string[]>>();
  for (const { test, variable, values } of conditions) {
    const [of, key] = [wireText(test) ?? "", wireText(variable) ?? ""];
    const byVariable = byTest.get(of) ?? new Map<string, readonly string[]>();
    byTest.set(of, byVariable.set(key, [...(byVariable.get(key) ?? []), ...withVariables(values)]));
  }
  return byTest.size === 0
    ? {}
    : { Condition: inOrder(byTest, (byVariable) => inOrder(byVariable, oneOrAll)) };
}

/** An object of a map, with its keys in order, as Go writes maps. */
function inOrder<T>(map: ReadonlyMap<string, T>, written: (value: T) => unknown): object {
  const entries = [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, value]) => [key, written(value)]));
}
