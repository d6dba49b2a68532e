import { expect } from "chai";
import type { HealthCheck, RecordSet, RoutingPolicy } from "../../routing/model";
import { Route53 } from "../../routing/route53";
import { Trees } from "../../routing/trees";

const failover = (role: "PRIMARY" | "SECONDARY"): RoutingPolicy => ({ kind: "failover", role });
const weighted: RoutingPolicy = { kind: "weighted", weight: 1 };

/** A record that leads to a name, or answers an address if no name is given. */
function record(name: string, policy: RoutingPolicy, to?: string, checkId?: string): RecordSet {
  const id = `${name} ${policy.kind === "failover" ? policy.role : policy.kind} ${to ?? ""}`;
  return {
    id,
    label: id,
    zoneId: "Z1",
    name,
    type: "A",
    setIdentifier: id,
    policy,
    target:
      to === undefined
        ? { kind: "values", values: ["192.0.2.1"], ttlSeconds: 60 }
        : {
            kind: "alias",
            evaluateTargetHealth: true,
            target: { kind: "record", zoneId: "Z1", name: to },
          },
    ...(checkId === undefined ? {} : { checkId }),
  };
}

const check = (id: string, children?: readonly string[]): HealthCheck => ({
  id,
  label: id,
  inverted: false,
  disabled: false,
  ...(children
    ? { kind: "calculated", children, healthThreshold: 1 }
    : { kind: "recoveryControl" }),
});

const records = {
  top1: record("top", failover("PRIMARY"), "live"),
  top2: record("top", failover("SECONDARY"), "page"),
  page: record("page", { kind: "simple" }),
  live1: record("live", failover("PRIMARY"), "east", "both"),
  live2: record("live", failover("SECONDARY"), "west"),
  east1: record("east", weighted, undefined, "a"),
  west1: record("west", failover("PRIMARY"), undefined, "a"),
  west2: record("west", failover("SECONDARY")),
  mail: record("mail", { kind: "simple" }),
};
const trees = new Trees(
  new Route53({
    records: Object.values(records),
    checks: [check("a"), check("b"), check("both", ["a", "b", "gone"])],
  }),
);

describe("the trees of a zone's records", () => {
  it("begin at the names that no record leads to and that choose among records", () => {
    expect(trees.roots).to.deep.equal([{ name: "top", type: "A" }]);
  });

  it("do not begin at an idle tier below a public name, where the stack declares its public names", () => {
    const waiting = [
      ...Object.values(records),
      record("green.top", failover("PRIMARY")),
      record("green.top", failover("SECONDARY")),
      record("other", failover("PRIMARY")),
    ];
    const rootsWith = (publicNames: readonly string[]): readonly string[] =>
      new Trees(
        new Route53({ records: waiting, checks: [check("a"), check("both")] }),
        publicNames,
      ).roots.map(({ name }) => name);
    expect(rootsWith([])).to.deep.equal(["top", "green.top", "other"]);
    expect(rootsWith(["top"])).to.deep.equal(["top", "other"]);
    expect(rootsWith(["top", "green.top"])).to.deep.equal(["top", "green.top", "other"]);
  });

  it("know what is above a name and what leads to it", () => {
    expect(trees.namesAbove("west", "A")).to.deep.equal(["west", "live", "top"]);
    expect(trees.leadingTo("west", "A")).to.deep.equal([records.live2]);
    expect(trees.leadingTo("west", "AAAA")).to.deep.equal([]);
  });

  it("know what is below a name, and what answers there", () => {
    expect(trees.recordsBelow("live", "A")).to.deep.equal([
      records.live1,
      records.east1,
      records.live2,
      records.west1,
      records.west2,
    ]);
    expect(trees.leavesBelow("live", "A")).to.deep.equal([
      records.east1,
      records.west1,
      records.west2,
    ]);
    expect(trees.leavesOf(records.live2)).to.deep.equal([records.west1, records.west2]);
    expect(trees.leavesOf(records.west1)).to.deep.equal([records.west1]);
  });

  it("end in the records that answer when everything else is unhealthy", () => {
    expect(trees.lastTier("top", "A")).to.deep.equal([records.page]);
    expect(trees.lastRecords("top", "A")).to.deep.equal([records.top2, records.page]);
    expect(trees.lastTier("live", "A")).to.deep.equal([records.west2]);
    expect(trees.lastTier("east", "A")).to.deep.equal([]);
  });

  it("know which records a check guards, directly and through a calculated check", () => {
    expect(trees.guardedBy("a")).to.deep.equal([records.live1, records.east1, records.west1]);
    expect(trees.guardedBy("b")).to.deep.equal([records.live1]);
    expect(trees.guardedBy("gone")).to.deep.equal([]);
    expect(trees.checksOf(records.live1).map(({ id }) => id)).to.deep.equal(["both", "a", "b"]);
    expect(trees.checksOf(records.west2)).to.deep.equal([]);
  });

  it("that form a circle have no root, and their traversal still ends", () => {
    const circle = new Trees(
      new Route53({
        records: [record("a", failover("PRIMARY"), "b"), record("b", failover("PRIMARY"), "a")],
        checks: [],
      }),
    );
    expect(circle.roots).to.deep.equal([]);
    expect(circle.recordsBelow("a", "A")).to.have.length(2);
    expect(circle.namesAbove("a", "A")).to.deep.equal(["a", "b"]);
    expect(circle.lastRecords("a", "A")).to.deep.equal([]);
  });
});
