import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { fromExport } from "../../routing/graph/fromExport";
import type { Resource } from "../../routing/graph/resource";
import { World } from "../../routing/graph/world";
import { evaluated } from "./evaluated";
import { expectations } from "./expectations";

const fixture = (name: string): readonly Resource[] => {
  const path = join(__dirname, "../fixtures", name);
  return fromExport(readFileSync(path, "utf8"), name);
};

/** The Route 53 model with each address in the form of what stands behind it. */
function modelOf(resources: readonly Resource[]): unknown {
  const world = new World(resources);
  const situation = world.under([]);
  const records = world.route53.dns.records.map((record) => {
    const { target } = record;
    if (target.kind === "alias") {
      const { target: to, ...rest } = target;
      return { ...record, target: { ...rest, to: "id" in to ? to.id : to } };
    }
    const behind = target.values.map((value) => {
      const answer = { value, ttlSeconds: 0, record, probability: 1, path: [] };
      const { target: urn, availabilityZone, region } = situation.place(answer);
      return { urn, availabilityZone, region };
    });
    return { ...record, target: { ...target, values: behind } };
  });
  const checks = world.route53.dns.checks.map((check) =>
    check.kind === "endpoint"
      ? { ...check, ipAddress: undefined, behind: world.endpointOfCheck(check)?.urn }
      : check,
  );
  const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
  return { records: records.sort(byId), checks: checks.sort(byId) };
}

describe("the dev stack", () => {
  it("is the same model from its evaluation and from an export", async () => {
    const { resources } = await evaluated("dev");
    expect(modelOf(fixture("dev-export.json"))).to.deep.equal(modelOf(resources));
  });

  it("is the same model before anything exists, from the evaluation and from an engine", async () => {
    const { resources } = await evaluated("dev", true);
    expect(modelOf(fixture("dev-first-preview.json"))).to.deep.equal(modelOf(resources));
  });

  it("is the same model before it is deployed and after", async () => {
    const [before, after] = [await evaluated("dev", true), await evaluated("dev")];
    expect(modelOf(before.resources)).to.deep.equal(modelOf(after.resources));
  });

  for (const name of ["dev-export.json", "dev-first-preview.json"]) {
    it(`keeps every promise from ${name} as well`, () => {
      const resources = fixture(name);
      for (const { verify } of expectations("dev")) verify(resources);
    });
  }
});
