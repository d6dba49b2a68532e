import { expect } from "chai";
import { faultRegionOf } from "../../../aws/gameDay/plan";

describe("the region of a game day", () => {
  it("is that of the stack's outputs, which another team's program does not have", () => {
    const owner = { project: "shop", stack: "prod" };
    const regions = { primary: { region: "us-west-2" } };
    expect(faultRegionOf({ ...owner, outputs: { regions } })).to.equal("us-west-2");
    expect(() => faultRegionOf({ ...owner, outputs: {} })).to.throw(
      "prod: must have the output regions.primary.region, got none; only a stack of this package's program has one: make another one fail by `failover drill`",
    );
  });
});
