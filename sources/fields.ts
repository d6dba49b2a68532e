import type { Value } from "../routing/graph/resource";
import { Unknown } from "../routing/graph/resource";
import { isList } from "../routing/graph/values";
import type { Declaration } from "./declare";

/** A value, with the URNs of the resources that it comes from if it is unknown. */
export interface SourceValue {
  readonly value: Value;
  readonly from: readonly string[];
}

/** A field of a source, its property in Pulumi's provider, and how its value is converted. */
export type Field = readonly [
  field: string,
  property: string,
  written?: (value: Value) => Value | undefined,
];

/** The properties from some fields, with the sources of unknown values. */
export function propertiesOf(
  fields: readonly Field[],
  find: (field: string) => SourceValue | undefined,
): Pick<Declaration, "properties"> & Required<Pick<Declaration, "propertyDependencies">> {
  const properties: Record<string, Value | undefined> = {};
  const propertyDependencies: Record<string, readonly string[]> = {};
  for (const [field, property, written = asItIs] of fields) {
    const found = find(field);
    if (found === undefined) continue;
    properties[property] = found.value instanceof Unknown ? found.value : written(found.value);
    if (found.from.length > 0) propertyDependencies[property] = found.from;
  }
  return { properties, propertyDependencies };
}

/** Finds fields of a value without unknown parts. */
export function fieldsOf(value: Value | undefined): (field: string) => SourceValue | undefined {
  return (field) => {
    const found = memberOf(value, field);
    return found === undefined || found === null ? undefined : { value: found, from: [] };
  };
}

/** A member of an object; undefined for anything else. */
export function memberOf(value: Value | undefined, name: string): Value | undefined {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, Value>>)[name]
    : undefined;
}

/** The items of a list member; empty where it is absent. */
export function itemsOf(value: Value | undefined, name: string): readonly Value[] {
  const items = memberOf(value, name);
  return isList(items) ? items : [];
}

/** A member that is a string; undefined otherwise. */
export function textIn(value: Value | undefined, name: string): string | undefined {
  const text = memberOf(value, name);
  return typeof text === "string" && text !== "" ? text : undefined;
}

/** The same, with a default where it is absent. */
export function textOr(value: Value | undefined, name: string, otherwise: string): string {
  return textIn(value, name) ?? otherwise;
}

/** A member, with a default where it is absent. */
export function memberOr(value: Value | undefined, name: string, otherwise: Value): Value {
  return memberOf(value, name) ?? otherwise;
}

/** A number, which some formats write as text. */
export function asNumber(value: Value): Value {
  return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value;
}

/** A flag, which some formats write as text. */
export function asFlag(value: Value): Value {
  if (typeof value !== "string") return value;
  return { true: true, false: false }[value.toLowerCase()] ?? value;
}

/** Converts tags, which AWS lists by key and value, to a mapping. */
export function asTags(value: Value): Value {
  if (!isList(value)) return value;
  return Object.fromEntries(
    value.flatMap((tag): [string, Value][] => {
      const key = textIn(tag, "Key");
      return key === undefined ? [] : [[key, memberOf(tag, "Value") ?? ""]];
    }),
  );
}

function asItIs(value: Value): Value {
  return value;
}
