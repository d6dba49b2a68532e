import type { Properties, Resource, UnknownReason, Value } from "../routing/graph/resource";
import { Unknown } from "../routing/graph/resource";
import { isList, isObject } from "../routing/graph/values";

/** A resource that a reader found, with the property names of Pulumi's provider. */
export interface Declaration {
  /** Pulumi's type token. */
  readonly type: string;
  /** Its name in the source; unique among the resources of its type. */
  readonly name: string;
  readonly id?: string | undefined;
  readonly region?: string | undefined;
  /** Set on a hosted zone if all of its records were read. */
  readonly isWhole?: true | undefined;
  /** Its properties; undefined and null values are left out. */
  readonly properties: Readonly<Record<string, Value | undefined>>;
  /** For a property whose value is unknown, the URNs of the resources that it comes from. */
  readonly propertyDependencies?: Resource["propertyDependencies"];
}

/** The result of one part of a reader. */
export interface Declared {
  readonly declarations: readonly Declaration[];
  /** What was left out and what is unknown, one sentence each. */
  readonly notes: readonly string[];
}

/** Where resources come from; its fields replace the project and stack in their URNs. */
export interface Origin {
  /** The format, such as `terraform`. */
  readonly format: string;
  /** Distinguishes sources of one format, such as the file's path. */
  readonly source: string;
}

/** The URN of a resource. */
export function urnOf(
  { format, source }: Origin,
  { type, name }: Pick<Declaration, "type" | "name">,
): string {
  // Two colons separate the parts of a URN, so the first part must not contain them.
  return `urn:pulumi:${source.replaceAll("::", ":")}::${format}::${type}::${name}`;
}

/** The resource of a declaration. */
export function resourceOf(origin: Origin, declaration: Declaration): Resource {
  const { type, name, id, region, isWhole, properties, propertyDependencies = {} } = declaration;
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
    ...(isWhole ? { isWhole } : {}),
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

/** Records the path of each unknown value below a path. */
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

/** Gives each name only once: further resources with a name have their id appended. */
export class Names {
  private readonly given = new Set<string>();

  /** @param id distinguishes resources with one name */
  of(type: string, wanted: string | undefined, id: string): string {
    const free = [wanted, id, `${wanted ?? ""} (${id})`].find(
      (name) => name !== undefined && name !== "" && !this.given.has(`${type} ${name}`),
    );
    const name = free ?? `${id} (${this.given.size})`;
    this.given.add(`${type} ${name}`);
    return name;
  }
}
