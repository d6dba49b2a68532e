import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { rules as dnsRules } from "../../../policies/dns-failover/pack";
import { findAll } from "../../../policies/inProcess";
import { messageOf } from "../../../policies/message";
import type { Rule } from "../../../policies/rule";
import { rules as workloadRules } from "../../../policies/workload/pack";
import type { Resource } from "../../../routing/graph/resource";
import { both, evaluatedIn, inDev, reserved, shapes } from "./configurations";
import { itWithEveryCase } from "../../sampled";

const packs = { "dns-failover": dnsRules, workload: workloadRules } as const;

interface Entry {
  readonly enforcementLevel: string;
}

/**
 * The findings of the mandatory rules of both packs, by the levels and bounds of an environment.
 */
function violations(stack: string, resources: readonly Resource[]): readonly string[] {
  return Object.entries(packs).flatMap(([pack, rules]) => {
    const path = join(__dirname, "../../../policies", pack, `${stack}.json`);
    const entries = JSON.parse(readFileSync(path, "utf8")) as Record<string, string | Entry>;
    const levelOf = ({ name }: Rule): string | undefined => {
      const entry = entries[name];
      return typeof entry === "object" ? entry.enforcementLevel : entry;
    };
    const mandatory = rules.filter((rule) => levelOf(rule) === "mandatory");
    const configs = Object.fromEntries(
      mandatory.map(({ name }) => {
        const entry = entries[name];
        // A rule with only a level has no values.
        return [name, typeof entry === "object" ? { ...entry } : {}];
      }),
    );
    const all = findAll(mandatory, resources, configs);
    return all.map(({ rule, finding }) => `${rule.name}: ${messageOf(finding)}`);
  });
}

describe("the policy packs", function () {
  for (const [index, shape] of [both, reserved, inDev, ...shapes].entries()) {
    const itOfShape = index % 3 === 0 ? it : itWithEveryCase;
    itOfShape(`have no findings in ${shape.title}`, async () => {
      const { resources } = await evaluatedIn(shape);
      expect(violations(shape.stack, resources)).to.deep.equal([]);
    });
  }
});
