import { join } from "node:path";
import { expect } from "chai";
import { evaluate } from "../../rehearsal/engine/evaluate";
import type { Resource } from "../../routing/graph/resource";
import { root } from "../conventions/sourceTree";
import { pythonResources, yamlResources } from "./flatResources";
import type { FlatResources } from "./flatResources";
import { modelOf } from "./modelOf";

/** The resources that the provider makes for the components of a document. */
async function constructed(resources: FlatResources): Promise<readonly Resource[]> {
  const evaluation = await evaluate({
    projectDirectory: join(root, "examples/yaml"),
    stack: "dev",
    programPath: join(__dirname, "fixtures/construct.ts"),
    config: { "flat:resources": JSON.stringify(resources) },
  });
  return evaluation.resources;
}

describe("the examples in other languages", () => {
  it("have the model of the TypeScript one: YAML, constructed by the provider in this process", async () => {
    const { resources } = await evaluate({
      projectDirectory: join(root, "examples/own-endpoints"),
      stack: "dev",
    });
    const expected = modelOf(resources);
    expect(expected.records).to.have.length(10);
    expect(expected.checks).to.have.length(8);
    expect(expected.answers).to.deep.include({
      "us-west-2,eu-west-1": ["s3-website.us-east-2.amazonaws.com"],
    });
    const actual = modelOf(await constructed(yamlResources()));
    for (const part of Object.keys(expected) as (keyof typeof expected)[]) {
      expect(actual[part], part).to.deep.equal(expected[part]);
    }
  });

  it("declare the same resources: Python to a recorder, and YAML", function () {
    const python = pythonResources();
    if (python === undefined) {
      console.log("      python3: not found, so the Python example was not run; install it");
      this.skip();
    }
    const declared = (resources: FlatResources): unknown =>
      Object.values(resources).filter(({ type }) => type.startsWith("cafe-failover:"));
    const named = JSON.parse(
      JSON.stringify(declared(python))
        .replaceAll("${us-west-2}", "${oregonAws}")
        .replaceAll("${us-east-1}", "${virginiaAws}")
        .replaceAll("${us-east-2}", "${ohioAws}"),
    ) as unknown;
    expect(named).to.deep.equal(declared(yamlResources()));
  });
});
