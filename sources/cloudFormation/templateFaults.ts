import type { Value } from "../../routing/graph/resource";
import { hasUnknown, isList, isObject } from "../../routing/graph/values";
import { itemsOf, memberOf, textIn } from "../fields";
import type { TemplateEvaluation } from "./evaluation";
import { isLookedUp, writtenText } from "./evaluation";
import { macrosOf } from "./notRun";
import { callsIn, entriesOf, sectionCalls } from "./templateCalls";
import { referenceFaults } from "./templateReferences";

/**
 * What CloudFormation refuses in a template and its parameters before it creates anything, one line each: a
 * value that a parameter does not allow, and a condition, a key of a mapping, a resource or a parameter that does
 * not exist.
 */
export function templateFaults(
  template: Value,
  path: string,
  parameters: ReadonlyMap<string, string>,
  evaluation: TemplateEvaluation,
): readonly string[] {
  const parameterLines = parameterFaults(template, path, parameters);
  if (parameterLines.length > 0 || mayHaveMore(template)) return parameterLines;
  return [
    ...conditionFaults(template, evaluation),
    ...mappingFaults(template, evaluation),
    ...referenceFaults(template, evaluation),
  ].map((line) => `${path}: ${line}`);
}

/** Whether a macro, or a file that is included, may add what the template does not show. */
function mayHaveMore(template: Value): boolean {
  const sections = ["Conditions", "Mappings", "Parameters", "Resources"].map((name) =>
    memberOf(template, name),
  );
  return (
    macrosOf(template).length > 0 ||
    [template, ...sections].some((one) => memberOf(one, "Fn::Transform") !== undefined)
  );
}

function parameterFaults(
  template: Value,
  path: string,
  given: ReadonlyMap<string, string>,
): readonly string[] {
  return entriesOf(template, "Parameters").flatMap(([name, parameter]) => {
    const allowed = itemsOf(parameter, "AllowedValues").map(writtenText);
    const own = given.get(name);
    const value = own ?? memberOf(parameter, "Default");
    const type = textIn(parameter, "Type") ?? "";
    if (value === undefined || isLookedUp(type)) return [];
    const written = writtenText(value);
    const values = /List/.test(type) ? written.split(",").map((one) => one.trim()) : [written];
    return values.flatMap((one) => {
      const rule =
        allowed.length > 0 && !allowed.includes(one)
          ? `one of ${allowed.join(", ")}`
          : brokenRule(parameter, type, one);
      if (rule === undefined) return [];
      const [at, remedy] =
        own === undefined
          ? [`${path}: Parameters.${name}.Default`, "change it, or what the parameter allows"]
          : [`--parameter ${name}`, "give another one"];
      return `${at}: must be ${rule}, got ${shown(parameter, one)}; ${remedy}`;
    });
  });
}

/**
 * What a value must be and is not, by the limits of its parameter (AWS CloudFormation User Guide, "CloudFormation
 * template Parameters syntax").
 */
function brokenRule(parameter: Value, type: string, value: string): string | undefined {
  const limit = (name: string): number => Number(writtenText(memberOf(parameter, name) ?? "NaN"));
  const isNumber = /Number/.test(type);
  const [size, unit] = isNumber ? [Number(value), "Value"] : [value.length, "Length"];
  if (isNumber && (value === "" || Number.isNaN(size))) return "a number";
  const of = isNumber ? "" : "characters: ";
  const isSized = isNumber || type === "String";
  if (isSized && size < limit(`Min${unit}`)) return `${of}at least ${limit(`Min${unit}`)}`;
  if (isSized && size > limit(`Max${unit}`)) return `${of}at most ${limit(`Max${unit}`)}`;
  const pattern = textIn(parameter, "AllowedPattern");
  return pattern === undefined || matches(pattern, value) ? undefined : `like ${pattern}`;
}

/**
 * Whether a whole value is like a pattern, which is one of Java: what only Java reads is not judged. With the flag u
 * that is an error here; without it, `\A` is an A.
 */
function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, "su").test(value);
  } catch {
    return true;
  }
}

/** A secret is not shown. */
function shown(parameter: Value, value: string): string {
  const isSecret = writtenText(memberOf(parameter, "NoEcho") ?? false) === "true";
  return isSecret ? "another value" : value;
}

function conditionFaults(template: Value, evaluation: TemplateEvaluation): readonly string[] {
  const known = entriesOf(template, "Conditions").map(([name]) => name);
  const named = [
    ...["Resources", "Outputs"].flatMap((section) =>
      entriesOf(template, section).flatMap(([name, entry]) => {
        const condition = textIn(entry, "Condition");
        return condition === undefined
          ? []
          : [{ path: `${section}.${name}.Condition`, name: "Condition", argument: condition }];
      }),
    ),
    ...callsIn(memberOf(template, "Conditions") ?? null, "Conditions", evaluation).filter(
      ({ name }) => name === "Condition",
    ),
    ...sectionCalls(template, evaluation).filter(({ name }) => name === "Fn::If"),
  ];
  return named.flatMap(({ path, argument }) => {
    const condition = isList(argument) ? argument[0] : argument;
    if (typeof condition !== "string" || known.includes(condition)) return [];
    return `${path}: must name a condition of the template, which has ${known.join(", ") || "none"}, got ${condition}; define it, or name another`;
  });
}

function mappingFaults(template: Value, evaluation: TemplateEvaluation): readonly string[] {
  const calls = [
    ...callsIn(memberOf(template, "Conditions") ?? null, "Conditions", evaluation),
    ...sectionCalls(template, evaluation),
  ];
  return calls
    .filter(({ name }) => name === "Fn::FindInMap")
    .flatMap(({ path, argument }) => {
      const { value } = evaluation.evaluate(argument);
      const [keys, options] = isList(value) ? [value.slice(0, 3), value[3]] : [[], undefined];
      const isKnown = keys.length === 3 && !keys.some(hasUnknown);
      if (!isKnown || memberOf(options, "DefaultValue") !== undefined) return [];
      const missing = missingIn(memberOf(template, "Mappings"), keys.map(writtenText));
      return missing === undefined
        ? []
        : [
            `${path}: must find a value, got ${keys.map(writtenText).join(".")}, and ${missing}; add it, or ask for another`,
          ];
    });
}

/** The first key that a mapping lacks, in words; undefined if it has a value. */
function missingIn(mappings: Value | undefined, keys: readonly string[]): string | undefined {
  let at = mappings;
  for (const [index, key] of keys.entries()) {
    const next = memberOf(at, key);
    if (next === undefined) {
      const where = index === 0 ? "the template" : keys.slice(0, index).join(".");
      return `${where} has ${isObject(at) ? Object.keys(at).join(", ") || "none" : "none"}`;
    }
    at = next;
  }
  return undefined;
}
