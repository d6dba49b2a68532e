import { expect } from "chai";
import { failureModes } from "../../routing/checker";
import type { Resource } from "../../routing/graph/resource";
import { StackModel } from "../../routing/graph/stackModel";
import { itWithEveryCase } from "../sampled";
import { evaluated } from "./evaluated";
import { expectations, figures } from "./expectations";
import { mutationsOf, withProperty, withoutEvaluation } from "./mutations";

for (const stack of ["dev", "prod"] as const) {
  describe(`leaving something out of the ${stack} stack`, () => {
    // Prod has three times the cases of dev.
    const itOfStack = stack === "prod" ? itWithEveryCase : it;
    itOfStack("fails a named expectation in every case", async () => {
      const { resources } = await evaluated(stack);
      const mutations = mutationsOf(resources);
      const unnoticed = mutations.filter(({ apply }) => !isNoticed(stack, apply(resources)));
      expect(unnoticed.map(({ title }) => title)).to.deep.equal([]);
      // In each family 10 records: 6 with a check, 5 that evaluate; with a share for Dublin 4 more,
      // all of which evaluate and 2 of which have a check. Checks: 4 of endpoints in each family, 2
      // of regions by name, 2 calculated, and 2 of synthetic orders if they are on.
      const { families, hasMetricChecks, warmPercent } = figures[stack];
      const perFamily = warmPercent === 0 ? 6 + 5 + 10 + 10 : 8 + 9 + 14 + 14;
      const checks = 4 * families.length + 4 + (hasMetricChecks ? 2 : 0);
      expect(mutations.length).to.equal(families.length * perFamily + checks + 2);
    });
  });
}

function isNoticed(stack: "dev" | "prod", resources: readonly Resource[]): boolean {
  return expectations(stack).some(({ verify }) => {
    try {
      verify(resources);
      return false;
    } catch {
      return true;
    }
  });
}

describe("a prod stack built wrongly", () => {
  const { hostname } = figures.prod;
  let resources: readonly Resource[];
  before(async () => {
    ({ resources } = await evaluated("prod"));
  });

  const record = (name: string, role: string): Resource => {
    const found = resources.find(
      ({ outputs }) => outputs["name"] === name && outputs["setIdentifier"] === role,
    );
    if (!found) throw new Error(`no record ${name} ${role}`);
    return found;
  };
  const answer = (mutated: readonly Resource[], ...faults: readonly string[]): unknown => {
    const model = new StackModel(mutated);
    const { answers } = model.under(model.faults(faults)).resolve(hostname, "A");
    return answers.map(({ availabilityZone, alive }) => ({ availabilityZone, alive }));
  };
  const bothRegions = ["us-west-2", "eu-west-1"];

  it("2b's check dropped: with both regions dead it answers 2b permanently", () => {
    const mutated = withProperty(
      record(`oregon.${hostname}`, "secondary").urn,
      "healthCheckId",
    )(resources);
    expect(answer(mutated, ...bothRegions)).to.deep.equal([
      { availabilityZone: "us-west-2b", alive: false },
    ]);
  });

  for (const name of ["", "any."]) {
    it(`${name}orders→… does not evaluate its target: with both regions dead it answers 2a and 1a, dead`, () => {
      const mutated = withoutEvaluation(record(`${name}${hostname}`, "primary"))(resources);
      expect(answer(mutated, ...bothRegions)).to.deep.equal([
        { availabilityZone: "us-west-2a", alive: false },
        { availabilityZone: "eu-west-1a", alive: false },
      ]);
    });
  }

  it("Oregon's region check dropped: without its database it still answers 2a", () => {
    const mutated = withProperty(
      record(`live.${hostname}`, "primary").urn,
      "healthCheckId",
    )(resources);
    expect(answer(mutated, "check:oregon-deep-check")).to.deep.equal([
      { availabilityZone: "us-west-2a", alive: true },
      { availabilityZone: "eu-west-1a", alive: true },
    ]);
  });

  it("a metric check set to fail without data: a dead publisher moves Oregon's customers", () => {
    const found = resources.find(({ name }) => name === "oregon-metric-check");
    const mutated = withProperty(
      found?.urn ?? "",
      "insufficientDataHealthStatus",
      "Unhealthy",
    )(resources);
    expect(answer(resources, "us-east-2")).to.deep.equal([
      { availabilityZone: "us-west-2a", alive: true },
      { availabilityZone: "eu-west-1a", alive: true },
    ]);
    expect(answer(mutated, "us-east-2")).to.deep.equal([
      { availabilityZone: "eu-west-1a", alive: true },
    ]);
  });

  it("live→oregon does not evaluate its target: it leaves Oregon after minutes", () => {
    const mutated = withoutEvaluation(record(`live.${hostname}`, "primary"))(resources);
    expect(answer(mutated, "us-west-2")).to.deep.equal([
      { availabilityZone: "eu-west-1a", alive: true },
    ]);
    const model = new StackModel(mutated);
    const bounds = failureModes.map(
      (death) =>
        model.worstCase(hostname, "A", [], model.faults(["us-west-2"]), death).detectionSeconds,
    );
    expect(bounds).to.deep.equal([180, 204, 216, 228, 212]);
  });
});
