/**
 * Reads a configuration: first each value alone, then the values against each other, and reports
 * all faults at once. A relation sees only values that are valid on their own, so that no fault is
 * reported twice.
 */
import { z } from "zod";
import { reasonOf } from "../constraints/rules";
import { InputError } from "../routing/inputError";
import { issueFaults } from "./schemaParts";
import type { Path } from "./paths";
import { valueAt } from "./paths";

/** A configuration with its defaults, without the values that are invalid on their own. */
export type Known<T> = T extends readonly (infer Item)[]
  ? readonly (Known<Item> | undefined)[]
  : T extends object
    ? { readonly [Key in keyof T]?: Known<T[Key]> | undefined }
    : T;

/** A value that conflicts with others. */
export interface Conflict {
  readonly path: Path;
  readonly must: string;
  readonly remedy: string;
  /** The value in the message; default: the value at the path. */
  readonly got?: unknown;
}

/**
 * A rule between values.
 *
 * @param raw the configuration as given: only it shows whether a value was given
 */
export type Relation<T> = (known: Known<T>, raw: unknown) => readonly Conflict[];

/**
 * Parses a configuration.
 *
 * @throws InputError with a line per fault, all faults at once
 */
export function parse<T>(
  schema: z.ZodType<T>,
  raw: Readonly<Record<string, unknown>>,
  relations: readonly Relation<T>[],
): T {
  const related = schema.superRefine(
    (value, context) => {
      const known = withoutRefused(value, context.issues.flatMap(refusedPath)) as Known<T>;
      for (const conflict of relations.flatMap((relation) => relation(known, raw))) {
        const { path, got = valueAt(raw, path) ?? valueAt(value, path) } = conflict;
        context.addIssue({ code: "custom", path: [...path], message: reasonOf(conflict, got) });
      }
    },
    // By default zod skips a refinement if a value is invalid, which would hide its faults.
    { when: () => true },
  );
  const parsed = related.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw new InputError(parsed.error.issues.flatMap(issueFaults), { code: "bad-settings" });
}

/** Unknown keys and excess list items do not invalidate the values next to them. */
const sparing: readonly unknown[] = ["unrecognized_keys", "too_big"];

function refusedPath({
  code,
  path = [],
}: z.core.$ZodRawIssue): readonly (readonly PropertyKey[])[] {
  return sparing.includes(code) ? [] : [path];
}

function withoutRefused(value: unknown, refused: readonly (readonly PropertyKey[])[]): unknown {
  if (refused.length === 0) return value;
  if (refused.some((path) => path.length === 0)) return undefined;
  const part = (key: PropertyKey, inner: unknown): unknown =>
    withoutRefused(
      inner,
      refused.filter(([first]) => first === key).map((path) => path.slice(1)),
    );
  if (Array.isArray(value)) return value.map((inner: unknown, index) => part(index, inner));
  return Object.fromEntries(
    Object.entries(value as object).map(([key, inner]) => [key, part(key, inner)]),
  );
}
