/** The building blocks of configuration schemas; their faults have the same form as all others. */
import { distance } from "fastest-levenshtein";
import { z } from "zod";
import * as rules from "../constraints/rules";
import type { Constraint } from "../constraints/rules";
import { pathOf, valueAt } from "./paths";

/** Address of a person or a group. */
export const email: Constraint = {
  must: "an e-mail address",
  remedy: "for example ops-team@cafe.com",
  ...rules.textMatching(z.regexes.email),
};

/** Words for a switch in YAML 1.1, which Pulumi reads as texts (yaml.v3), and quoted values. */
const flagWords: ReadonlyMap<string, boolean> = new Map([
  ...["true", "yes", "y", "on"].map((word) => [word, true] as const),
  ...["false", "no", "n", "off"].map((word) => [word, false] as const),
]);

/** A switch. */
export const flag: Constraint = {
  must: "true or false",
  remedy: "write it without quotes",
  remedyFor: (value) => {
    const meant = flagWords.get(String(value).toLowerCase());
    return meant === undefined || typeof value !== "string"
      ? undefined
      : `write ${String(meant)} without quotes; Pulumi reads other words as text`;
  },
  holds: (value) => typeof value === "boolean",
  jsonSchema: { type: "boolean" },
};

/** A value under one constraint. Its faults do not prevent the check of the relations. */
export function leaf<T>(rule: Constraint): z.ZodCustom<T, T> {
  return z
    .custom<T>(rule.holds, {
      error: ({ input }) => rules.reasonOf(rule, input),
      abort: false,
    })
    .meta({ ...rule.jsonSchema, description: `Must be ${rule.must}.` });
}

/** A list or mapping that is rejected as a whole, whatever its fault. */
export function wholeError(rule: Omit<Constraint, "holds">): {
  error: (issue: { input?: unknown }) => string;
} {
  return { error: ({ input }) => rules.reasonOf(rule, input) };
}

/** A mapping whose keys are all known. */
export function section<Shape extends z.ZodRawShape>(
  shape: Shape,
): z.ZodObject<Shape, z.core.$strict> {
  const known = Object.keys(shape);
  const rule = { must: `a mapping of ${known.join(", ")}`, remedy: "write the keys below it" };
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => unknownKey(key, issue.input, known)).join("\n")
        : rules.reasonOf(rule, issue.input),
  });
}

/** Faults of single values and of keys; a fault of several keys gives one line per key. */
export function issueFaults({ code, path, message }: z.core.$ZodIssue): readonly string[] {
  const at = pathOf(path);
  if (code !== "unrecognized_keys") return [`${at}: ${message}`];
  return message.split("\n").map((line) => (at === "" ? line : `${at}.${line}`));
}

function unknownKey(key: string, section: unknown, known: readonly string[]): string {
  const near = nearest(key, known);
  const remedy = near ? `did you mean ${near}?` : `the keys here are ${known.join(", ")}`;
  return `${key}: unknown key, got ${rules.shown(valueAt(section, [key]))}; ${remedy}`;
}

/**
 * The known key that was probably meant: it contains the typed key, or is contained in it, or is
 * similar to it as a whole or in one of its words.
 */
function nearest(key: string, known: readonly string[]): string | undefined {
  const typed = key.toLowerCase();
  const likeness = known.map((name) => {
    const whole = name.toLowerCase();
    if (whole.includes(typed) || typed.includes(whole)) return { name, slips: 0 };
    const words = name.split(/(?=[A-Z])/).map((word) => word.toLowerCase());
    return { name, slips: Math.min(...[whole, ...words].map((text) => distance(typed, text))) };
  });
  const [best] = likeness.sort((a, b) => a.slips - b.slips);
  return best && best.slips <= Math.max(2, key.length / 4) ? best.name : undefined;
}
