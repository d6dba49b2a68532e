import Module from "node:module";
import { expect } from "chai";
import { takeSdk } from "../../../rehearsal/engine/oneSdk";
import { ForeignProject } from "./foreignProject";

const own = JSON.stringify({ name: "@pulumi/pulumi", version: "3.999.0" });
const { version } = Module.createRequire(__filename)("@pulumi/pulumi/package.json") as {
  readonly version: string;
};

/** A look-up that the program awaits, an output of another stack, a secret, and a component of a package. */
const body = `
  const network = new pulumi.StackReference("acme/network/prod");
  const vpc = aws.ec2.getVpc({ default: true });
  const site = new Site("site");
  const outputs = {
    vpc: vpc.then(({ id }) => id),
    ip: network.getOutput("ip"),
    secret: new pulumi.Config().requireSecret("a"),
    known: pulumi.interpolate\`\${site.name}-1\`,
  };
`;
const component = `class Site extends pulumi.ComponentResource {
  constructor(name) { super("shop:index:Site", name); this.name = pulumi.output(name); }
}\n`;

describe("a project with a copy of the SDK of its own", () => {
  let project: ForeignProject;

  beforeEach(() => {
    project = new ForeignProject([], ["aws"]).write({
      "Pulumi.dev.yaml": "config:\n  aws:region: eu-west-1\n  shop:a:\n    secure: AAAB\n",
      "node_modules/@pulumi/pulumi/package.json": own,
      "node_modules/@pulumi/pulumi/index.js": 'throw new Error("a second copy");\n',
      "node_modules/@pulumi/pulumi/extra.js": "",
      "node_modules/site/package.json": "{}",
      "node_modules/site/index.js": `const pulumi = require("@pulumi/pulumi");\n${component}exports.Site = Site;\n`,
    });
  });
  afterEach(() => {
    project.remove();
  });

  const programs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    CommonJS: {
      "index.js": `const pulumi = require("@pulumi/pulumi"); const aws = require("@pulumi/aws"); const { Site } = require("site");
        ${body} module.exports = outputs;`,
    },
    "CommonJS that imports": {
      "node_modules/site/late.mjs": `import * as pulumi from "@pulumi/pulumi";\n${component}export { Site };\n`,
      "index.js": `const pulumi = require("@pulumi/pulumi"); const aws = require("@pulumi/aws");
        module.exports = async () => { const { Site } = await import("site/late.mjs"); ${body} return outputs; };`,
    },
    "ES modules": {
      "package.json": '{ "type": "module" }',
      "index.js": `import * as pulumi from "@pulumi/pulumi"; import * as aws from "@pulumi/aws"; import ofSite from "site";
        const { Site } = ofSite; ${body} export default outputs;`,
    },
    "ES modules of a package": {
      "package.json": '{ "type": "module" }',
      "node_modules/site/index.mjs": `import * as pulumi from "@pulumi/pulumi/index.js";\n${component}export { Site };\n`,
      "index.js": `import * as pulumi from "@pulumi/pulumi"; import * as aws from "@pulumi/aws"; import { Site } from "site/index.mjs";
        ${body} export default outputs;`,
    },
  };
  for (const [kind, files] of Object.entries(programs)) {
    it(`is evaluated with this tool's copy, as are its packages: ${kind}`, async () => {
      const { outputs, gaps, resources } = await project.write(files).evaluate();
      expect(JSON.parse(JSON.stringify(outputs))).to.deep.equal({
        vpc: { reason: "computed" },
        ip: { reason: "computed" },
        secret: { reason: "encrypted" },
        known: "site-1",
      });
      expect(gaps).to.deep.equal([
        'aws:ec2/getVpc:getVpc {"default":true}',
        "pulumi:pulumi:StackReference acme/network/prod",
      ]);
      expect(resources.map(({ type }) => type)).to.include("shop:index:Site");
    });
  }

  const ran = ` (@pulumi/pulumi ${version} of this tool ran in place of the project's 3.999.0)`;
  const faults: Readonly<Record<string, readonly [program: string, fault: string]>> = {
    "a function that only the project's copy has": [
      'const pulumi = require("@pulumi/pulumi");\npulumi.fresh();\n',
      `index.js:2: the program fails with TypeError: pulumi.fresh is not a function${ran}; correct it, or run this again with --debug for the stack trace`,
    ],
    "the import of one": [
      'import { fresh } from "@pulumi/pulumi";\nexport const a = fresh();\n',
      `index.js:1: The requested module '@pulumi/pulumi' does not provide an export named 'fresh'${ran}; correct it`,
    ],
    "a module that only it has": [
      'require("@pulumi/pulumi/extra");\n',
      `@pulumi/pulumi/extra: is in the project's copy of the SDK, and not in the ${version} of this tool, which runs in its place; export the stack, and read it by --from`,
    ],
    "the import of such a module": [
      'import "@pulumi/pulumi/extra.js";\nexport const a = 1;\n',
      `@pulumi/pulumi/extra.js: is in the project's copy of the SDK, and not in the ${version} of this tool, which runs in its place; export the stack, and read it by --from`,
    ],
  };
  for (const [what, [program, fault]] of Object.entries(faults)) {
    it(`is named beside what fails for want of it: ${what}`, async () => {
      expect(await project.write({ "index.js": program }).faults()).to.deep.equal([fault]);
    });
  }

  it("needs one, as the engine does, and finds modules as before afterwards", () => {
    const { _resolveFilename: resolve } = Module as unknown as { _resolveFilename: unknown };
    const requireFrom = Module.createRequire("/index.js");
    const giveBack = takeSdk();
    expect(() => requireFrom.resolve("@pulumi/pulumi")).to.throw("Cannot find module");
    giveBack();
    expect(Reflect.get(Module, "_resolveFilename")).to.equal(resolve);
  });
});
