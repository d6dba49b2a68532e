import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { findProgram } from "../../../rehearsal/engine/programPath";
import type { ProgramOptions } from "../../../rehearsal/engine/programPath";
import { root } from "../../conventions/sourceTree";

// Seen with the engine, pulumi 3.260, unless a test is about this tool.
describe("the program of a project", () => {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "program-path-")));
    write("package.json");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function write(...files: string[]): void {
    for (const file of files) writeText(file, "{}");
  }

  function writeText(file: string, text: string): void {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }

  function program(project: string, options: ProgramOptions = {}) {
    const { path, directory } = findProgram(join(folder, project), options);
    return [path, directory].map((one) => one.replace(folder, "").replace(/^\//, ""));
  }
  const find = (project: string, main?: string) =>
    program(project, main === undefined ? {} : { main })[0];

  it("is its index.js, otherwise its index.ts, and nothing that was compiled elsewhere", () => {
    write("index.ts", "dist/index.js");
    expect(find(".")).to.equal("index.ts");
    write("index.js");
    expect(find(".")).to.equal("index.js");
  });

  it("is the file or the folder that Pulumi.yaml names, and runs in that folder", () => {
    write("app/main.ts", "other/index.js");
    expect(program(".", { main: "app/main.ts" })).to.deep.equal(["app/main.ts", "app"]);
    expect(program(".", { main: "other" })).to.deep.equal(["other/index.js", "other"]);
    expect(() => find(".", "app/main")).to.throw(
      `${folder}/Pulumi.yaml: main must be a file or folder, got app/main; name one that exists`,
    );
  });

  it("is what package.json names if Pulumi.yaml names none and that exists", () => {
    write("index.ts", "src/main.ts", "src/index.ts");
    const named = (manifest: object): string | undefined => {
      writeText("package.json", JSON.stringify(manifest));
      return find(".");
    };
    expect(named({ main: "src/main.ts" })).to.equal("src/main.ts");
    expect(named({ main: "src" })).to.equal("src/index.ts");
    expect(named({ main: "gone.ts" })).to.equal("index.ts");
    expect(named({ main: "gone.ts", exports: "./src/main.ts" })).to.equal("src/main.ts");
    expect(named({ exports: { ".": { types: "./x.d.ts", import: "./src/main.ts" } } })).to.equal(
      "src/main.ts",
    );
    expect(named({ main: "src/main.ts", exports: { "./part": "./part.js" } })).to.equal("index.ts");
    writeText("package.json", "{}");
    expect(program(".", { main: "src" })).to.deep.equal(["src/index.ts", "src"]);
  });

  it("is refused beside a package.json that is none, which Node does not load it with", () => {
    write("index.ts");
    writeText("package.json", "{ main");
    expect(() => find(".")).to.throw(/package\.json: must be JSON, got .+; correct it$/);
  });

  it("may be an ES module", () => {
    writeText("package.json", '{ "type": "module" }');
    write("index.mts", "index.mjs");
    expect(find(".")).to.equal("index.mjs");
    expect(findProgram(folder, {}).isModule).to.equal(true);
  });

  it("is no file beside the project of the same name, nor a file called dist", () => {
    write("x/index.ts", "x.ts", "dist.js", "index.ts");
    expect(find("x")).to.equal("x/index.ts");
    expect(find("x", ".")).to.equal("x/index.ts");
    expect(find(".")).to.equal("index.ts");
  });

  it("of a checkout of this tool is the compiled file, and never what the package exports", () => {
    const small = join(root, "examples/smallest");
    const pathOf = (directory: string, isCompiled: boolean) =>
      findProgram(directory, {}, undefined, isCompiled).path;
    expect(pathOf(small, false)).to.equal(join(small, "index.ts"));
    expect(pathOf(small, true)).to.equal(join(root, "dist/examples/smallest/index.js"));
  });

  it("is refused if it is missing, or TypeScript that Pulumi.yaml does not have compiled", () => {
    mkdirSync(join(folder, "x"));
    expect(() => find("x")).to.throw(
      `${folder}/x: no program to run, looked for ${folder}/x/index.js, ${folder}/x/index.ts; write one, or name it in Pulumi.yaml (main)`,
    );
    write("x/index.ts");
    const runtime = { typeScript: false, hasLoader: false };
    expect(() => program("x", { runtime })).to.throw(
      `${folder}/x/index.ts: Pulumi.yaml turns its compilation off (runtime.options.typescript: false), and there is no index.js; compile it first, or remove the option`,
    );
    expect(() => findProgram(folder, {}, join(folder, "gone.ts"))).to.throw(
      `program: no such file: ${folder}/gone.ts; name one that exists`,
    );
  });
});
