import { expect } from "chai";
import { levelsFor, ownStackOf } from "../../../rehearsal/policy/profile";
import type { StackOutputs } from "../../../outputs";
import { nothing } from "../../policies/sample";
import type { Resource } from "../../../routing/graph/resource";
import type { ZoneOutputs } from "../../../zone/outputs";

const stackWith = (urn: string): readonly Resource[] =>
  nothing
    .add({ type: "pulumi:pulumi:Stack", name: "it" })
    .change("it", (resource) => ({ ...resource, urn })).resources;

describe("the levels for a stack", () => {
  it("are those of its environment for a stack of this program, by project and stack", () => {
    const stackOf = (path: string): string | undefined =>
      ownStackOf(stackWith(`urn:pulumi:${path}::pulumi:pulumi:Stack::it`));
    expect(stackOf("dev::failover")).to.equal("dev");
    expect(stackOf("prod::failover-zone")).to.equal("prod");
    expect(stackOf("dev::shop")).to.equal(undefined);
    expect(stackOf("trial::failover")).to.equal(undefined);
    expect(ownStackOf([])).to.equal(undefined);
  });

  it("are those for any stack where another program has the names of project and stack", () => {
    const stackOf = (
      project: string,
      ...exported: readonly (keyof StackOutputs | keyof ZoneOutputs)[]
    ): string | undefined =>
      ownStackOf(
        stackWith(`urn:pulumi:prod::${project}::pulumi:pulumi:Stack::it`).map((one) => ({
          ...one,
          outputs: Object.fromEntries(exported.map((name) => [name, ""])),
        })),
      );
    expect(stackOf("failover", "hostname", "objectives")).to.equal(undefined);
    expect(stackOf("failover-zone", "zoneId", "nameServers")).to.equal(undefined);
    expect(stackOf("failover", "schemaVersion", "hostname", "staticTier", "objectives")).to.equal(
      "prod",
    );
    expect(stackOf("failover-zone", "zoneId", "nameServers", "nextStep")).to.equal("prod");
  });

  it("are those for any stack by default", () => {
    expect(levelsFor({}, undefined)).to.equal(undefined);
    expect(levelsFor({ profile: "program" }, undefined)).to.equal("prod");
    expect(levelsFor({ environment: "dev" }, undefined)).to.equal("dev");
    expect(levelsFor({ environment: "dev", profile: "program" }, undefined)).to.equal("dev");
  });

  it("are the program's own for its stacks by default", () => {
    expect(levelsFor({}, "dev")).to.equal("dev");
    expect(levelsFor({}, "trial")).to.equal("prod");
    expect(levelsFor({ environment: "prod" }, "dev")).to.equal("prod");
    expect(levelsFor({ profile: "any" }, "dev")).to.equal(undefined);
  });
});
