import { InputError, jsonFault } from "../routing/inputError";
import type { ConfigProperties } from "./configSchema";
import {
  asJson,
  configFaults,
  isLooser,
  reasonProperty,
  unknownKey,
  withDefaults,
} from "./configSchema";

/** CrossGuard's levels, weakest first. */
export const levels = ["disabled", "advisory", "mandatory", "remediate"] as const;
export type PackLevel = (typeof levels)[number];

/** The description of one rule of a served pack. */
export interface ServedRule {
  readonly name: string;
  readonly level: PackLevel;
  readonly properties: ConfigProperties;
  /** Whether it can fix its findings, at level `remediate`. */
  readonly canRemediate: boolean;
}

/** The configuration of a rule. */
export interface RuleConfig {
  readonly level: PackLevel;
  readonly values: Readonly<Record<string, unknown>>;
}

export type PackConfig = ReadonlyMap<string, RuleConfig>;

/** The CLI's key for all rules without an entry. */
const allKey = "all";
const allRules: ServedRule = {
  name: allKey,
  level: "mandatory",
  properties: { reason: reasonProperty },
  canRemediate: false,
};
const levelKey = "enforcementLevel";

/**
 * The configuration of a pack in a file, in the format of `pulumi … --policy-pack-config`.
 *
 * @param text the file's content
 * @param path the file's path, for messages
 * @throws InputError with one line per fault: invalid JSON, an unknown rule, level or property, a
 * value out of bounds, a weaker level or a looser bound without a reason, or `remediate` for a rule
 * without a remediation
 */
export function packConfigOf(rules: readonly ServedRule[], text: string, path: string): PackConfig {
  const entries = entriesOf(text, path);
  const faults: string[] = [];
  const names = rules.map(({ name }) => name);
  for (const [name, entry] of Object.entries(entries)) {
    if (name !== allKey && !names.includes(name)) {
      faults.push(unknownKey(`${path}: ${name}`, name, entry, names));
    }
  }
  const all = ruleConfigOf(allRules, entries[allKey], `${path}: ${allKey}`, faults);
  const configs = rules.map((rule): [string, RuleConfig] => {
    const entry = entries[rule.name];
    if (entry !== undefined || entries[allKey] === undefined) {
      return [rule.name, ruleConfigOf(rule, entry, `${path}: ${rule.name}`, faults)];
    }
    return [
      rule.name,
      { level: all.level, values: { ...withDefaults(rule.properties, {}), ...all.values } },
    ];
  });
  if (faults.length > 0) throw new InputError(faults, { code: "bad-pack-config" });
  return new Map(configs);
}

/** The default configuration of a pack. */
export function defaultConfig(rules: readonly ServedRule[]): PackConfig {
  return new Map(
    rules.map(({ name, level, properties }) => [
      name,
      { level, values: withDefaults(properties, {}) },
    ]),
  );
}

function entriesOf(text: string, path: string): Readonly<Record<string, unknown>> {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    throw new InputError(`${path}: must be JSON, got ${jsonFault(cause)}; correct it there`, {
      cause,
    });
  }
  if (!isMapping(document)) {
    throw new InputError(
      `${path}: must be an object of rules by name, got ${asJson(document)}; write it like dev.json`,
    );
  }
  return document;
}

function ruleConfigOf(
  rule: ServedRule,
  entry: unknown,
  path: string,
  faults: string[],
): RuleConfig {
  const { properties } = rule;
  const standard = { level: rule.level, values: withDefaults(properties, {}) };
  if (entry === undefined) return standard;
  if (typeof entry === "string") {
    if (!isLevel(entry)) faults.push(levelFault(path, entry));
    else faults.push(...levelFaults(rule, entry, undefined, path));
    return isLevel(entry) ? { ...standard, level: entry } : standard;
  }
  if (!isMapping(entry)) {
    faults.push(
      `${path}: must be a level or an object, got ${asJson(entry)}; write "mandatory", or {"${levelKey}": "mandatory"}`,
    );
    return standard;
  }
  const { [levelKey]: given, ...values } = entry;
  const valueFaults = configFaults(properties, values, path);
  faults.push(...valueFaults);
  if (valueFaults.length === 0) faults.push(...looserFaults(rule, values, path));
  if (given !== undefined && !isLevel(given)) {
    faults.push(levelFault(`${path}.${levelKey}`, given));
    return standard;
  }
  const level = given ?? rule.level;
  faults.push(...levelFaults(rule, level, values["reason"], path));
  return { level, values: withDefaults(properties, values) };
}

/** A bound looser than the pack's needs a reason. */
function looserFaults(
  { properties }: ServedRule,
  values: Readonly<Record<string, unknown>>,
  path: string,
): readonly string[] {
  if (values["reason"] !== undefined) return [];
  return Object.entries(values).flatMap(([key, value]) => {
    const property = properties[key];
    return property && isLooser(property, value)
      ? [
          `${path}.reason: must be given, because ${key} ${asJson(value)} allows more than the pack's ${asJson(property.default)}, got nothing; write "reason": "why" next to it`,
        ]
      : [];
  });
}

/** A weaker level needs a reason, and `remediate` needs a rule with a remediation. */
function levelFaults(
  { level, canRemediate }: ServedRule,
  given: PackLevel,
  reason: unknown,
  path: string,
): readonly string[] {
  if (given === "remediate" && !canRemediate) {
    return [
      `${path}: must be disabled, advisory or mandatory, because the rule has no remediation, got "remediate"; write "mandatory"`,
    ];
  }
  const isWeaker = levels.indexOf(given) < levels.indexOf(level);
  return isWeaker && reason === undefined
    ? [
        `${path}.reason: must be given, because ${given} is weaker than the pack's ${level}, got nothing; write {"${levelKey}": "${given}", "reason": "why"}`,
      ]
    : [];
}

function levelFault(path: string, got: unknown): string {
  return `${path}: must be one of ${levels.join(", ")}, got ${asJson(got)}; correct it`;
}

function isLevel(value: unknown): value is PackLevel {
  return typeof value === "string" && (levels as readonly string[]).includes(value);
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
