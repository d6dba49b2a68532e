import type { Resource } from "../routing/graph/resource";
import { withDefaults } from "./configSchema";
import { Subject } from "./fields";
import type { Finding } from "./finding";
import type { Rule } from "./rule";
import { Stack } from "./stack";

/** A finding with the rule that found it. */
export interface Found {
  readonly rule: Rule;
  readonly finding: Finding;
}

/** The values of each rule's configuration, by its name. */
export type Configs = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * What rules find in a stack, without a server: each resource as it is given, then the stack as it is
 * known in the end, which is the order and the view of the engine.
 */
export function findAll(
  rules: readonly Rule[],
  resources: readonly Resource[],
  configs: Configs = {},
): readonly Found[] {
  const stack = new Stack(resources);
  return rules.flatMap((rule) =>
    findingsOf(rule, stack, configs[rule.name] ?? {}).map((finding) => ({ rule, finding })),
  );
}

/** What one rule finds in a stack that is there already. */
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

/** A resource by its inputs alone: what the engine tells of it before it is made. */
function asGiven(resource: Resource): Resource {
  return { ...resource, outputs: resource.inputs };
}
