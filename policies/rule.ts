import type { ConfigOf, ConfigSchema, ConfigProperties } from "./configSchema";
import { reasonProperty } from "./configSchema";
import type { Subject } from "./fields";
import type { Finding } from "./finding";
import type { Stack } from "./stack";

/** The severity of a violation. */
export type Severity = "low" | "medium" | "high" | "critical";

/** The effect of a violation on a deployment: blocked or reported. A disabled rule does not run. */
export type Level = "mandatory" | "advisory" | "disabled";

/** The metadata of a rule, which the engine shows; `docs/policies.md` is generated from it. */
export interface RuleInfo {
  /** The required state, in kebab case. */
  readonly name: string;
  /** One sentence. */
  readonly description: string;
  readonly severity: Severity;
  /**
   * The level for any stack: mandatory if a violation breaks a failover or exposes data, disabled for
   * a convention. The configurations of this program raise it.
   */
  readonly level: Level;
  /** The harm that a violation causes. */
  readonly why: string;
  /** The source of the facts: rule numbers of `docs/route53.md`, or AWS's documentation. */
  readonly source: string;
  readonly remediationSteps: string;
  readonly url: string;
  /** The rule applies if the stack has a resource of one of these types; empty: any AWS type. */
  readonly types: readonly string[];
}

/** One change to a property of a resource. */
export interface PropertyEdit {
  readonly path: readonly (string | number)[];
  readonly value: boolean | number | string;
}

/** The remediation of a rule, used at level `remediate`. */
export interface Remedy<P extends ConfigProperties> {
  /** The types of the resources that it changes. */
  readonly types: readonly string[];
  /** The changes to a resource, from its inputs; none if it complies or is unknown. */
  readonly edits: (subject: Subject, config: ConfigOf<P>) => readonly PropertyEdit[];
}

interface RuleBase<P extends ConfigProperties> extends RuleInfo {
  /** The rule's own configuration, without the common properties. */
  readonly config: P;
  readonly remedy?: Remedy<P>;
}

/** A rule about the whole stack, which runs when all knowable values are known. */
export interface StackRule<P extends ConfigProperties = ConfigProperties> extends RuleBase<P> {
  readonly about: "stack";
  readonly find: (stack: Stack, config: ConfigOf<P>) => readonly Finding[];
}

/** A rule about one resource at a time, which runs before the resource is created. */
export interface ResourceRule<P extends ConfigProperties = ConfigProperties> extends RuleBase<P> {
  readonly about: "resource";
  readonly find: (subject: Subject, config: ConfigOf<P>) => readonly Finding[];
}

export type Rule = StackRule | ResourceRule;

/** The tag of a served rule that can fix its findings. */
export const remediationTag = "remediation";

/** Makes a rule without the type of its configuration, for a list of rules. */
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

/** The properties of a rule's entry in a configuration, except its level. */
export function configSchemaOf(rule: Rule): ConfigSchema {
  return {
    type: "object",
    properties: { ...rule.config, reason: reasonProperty },
    additionalProperties: false,
  };
}
