import type { Properties, UnknownReason, Value } from "./resource";
import { Unknown } from "./resource";

/** Marks of special values in a state file (pulumi: sdk/go/common/resource/properties.go). */
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const resourceSignature = "5cf8f73096256a8f31e491e813e4eb8e";
/**
 * The placeholders for values of each type that are computed later, in a state file and on the
 * wire.
 */
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
 * The properties of a resource in a state file.
 *
 * @param path their path, such as `inputs`
 * @param unknown receives the paths of values that cannot be read, with the reason
 */
export function exportedPropertiesOf(
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

/** Whether a value contains no unknown and no secret, so that it can be used as it is. */
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
      : exportedPropertiesOf(value, path, unknown);
  }
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? value
    : null;

  function mark(reason: UnknownReason): Unknown {
    unknown[path] = reason;
    return new Unknown(reason);
  }

  /**
   * A reference to a resource: its id, or a component's URN. The engine passes the same value to
   * packs, and to providers that do not support references (pulumi:
   * sdk/go/common/resource/plugin/rpc.go, MarshalPropertyValue).
   */
  function readReference(reference: unknown): Value {
    const [id, urn] = [parsedField(reference, "id"), parsedField(reference, "urn")];
    return read(typeof id === "string" && id !== "" ? id : urn, path, unknown);
  }

  /** With `--show-secrets` the export contains the value, as JSON in a string. */
  function readSecret(secret: unknown): Value {
    const plaintext = parsedField(secret, "plaintext");
    return typeof plaintext === "string"
      ? read(JSON.parse(plaintext) as unknown, path, unknown)
      : mark("encrypted");
  }
}

/** A field of any parsed value; undefined where the value has no such field. */
export function parsedField(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
