import type { Properties, Resource, UnknownReason, Value } from "../routing/graph/resource";
import { Unknown } from "../routing/graph/resource";
import { isList, isObject } from "../routing/graph/values";

/** A resource as a reader found it, with the property names of Pulumi's provider. */
export interface Declaration {
  /** Pulumi's type token. */
  readonly type: string;
  /** What its source calls it; unique among those of its type. */
  readonly name: string;
  readonly id?: string | undefined;
  readonly region?: string | undefined;
  /** Its properties; what is undefined or null is left out. */
  readonly properties: Readonly<Record<string, Value | undefined>>;
  /** For a property whose value is unknown, the URNs of the resources that it comes from. */
  readonly propertyDependencies?: Resource["propertyDependencies"];
}

/** What a part of a reader finds. */
export interface Declared {
  readonly declarations: readonly Declaration[];
  /** What was left out, and what is not known, a sentence each. */
  readonly notes: readonly string[];
}

/** Where resources come from: what stands in the place of a project and a stack in their URNs. */
export interface Origin {
  /** The format, such as `terraform`. */
  readonly format: string;
  /** What tells sources of one format apart, such as the file's path. */
  readonly source: string;
}

/** The URN that a resource has. */
export function urnOf(
  { format, source }: Origin,
  { type, name }: Pick<Declaration, "type" | "name">,
): string {
  // Two colons separate the parts of a URN, so that they may not be in the first ones.
  return `urn:pulumi:${source.replaceAll("::", ":")}::${format}::${type}::${name}`;
}

/** The resource that a declaration stands for. */
export function resourceOf(origin: Origin, declaration: Declaration): Resource {
  const { type, name, id, region, properties, propertyDependencies = {} } = declaration;
  const values = present({ ...properties, region });
  const unknown: Record<string, UnknownReason> = {};
  markUnknown(values, "inputs", unknown);
  markUnknown(values, "outputs", unknown);
  return {
    urn: urnOf(origin, declaration),
    type,
    name,
    custom: true,
    ...(id === undefined || id === "" ? {} : { id }),
    inputs: values,
    outputs: values,
    ...(region === undefined ? {} : { region }),
    propertyDependencies,
    dependencies: [...new Set(Object.values(propertyDependencies).flat())],
    unknown,
  };
}

function present(properties: Declaration["properties"]): Properties {
  return Object.fromEntries(
    Object.entries(properties).filter(
      (entry): entry is [string, Value] => entry[1] !== undefined && entry[1] !== null,
    ),
  );
}

/** Notes the path of each unknown value below a path. */
function markUnknown(value: Value, path: string, unknown: Record<string, UnknownReason>): void {
  if (value instanceof Unknown) unknown[path] = value.reason;
  else if (isList(value)) {
    value.forEach((inner, index) => {
      markUnknown(inner, `${path}[${index}]`, unknown);
    });
  } else if (isObject(value)) {
    for (const [key, inner] of Object.entries(value)) {
      markUnknown(inner, `${path}.${key}`, unknown);
    }
  }
}

/** Names of which each is given once: a second one has its id behind it. */
export class Names {
  private readonly given = new Set<string>();

  /** @param id what tells resources of one name apart */
  of(type: string, wanted: string | undefined, id: string): string {
    const free = [wanted, id, `${wanted ?? ""} (${id})`].find(
      (name) => name !== undefined && name !== "" && !this.given.has(`${type} ${name}`),
    );
    const name = free ?? `${id} (${this.given.size})`;
    this.given.add(`${type} ${name}`);
    return name;
  }
}
