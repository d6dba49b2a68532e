import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { readStackSettings } from "../../rehearsal/engine/stackSettings";
import { isOfOwnProgram, requiredSettings } from "../../rehearsal/ownProgram";
import { root } from "../conventions/sourceTree";

describe("a stack of this package's program", () => {
  it("has the settings that the program requires", () => {
    const path = join(root, "docs/stack.schema.json");
    const schema = JSON.parse(readFileSync(path, "utf8")) as {
      readonly properties: { readonly config: { readonly required: readonly string[] } };
    };
    expect(schema.properties.config.required).to.have.members(
      requiredSettings.map((name) => `failover:${name}`),
    );
  });

  it("is told by its settings, whatever its project is called", () => {
    for (const [folder, stack] of [
      ["", "dev"],
      ["", "prod"],
      ["zone", "dev"],
    ] as const) {
      expect(isOfOwnProgram(readStackSettings(join(root, folder), stack))).to.equal(true);
    }
    const { config } = readStackSettings(root, "dev");
    const renamed = Object.fromEntries(
      Object.entries(config).map(([key, value]) => [key.replace(/^failover:/, "shop:"), value]),
    );
    expect(isOfOwnProgram({ project: "shop", config: renamed })).to.equal(true);
    expect(isOfOwnProgram({ project: "shop", config })).to.equal(false);
    expect(isOfOwnProgram({ project: "failover", config: {} })).to.equal(false);
    const { ["failover:alerts"]: _, ...fewer } = config;
    expect(isOfOwnProgram({ project: "failover", config: fewer })).to.equal(false);
  });
});
