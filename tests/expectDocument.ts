import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { format } from "oxfmt";
import { root } from "./conventions/sourceTree";

/** Compares a file of docs/ with its generated text; `UPDATE_DOCS=1` writes it instead. */
export async function expectDocument(name: string, text: string): Promise<void> {
  const path = join(root, "docs", name);
  const { code: expected } = await format(path, text, { printWidth: 100 });
  if (process.env["UPDATE_DOCS"]) writeFileSync(path, expected);
  expect(readFileSync(path, "utf8")).to.equal(expected);
}
