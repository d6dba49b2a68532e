import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { commands } from "../../cli/commands";
import { usageFaults, wordsOf } from "../cli/usageFaults";
import { filesBelow, root } from "./sourceTree";

/** A command line in a document. */
interface CommandLine {
  readonly line: string;
  /** Whether it stands in a sentence, where values may be left out: `failover policy --from`. */
  readonly isMention: boolean;
}

const startsCommand = /^(?:npx )?failover (?!…)/;

function commandLinesOf(markdown: string): readonly CommandLine[] {
  const joined = markdown.replace(/\\\n\s*/g, " ");
  let isFenced = false;
  const blocks = joined.split("\n").flatMap((line) => {
    if (/^\s*```/.test(line)) isFenced = !isFenced;
    const block = isFenced || /^ {4}/.test(line) ? line.trim().replace(/^\$ /, "") : "";
    // What the tool prints explains each command behind two blanks.
    const [code = ""] = block.split("  ");
    return startsCommand.test(code) ? [{ line: code, isMention: false }] : [];
  });
  const mentions = [...joined.matchAll(/`([^`]+)`/g)].flatMap(([, code = ""]) => {
    const line = code.replace(/\s+/g, " ");
    return startsCommand.test(line) ? [{ line, isMention: true }] : [];
  });
  return [...blocks, ...mentions];
}

/** What a mention may leave out. */
const leftOut = /missing required argument|argument missing|required option/;

const documents = filesBelow(root, [".md"]).filter(
  (path) => path === "README.md" || path === "CONTRIBUTING.md" || /^docs\/[^/]+\.md$/.test(path),
);

describe("the documents", () => {
  it("have commands to check", () => {
    expect(documents).to.include.members(["README.md", "docs/usage.md"]);
    const all = documents.flatMap((path) => commandLinesOf(readFileSync(join(root, path), "utf8")));
    expect(all).to.have.length.greaterThan(60);
  });

  it("list every command once, in the order of the help", () => {
    const text = readFileSync(join(root, "docs/ARCHITECTURE.md"), "utf8");
    const [, table = ""] = /^## Commands\n(.*?)^## /ms.exec(text) ?? [];
    const listed = [...table.matchAll(/^\| `(\w+)` /gm)].map(([, name]) => name);
    expect(listed).to.deep.equal(commands.map(({ name }) => name));
  });

  for (const path of documents) {
    it(`use commands that exist, with options that they have: ${path}`, async () => {
      const lines = commandLinesOf(readFileSync(join(root, path), "utf8"));
      const faults = await Promise.all(
        lines.map(async ({ line, isMention }) => {
          const found = await usageFaults(wordsOf(line.replace(/^npx /, "")).slice(1));
          return found
            .filter((fault) => !(isMention && leftOut.test(fault)))
            .map((fault) => `${line}: ${fault}`);
        }),
      );
      expect(faults.flat()).to.deep.equal([]);
    });
  }
});
