import { join } from "node:path";
import { expect } from "chai";
import { evaluate } from "../../../rehearsal/engine/evaluate";
import { stackNames } from "../../../rehearsal/engine/stackNames";

const projectDirectory = join(__dirname, "..", "..", "..");

describe("the program of this repository, evaluated offline", function () {
  it("has the stacks dev and prod", () => {
    expect(stackNames(projectDirectory)).to.deep.equal(["dev", "prod"]);
  });

  for (const stack of stackNames(projectDirectory)) {
    it(`creates the same resources at a first preview as after deployment (${stack})`, async () => {
      const deployed = await evaluate({ projectDirectory, stack });
      const preview = await evaluate({ projectDirectory, stack, preview: true });
      const urns = deployed.resources.map(({ urn }) => urn);
      expect(preview.resources.map(({ urn }) => urn)).to.have.members(urns);
      expect(urns).to.include(
        `urn:pulumi:${stack}::failover::failover:index:FailoverRecords::orders`,
      );
      const unknown = deployed.resources.flatMap((one) => Object.keys(one.unknown));
      // The key that signs synthetic orders is secret.
      expect(unknown.filter((path) => !path.endsWith(".secretStringWo"))).to.deep.equal([]);
    });
  }
});
