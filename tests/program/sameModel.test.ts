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
  // The records that prove certificates have names that nobody knows before; they answer nobody.
  const answering = world.route53.dns.records.filter(({ type }) => type !== "CNAME");
  const records = answering.map((record) => {
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

for (const stack of ["dev", "prod"] as const) {
  describe(`the ${stack} stack`, () => {
    it("is the same model before it is deployed and after", async () => {
      const [before, after] = [await evaluated(stack, true), await evaluated(stack)];
      expect(modelOf(before.resources)).to.deep.equal(modelOf(after.resources));
    });

    it("is the same model from its evaluation and from an export", async () => {
      const { resources } = await evaluated(stack);
      expect(modelOf(fixture(`${stack}-export.json`))).to.deep.equal(modelOf(resources));
    });

    it("keeps every promise from an export as well", () => {
      const resources = fixture(`${stack}-export.json`);
      for (const { verify } of expectations(stack)) verify(resources);
    });
  });
}

describe("the dev stack", () => {
  it("is the same model before anything exists, from the evaluation and from an engine", async () => {
    const { resources } = await evaluated("dev", true);
    expect(modelOf(fixture("dev-first-preview.json"))).to.deep.equal(modelOf(resources));
  });

  it("keeps every promise before anything exists as well", () => {
    const resources = fixture("dev-first-preview.json");
    for (const { verify } of expectations("dev")) verify(resources);
  });
});
