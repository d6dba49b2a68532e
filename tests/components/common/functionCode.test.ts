import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { runInThisContext } from "node:vm";
import { expect } from "chai";
import {
  builtFunction,
  bundledCode,
  functionCode,
  functionNames,
} from "../../../components/common/functionCode";
import { filesBelow, root } from "../../conventions/sourceTree";

describe("functionCode", () => {
  let folders: string[];
  beforeEach(() => {
    folders = [];
  });
  afterEach(() => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  function planted(files: Readonly<Record<string, string>>): string {
    const folder = mkdtempSync(join(tmpdir(), "code-"));
    folders.push(folder);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return folder;
  }

  /** The exports of the code, loaded as by Lambda. */
  function exportsOf(code: string): Readonly<Record<string, unknown>> {
    const module = { exports: {} };
    const load = runInThisContext(`(function (module, exports, require) {${code}\n})`) as (
      ...args: readonly unknown[]
    ) => void;
    load(module, module.exports, require);
    return module.exports;
  }

  it("contains the handler of the synthetic order with all its imports, and no package", () => {
    const code = functionCode("syntheticOrder");
    expect(exportsOf(code)["handler"]).to.be.a("function");
    const required = [...code.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name);
    expect(new Set(required)).to.deep.equal(new Set(["node:crypto", "node:http", "node:https"]));
    expect(code.length).to.be.lessThan(15_000);
  });

  it("exists for every folder of functions/ with a handler", () => {
    const folders = filesBelow(join(root, "functions"), ["handler.ts"]).map(dirname);
    expect([...functionNames]).to.deep.equal(folders);
  });

  it("is the built file if the package has no sources", () => {
    const folder = planted({ [builtFunction("bake")]: "exports.handler = 1;" });
    expect(functionCode("bake", folder)).to.equal("exports.handler = 1;");
  });

  it("is the same text in any folder, and from any working directory", () => {
    const files = {
      "functions/a.ts": 'import { b } from "./b"; export const handler = (): string => b;',
      "functions/b.ts": 'export const b: string = "é";',
    };
    const [one, other] = [planted(files), planted(files)];
    const before = process.cwd();
    try {
      const first = bundledCode(one, "functions/a.ts");
      process.chdir(tmpdir());
      expect(bundledCode(other, "functions/a.ts")).to.equal(first);
      expect(first).not.to.contain(one);
    } finally {
      process.chdir(before);
    }
  });

  it("changes with the source's imports", () => {
    const source = 'import { b } from "./b"; export const handler = (): string => b;';
    const one = planted({ "a.ts": source, "b.ts": 'export const b = "1";' });
    const other = planted({ "a.ts": source, "b.ts": 'export const b = "2";' });
    expect(bundledCode(one, "a.ts")).not.to.equal(bundledCode(other, "a.ts"));
  });

  it("fails for a source that cannot be compiled, and names the place", () => {
    const folder = planted({ "a.ts": "export const handler = ;" });
    expect(() => bundledCode(folder, "a.ts")).to.throw(/a\.ts:1:\d+: ERROR: Unexpected ";"/);
    expect(() => bundledCode(folder, "none.ts")).to.throw(/Could not resolve/);
  });
});
