import { closest, distance } from "fastest-levenshtein";

/**
 * The configuration of a rule: the subset of JSON Schema that the packs use. The CLI validates a
 * configuration against it as well, except for unknown properties: the protocol does not transfer
 * `additionalProperties`, so the packs reject unknown properties themselves.
 */
export type Property =
  | {
      readonly type: "integer";
      readonly minimum: number;
      readonly maximum: number;
      readonly default: number;
      /** The direction in which values are more permissive than the default. */
      readonly looser: "more" | "less";
      readonly description: string;
    }
  | {
      readonly type: "boolean";
      readonly default: boolean;
      /** The more permissive value. */
      readonly looser: boolean;
      readonly description: string;
    }
  | {
      readonly type: "string";
      readonly minLength?: number;
      readonly enum?: readonly string[];
      readonly default?: string;
      readonly description: string;
    }
  | {
      readonly type: "array";
      readonly items: { readonly type: "string"; readonly enum?: readonly string[] };
      readonly minItems?: number;
      readonly default: readonly string[];
      readonly description: string;
    };

export type ConfigProperties = Readonly<Record<string, Property>>;

interface ValueOf {
  readonly integer: number;
  readonly boolean: boolean;
  readonly string: string;
  readonly array: readonly string[];
}

/** The values of the properties, with defaults filled in. */
export type ConfigOf<P extends ConfigProperties> = {
  readonly [Key in keyof P]: ValueOf[P[Key]["type"]];
};

export interface ConfigSchema<P extends ConfigProperties = ConfigProperties> {
  readonly type: "object";
  readonly properties: P;
  readonly additionalProperties: false;
}

/** Minimum length of a meaningful reason. */
const reasonLengthMin = 15;

/** A property that every rule accepts: why an environment deviates from the default. */
export const reasonProperty = {
  type: "string",
  minLength: reasonLengthMin,
  description: "Why this environment has a different level or a looser bound than the pack",
} as const satisfies Property;

/**
 * The faults of the values, one line each, with the path.
 *
 * @param path the owner of the values, such as `prod.json: check-is-enabled`
 */
export function configFaults(
  properties: ConfigProperties,
  values: Readonly<Record<string, unknown>>,
  path: string,
): readonly string[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const at = `${path}.${key}`;
    const property = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (!property) return [unknownKey(at, key, value, Object.keys(properties))];
    const must = mustOf(property, value);
    return must === undefined
      ? []
      : [`${at}: must be ${must}, got ${asJson(value)}; ${remedyOf(property)}`];
  });
}

/** The values, with defaults for the missing ones. */
export function withDefaults(
  properties: ConfigProperties,
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const defaults = Object.entries(properties).flatMap(([key, property]) =>
    property.default === undefined ? [] : [[key, property.default] as const],
  );
  return { ...Object.fromEntries(defaults), ...values };
}

/** Whether a value is more permissive than the default. */
export function isLooser(property: Property, value: unknown): boolean {
  if (property.default === undefined) return false;
  switch (property.type) {
    case "integer":
      return property.looser === "more"
        ? Number(value) > property.default
        : Number(value) < property.default;
    case "boolean":
      return value === property.looser && value !== property.default;
    case "string":
      return value !== property.default;
    case "array":
      return property.default.some((item) => !(value as readonly unknown[]).includes(item));
  }
}

/** The condition that a value violates, if any. */
function mustOf(property: Property, value: unknown): string | undefined {
  switch (property.type) {
    case "integer": {
      const { minimum, maximum } = property;
      const isRight =
        typeof value === "number" &&
        Number.isInteger(value) &&
        value >= minimum &&
        value <= maximum;
      return isRight ? undefined : `a whole number from ${minimum} to ${maximum}`;
    }
    case "boolean":
      return typeof value === "boolean" ? undefined : "true or false";
    case "string":
      return mustOfText(property, value);
    case "array":
      return mustOfList(property, value);
  }
}

function mustOfText(
  { enum: choices, minLength = 0 }: Extract<Property, { type: "string" }>,
  value: unknown,
): string | undefined {
  if (choices) {
    return typeof value === "string" && choices.includes(value)
      ? undefined
      : `one of ${choices.join(", ")}`;
  }
  return typeof value === "string" && value.length >= minLength
    ? undefined
    : `a string of at least ${minLength} characters`;
}

function mustOfList(
  { items, minItems = 0 }: Extract<Property, { type: "array" }>,
  value: unknown,
): string | undefined {
  const isRight =
    Array.isArray(value) &&
    value.length >= minItems &&
    value.every((item) => mustOf({ ...items, description: "" }, item) === undefined);
  if (isRight) return undefined;
  const of = items.enum ? `from ${items.enum.join(", ")}` : "of strings";
  return `a list ${of}${minItems > 0 ? `, at least ${minItems}` : ""}`;
}

function remedyOf({ description }: Property): string {
  return `it means: ${description.charAt(0).toLowerCase()}${description.slice(1)}`;
}

/** The fault of an unknown key, with the closest known key. */
export function unknownKey(
  at: string,
  key: string,
  value: unknown,
  known: readonly string[],
): string {
  const near = known.length > 0 ? closest(key, known) : undefined;
  // If more than half of the letters differ, a suggestion would be a guess.
  const isNear = near !== undefined && 2 * distance(key, near) <= near.length;
  return `${at}: unknown key, got ${asJson(value)}; ${isNear ? `did you mean ${near}?` : "remove it"}`;
}

export function asJson(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}
