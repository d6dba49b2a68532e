import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { format } from "prettier";
import { behaviourPage } from "../../../rehearsal/proof/behaviour";
import { evidenceJsonSchema } from "../../../rehearsal/proof/evidenceSchema";
import { defaultFaultRates } from "../../../rehearsal/proof/faultRates";
import { prove } from "../../../rehearsal/proof/prove";
import { asMarkdown } from "../../../rehearsal/report/asMarkdown";
import { root } from "../../conventions/sourceTree";
import { evaluated } from "../../program/evaluated";

/** Compares a page of docs/ with its generated text, or writes it. */
async function expectPage(name: string, text: string): Promise<void> {
  const path = join(root, "docs", name);
  const parser = name.endsWith(".md") ? "markdown" : "json";
  const expected = await format(text, { parser, printWidth: 100 });
  if (process.env["UPDATE_DOCS"]) writeFileSync(path, expected);
  expect(readFileSync(path, "utf8")).to.equal(expected);
}

describe("the proof in docs/", () => {
  it("docs/behaviour.md matches prod's proof; UPDATE_DOCS=1 regenerates it", async () => {
    const { resources } = await evaluated("prod");
    const proof = prove({ stack: "prod", resources, names: [], rates: defaultFaultRates });
    await expectPage("behaviour.md", asMarkdown(behaviourPage(proof), 1));
  });

  it("docs/evidence.schema.json is the schema of the record; UPDATE_DOCS=1 regenerates it", async () => {
    await expectPage("evidence.schema.json", JSON.stringify(evidenceJsonSchema()));
  });
});
