import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { filesBelow, root } from "./conventions/sourceTree";
import { packageFile } from "../packageDirectory";

describe("a file of the package that a message names", () => {
  it("is one that npm packs", () => {
    const { files } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      files: readonly string[];
    };
    const named = ["aws", "cli", "rehearsal", "sources"].flatMap((folder) =>
      filesBelow(join(root, folder), [".ts"]).flatMap((path) =>
        [
          ...readFileSync(join(root, folder, path), "utf8").matchAll(/packageFile\("([^"]+)"\)/g),
        ].map(([, file = ""]) => file),
      ),
    );
    expect(named).not.to.deep.equal([]);
    for (const file of named) {
      expect(files).to.include(file);
      expect(existsSync(join(root, file)), file).to.equal(true);
    }
  });

  it("is named as the user opens it", () => {
    expect(packageFile("docs/import.md")).to.equal("docs/import.md");
    expect(packageFile("../elsewhere")).to.equal(join(root, "../elsewhere"));
  });
});
