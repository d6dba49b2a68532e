import { InputError, jsonFault } from "../inputError";
import { parsedField, exportedPropertiesOf } from "./exportedValues";
import type { Properties, Resource, UnknownReason } from "./resource";

export { unknownSentinels } from "./exportedValues";

/** The file versions with this structure (pulumi: sdk/go/common/apitype/core.go). */
const knownVersions = [3, 4];

/**
 * Reads a `pulumi stack export`.
 *
 * Encrypted secrets become `Unknown`, never a string. A resource that waits for its deletion is
 * omitted, because another one has replaced it.
 *
 * @param content the file's content
 * @param path the file's path, for messages
 * @throws InputError when the text is not a stack export, with what it is instead
 */
export function fromExport(content: string | Uint8Array, path: string): readonly Resource[] {
  const text = typeof content === "string" ? content : Buffer.from(content).toString("utf8");
  return resourcesOfExport(parse(text, path), path);
}

/** The same for a file that was parsed already. */
export function resourcesOfExport(document: unknown, path: string): readonly Resource[] {
  const entries = parsedField(parsedField(document, "deployment"), "resources");
  if (!Array.isArray(entries)) {
    throw new InputError(
      `${path}: not a stack export, deployment.resources is missing; write it with \`pulumi stack export\``,
    );
  }
  const version = parsedField(document, "version");
  if (version !== undefined && !knownVersions.includes(version as number)) {
    throw new InputError(
      `${path}: version: must be ${knownVersions.join(" or ")}, got ${JSON.stringify(version)}; write the file with a Pulumi CLI of version 3`,
    );
  }
  const headers = entries.map((entry: unknown, index) => headerOf(entry, path, index));
  const regions = providerRegions(headers);
  return headers
    .filter(({ entry }) => parsedField(entry, "delete") !== true)
    .map((header) => resourceOf(header, regions));
}

function parse(text: string, path: string): unknown {
  if (text.trim() === "") {
    throw new InputError(`${path}: the file is empty; write it with \`pulumi stack export\``);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new InputError(
      `${path}: the file is not complete JSON, got ${jsonFault(cause)}; write it again with \`pulumi stack export\``,
      { cause },
    );
  }
}

/** The parts of a resource entry that are read first. */
interface Header {
  readonly urn: string;
  readonly type: string;
  readonly entry: unknown;
}

function headerOf(entry: unknown, path: string, index: number): Header {
  const [urn, type] = [parsedField(entry, "urn"), parsedField(entry, "type")];
  if (typeof urn === "string" && typeof type === "string") return { urn, type, entry };
  throw new InputError(
    `${path}: deployment.resources[${index}]: urn or type is missing; write the file again with \`pulumi stack export\``,
  );
}

/** Providers that have a region. */
const providerTypes = ["pulumi:providers:aws", "pulumi:providers:aws-native"];

function providerRegions(headers: readonly Header[]): ReadonlyMap<string, string> {
  const regions = headers
    .filter(({ type }) => providerTypes.includes(type))
    .flatMap(({ urn, entry }): [string, string][] => {
      const region = parsedField(parsedField(entry, "inputs"), "region");
      return typeof region === "string" ? [[urn, region]] : [];
    });
  return new Map(regions);
}

function resourceOf(
  { urn, type, entry }: Header,
  providerRegions: ReadonlyMap<string, string>,
): Resource {
  const unknown: Record<string, UnknownReason> = {};
  const given = parsedField(entry, "inputs");
  const inputs = exportedPropertiesOf(given, "inputs", unknown);
  const outputs = exportedPropertiesOf(parsedField(entry, "outputs") ?? given, "outputs", unknown);
  const id = textOf(parsedField(entry, "id"));
  const parent = textOf(parsedField(entry, "parent"));
  const provider = providerOf(entry);
  const region = regionOf(inputs, outputs) ?? (provider && providerRegions.get(provider));
  return {
    urn,
    type,
    name: nameOf(urn),
    custom: parsedField(entry, "custom") === true,
    ...(id === undefined || id === "" ? {} : { id }),
    inputs,
    outputs,
    ...(parent === undefined ? {} : { parent }),
    ...(provider === undefined ? {} : { provider }),
    ...(region === undefined ? {} : { region }),
    propertyDependencies: urnsByKey(parsedField(entry, "propertyDependencies")),
    dependencies: texts(parsedField(entry, "dependencies")),
    unknown,
    ...(parsedField(entry, "protect") === true ? { protect: true } : {}),
  };
}

/** The URN of the provider: in a reference, two colons and the provider's id follow it. */
function providerOf(entry: unknown): string | undefined {
  const reference = textOf(parsedField(entry, "provider"));
  return reference?.slice(0, reference.lastIndexOf("::"));
}

/** A resource's own region, which takes precedence over its provider's. */
function regionOf(inputs: Properties, outputs: Properties): string | undefined {
  const own = outputs["region"] ?? inputs["region"];
  return typeof own === "string" ? own : undefined;
}

/** The last part of a URN; a name may itself contain the separator. */
export function nameOf(urn: string): string {
  let at = -2;
  for (let part = 0; part < 3; part += 1) {
    at = urn.indexOf("::", at + 2);
    if (at < 0) return "";
  }
  return urn.slice(at + 2);
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function urnsByKey(value: unknown): Readonly<Record<string, readonly string[]>> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([key, urns]) => [key, texts(urns)]));
}
