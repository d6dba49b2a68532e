import { expect } from "chai";
import { FaultSpace } from "../../../rehearsal/proof/faultSpace";
import { violationsOf } from "../../../rehearsal/proof/prove";
import type { Resource } from "../../../routing/graph/resource";
import { StackModel } from "../../../routing/graph/stackModel";
import { pair, record } from "../../routing/graph/stack";
import { check } from "./blamed";

describe("C23: a record with several values gives a dead one to some of the clients", () => {
  const splitting = "give each value a record and a check of its own";
  const two = ["198.51.100.1", "198.51.100.2"];
  const own = { ipAddress: "198.51.100.1" };
  const violations = (resources: readonly Resource[]): readonly unknown[] =>
    violationsOf(new FaultSpace(new StackModel(resources), "www.a.test", "A"))
      .filter(({ property }) => property === "noDeadAnswer")
      .map(({ smallest, blame }) => [smallest.faults.map(({ name }) => name).sort(), blame]);

  const lastResort = [
    ["198.51.100.1", "203.0.113.99"],
    {
      record: "www-primary",
      check: "check",
      why: "check is unhealthy: it watches 198.51.100.1, which has failed",
    },
  ];

  it("and the check that watches another of its values does not notice", () => {
    expect(violations(pair({ records: two }, own))).to.deep.equal([
      [
        ["198.51.100.2"],
        {
          record: "www-primary",
          check: "check",
          why: `check is healthy: it watches 198.51.100.1, and not 198.51.100.2 of the same record; ${splitting}`,
        },
      ],
      lastResort,
    ]);
  });

  it("also where nothing else works, as after its role was swapped", () => {
    const swapped = pair({ records: two, failoverRoutingPolicies: [{ type: "SECONDARY" }] }, own)
      .filter(({ name }) => name !== "www-secondary")
      .concat(
        record("www-other", {
          failoverRoutingPolicies: [{ type: "PRIMARY" }],
          setIdentifier: "other",
          records: ["203.0.113.99"],
          healthCheckId: "other",
        }),
        check("other", { type: "HTTP", ipAddress: "203.0.113.99" }),
      );
    expect(violations(swapped)).to.deep.equal([
      lastResort,
      [
        ["198.51.100.2", "203.0.113.99"],
        {
          record: "www-primary",
          why: `it gives 198.51.100.2 together with 198.51.100.1, and a client takes any of them; ${splitting}`,
        },
      ],
    ]);
  });

  it("of a simple record, which nothing takes over from", () => {
    const resources = [...pair({}).slice(0, 1), record("www", { records: two })];
    expect(violations(resources)).to.deep.equal([
      [
        ["198.51.100.1"],
        {
          record: "www",
          why: `it gives 198.51.100.1 together with 198.51.100.2, and a client takes any of them; ${splitting}`,
        },
      ],
    ]);
  });

  it("and multivalue records with a value and a check each do not", () => {
    const each = two.flatMap((address) => [
      record(`www-${address}`, {
        setIdentifier: address,
        multivalueAnswerRoutingPolicy: true,
        records: [address],
        healthCheckId: `check-${address}`,
      }),
      check(`check-${address}`, { type: "HTTP", ipAddress: address }),
    ]);
    expect(violations([...pair({}).slice(0, 1), ...each])).to.deep.equal([]);
  });
});
