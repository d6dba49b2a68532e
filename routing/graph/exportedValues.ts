import type { Properties, UnknownReason, Value } from "./resource";
import { Unknown } from "./resource";

/** Marks of special values in a state file (pulumi: sdk/go/common/resource/properties.go). */
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const resourceSignature = "5cf8f73096256a8f31e491e813e4eb8e";
/** What stands for a value that is computed later, of any type, in a state file and on the wire. */
export const unknownSentinels: ReadonlySet<string> = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/**
 * The properties of a resource as a state file has them.
 *
 * @param path Where they stand, such as `inputs`.
 * @param unknown Takes the paths of values that cannot be read, with the reason.
 */
export function propertiesOf(
  value: unknown,
  path: string,
  unknown: Record<string, UnknownReason>,
): Properties {
  if (typeof value !== "object" || value === null) return {};
  if (isReadable(value)) return value as Properties;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, read(inner, `${path}.${key}`, unknown)]),
  );
}

/** Whether nothing in a value is unknown or a secret, so that it is what it stands for. */
function isReadable(value: unknown): boolean {
  if (typeof value === "string") return !unknownSentinels.has(value);
  if (Array.isArray(value)) return value.every(isReadable);
  if (typeof value !== "object" || value === null) return true;
  return !(signatureKey in value) && Object.values(value).every(isReadable);
}

function read(value: unknown, path: string, unknown: Record<string, UnknownReason>): Value {
  if (typeof value === "string" && unknownSentinels.has(value)) return mark("computed");
  if (Array.isArray(value)) {
    return value.map((inner, index) => read(inner, `${path}[${index}]`, unknown));
  }
  if (typeof value === "object" && value !== null) {
    const signature = parsedField(value, signatureKey);
    if (signature === secretSignature) return readSecret(value);
    return signature === resourceSignature
      ? readReference(value)
      : propertiesOf(value, path, unknown);
  }
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? value
    : null;

  function mark(reason: UnknownReason): Unknown {
    unknown[path] = reason;
    return new Unknown(reason);
  }

  /**
   * A resource in a property: its id, or the URN of a component, which is what the engine hands to packs
   * and to providers that know no references (pulumi: sdk/go/common/resource/plugin/rpc.go,
   * MarshalPropertyValue).
   */
  function readReference(reference: unknown): Value {
    const [id, urn] = [parsedField(reference, "id"), parsedField(reference, "urn")];
    return read(typeof id === "string" && id !== "" ? id : urn, path, unknown);
  }

  /** With `--show-secrets` the value is there, as JSON in a string. */
  function readSecret(secret: unknown): Value {
    const plaintext = parsedField(secret, "plaintext");
    return typeof plaintext === "string"
      ? read(JSON.parse(plaintext) as unknown, path, unknown)
      : mark("encrypted");
  }
}

/** A field of anything that has been parsed; undefined where it has none of that name. */
export function parsedField(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
