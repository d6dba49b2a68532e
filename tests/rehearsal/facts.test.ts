import { expect } from "chai";
import { factsOf } from "../../rehearsal/facts";

describe("the facts of a stack", () => {
  it("are its hostname, objectives, region names and assumptions", () => {
    const facts = factsOf(
      {
        hostname: "orders.test",
        objectives: {
          zoneOrRegionDowntimeSeconds: 60,
          ordersLost: 0,
          databaseDowntimeSeconds: "x",
        },
        regions: { primary: { name: "oregon", region: "us-west-2" }, standby: { name: "dublin" } },
        assumptions: { propagationSeconds: 5 },
      },
      "prod",
    );
    expect(facts.hostname).to.equal("orders.test");
    expect([...facts.objectives]).to.deep.equal([["zoneOrRegion.downtime", 60]]);
    expect([...facts.regionNames]).to.deep.equal([["us-west-2", "oregon"]]);
    expect(facts.assumptions.propagationSeconds).to.equal(5);
  });

  it("may be no more than a hostname", () => {
    const facts = factsOf({ hostname: "orders.test" }, "prod");
    expect([facts.objectives.size, facts.regionNames.size]).to.deep.equal([0, 0]);
    expect(facts.assumptions.propagationSeconds).to.equal(10);
    const listed = factsOf(
      { hostname: "orders.test", regions: [{ name: "oregon", region: "us-west-2" }] },
      "prod",
    );
    expect([...listed.regionNames]).to.deep.equal([["us-west-2", "oregon"]]);
  });

  it("cannot be without one", () => {
    expect(() => factsOf({}, "prod")).to.throw(
      'prod: the stack has no output "hostname"; export it, or ask with `failover resolve NAME`',
    );
  });
});
