import { expect } from "chai";
import { subnetOf } from "../../../components/network/subnetOf";

describe("subnetOf", () => {
  it("returns the subnet at the zone's index", () => {
    expect(subnetOf(["a", "b"], 1, "us-west-2b")).to.equal("b");
  });

  it("fails if a zone has no subnet, instead of leaving the choice to AWS", () => {
    expect(() => subnetOf(["a"], 1, "us-west-2b")).to.throw(
      Error,
      /^us-west-2b: must have a subnet, got 1 subnets for all zones; check the subnets that awsx\.ec2\.Vpc created$/,
    );
  });
});
