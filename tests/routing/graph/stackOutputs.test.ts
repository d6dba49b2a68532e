import { expect } from "chai";
import { stackFactsOf } from "../../../routing/graph/stackOutputs";

describe("the facts of a stack", () => {
  it("are its hostname, objectives, region names and assumptions", () => {
    const facts = stackFactsOf({
      hostname: "orders.test",
      objectives: {
        zoneOrRegionDowntimeSeconds: 60,
        ordersLost: 0,
        databaseDowntimeSeconds: "x",
      },
      regions: { primary: { name: "oregon", region: "us-west-2" }, standby: { name: "dublin" } },
      assumptions: { propagationSeconds: 5 },
    });
    expect(facts.hostname).to.equal("orders.test");
    expect([...facts.objectives]).to.deep.equal([["zoneOrRegion.downtime", 60]]);
    expect([...facts.regionNames]).to.deep.equal([["us-west-2", "oregon"]]);
    expect(facts.assumptions.propagationSeconds).to.equal(5);
  });

  it("may be only a hostname", () => {
    const facts = stackFactsOf({ hostname: "orders.test" });
    expect([facts.objectives.size, facts.regionNames.size]).to.deep.equal([0, 0]);
    expect(facts.assumptions.propagationSeconds).to.equal(10);
    const listed = stackFactsOf({
      hostname: "orders.test",
      regions: [{ name: "oregon", region: "us-west-2" }],
    });
    expect([...listed.regionNames]).to.deep.equal([["us-west-2", "oregon"]]);
  });

  it("contain all public names, the main one first and each once", () => {
    const named = (outputs: Parameters<typeof stackFactsOf>[0]): readonly string[] =>
      stackFactsOf(outputs).hostnames;
    expect(named({ hostname: "c.test", hostnames: ["b.test", "c.test", 7] })).to.deep.equal([
      "c.test",
      "b.test",
    ]);
    expect(named({ hostname: "b.test" })).to.deep.equal(["b.test"]);
    expect(named({ hostnames: ["b.test"] })).to.deep.equal(["b.test"]);
    expect(named({})).to.deep.equal([]);
  });
});
