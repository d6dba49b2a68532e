import { expect } from "chai";
import { FaultNames } from "../../../routing/graph/faultNames";
import { StackModel } from "../../../routing/graph/stackModel";
import { resource, urnOf } from "./stack";

const instanceType = "aws:ec2/instance:Instance";
const checkType = "aws:route53/healthCheck:HealthCheck";
const nested = `${urnOf(checkType, "twin")}-nested`;

const names = new FaultNames(
  new StackModel([
    resource(instanceType, "web"),
    resource(instanceType, "twin"),
    resource("aws:ec2/eip:Eip", "twin"),
    resource(checkType, "only"),
    resource(checkType, "twin"),
    resource(checkType, "twin", {}, { urn: nested }),
  ]),
);

describe("the name of a fault", () => {
  it("is the place's, the resource's, or the check's with its state", () => {
    expect(names.of({ kind: "region", name: "us-west-2" })).to.equal("us-west-2");
    const [web, only] = [urnOf(instanceType, "web"), urnOf(checkType, "only")];
    expect(names.of({ kind: "resource", name: web, urns: [web] })).to.equal("web");
    expect(names.of({ kind: "check", name: only, urns: [only] })).to.equal("check:only");
    expect(names.of({ kind: "check", name: only, urns: [only], says: "healthy" })).to.equal(
      "check:only=healthy",
    );
  });

  it("is the URN if other resources have the same name", () => {
    const twin = urnOf(instanceType, "twin");
    expect(names.of({ kind: "resource", name: twin, urns: [twin] })).to.equal(twin);
    expect(names.of({ kind: "check", name: nested, urns: [nested] })).to.equal(`check:${nested}`);
  });

  it("is the given one for a resource that the stack does not have", () => {
    expect(names.of({ kind: "resource", name: "urn:gone", urns: ["urn:gone"] })).to.equal(
      "urn:gone",
    );
    expect(names.of({ kind: "resource", name: "nothing", urns: [] })).to.equal("nothing");
  });
});
