import { expect } from "chai";
import { RegionCheck } from "../../../components";
import { refusalOf, resourcesOf } from "../pulumiMocks";
import { tags } from "../samples";

const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `id-${index}`);

describe("RegionCheck", () => {
  it("is healthy while all its children are", async () => {
    const made = await resourcesOf(() => new RegionCheck("a", { children: ids(3), tags }));
    expect(made.map(({ type, name, inputs }) => ({ type, name, inputs }))).to.deep.equal([
      {
        type: "aws:route53/healthCheck:HealthCheck",
        name: "a",
        inputs: {
          type: "CALCULATED",
          childHealthchecks: ["id-0", "id-1", "id-2"],
          childHealthThreshold: 3,
          tags,
        },
      },
    ]);
  });

  it("is calculated even with one child, so that adding another replaces nothing", async () => {
    const [made] = await resourcesOf(() => new RegionCheck("a", { children: ids(1), tags }));
    expect(made?.inputs).to.include({ type: "CALCULATED", childHealthThreshold: 1 });
  });

  it("takes 255 children", async () => {
    const made = await resourcesOf(() => new RegionCheck("a", { children: ids(255), tags }));
    expect(made).to.have.length(1);
  });

  for (const count of [0, 256]) {
    it(`refuses ${count} children`, () => {
      const reason = `must be 1 to 255 checks, got ${count}; list the checks that must all be healthy`;
      expect(refusalOf(() => new RegionCheck("a", { children: ids(count), tags }))).to.deep.equal({
        message: reason,
        errors: [{ propertyPath: "children", reason }],
      });
    });
  }
});
