import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect } from "chai";
import { filesBelow, root } from "./sourceTree";

const endings = [".ts", ".mjs", ".sh", ".php", ".html", ".css", ".yaml", ".yml", ".md", ".json"];
const texts = filesBelow(root, endings).filter(
  (path) => path !== "package-lock.json" && !path.startsWith("tests/fixtures/"),
);

/** The forbidden lines, as `path:line: text`. */
function linesWith(paths: readonly string[], forbidden: (line: string) => boolean): string[] {
  return paths.flatMap((path) =>
    readFileSync(join(root, path), "utf8")
      .split("\n")
      .flatMap((line, index) => (forbidden(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
  );
}

/** Written so that the rule does not find itself. */
const reminders = new RegExp(`\\b(?:${["TO" + "DO", "FIX" + "ME", "X" + "XX"].join("|")})\\b`);

describe("the repository is tidy where the linter does not look", () => {
  it("has no reminder without an issue or a decision record", () => {
    const lines = linesWith(
      texts,
      (line) => reminders.test(line) && !/#\d+|ADR[ -]\d+|docs\/adr\//.test(line),
    );
    expect(lines).to.deep.equal([]);
  });

  it("disables no rule of the linter or the compiler without a reason", () => {
    const sources = texts.filter((path) => /\.(?:ts|mjs)$/.test(path));
    const off = new RegExp(
      ["(?:es|ox)lint" + "-disable", "@ts" + "-(?:ignore|nocheck|expect-error)"].join("|"),
    );
    const lines = linesWith(sources, (line) => off.test(line) && !/ -- \S|: \S/.test(line));
    expect(lines).to.deep.equal([]);
  });

  it("has no void operator on a plain value, which discards nothing", () => {
    const sources = texts.filter((path) => /\.(?:ts|mjs)$/.test(path));
    const plain = /(?:^|[;{(=,>])\s*void [\w$][\w.$]*\s*(?:[;,)]|$)/;
    expect(linesWith(sources, (line) => plain.test(line))).to.deep.equal([]);
  });

  it("names TypeScript files in camel case, after their contents", () => {
    const odd = texts.filter(
      (path) => path.endsWith(".ts") && !/^[a-z][A-Za-z0-9]*(?:\.test)?\.ts$/.test(basename(path)),
    );
    expect(odd).to.deep.equal([]);
  });

  it("finds this package's other files only by packageDirectory.ts, because it also runs from dist/", () => {
    const program = texts.filter(
      (path) =>
        (/^(?:app|components|functions)\/.*\.ts$/.test(path) || /^[A-Za-z]+\.ts$/.test(path)) &&
        path !== "packageDirectory.ts",
    );
    expect(linesWith(program, (line) => /__dirname|__filename/.test(line))).to.deep.equal([]);
  });

  it("keeps tests in a tree like that of the sources", () => {
    // These test the whole program, or contain no tests.
    const special = ["conventions", "fixtures", "package", "program"];
    const odd = texts
      .filter((path) => path.startsWith("tests/") && path.endsWith(".test.ts"))
      .map((path) => path.split("/").slice(1, -1)[0] ?? "")
      .filter((part) => !special.includes(part) && !existsSync(join(root, part)));
    expect(odd).to.deep.equal([]);
  });
});
