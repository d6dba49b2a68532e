/**
 * Constraints on single values, in the form `<path>: <must>, got <value>; <remedy>`. The
 * configuration of a stack and the arguments of the components use the same constraints.
 * Independent of Pulumi.
 */
export interface Constraint {
  /** The condition on the value. */
  readonly must: string;
  /** The remedy for a value that violates it. */
  readonly remedy: string;
  /** A remedy for this value, such as a suggestion; undefined: the general one. */
  readonly remedyFor?: (value: unknown) => string | undefined;
  readonly holds: (value: unknown) => boolean;
  /** What a JSON Schema can say of the condition, for editors. Default: any value. */
  readonly jsonSchema?: JsonSchema;
}

/** A part of a JSON Schema (draft 2020-12). */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** A fault in words, without its path. */
export function reasonOf(
  { must, remedy, remedyFor }: Pick<Constraint, "must" | "remedy" | "remedyFor">,
  value: unknown,
): string {
  return `must be ${must}, got ${shown(value)}; ${remedyFor?.(value) ?? remedy}`;
}

/** A value as written in a stack file, cut if it is long. */
export function shown(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > shownCharactersMax ? `${text.slice(0, shownCharactersMax)}…` : text;
}

/** Longer values are cut in messages: the beginning is enough to find them. */
const shownCharactersMax = 80;

/** The bounds of a whole number. */
export interface Bounds {
  readonly least: number;
  /** Default: the greatest safe integer. */
  readonly most?: number;
  /** Such as `seconds`; default: none. */
  readonly unit?: string;
}

/** A whole number within bounds. */
export function wholeNumber({ least, most, unit }: Bounds, remedy: string): Constraint {
  const what = unit === undefined ? "a whole number" : `a whole number of ${unit}`;
  const bounds = most === undefined ? `from ${least}` : `from ${least} to ${most}`;
  return {
    must: `${what} ${bounds}`,
    remedy,
    holds: isWholeNumber(least, most),
    jsonSchema: {
      type: "integer",
      minimum: least,
      ...(most === undefined ? {} : { maximum: most }),
    },
  };
}

/** The JSON Schema of any text. */
export const text: JsonSchema = { type: "string" };

/** Whether a value is a whole number within bounds. */
export function isWholeNumber(
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): (value: unknown) => boolean {
  return (value) =>
    typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;
}

/** The condition of a constraint: a text that matches a pattern. */
export function textMatching(
  form: RegExp,
  charactersMax?: number,
): Required<Pick<Constraint, "holds" | "jsonSchema">> {
  return {
    holds: (value) =>
      typeof value === "string" && value.length <= (charactersMax ?? Infinity) && form.test(value),
    jsonSchema: {
      type: "string",
      pattern: form.source,
      ...(charactersMax === undefined ? {} : { maxLength: charactersMax }),
    },
  };
}
