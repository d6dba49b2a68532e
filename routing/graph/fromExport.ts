import { InputError } from "../inputError";
import type { Entry, FieldName } from "./exportText";
import { entriesOf } from "./exportText";
import { parsedField, propertiesOf } from "./exportedValues";
import type { Properties, Resource, UnknownReason } from "./resource";

export { unknownSentinels } from "./exportedValues";

/**
 * Reads a `pulumi stack export`. Where it is laid out as an engine writes it, of a resource is parsed
 * only what is asked for.
 *
 * Encrypted secrets become `Unknown`, never a string; a resource that waits for its deletion is
 * left out, since another one has taken its place.
 *
 * @param content The file's content.
 * @param path The file's path, for messages.
 * @throws InputError when the text is not a stack export, with what it is instead; a property of a
 *   resource throws it as well, where that turns out to be no JSON.
 */
export function fromExport(content: string | Uint8Array, path: string): readonly Resource[] {
  const bytes =
    typeof content === "string"
      ? Buffer.from(content)
      : Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const entries = entriesOf(bytes.toString("latin1")) ?? parsedEntries(bytes.toString(), path);
  const headers = entries.map((entry, index) => headerOf(entry, path, index));
  const regions = providerRegions(headers);
  return headers
    .filter(({ entry }) => entry.field("delete") !== true)
    .map((header) => resourceOf(header, regions));
}

/** A resource of an export, with what is read of each. */
interface Header {
  readonly urn: string;
  readonly type: string;
  readonly entry: Entry;
}

/** The entries of a file that has to be parsed as a whole. */
function parsedEntries(text: string, path: string): readonly Entry[] {
  const resources = parsedField(parsedField(parse(text, path), "deployment"), "resources");
  if (!Array.isArray(resources)) {
    throw new InputError(
      `${path}: not a stack export, deployment.resources is missing; write it with \`pulumi stack export\``,
    );
  }
  return resources.map((one: unknown) => ({ field: (name) => parsedField(one, name) }));
}

function parse(text: string, path: string): unknown {
  if (text.trim() === "") {
    throw new InputError(`${path}: the file is empty; write it with \`pulumi stack export\``);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw notWhole(path, cause);
  }
}

function notWhole(path: string, cause: unknown): InputError {
  // V8 quotes what stands there, line breaks included.
  const got = (cause as Error).message.replace(/\s+/g, " ");
  return new InputError(
    `${path}: the file is not complete JSON, got ${got}; write it again with \`pulumi stack export\``,
    { cause },
  );
}

/** An entry that says of which file it is when it cannot be read. */
class FileEntry implements Entry {
  constructor(
    private readonly entry: Entry,
    private readonly path: string,
  ) {}

  field(name: FieldName): unknown {
    try {
      return this.entry.field(name);
    } catch (cause) {
      throw notWhole(this.path, cause);
    }
  }
}

function headerOf(bare: Entry, path: string, index: number): Header {
  const entry = new FileEntry(bare, path);
  const [urn, type] = [entry.field("urn"), entry.field("type")];
  if (typeof urn === "string" && typeof type === "string") return { urn, type, entry };
  throw new InputError(
    `${path}: deployment.resources[${index}]: urn or type is missing; write the file again with \`pulumi stack export\``,
  );
}

function providerRegions(headers: readonly Header[]): ReadonlyMap<string, string> {
  const regions = headers
    .filter(({ type }) => type === "pulumi:providers:aws")
    .flatMap(({ urn, entry }): [string, string][] => {
      const region = parsedField(entry.field("inputs"), "region");
      return typeof region === "string" ? [[urn, region]] : [];
    });
  return new Map(regions);
}

/** The fields of a resource that an export can have. */
const fields = [
  "urn",
  "type",
  "name",
  "custom",
  "id",
  "inputs",
  "outputs",
  "parent",
  "provider",
  "region",
  "propertyDependencies",
  "dependencies",
  "unknown",
] as const satisfies readonly (keyof Resource)[];

/** A resource of which each field is read when it is asked for. */
class ExportedResource {
  private ownInputs: Marked | undefined;
  private ownOutputs: Marked | undefined;
  private ownPropertyDependencies: Resource["propertyDependencies"] | undefined;

  constructor(
    readonly urn: string,
    readonly type: string,
    private readonly entry: Entry,
    private readonly providerRegions: ReadonlyMap<string, string>,
  ) {}

  get name(): string {
    return nameOf(this.urn);
  }

  get custom(): boolean {
    return this.entry.field("custom") === true;
  }

  get id(): string | undefined {
    const id = textOf(this.entry.field("id"));
    return id === "" ? undefined : id;
  }

  get inputs(): Properties {
    return this.markedInputs.values;
  }

  get outputs(): Properties {
    return this.markedOutputs.values;
  }

  get parent(): string | undefined {
    return textOf(this.entry.field("parent"));
  }

  /** The URN of the provider: a reference to it has two colons and its id behind. */
  get provider(): string | undefined {
    const reference = textOf(this.entry.field("provider"));
    return reference?.slice(0, reference.lastIndexOf("::"));
  }

  /** Its own region, else its provider's. */
  get region(): string | undefined {
    const own = this.outputs["region"] ?? this.inputs["region"];
    if (typeof own === "string") return own;
    const { provider } = this;
    return provider === undefined ? undefined : this.providerRegions.get(provider);
  }

  get propertyDependencies(): Resource["propertyDependencies"] {
    return (this.ownPropertyDependencies ??= urnsByKey(this.entry.field("propertyDependencies")));
  }

  get dependencies(): readonly string[] {
    return texts(this.entry.field("dependencies"));
  }

  get unknown(): Resource["unknown"] {
    return { ...this.markedInputs.unknown, ...this.markedOutputs.unknown };
  }

  private get markedInputs(): Marked {
    return (this.ownInputs ??= marked(this.entry.field("inputs"), "inputs"));
  }

  private get markedOutputs(): Marked {
    return (this.ownOutputs ??= marked(
      this.entry.field("outputs") ?? this.entry.field("inputs"),
      "outputs",
    ));
  }
}

/**
 * Lets a resource look as if it had its fields itself, so that a copy (`{ ...resource }`) has them too.
 * Getters of each resource's own would do the same and cost a quarter of the time of an answer.
 */
const itsOwn: ProxyHandler<ExportedResource> = {
  get: (resource, key) => Reflect.get(resource, key) as unknown,
  ownKeys: () => [...fields],
  getOwnPropertyDescriptor: (resource, key) => {
    const field = fields.find((name) => name === key);
    return field && { enumerable: true, configurable: true, value: resource[field] };
  },
};

/** A field that is absent reads as undefined. */
function resourceOf(
  { urn, type, entry }: Header,
  providerRegions: ReadonlyMap<string, string>,
): Resource {
  const resource = new ExportedResource(urn, type, entry, providerRegions);
  return new Proxy(resource, itsOwn) as unknown as Resource;
}

/** Properties, and the paths of those that are unknown. */
interface Marked {
  readonly values: Properties;
  readonly unknown: Readonly<Record<string, UnknownReason>>;
}

function marked(value: unknown, path: string): Marked {
  const unknown: Record<string, UnknownReason> = {};
  return { values: propertiesOf(value, path, unknown), unknown };
}

/** The last part of a URN; a name may itself contain what separates the parts. */
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
