import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { rules as dnsRules } from "../../../policies/dns-failover/pack";
import { findAll } from "../../../policies/inProcess";
import type { Configs } from "../../../policies/inProcess";
import { messageOf } from "../../../policies/message";
import { packConfigOf } from "../../../policies/packConfig";
import type { Rule } from "../../../policies/rule";
import { servedRules } from "../../policies/servedRules";
import { rules as workloadRules } from "../../../policies/workload/pack";
import type { Resource } from "../../../routing/graph/resource";
import { evaluated } from "../evaluated";
import { inProdsPlaces } from "../places";
import { playing, stacks } from "./playing";
import type { Stack } from "./playing";

const projectDirectory = join(__dirname, "../../..");

for (const stack of stacks) {
  describe(`the packs, with the game days of ${stack}`, () => {
    for (const [pack, rules] of [
      ["dns-failover", dnsRules],
      ["workload", workloadRules],
    ] as const) {
      const { enabled, configs } = configured(pack, rules, stack);
      const find = (resources: readonly Resource[]): readonly string[] =>
        findAll(enabled, resources, configs).map(({ finding }) => messageOf(finding));

      it(`find nothing new with them: ${pack}`, async () => {
        const without = find((await evaluated(stack, false, inProdsPlaces(stack))).resources);
        expect(find((await playing(stack)).resources)).to.deep.equal(without);
      });
    }
  });
}

/** The rules that an environment enables, with their configuration. */
function configured(
  pack: string,
  rules: readonly Rule[],
  stack: Stack,
): { readonly enabled: readonly Rule[]; readonly configs: Configs } {
  const path = `policies/${pack}/${stack}.json`;
  const config = packConfigOf(
    servedRules(rules),
    readFileSync(join(projectDirectory, path), "utf8"),
    path,
  );
  return {
    enabled: rules.filter(({ name }) => config.get(name)?.level !== "disabled"),
    configs: Object.fromEntries([...config].map(([name, { values }]) => [name, values])),
  };
}
