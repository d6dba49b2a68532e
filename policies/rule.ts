import type { ConfigOf, ConfigSchema, ConfigProperties } from "./configSchema";
import { reasonProperty } from "./configSchema";
import type { Subject } from "./fields";
import type { Finding } from "./finding";
import type { Stack } from "./stack";

/** How much harm a violation does. */
export type Severity = "low" | "medium" | "high" | "critical";

/** What a violation does to a deployment: it is stopped, or told. */
export type Level = "mandatory" | "advisory";

/** What is to be known of a rule: the engine shows it, and `docs/policies.md` is made from it. */
export interface RuleInfo {
  /** Kebab-case, the state that is required. */
  readonly name: string;
  /** One sentence. */
  readonly description: string;
  readonly severity: Severity;
  /** The level where no configuration says otherwise. */
  readonly level: Level;
  /** What happens to people where the rule is broken. */
  readonly why: string;
  /** Where the facts stand: rule numbers of `docs/route53.md`, or what AWS publishes. */
  readonly source: string;
  readonly remediationSteps: string;
  readonly url: string;
  /** Types of which the stack must have a resource for the rule to have anything to check; none: any of AWS. */
  readonly types: readonly string[];
}

/** One change to the properties of a resource, by the way to the value. */
export interface Edit {
  readonly path: readonly (string | number)[];
  readonly value: boolean | number | string;
}

/** What a rule can do about its violations by itself, where it is configured to `remediate`. */
export interface Remedy<P extends ConfigProperties> {
  /** The types of the resources that it changes. */
  readonly types: readonly string[];
  /** What to change of a resource, from its inputs; nothing where it complies or cannot be known. */
  readonly edits: (subject: Subject, config: ConfigOf<P>) => readonly Edit[];
}

interface RuleBase<P extends ConfigProperties> extends RuleInfo {
  /** What may be configured, without what every rule has. */
  readonly config: P;
  readonly remedy?: Remedy<P>;
}

/** A rule that sees the whole stack, after all its resources are known as far as they can be. */
export interface StackRule<P extends ConfigProperties = ConfigProperties> extends RuleBase<P> {
  readonly about: "stack";
  readonly find: (stack: Stack, config: ConfigOf<P>) => readonly Finding[];
}

/** A rule that sees one resource of its types at a time, before it is made. */
export interface ResourceRule<P extends ConfigProperties = ConfigProperties> extends RuleBase<P> {
  readonly about: "resource";
  readonly find: (subject: Subject, config: ConfigOf<P>) => readonly Finding[];
}

export type Rule = StackRule | ResourceRule;

/** A rule whose `find` is typed by its own configuration, for a list of rules. */
export function stackRule<const P extends ConfigProperties>(
  rule: Omit<StackRule<P>, "about">,
): StackRule {
  return { ...rule, about: "stack" } as unknown as StackRule;
}

export function resourceRule<const P extends ConfigProperties>(
  rule: Omit<ResourceRule<P>, "about">,
): ResourceRule {
  return { ...rule, about: "resource" } as unknown as ResourceRule;
}

/** What a rule's entry in a configuration may hold, its level apart. */
export function configSchemaOf(rule: Rule): ConfigSchema {
  return {
    type: "object",
    properties: { ...rule.config, reason: reasonProperty },
    additionalProperties: false,
  };
}
