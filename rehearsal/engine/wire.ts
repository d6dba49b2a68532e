/**
 * Property values as the Pulumi SDK sends them to its engine, and their translation into the
 * `Resource` format. The marker constants are the SDK's own wire format (runtime/rpc). They are
 * literals here so that reading values does not load the SDK, and a test compares them.
 */
import { secretsIn } from "./secretPlaceholders";
import { Unknown } from "../../routing/graph/resource";
import type { Properties, UnknownReason, Value } from "../../routing/graph/resource";

/** JSON, possibly with the markers below. */
export type Wire = null | boolean | number | string | Wire[] | { [key: string]: Wire };

export type WireProperties = Record<string, Wire>;

/** Marks an unknown value. */
export const unknownWire = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
/** Key that makes an object a marker; its value is the marker's kind. */
export const signatureKey = "4dabf18193072939515e22adb298388d";
export const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
export const resourceSignature = "5cf8f73096256a8f31e491e813e4eb8e";

/** A value marked as secret. */
export function secretWire(value: Wire): Wire {
  return { [signatureKey]: secretSignature, value };
}

/** A reference to a resource; `id` is absent for components and unknown before deployment. */
export function referenceWire(urn: string, id: Wire | undefined): Wire {
  return { [signatureKey]: resourceSignature, urn, ...(id === undefined ? {} : { id }) };
}

/** The resources that a value depends on, by URN. */
export function referencedUrns(value: Wire): string[] {
  if (Array.isArray(value)) return value.flatMap(referencedUrns);
  if (!isWireObject(value)) return [];
  if (value[signatureKey] !== resourceSignature)
    return Object.values(value).flatMap(referencedUrns);
  const urn = wireText(value["urn"]);
  return urn === undefined ? [] : [urn];
}

/** The string of a value; undefined if it is absent, unknown, secret or not a string. */
export function wireText(value: Wire | undefined): string | undefined {
  return typeof value === "string" && value !== unknownWire ? value : undefined;
}

export function isWireObject(value: Wire | undefined): value is { [key: string]: Wire } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value for a message: as JSON, without secrets. */
export function wireForMessage(value: Wire): string {
  const clean = (part: Wire): Wire => {
    if (part === unknownWire) return "<computed>";
    if (Array.isArray(part)) return part.map(clean);
    if (!isWireObject(part)) return part;
    if (part[signatureKey] === secretSignature) return "<secret>";
    return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, clean(item)]));
  };
  return JSON.stringify(clean(value));
}

/** Whether a value, or any part of it, is unknown. */
export function hasUnknownWire(value: Wire): boolean {
  if (value === unknownWire) return true;
  if (Array.isArray(value)) return value.some(hasUnknownWire);
  return isWireObject(value) && Object.values(value).some(hasUnknownWire);
}

/**
 * Translates properties, and records in `unknown` the path of every value that cannot be read. A
 * secret is never passed on: it becomes an encrypted `Unknown`, as in a stack export.
 */
export function toProperties(
  properties: Readonly<WireProperties>,
  prefix: string,
  unknown: Record<string, UnknownReason>,
): Properties {
  const result: Record<string, Value> = {};
  for (const [key, value] of Object.entries(properties)) {
    result[key] = toValue(value, pathOf(prefix, key), unknown);
  }
  return result;
}

function toValue(value: Wire, path: string, unknown: Record<string, UnknownReason>): Value {
  if (value === unknownWire) return note("computed", path, unknown);
  if (Array.isArray(value)) {
    return value.map((item, index) => toValue(item, `${path}[${index}]`, unknown));
  }
  if (typeof value === "string" && secretsIn(value).length > 0) {
    // A program can read an encrypted setting as a plain text.
    return note("encrypted", path, unknown);
  }
  if (!isWireObject(value)) return value;
  switch (value[signatureKey]) {
    case secretSignature:
      return note(hasUnknownWire(value["value"] ?? null) ? "computed" : "encrypted", path, unknown);
    case resourceSignature:
      // For a resource reference the engine passes a provider its id; for a component its URN.
      return toValue(value["id"] ?? value["urn"] ?? null, path, unknown);
    default:
      return toProperties(value, path, unknown);
  }
}

function note(reason: UnknownReason, path: string, into: Record<string, UnknownReason>): Unknown {
  into[path] = reason;
  return new Unknown(reason);
}

/** `inputs.tags.Name`, or `inputs.tags["a.b"]` if the key itself would look like a path. */
function pathOf(prefix: string, key: string): string {
  return /^[\w$:/-]+$/.test(key) ? `${prefix}.${key}` : `${prefix}[${JSON.stringify(key)}]`;
}
