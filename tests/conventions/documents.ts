/** The documents of this repository, and the command lines in them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { filesBelow, root } from "./sourceTree";

/** A command line in a document. */
export interface CommandLine {
  readonly line: string;
  /** Whether it stands in a sentence, where values may be left out: `failover policy --from`. */
  readonly isMention: boolean;
}

/** What a user reads; a decision or the log of changes may name what is gone. */
export const documents = filesBelow(root, [".md"]).filter(
  (path) => !/^(?:CHANGELOG\.md|docs\/adr\/|tests\/)/.test(path),
);

const startsCommand = /^(?:[A-Z_]+=\S+ )*(?:npx )?(?:failover|npm|mocha|pulumi) (?!…)/;

/** The commands of this repository's own tools in a document; those of others are not ours to check. */
export function commandLinesOf(path: string): readonly CommandLine[] {
  const joined = readFileSync(join(root, path), "utf8").replace(/\\\n\s*/g, " ");
  let isFenced = false;
  const blocks = joined.split("\n").flatMap((text) => {
    if (/^\s*```/.test(text)) isFenced = !isFenced;
    const block = isFenced || /^ {4}/.test(text) ? text.trim().replace(/^\$ /, "") : "";
    // What the tool prints explains each command behind two blanks.
    const [line = ""] = block.split("  ");
    return startsCommand.test(line) ? [{ line, isMention: false }] : [];
  });
  const mentions = [...joined.matchAll(/`([^`]+)`/g)].flatMap(([, code = ""]) => {
    const line = code.replace(/\s+/g, " ");
    return startsCommand.test(line) ? [{ line, isMention: true }] : [];
  });
  return [...blocks, ...mentions];
}
