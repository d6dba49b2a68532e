import type { Resource, Value } from "./resource";
import { Unknown } from "./resource";

/** A deployed property, else the given one. */
export function valueOf(resource: Resource, property: string): Value | undefined {
  const deployed = resource.outputs[property];
  return deployed === undefined || deployed instanceof Unknown
    ? (resource.inputs[property] ?? deployed)
    : deployed;
}

/** A property's text; undefined where it is absent, unknown or not a text. */
export function textOf(resource: Resource, property: string): string | undefined {
  const value = valueOf(resource, property);
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function numberOf(resource: Resource, property: string): number | undefined {
  return numberIn(valueOf(resource, property));
}

/** A number, also if written as text, as by some providers and CloudFormation. */
export function numberIn(value: Value | undefined): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : undefined;
}

export function flagOf(resource: Resource, property: string): boolean {
  return isTrue(valueOf(resource, property));
}

/** Whether a value is true, also if written as text. */
export function isTrue(value: Value | undefined): boolean {
  return value === true || value === "true";
}

/** The items of a list property; empty where it is absent or unknown as a whole. */
export function listOf(resource: Resource, property: string): readonly Value[] {
  const value = valueOf(resource, property);
  return isList(value) ? value : [];
}

/** A field of an object value; undefined for anything else. */
export function fieldOf(value: Value | undefined, field: string): Value | undefined {
  return isObject(value) ? value[field] : undefined;
}

/** The first item of a list, or the value itself: providers write single blocks in either form. */
export function firstOf(value: Value | undefined): Value | undefined {
  return isList(value) ? value[0] : value;
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

export function isObject(value: Value | undefined): value is Readonly<Record<string, Value>> {
  return (
    typeof value === "object" && value !== null && !isList(value) && !(value instanceof Unknown)
  );
}

/** Whether a value, or any part of it, is unknown. */
export function hasUnknown(value: Value | undefined): boolean {
  if (value instanceof Unknown) return true;
  if (isList(value)) return value.some(hasUnknown);
  return isObject(value) && Object.values(value).some(hasUnknown);
}

/** All single values in a value, at any depth of lists and objects; none for an absent value. */
export function leaves(value: Value | undefined): readonly Value[] {
  if (value === undefined) return [];
  if (isList(value)) return value.flatMap(leaves);
  return isObject(value) ? Object.values(value).flatMap(leaves) : [value];
}

/** What is said of an argument without whose value nothing can be told. */
export const mustBeKnown =
  "must be known, got a value that is not; give it with --parameter, or read what is deployed";

/** Whether an argument is given, and not known: what is not given a provider computes. */
export function isGivenUnknown(resource: Resource, property: string): boolean {
  return resource.inputs[property] !== undefined && isNotKnown(valueOf(resource, property));
}

/** Whether a value is not known, but for one that is encrypted. */
export function isNotKnown(value: Value | undefined): boolean {
  return value instanceof Unknown && value.reason !== "encrypted";
}
