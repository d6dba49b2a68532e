import { expect } from "chai";
import { InputError } from "../../../routing/inputError";
import { errorOf } from "./fixtureProgram";
import { ForeignProject } from "./foreignProject";

const remedy = "correct it, or run this again with --debug for the stack trace";

/** What a project has, and the line that its evaluation ends with. */
const cases: Readonly<
  Record<string, readonly [files: Readonly<Record<string, string>>, fault: string]>
> = {
  "an error in an apply": [
    {
      "index.js":
        'const { output } = require("@pulumi/pulumi");\nexports.a = output(1).apply(() => {\n  throw new RangeError("far");\n});\n',
    },
    `index.js:3: the program fails with RangeError: far; ${remedy}`,
  ],
  "a rejection that nothing handles": [
    { "index.js": 'async function f() {\n  throw new Error("late");\n}\nf();\n' },
    `index.js:2: the program fails with Error: late; ${remedy}`,
  ],
  "an error in a timer": [
    {
      "index.js":
        'module.exports = () => new Promise(() => {\n  setTimeout(() => {\n    throw new Error("later");\n  });\n});\n',
    },
    `index.js:3: the program fails with Error: later; ${remedy}`,
  ],
  "an error of Node": [
    { "index.js": "const a = {};\na.b.c;\n" },
    `index.js:2: the program fails with TypeError: Cannot read properties of undefined (reading 'c'); ${remedy}`,
  ],
  "an error in a package, by the line that called it": [
    { "index.js": 'const { parse } = require("yaml");\n\nparse("a: [", { strict: true });\n' },
    `index.js:3: the program fails with YAMLParseError: Flow sequence in block collection must be sufficiently indented and end with a ] at line 1, column 5: a: [ ^ (in yaml); ${remedy}`,
  ],
  "an error in a module beside it": [
    { "index.js": 'require("./lib/part");\n', "lib/part.js": '\nthrow new Error("part");\n' },
    `lib/part.js:2: the program fails with Error: part; ${remedy}`,
  ],
  "an error without a stack": [
    { "index.js": 'const error = new Error("bare");\nerror.stack = undefined;\nthrow error;\n' },
    `index.js: the program fails with Error: bare, in no line of its own; ${remedy}`,
  ],
  "what is no Error": [
    { "index.js": 'throw { reason: "none" };\n' },
    "index.js: throws { reason: 'none' }, which is no Error and so has no line; throw an Error instead",
  ],
  "a syntax error": [
    { "index.js": "const a = 1;\nconst b = ;\n" },
    "index.js:2: Unexpected token ';'; correct it",
  ],
  "a syntax error of an ES module": [
    { "index.mjs": "const a = 1;\nconst b = ;\n", "package.json": '{ "main": "index.mjs" }' },
    "index.mjs: it or a module that it imports is no JavaScript (Unexpected token ';'); node --check FILE names the line",
  ],
  "JSON that is none": [
    { "index.js": '\nrequire("./data.json");\n', "data.json": '{\n  "a": 1,\n  b\n}\n' },
    "data.json:3: is no JSON (Expected double-quoted property name in JSON at position 14), and index.js:2 loads it; correct it",
  ],
  "a package that is not installed": [
    { "index.js": '\nrequire("@left/pad/part");\n' },
    "index.js:2: cannot find the module @left/pad/part; npm install @left/pad",
  ],
  "a package that an ES module imports": [
    { "index.js": '// "pad"\nimport pad from "pad";\n', "package.json": '{ "type": "module" }' },
    "index.js:1: cannot find the module pad; npm install pad",
  ],
  "a file that a package does not have": [
    { "index.js": 'require("outer/gone");\n', "node_modules/outer/index.js": "" },
    "index.js:1: cannot find the module outer/gone: the package outer is installed, and has no such file; correct the path",
  ],
  "a file that is not there": [
    { "index.js": 'require("./gone");\n' },
    "index.js:1: cannot find the module ./gone; correct the path",
  ],
  "a module that a loader may find": [
    {
      "index.js": 'require("@lib/part");\n',
      "Pulumi.yaml":
        'name: shop\nruntime:\n  name: nodejs\n  options: { nodeargs: "--import tsx" }\n',
    },
    "index.js:1: cannot find the module @lib/part; nodeargs of Pulumi.yaml may find it by a loader, which is not used offline: export the stack, and read it by --from",
  ],
  "a default and names": [
    {
      "index.mjs": "export default 1;\nexport const a = 1;\n",
      "package.json": '{ "main": "index.mjs" }',
    },
    "index.mjs: must export a default or names, got both; the Pulumi engine takes one of them",
  ],
  "a setting that is required": [
    { "index.js": 'new (require("@pulumi/pulumi").Config)().require("zone");\n' },
    "Pulumi.dev.yaml: config shop:zone is required, got none; pulumi config set shop:zone VALUE",
  ],
  "a secret that is required": [
    { "index.js": 'new (require("@pulumi/pulumi").Config)().requireSecret("key");\n' },
    "Pulumi.dev.yaml: config shop:key is required, got none; pulumi config set --secret shop:key VALUE",
  ],
  "a setting of another type": [
    {
      "index.js": 'new (require("@pulumi/pulumi").Config)().requireNumber("ttl");\n',
      "Pulumi.dev.yaml": "config:\n  shop:ttl: soon\n",
    },
    'Pulumi.dev.yaml: config shop:ttl is not a valid number, got "soon"; pulumi config set shop:ttl VALUE',
  ],
  "an encrypted setting of another type": [
    {
      "index.js": 'new (require("@pulumi/pulumi").Config)().requireNumber("ttl");\n',
      "Pulumi.dev.yaml": "config:\n  shop:ttl:\n    secure: abc\n",
    },
    "Pulumi.dev.yaml: config shop:ttl: is encrypted, and cannot be checked offline; set it without --secret",
  ],
};

/** The same, run by the compiled command. */
const compiledCases: typeof cases = {
  "an error at the top level": [
    { "index.ts": 'interface Left { out: string }\n\nthrow new Error("no zone\\n  here");\n' },
    `index.ts:3: the program fails with Error: no zone here; ${remedy}`,
  ],
  "await at the top level of a CommonJS program": [
    { "index.js": "const a = await Promise.resolve(1);\nexports.a = a;\n" },
    "index.js: waits at its top level (await), which no CommonJS program can; export an async function that does",
  ],
  "a package that a package needs": [
    {
      "index.js": '\nrequire("outer");\n',
      "node_modules/outer/index.js": 'require("inner");\n',
    },
    "index.js:2: cannot find the module inner, which outer needs; npm install inner",
  ],
  "an ending that the source does not have": [
    { "index.ts": 'require("./part.js");\n', "part.ts": "" },
    "index.ts:1: cannot find the module ./part.js; there is only part.ts, and a CommonJS program, also under the Pulumi engine, finds it without the ending .js",
  ],
  "a path of tsconfig.json": [
    {
      "index.ts": 'require("@lib/part");\n',
      "tsconfig.json":
        '{ "compilerOptions": { "baseUrl": ".", "paths": { "@lib/*": ["lib/*"] } } }',
    },
    "index.ts:1: cannot find the module @lib/part: it is one of the paths of tsconfig.json, by which the compiler finds types, but neither Node nor the Pulumi engine finds modules; write a relative path",
  ],
  "await at the top level of TypeScript": [
    { "index.ts": "interface Left { out: string }\nexport const a = await Promise.resolve(1);\n" },
    "index.ts:2: await is only valid in async functions and the top level bodies of modules; the program is a CommonJS module, which cannot wait at its top level: export an async function that does",
  ],
  "import.meta in TypeScript": [
    { "index.ts": "interface Left { out: string }\nexport const a = import.meta.url;\n" },
    "index.ts:2: Cannot use 'import.meta' outside a module; the program is a CommonJS module, which has __dirname and __filename instead",
  ],
  "what is no TypeScript, in a folder below": [
    {
      "src/app.ts": "\nconst a = ;\n",
      "Pulumi.yaml": "name: shop\nruntime: nodejs\nmain: src/app.ts\n",
    },
    "src/app.ts:2: Expression expected. (read by TypeScript 3.8.3 of the Pulumi SDK, as the project has none; for what is newer: npm install --save-dev typescript@5)",
  ],
  "a program in a folder below": [
    {
      "src/app.ts": 'interface Left { out: string }\nthrow new Error("below");\n',
      "Pulumi.yaml": "name: shop\nruntime: nodejs\nmain: src/app.ts\n",
    },
    `src/app.ts:2: the program fails with Error: below; ${remedy}`,
  ],
};

describe("an error of another team's program", function () {
  for (const [title, [files, fault]] of Object.entries(cases)) {
    it(`is told in one line, by its source: ${title}`, async () => {
      const project = new ForeignProject(["yaml"]).write(files);
      try {
        expect(await project.faults()).to.deep.equal([fault]);
      } finally {
        project.remove();
      }
    });
  }

  for (const [title, [files, fault]] of Object.entries(compiledCases)) {
    it(`is told in one line by the command: ${title}`, async () => {
      const project = new ForeignProject().write(files);
      const { code, out, err } = await project.run("prove", "--stack", "dev", "--json");
      project.remove();
      expect(JSON.parse(out)).to.deep.equal({
        error: { code: "program-failed", messages: [fault] },
      });
      expect(err.split("\n")).to.include(fault);
      expect(code).to.equal(2);
    });
  }

  it("has its stack under --debug, by the lines of the source", async () => {
    const project = new ForeignProject().write(
      compiledCases["an error at the top level"]?.[0] ?? {},
    );
    const { err } = await project.run("prove", "--stack", "dev", "--debug");
    project.remove();
    const [line = "", ...stack] = err.split("\n");
    expect(line).to.match(/^index\.ts:3: the program fails/);
    expect(stack.slice(0, 3)).to.deep.equal([
      "Error: no zone",
      "  here",
      `    at Object.<anonymous> (${project.directory}/index.ts:3:7)`,
    ]);
  });

  it("has a code of its own, and its stack as the cause", async () => {
    const project = new ForeignProject().write({ "index.js": 'throw new Error("once");\n' });
    const error = await errorOf(project.evaluate());
    project.remove();
    expect(error).to.be.instanceOf(InputError).and.to.have.property("code", "program-failed");
    expect((error.cause as Error).stack).to.include(`${project.directory}/index.js:1:7`);
  });
});
