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

/** The fenced blocks of a Markdown document that show text. */
const textBlocks = /(?<=^```text\n).*?(?=^```$)/gms;

/**
 * Compares a sample in a document with the text that a command prints; `UPDATE_DOCS=1` writes it
 * instead.
 *
 * @param name the document, from the root
 * @param text The sample is the block that starts with the same line.
 */
export function expectSample(name: string, text: string): void {
  const path = join(root, name);
  const [first] = text.split("\n");
  const read = (): string => readFileSync(path, "utf8");
  const isSample = (block: string): boolean => block.startsWith(`${first}\n`);
  if (process.env["UPDATE_DOCS"]) {
    const written = read().replace(textBlocks, (block) => (isSample(block) ? text : block));
    writeFileSync(path, written);
  }
  expect(read().match(textBlocks)?.filter(isSample), name).to.deep.equal([text]);
}
