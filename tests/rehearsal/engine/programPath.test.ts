import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { findProgram } from "../../../rehearsal/engine/programPath";

describe("the program of a project", () => {
  let root: string;
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), "program-path-")));
    write("package.json");
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  function write(...files: string[]): void {
    for (const file of files) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), "{}");
    }
  }

  const find = (project: string, main?: string, typeScript = false): string =>
    findProgram(join(root, project), main, undefined, typeScript).replace(`${root}/`, "");

  it("is its TypeScript if that can be run, otherwise the compiled file", () => {
    write("index.ts", "dist/index.js");
    expect(find(".", undefined, true)).to.equal("index.ts");
    expect(find(".")).to.equal("dist/index.js");
  });

  it("may be in a folder of the package, like an example", () => {
    write("examples/small/index.ts", "dist/examples/small/index.js");
    expect(find("examples/small")).to.equal("dist/examples/small/index.js");
  });

  it("is the file or the folder that Pulumi.yaml names", () => {
    write("app/main.ts", "dist/app/main.js", "other/index.js");
    expect(find(".", "app/main.ts")).to.equal("dist/app/main.js");
    expect(find(".", "app/main", true)).to.equal("app/main.ts");
    expect(find(".", "other")).to.equal("other/index.js");
  });

  it("is no file beside the project of the same name, nor a file called dist", () => {
    write("x/index.ts", "x.ts", "dist.js", "index.ts");
    expect(find("x", undefined, true)).to.equal("x/index.ts");
    expect(find("x", ".", true)).to.equal("x/index.ts");
    expect(find(".", undefined, true)).to.equal("index.ts");
  });

  it("is refused if it is missing", () => {
    mkdirSync(join(root, "x"));
    expect(() => find("x")).to.throw(
      `${root}/x: no program to run, looked for ${root}/dist/x/index.js, ${root}/x/index.js; write one, or name it in Pulumi.yaml (main)`,
    );
  });
});
