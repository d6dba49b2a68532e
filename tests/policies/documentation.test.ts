import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { rules as dnsRules } from "../../policies/dns-failover/pack";
import type { DocumentedPack } from "../../policies/documentation";
import { policiesPage } from "../../policies/documentation";
import { packConfigOf } from "../../policies/packConfig";
import type { Rule } from "../../policies/rule";
import { rules as workloadRules } from "../../policies/workload/pack";
import { root } from "../conventions/sourceTree";
import { expectDocument } from "../expectDocument";
import { checkMutations } from "./mutations/checks";
import { recordMutations } from "./mutations/records";
import { workloadMutations } from "./mutations/workload";
import { servedRules } from "./servedRules";

function documented(name: string, rules: readonly Rule[]): DocumentedPack {
  const served = servedRules(rules);
  const environments = Object.fromEntries(
    ["dev", "prod"].map((environment) => {
      const file = join(root, "policies", name, `${environment}.json`);
      return [environment, packConfigOf(served, readFileSync(file, "utf8"), file)];
    }),
  );
  return { name, rules, environments };
}

describe("docs/policies.md", () => {
  it("matches the rules; UPDATE_DOCS=1 regenerates it", async () => {
    const caught = (mutations: typeof recordMutations) =>
      mutations.map(({ rule, title, also = {} }) => ({ rule, title, also }));
    const page = policiesPage(
      [documented("dns-failover", dnsRules), documented("workload", workloadRules)],
      new Map([
        ["dns-failover", caught([...recordMutations, ...checkMutations])],
        ["workload", caught(workloadMutations)],
      ]),
    );
    await expectDocument("policies.md", page);
  });

  it("shows every kind of property, and a pack without exceptions or configuration", () => {
    const [first] = dnsRules;
    if (!first) throw new Error("the pack has no rule");
    const rule: Rule = {
      ...first,
      about: "stack",
      find: () => [],
      config: {
        on: { type: "boolean", default: true, looser: false, description: "Whether it is on" },
        kind: { type: "string", enum: ["a", "b"], default: "a", description: "Which kind" },
        text: { type: "string", description: "Any text" },
        kinds: {
          type: "array",
          items: { type: "string", enum: ["x", "y"] },
          default: ["x", "y"],
          description: "Which kinds",
        },
      },
    };
    const page = policiesPage(
      [{ name: "small", rules: [rule], environments: { dev: new Map() } }],
      new Map(),
    );
    expect(page.split("\n").filter((line) => line.startsWith("| `"))).to.deep.equal([
      "| `on` | Whether it is on | true or false | true | default |",
      "| `kind` | Which kind | a, b | a | default |",
      "| `text` | Any text | text | default | default |",
      "| `kinds` | Which kinds | list from x, y | x, y | default |",
    ]);
    expect(page).to.not.contain("Exceptions:");
  });
});
