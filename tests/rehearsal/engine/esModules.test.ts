import { expect } from "chai";
import { ForeignProject } from "./foreignProject";

describe("a program of ES modules", function () {
  let project: ForeignProject;
  afterEach(() => {
    project.remove();
  });

  /** The names of the resources, and the outputs, of two evaluations one after the other. */
  async function twice(): Promise<unknown> {
    const evaluations = [await project.evaluate(), await project.evaluate()];
    return evaluations.map(({ resources, outputs }) => ({
      names: resources.slice(1).map(({ name }) => name),
      outputs,
    }));
  }

  const part =
    'import { ComponentResource } from "@pulumi/pulumi";\nnew ComponentResource("shop:index:Part", "part");\n';

  it("is evaluated anew each time, with its modules, and packages stay loaded", async () => {
    project = new ForeignProject().write({
      "package.json": '{ "type": "module" }',
      "index.js":
        'import "./part.js";\nimport { old } from "./old.cjs";\nexport const directory = import.meta.dirname;\nexport { old };\nexport const { late } = await import("./late.js");\n',
      "part.js": part,
      "late.js": `${part.replace('"part"', '"late"')}export const late = 2;\n`,
      "old.cjs":
        'const { ComponentResource } = require("@pulumi/pulumi");\nnew ComponentResource("shop:index:Part", "old");\nexports.old = 1;\n',
    });
    const one = {
      names: ["part", "old", "late"],
      outputs: { directory: project.directory, old: 1, late: 2 },
    };
    expect(await twice()).to.deep.equal([one, one]);
  });

  it("is known by its syntax, if its package says nothing, and by the ending .mjs", async () => {
    project = new ForeignProject().write({ "index.js": `${part}export default { a: 1 };\n` });
    const one = { names: ["part"], outputs: { a: 1 } };
    expect(await twice()).to.deep.equal([one, one]);
    project.write({
      "package.json": '{ "main": "other.mjs" }',
      "other.mjs": "export const b = 2;\n",
    });
    expect((await project.evaluate()).outputs).to.deep.equal({ b: 2 });
  });

  it("may be TypeScript where the engine compiles it, by a ts-node of the SDK", async () => {
    const files = {
      "package.json": '{ "type": "module" }',
      "index.ts":
        'import { part } from "./part.js";\ninterface Left { out: string }\nconst one: number = await Promise.resolve(part);\nexport const value = { one } satisfies object;\n',
      "part.ts": "export const part: number = 1;\n",
    };
    project = new ForeignProject(["typescript"]).write(files);
    expect((await project.evaluate()).outputs).to.deep.equal({ value: { one: 1 } });
    project.write({ "part.ts": "\nexport const part = ;\n" });
    expect(await project.faults()).to.deep.equal(["part.ts:2: Expression expected."]);
  });

  it("is known by its syntax without a warning of Node", async () => {
    project = new ForeignProject().write({ "index.js": "export const a = 1;\n" });
    const { err } = await project.run("prove", "--stack", "dev");
    expect(err).to.equal(
      "dev: no name of it has a choice to prove; name one, as in `failover prove NAME`\n",
    );
  });

  it("has the lines of its TypeScript in its errors", async () => {
    project = new ForeignProject(["typescript"]).write({
      "package.json": '{ "type": "module" }',
      "index.ts": 'import "./part.js";\n',
      "part.ts": 'interface Left { out: string }\n\nthrow new Error("part");\n',
    });
    const { err } = await project.run("prove", "--stack", "dev");
    expect(err).to.equal(
      "part.ts:3: the program fails with Error: part; correct it, or run this again with --debug for the stack trace\n",
    );
  });

  it("is refused as TypeScript that the engine does not run", async () => {
    project = new ForeignProject().write({
      "package.json": '{ "type": "module" }',
      "index.ts": "export const a: number = 1;\n",
    });
    expect(await project.faults()).to.deep.equal([
      'index.ts: is TypeScript in an ES module ("type": "module" in package.json), which the Pulumi engine runs only with TypeScript 4.7 and ts-node 10 or later; npm install --save-dev typescript@5 ts-node@10, or export the stack, and read it by --from',
    ]);
  });

  it("cannot be a part of a CommonJS program, which Node would not load anew", async () => {
    project = new ForeignProject().write({
      "index.js": 'exports.a = require("./part.mjs").a;\n',
      "part.mjs": "export const a = 1;\n",
    });
    expect(await project.faults()).to.deep.equal([
      "part.mjs: is an ES module that a CommonJS program requires, and is evaluated once only; make index.js an ES module as well",
    ]);
  });
});
