import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { rules as dnsRules } from "../../policies/dns-failover/pack";
import { findAll } from "../../policies/inProcess";
import type { RuleFinding } from "../../policies/inProcess";
import { messageOf } from "../../policies/message";
import type { Rule } from "../../policies/rule";
import { rules as workloadRules } from "../../policies/workload/pack";
import type { Resource } from "../../routing/graph/resource";
import { evaluated } from "../program/evaluated";
import { checkMutations } from "./mutations/checks";
import type { PolicyMutation } from "./mutations/mutation";
import { recordMutations } from "./mutations/records";
import { workloadMutations } from "./mutations/workload";
import { Sample } from "./sample";

/** The entry of a rule in an environment's configuration. */
function configOf(pack: string, stack: string, rule: string): Record<string, unknown> {
  const path = join(__dirname, "../../policies", pack, `${stack}.json`);
  const entries = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
  const entry = entries[rule];
  return typeof entry === "string"
    ? { enforcementLevel: entry }
    : (entry as Record<string, unknown>);
}

/** The findings of a pack on a stack at the levels of its environment; disabled rules do not run. */
function found(
  pack: string,
  rules: readonly Rule[],
  stack: string,
  all: readonly Resource[],
): readonly RuleFinding[] {
  const config = (name: string): Record<string, unknown> => configOf(pack, stack, name);
  const enabled = rules.filter(({ name }) => config(name)["enforcementLevel"] !== "disabled");
  const configs = Object.fromEntries(enabled.map(({ name }) => [name, config(name)]));
  return findAll(enabled, all, configs);
}

/** One line per violation: the rule and its full message. */
function violations(found: readonly RuleFinding[]): ReadonlySet<string> {
  return new Set(
    found
      .filter(({ finding }) => finding.kind === "violation")
      .map(({ rule, finding }) => `${rule.name} ${messageOf(finding)}`),
  );
}

const packs = [
  ["dns-failover", dnsRules, [...recordMutations, ...checkMutations]],
  ["workload", workloadRules, workloadMutations],
] as const;

for (const [pack, rules, mutations] of packs) {
  describe(`the pack ${pack} on the real program`, () => {
    const known = new Map<string, ReadonlySet<string>>();
    /** The violations of a stack as it is. */
    function violationsOf(stack: string, resources: readonly Resource[]): ReadonlySet<string> {
      const of = known.get(stack) ?? violations(found(pack, rules, stack, resources));
      known.set(stack, of);
      return of;
    }

    /** The rules that report a mutation and nothing without it. */
    async function fired({ stack, apply }: PolicyMutation): Promise<readonly string[]> {
      const { resources } = await evaluated(stack);
      const sample = apply(new Sample(resources));
      const after = violations(found(pack, rules, stack, sample.resources));
      const names = [...after]
        .filter((line) => !violationsOf(stack, resources).has(line))
        .map((line) => line.split(" ")[0]);
      return [...new Set(names)].filter((name) => name !== undefined);
    }

    it("has a mutation for every rule that an environment enables", () => {
      const isOn = ({ name }: Rule): boolean =>
        ["dev", "prod"].some(
          (stack) => configOf(pack, stack, name)["enforcementLevel"] !== "disabled",
        );
      expect(new Set(mutations.map(({ rule }) => rule))).to.deep.equal(
        new Set(rules.filter(isOn).map(({ name }) => name)),
      );
    });

    for (const mutation of mutations) {
      const { rule, stack, title, also = {} } = mutation;
      it(`reports by ${rule}: ${title} (${stack})`, async () => {
        const names = await fired(mutation);
        expect([...names].sort()).to.deep.equal([rule, ...Object.keys(also)].sort());
      });
    }
  });
}
