import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { ownProjectOf, projectOf } from "../../rehearsal/project";

describe("the project of a folder", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "project-"));
    mkdirSync(join(folder, "below"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("is the nearest at or above it that has a Pulumi.yaml", () => {
    writeFileSync(join(folder, "Pulumi.yaml"), "");
    expect([folder, join(folder, "below")].map(projectOf)).to.deep.equal([folder, folder]);
  });

  it("is never this tool's own instead", () => {
    expect(ownProjectOf(folder)).to.equal(undefined);
    expect(() => projectOf(folder)).to.throw(
      `${folder}: no Pulumi.yaml in this folder or above it; run this in the folder of a Pulumi program, or read what others made by --from PATH`,
    );
  });
});
