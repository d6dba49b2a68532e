import type { ServedRule } from "../../policies/packConfig";
import type { Rule } from "../../policies/rule";
import { configSchemaOf } from "../../policies/rule";

/** Rules in the form in which a configuration is read for them. */
export function servedRules(rules: readonly Rule[]): readonly ServedRule[] {
  return rules.map((rule) => ({
    name: rule.name,
    level: rule.level,
    properties: configSchemaOf(rule).properties,
    canRemediate: rule.remedy !== undefined,
  }));
}
