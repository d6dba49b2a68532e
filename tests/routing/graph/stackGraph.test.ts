import { expect } from "chai";
import type { Resource } from "../../../routing/graph/resource";
import { StackGraph } from "../../../routing/graph/stackGraph";

function made(type: string, name: string, outputs: Resource["outputs"]): Resource {
  return {
    urn: `urn:pulumi:dev::p::${type}::${name}`,
    type,
    name,
    custom: true,
    inputs: {},
    outputs,
    propertyDependencies: {},
    dependencies: [],
    unknown: {},
  };
}

describe("the resources that a value refers to", () => {
  const graph = new StackGraph([
    made("record", "a", { zoneId: "Z1" }),
    made("zone", "z", { zoneId: "Z1" }),
    made("record", "b", { zoneId: "Z1" }),
    made("balancer", "c", { dnsName: "C.test." }),
  ]);
  const names = (value: string, ...types: readonly string[]): readonly string[] =>
    graph.byValue(value, types).map(({ name }) => name);

  it("have that identity and one of the types", () => {
    expect(names("Z1", "zone")).to.deep.equal(["z"]);
    expect(names("c.test", "balancer", "zone")).to.deep.equal(["c"]);
    expect(names("Z1", "balancer")).to.deep.equal([]);
    expect(names("Z2", "zone")).to.deep.equal([]);
  });

  it("are in the order of the stack, whatever the order of the types", () => {
    expect(names("Z1", "zone", "record")).to.deep.equal(["a", "z", "b"]);
    expect(names("Z1", "record", "zone")).to.deep.equal(["a", "z", "b"]);
  });
});
