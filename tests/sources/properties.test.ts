import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { Resource } from "../../routing/graph/resource";
import { templateTypes } from "../../sources/cloudFormation/types";
import { readSources } from "../../sources/readSources";
import { terraformTypes } from "../../sources/terraform/types";
import { filesOf } from "./read";

const provider = join(__dirname, "../../node_modules/@pulumi/aws");

/** Arguments of blocks within blocks, which the provider declares elsewhere. */
const nested = new Set([
  "target_group",
  "override",
  "action",
  "condition",
  "default_action",
  "member",
]);

/** The properties of a type in Pulumi's provider; undefined if the type does not exist. */
function declaredBy(token: string): ReadonlySet<string> | undefined {
  const [, file = ""] = /^aws:([^:]+):/.exec(token) ?? [];
  const path = join(provider, `${file}.d.ts`);
  if (!existsSync(path)) return undefined;
  const text = readFileSync(path, "utf8");
  const state = /export interface \w+State \{([\s\S]*?)\n\}/.exec(text)?.[1] ?? "";
  return new Set([...state.matchAll(/^ {4}(\w+)\?:/gm)].map(([, name = ""]) => name));
}

describe("the properties that readers produce", () => {
  it("are of types that Pulumi's provider has", () => {
    const tokens = [...Object.values(terraformTypes), ...Object.values(templateTypes)].map(
      ({ token }) => token,
    );
    expect(tokens.length).to.be.greaterThan(60);
    expect([...new Set(tokens)].filter((token) => declaredBy(token) === undefined)).to.deep.equal(
      [],
    );
  });

  it("are among those of the provider, in every table", () => {
    const named = [
      ...Object.values(terraformTypes).map(({ token, names = {}, single = [] }) => ({
        token,
        // The table does not distinguish blocks within blocks.
        properties: Object.entries(names)
          .filter(([argument]) => !nested.has(argument) && !single.includes(argument))
          .map(([, property]) => property),
      })),
      ...Object.values(templateTypes).map(({ token, fields, blocks = {} }) => ({
        token,
        properties: [...fields, ...Object.values(blocks).flat()].map(([, property]) => property),
      })),
    ];
    const strange = named.flatMap(({ token, properties }) =>
      properties
        .filter((property) => declaredBy(token)?.has(property) !== true)
        .map((property) => `${token} ${property}`),
    );
    expect(strange).to.deep.equal([]);
  });

  for (const name of ["aws", "terraform-state.json", "cloudformation.yaml", "example.org.yaml"]) {
    it(`are among those of the provider, read from ${name}`, async () => {
      const { resources } = await readSources(filesOf(name));
      const strange = resources.flatMap(({ type, outputs }: Resource) =>
        Object.keys(outputs)
          .filter((property) => declaredBy(type)?.has(property) !== true)
          .map((property) => `${type} ${property}`),
      );
      expect([...new Set(strange)]).to.deep.equal([]);
    });
  }
});
