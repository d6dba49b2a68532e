import type { Resource } from "../routing/graph/resource";
import { withDefaults } from "./configSchema";
import { Subject } from "./fields";
import type { Finding } from "./finding";
import type { Rule } from "./rule";
import { Stack } from "./stack";

/** A finding with the rule that found it. */
export interface RuleFinding {
  readonly rule: Rule;
  readonly finding: Finding;
}

/** The configuration of each rule, by its name. */
export type Configs = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * The findings of rules on a stack, without a server. Like the engine, it shows the rules each
 * resource as declared, then the stack as known at the end.
 */
export function findAll(
  rules: readonly Rule[],
  resources: readonly Resource[],
  configs: Configs = {},
): readonly RuleFinding[] {
  const stack = new Stack(resources);
  return rules.flatMap((rule) =>
    findingsOf(rule, stack, configs[rule.name] ?? {}).map((finding) => ({ rule, finding })),
  );
}

/** The findings of one rule on a deployed stack. */
export function findingsOf(
  rule: Rule,
  stack: Stack,
  given: Readonly<Record<string, unknown>> = {},
): readonly Finding[] {
  const config = withDefaults(rule.config, given) as Readonly<Record<string, never>>;
  if (rule.about === "stack") return stack.has(rule.types) ? rule.find(stack, config) : [];
  return stack.graph
    .ofType(...rule.types)
    .flatMap((resource) => rule.find(new Subject(asGiven(resource)), config));
}

/** A resource with only its inputs, as the engine shows it before its creation. */
function asGiven(resource: Resource): Resource {
  return { ...resource, outputs: resource.inputs };
}
