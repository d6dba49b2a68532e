import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { root } from "./sourceTree";

/**
 * Without `main` in Pulumi.yaml, Pulumi runs the export of package.json, from the folder or its
 * parent (@pulumi/pulumi, cmd/run/run.js). Here that is the package, which declares nothing, so an
 * update would delete the stack.
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
