import type { Schema } from "./publishedSchemas";

/** What a reader relies on at one path of an output. */
interface Field {
  /** `string`, `number`, `boolean`, `null`, `object`, `array`; `any` where the schema does not say. */
  readonly types: ReadonlySet<string>;
  /** Whether it is there whenever its parent is. */
  readonly isRequired: boolean;
}

type Fields = ReadonlyMap<string, Field>;

/**
 * The changes that break a reader of an output, a line each: a field that is gone, has another type, or may be
 * absent. New fields, and new words among several, break nobody who expects them, as the documentation demands.
 *
 * @param name of the output
 * @param remedy after each line
 */
export function breakingChanges(
  name: string,
  released: Schema,
  current: Schema,
  remedy: string,
): readonly string[] {
  const [before, after] = [fieldsOf(released), fieldsOf(current)];
  const removed: string[] = [];
  return [...before].flatMap(([path, was]) => {
    if (removed.some((parent) => isBelow(path, parent))) return [];
    const is = after.get(path);
    if (is === undefined) {
      removed.push(path);
      return [`${name}: ${path}: must stay, got nothing; ${remedy}`];
    }
    const fresh = [...is.types].filter((type) => !was.types.has(type));
    return [
      ...(fresh.length > 0 && !was.types.has("any")
        ? [`${name}: ${path}: must stay ${words(was.types)}, got ${words(is.types)}; ${remedy}`]
        : []),
      ...(was.isRequired && !is.isRequired
        ? [`${name}: ${path}: must always be there, got an optional field; ${remedy}`]
        : []),
    ];
  });
}

const words = (types: ReadonlySet<string>): string => [...types].sort().join(" or ");

function isBelow(path: string, parent: string): boolean {
  return path.startsWith(`${parent}.`) || path.startsWith(`${parent}[`);
}

/** Every field of a schema by its path, such as `names[].faults`; a mapping has `.*`. */
function fieldsOf(schema: Schema): Fields {
  const definitions = (schema["definitions"] ?? {}) as Readonly<Record<string, Schema>>;
  return walk(schema, "", true, []);

  function walk(part: Schema, path: string, isRequired: boolean, seen: readonly string[]): Fields {
    const reference = part["$ref"];
    if (typeof reference === "string") {
      const target = decodeURIComponent(reference.replace("#/definitions/", ""));
      // A type that contains itself: what is below it is compared where it first occurs.
      if (seen.includes(target)) return new Map();
      return walk(definitions[target] ?? {}, path, isRequired, [...seen, target]);
    }
    const forms = (part["anyOf"] ?? part["oneOf"]) as readonly Schema[] | undefined;
    if (forms) return oneOf(forms.map((form) => walk(form, path, isRequired, seen)));
    const all = part["allOf"] as readonly Schema[] | undefined;
    const own: Fields = new Map([
      ...(path === "" ? [] : [[path, { types: typesOf(part), isRequired }] as const]),
      ...inner(part, path, seen),
    ]);
    return all ? allOf([own, ...all.map((one) => walk(one, path, isRequired, seen))]) : own;
  }

  function inner(
    part: Schema,
    path: string,
    seen: readonly string[],
  ): readonly (readonly [string, Field])[] {
    const required = (part["required"] ?? []) as readonly string[];
    const properties = Object.entries((part["properties"] ?? {}) as Record<string, Schema>);
    const at = (step: string): string => (path === "" ? step : `${path}.${step}`);
    const each = (one: unknown, step: string): Fields =>
      typeof one === "object" && one !== null && !Array.isArray(one)
        ? walk(one as Schema, step, false, seen)
        : new Map<string, Field>();
    return [
      ...properties.flatMap(([key, value]) => [
        ...walk(value, at(key), required.includes(key), seen),
      ]),
      ...each(part["items"], `${path}[]`),
      ...each(part["additionalProperties"], at("*")),
    ];
  }
}

function typesOf({ type, const: only, enum: choices }: Schema): ReadonlySet<string> {
  if (type !== undefined) {
    // Whole numbers are numbers to every reader.
    const types = [type as string | readonly string[]].flat();
    return new Set(types.map((one) => (one === "integer" ? "number" : one)));
  }
  const values =
    choices === undefined ? (only === undefined ? [] : [only]) : (choices as unknown[]);
  return values.length === 0
    ? new Set(["any"])
    : new Set(values.map((value) => (value === null ? "null" : typeof value)));
}

/** A reader of alternatives may rely on what all of them have. */
function oneOf(forms: readonly Fields[]): Fields {
  const paths = new Set(forms.flatMap((form) => [...form.keys()]));
  return new Map(
    [...paths].map((path) => {
      const found = forms.map((form) => form.get(path));
      const types = new Set(found.flatMap((field) => [...(field?.types ?? [])]));
      return [path, { types, isRequired: found.every((field) => field?.isRequired ?? false) }];
    }),
  );
}

function allOf(parts: readonly Fields[]): Fields {
  const merged = new Map<string, Field>();
  for (const [path, field] of parts.flatMap((part) => [...part])) {
    const known = merged.get(path);
    const isVague = known === undefined || known.types.has("any");
    merged.set(path, {
      types: isVague ? field.types : known.types,
      isRequired: field.isRequired || (known?.isRequired ?? false),
    });
  }
  return merged;
}
