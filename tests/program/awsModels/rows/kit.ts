/** The common parts of the rows: arguments in AWS's spelling, and the shape of a row. */
import type { Resource, Value } from "../../../../routing/graph/resource";

/** JSON as AWS accepts it. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** One call of AWS's API. */
export interface Call {
  /** botocore's name of the service. */
  readonly service: string;
  readonly operation: string;
  readonly parameters: JsonObject;
}

/** A resource of a CloudFormation template. */
export interface Declaration {
  readonly type: string;
  readonly properties: JsonObject;
}

/** A resource as AWS sees it: in CloudFormation if that has its type, and as calls. */
export interface Translation {
  readonly declaration?: Declaration;
  readonly calls?: readonly Call[];
}

/** The translation of one type of resource. Arguments that a row does not name remain unchanged. */
export type Row = (inputs: JsonObject, resource: Resource) => Translation;

/** Marks an argument that AWS never sees, in `names`. */
export const providersOwn = null;

/** Mappings whose keys are the user's own words. */
const free = new Set(["Variables"]);

/**
 * Arguments with AWS's capitals, at every depth.
 *
 * @param names where more than the first letter differs; `providersOwn` leaves the argument out
 */
export function pascal(
  value: JsonObject,
  names: Readonly<Record<string, string | null>> = {},
): JsonObject {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]): [string, Json | undefined][] => {
      const name = key in names ? names[key] : key.charAt(0).toUpperCase() + key.slice(1);
      if (name === null || name === undefined) return [];
      if (name === "Tags") return [[name, pairs(item, "Key")]];
      if (name === "Dimensions") return [[name, pairs(item, "Name")]];
      return [[name, free.has(name) ? item : deep(item, names)]];
    }),
  );
}

function deep(
  value: Json | undefined,
  names: Readonly<Record<string, string | null>>,
): Json | undefined {
  if (Array.isArray(value))
    return (value as readonly Json[]).map((item) => deep(item, names) ?? null);
  return isObject(value) ? pascal(value, names) : value;
}

/** A mapping as the list of its pairs. */
export function pairs(value: Json | undefined, key: "Key" | "Name"): Json | undefined {
  if (!isObject(value)) return value;
  return Object.entries(value).map(([name, item]) => ({ [key]: name, Value: item }));
}

/** Names with a lower-case initial, as in some of AWS's services, at every depth. */
export function camel(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(camel);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key.charAt(0).toLowerCase() + key.slice(1),
      camel(item ?? null),
    ]),
  );
}

/** An object without some of its properties. */
export function without(value: JsonObject, ...keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

/** Only those properties. */
export function only(value: JsonObject, ...keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([key]) => keys.includes(key)));
}

/** The property under another name; nothing if it is absent. */
export function as(name: string, value: Json | undefined): JsonObject {
  return value === undefined ? {} : { [name]: value };
}

/** @throws Error for a value that is not an object: left out, it would pass unnoticed */
export function objectOf(value: Json | undefined): JsonObject {
  if (value === undefined || isObject(value)) return value ?? {};
  throw new Error(`is no mapping, got ${JSON.stringify(value)}`);
}

/** @throws Error for a value that is not a list: left out, it would pass unnoticed */
export function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value as readonly Json[];
  throw new Error(`is no list, got ${JSON.stringify(value)}`);
}

export function objectsOf(value: Json | undefined): readonly JsonObject[] {
  return listOf(value).map((item) => objectOf(item));
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The document in a text of JSON. */
export function documentOf(value: Json | undefined): Json | undefined {
  return typeof value === "string" ? (JSON.parse(value) as Json) : value;
}

/** Tags in the form of EC2's calls. */
export function taggedAs(resourceType: string, { Tags }: JsonObject): JsonObject {
  return Tags === undefined ? {} : { TagSpecifications: [{ ResourceType: resourceType, Tags }] };
}

/** A value as text, if CloudFormation has text for a number. */
export function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The boolean of a text "true" or "false", which some of the provider's arguments have. */
export function flagOf(value: Json | undefined): Json | undefined {
  return value === "true" || value === "false" ? value === "true" : value;
}

/** An output that the provider has computed. */
export function outputOf({ outputs }: Resource, key: string): Json | undefined {
  return jsonOf(outputs[key]);
}

/** Inputs as JSON. A secret or unknown value becomes a text that states so. */
export function jsonOf(value: Value | undefined): Json | undefined {
  return value === undefined
    ? undefined
    : (JSON.parse(
        JSON.stringify(value, (_, item: unknown) =>
          typeof item === "object" && item !== null && "reason" in item && !("why" in item)
            ? "unknown"
            : item,
        ),
      ) as Json);
}

/** A row for a type whose calls have the same arguments as CloudFormation. */
export function plain(
  type: string,
  service: string,
  operation: string,
  names: Readonly<Record<string, string | null>> = {},
): Row {
  return (inputs) => {
    const properties = pascal(inputs, names);
    return {
      declaration: { type, properties },
      calls: [{ service, operation, parameters: properties }],
    };
  };
}

/** A row for an EC2 type, whose calls have tags in a separate form. */
export function ec2(
  type: string,
  operation: string,
  tagType: string,
  names: Readonly<Record<string, string | null>> = {},
): Row {
  return (inputs) => {
    const properties = pascal(inputs, names);
    const parameters = { ...without(properties, "Tags"), ...taggedAs(tagType, properties) };
    return {
      declaration: { type, properties },
      calls: [{ service: "ec2", operation, parameters }],
    };
  };
}
