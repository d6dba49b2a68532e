import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { root } from "./sourceTree";

/**
 * Pulumi runs what package.json exports, from the folder or one above, where Pulumi.yaml names no program
 * (@pulumi/pulumi, cmd/run/run.js). That is the package here: it declares nothing, so that an update would
 * delete the stack.
 */
describe("a Pulumi project of this package", () => {
  for (const directory of ["", "zone"]) {
    it(`${directory === "" ? "the main one" : directory}: names its program`, () => {
      const project = parse(readFileSync(join(root, directory, "Pulumi.yaml"), "utf8")) as {
        readonly main?: string;
      };
      expect(project.main).to.equal("index.ts");
    });
  }
});
