import { InputError } from "../inputError";
import type { Properties, Resource, UnknownReason, Value } from "./resource";
import { Unknown } from "./resource";

/**
 * Reads a `pulumi stack export`.
 *
 * Encrypted secrets become `Unknown`, never a string; a resource that waits for its deletion is
 * left out, since another one has taken its place.
 *
 * @param text The file's content.
 * @param path The file's path, for messages.
 * @throws InputError when the text is not a stack export, with what it is instead.
 */
export function fromExport(text: string, path: string): readonly Resource[] {
  const entries = entriesOf(parse(text, path), path);
  const regions = providerRegions(entries);
  return entries
    .filter(({ delete: isDeleted }) => isDeleted !== true)
    .map((entry) => {
      const provider =
        typeof entry.provider === "string" ? providerUrnOf(entry.provider) : undefined;
      return resourceOf(entry, provider, provider && regions.get(provider));
    });
}

/** A resource of an export, as far as it is read; every field is checked before use. */
interface Entry {
  readonly urn: string;
  readonly type: string;
  readonly [field: string]: unknown;
}

function parse(text: string, path: string): unknown {
  if (text.trim() === "") {
    throw new InputError(`${path}: the file is empty; write it with \`pulumi stack export\``);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new InputError(
      `${path}: the file is not whole JSON, got ${(cause as Error).message}; write it again with \`pulumi stack export\``,
      { cause },
    );
  }
}

function entriesOf(document: unknown, path: string): readonly Entry[] {
  const resources = field(field(document, "deployment"), "resources");
  if (!Array.isArray(resources)) {
    throw new InputError(
      `${path}: this is no stack export, it has no deployment.resources; write it with \`pulumi stack export\``,
    );
  }
  const broken = resources.findIndex((entry) => !isEntry(entry));
  if (broken >= 0) {
    throw new InputError(
      `${path}: deployment.resources[${broken}]: it has no urn and type; write the file again with \`pulumi stack export\``,
    );
  }
  return resources.filter(isEntry);
}

function isEntry(entry: unknown): entry is Entry {
  return typeof field(entry, "urn") === "string" && typeof field(entry, "type") === "string";
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** A provider reference is the provider's URN, two colons and its id. */
function providerUrnOf(reference: string): string {
  return reference.slice(0, reference.lastIndexOf("::"));
}

function providerRegions(entries: readonly Entry[]): ReadonlyMap<string, string> {
  const regions = entries.flatMap((entry): [string, string][] => {
    const region = field(entry.inputs, "region");
    return entry.type === "pulumi:providers:aws" && typeof region === "string"
      ? [[entry.urn, region]]
      : [];
  });
  return new Map(regions);
}

function resourceOf(
  entry: Entry,
  provider: string | undefined,
  providerRegion: string | undefined,
): Resource {
  const unknown: Record<string, UnknownReason> = {};
  const inputs = propertiesOf(entry.inputs, "inputs", unknown);
  const outputs = propertiesOf(entry.outputs ?? entry.inputs, "outputs", unknown);
  const region = outputs.region ?? inputs.region;
  const regionName = typeof region === "string" ? region : providerRegion;
  return {
    urn: entry.urn,
    type: entry.type,
    name: nameOf(entry.urn),
    custom: entry.custom === true,
    inputs,
    outputs,
    propertyDependencies: propertyDependenciesOf(entry.propertyDependencies),
    dependencies: texts(entry.dependencies),
    unknown,
    ...(typeof entry.id === "string" && entry.id !== "" ? { id: entry.id } : {}),
    ...(typeof entry.parent === "string" ? { parent: entry.parent } : {}),
    ...(provider === undefined ? {} : { provider }),
    ...(regionName === undefined ? {} : { region: regionName }),
  };
}

/** The last part of a URN; a name may itself contain what separates the parts. */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function propertyDependenciesOf(value: unknown): Readonly<Record<string, readonly string[]>> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([key, urns]) => [key, texts(urns)]));
}

/** Marks of special values in a state file (pulumi: sdk/go/common/resource/properties.go). */
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
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

function propertiesOf(
  value: unknown,
  path: string,
  unknown: Record<string, UnknownReason>,
): Properties {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, read(inner, `${path}.${key}`, unknown)]),
  );
}

function read(value: unknown, path: string, unknown: Record<string, UnknownReason>): Value {
  if (typeof value === "string" && unknownSentinels.has(value)) return mark("computed");
  if (Array.isArray(value)) {
    return value.map((inner, index) => read(inner, `${path}[${index}]`, unknown));
  }
  if (typeof value === "object" && value !== null) {
    return field(value, signatureKey) === secretSignature
      ? readSecret(value)
      : propertiesOf(value, path, unknown);
  }
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? value
    : null;

  function mark(reason: UnknownReason): Unknown {
    unknown[path] = reason;
    return new Unknown(reason);
  }

  /** With `--show-secrets` the value is there, as JSON in a string. */
  function readSecret(secret: unknown): Value {
    const plaintext = field(secret, "plaintext");
    return typeof plaintext === "string"
      ? read(JSON.parse(plaintext) as unknown, path, unknown)
      : mark("encrypted");
  }
}
