import type { z } from "zod";

/** What zod expects, in the words of YAML. */
const expectedWords: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  int: "a whole number",
  number: "a number",
  object: "a map",
  record: "a map",
  string: "a text",
};

/** The faults that zod found, one line each: the place, what it must be, and the value. */
export function issueTexts({ issues }: z.ZodError, raw: unknown): readonly string[] {
  return issues.map(({ path, message }) => {
    const place = path.map(String).join(".") || "the file";
    return `${place}: ${mustText(message)}, got ${receivedText(valueBelow(raw, path))}`;
  });
}

/** What a value must be; zod's own message also says what it received. */
export function mustText(message: string): string {
  const [, expected = ""] = /^Invalid input: expected (\w+), received /.exec(message) ?? [];
  const word = expectedWords[expected];
  return word === undefined ? message : `must be ${word}`;
}

export function valueBelow(raw: unknown, where: readonly PropertyKey[]): unknown {
  return where.reduce<unknown>(
    (value, part) => (value as Record<PropertyKey, unknown> | null | undefined)?.[part],
    raw,
  );
}

/** A value as a message shows it, also a number that JSON does not have. */
export function receivedText(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "number") return String(value);
  return JSON.stringify(value, (_, one: unknown) =>
    typeof one === "number" && !Number.isFinite(one) ? String(one) : one,
  );
}
