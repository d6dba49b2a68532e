import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";

interface Stamp {
  readonly tool: string;
  readonly sources: Readonly<Record<string, string>>;
}

const { planCompilation, findSources } = createRequire(__filename)("../../scripts/compile.mjs") as {
  readonly planCompilation: (
    now: Stamp,
    before: Stamp | undefined,
  ) => { readonly compile: readonly string[]; readonly remove: readonly string[] };
  readonly findSources: (root: string) => Readonly<Record<string, string>>;
};

describe("what is compiled", () => {
  const now: Stamp = { tool: "1", sources: { "index.ts": "10 5", "cli/main.ts": "20 6" } };

  it("is everything the first time, and after a change of compiler or packages", () => {
    const all = { compile: ["index.ts", "cli/main.ts"], remove: [] };
    expect(planCompilation(now, undefined)).to.deep.equal(all);
    expect(planCompilation(now, { ...now, tool: "2" })).to.deep.equal(all);
  });

  it("is nothing when nothing changed", () => {
    expect(planCompilation(now, now)).to.deep.equal({ compile: [], remove: [] });
  });

  it("is changed and added sources; the output of removed ones is deleted", () => {
    const before = { tool: "1", sources: { "index.ts": "9 5", "old.ts": "1 1" } };
    expect(planCompilation(now, before)).to.deep.equal({
      compile: ["index.ts", "cli/main.ts"],
      remove: ["old.ts"],
    });
  });

  it("excludes removed sources after a change of compiler as well", () => {
    const before = { tool: "0", sources: { "old.ts": "1 1" } };
    expect(planCompilation(now, before).remove).to.deep.equal(["old.ts"]);
  });
});

describe("the sources", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "sources with space-"));
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  it("are the TypeScript files of the program and the tool, without tests and declarations", () => {
    for (const path of [
      "index.ts",
      "cli/commands/resolve.ts",
      "cli/types.d.ts",
      "cli/page.html",
      "tests/cli/main.test.ts",
      "node_modules/a/index.ts",
      "dist/index.ts",
      ".hidden/file.ts",
    ]) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), "x");
    }
    const found = findSources(root);
    expect(Object.keys(found).sort()).to.deep.equal(["cli/commands/resolve.ts", "index.ts"]);
    expect(found["index.ts"]).to.match(/^[\d.]+ 1$/);
  });
});
