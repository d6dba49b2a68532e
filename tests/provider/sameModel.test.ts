import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { evaluate } from "../../rehearsal/engine/evaluate";
import { root } from "../conventions/sourceTree";
import { deployed, missingFor } from "./engine";
import { pythonResources, yamlResources } from "./flatResources";
import type { FlatResources } from "./flatResources";
import { modelOf } from "./modelOf";
import type { ComparedModel } from "./modelOf";

describe("the examples in other languages", function () {
  // An update by the engine starts a plugin that compiles the sources, on a machine that may be busy.
  this.timeout(600_000);
  let expected: ComparedModel;

  before(async () => {
    const projectDirectory = join(root, "examples/own-endpoints");
    const { resources } = await evaluate({ projectDirectory, stack: "dev" });
    expected = modelOf(resources);
    expect(expected.records).to.have.length(10);
    expect(expected.checks).to.have.length(8);
    expect(expected.alarms).to.have.length(14);
    expect(expected.answers["us-west-2,eu-west-1"]).to.deep.equal([
      "s3-website.us-east-2.amazonaws.com",
    ]);
  });

  function expectSame(actual: ComparedModel): void {
    expect(actual.records).to.deep.equal(expected.records);
    expect(actual.checks).to.deep.equal(expected.checks);
    expect(actual.alarms).to.deep.equal(expected.alarms);
    expect(actual.answers).to.deep.equal(expected.answers);
  }

  it("have the model of the TypeScript one: YAML, without an engine", async () => {
    const { resources } = await evaluate({
      projectDirectory: join(root, "examples/yaml"),
      stack: "dev",
      programPath: join(__dirname, "fixtures/construct.ts"),
      config: { "flat:resources": JSON.stringify(yamlResources()) },
    });
    expectSame(modelOf(resources));
  });

  it("declare the same components: Python to a recorder, and YAML", function () {
    const python = pythonResources();
    if (python === undefined) {
      console.log("      not run: python3 is not on the PATH; install Python");
      this.skip();
    }
    const components = (resources: FlatResources): unknown =>
      Object.values(resources).filter(({ type }) => type.startsWith("cafe-failover:"));
    // The providers have other names in Python.
    const named = JSON.stringify(components(python))
      .replaceAll("${us-west-2}", "${oregonAws}")
      .replaceAll("${us-east-1}", "${virginiaAws}")
      .replaceAll("${us-east-2}", "${ohioAws}");
    expect(JSON.parse(named)).to.deep.equal(components(yamlResources()));
  });

  for (const language of ["yaml", "python"] as const) {
    it(`have the model of the TypeScript one: ${language}, by Pulumi's engine`, function () {
      const missing = missingFor(language);
      if (missing !== undefined) {
        console.log(`      not run: "${missing}" fails; install what it needs`);
        this.skip();
      }
      const folder = mkdtempSync(join(tmpdir(), "engine-"));
      try {
        expectSame(modelOf(deployed(language, folder)));
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }
});
