import { expect } from "chai";
import { defaultCostAssumptions } from "../../../rehearsal/cost/assumptions";
import { lookupsOf } from "../../../rehearsal/cost/lookups";
import { queriesOf } from "../../../rehearsal/cost/queries";
import { trafficSharesOf } from "../../../rehearsal/cost/trafficShares";
import type { Resource } from "../../../routing/graph/resource";
import { StackModel } from "../../../routing/graph/stackModel";
import { record, resource, zone } from "../../routing/graph/stack";

const two = record("www", { records: ["192.0.2.1", "192.0.2.2"] });
const alias = (name: string, to: string): Resource =>
  record(name, {
    name: `${name}.a.test`,
    aliases: [{ name: to, zoneId: "Z1", evaluateTargetHealth: true }],
  });
const cname = (name: string, to: string, ttl: number): Resource =>
  record(name, { name: `${name}.a.test`, type: "CNAME", records: [to], ttl });

function modelOf(...records: readonly Resource[]): StackModel {
  return new StackModel([zone, ...records]);
}

/** Each question with what answers it, by TTL, and the share of it that does not cost anything. */
function questions(model: StackModel, hostname: string): readonly unknown[] {
  return lookupsOf(model, model.under([]), hostname, undefined).map(
    ({ asked, type, answers, unanswered }) => [
      `${asked} ${type}`,
      ...answers.map(({ ttlSeconds, probability, isFree }) => [ttlSeconds, probability, isFree]),
      ...(unanswered > 0 ? ["unanswered"] : []),
    ],
  );
}

describe("the questions of resolvers", () => {
  const inVain = (name: string): readonly unknown[] => [
    [`${name}.a.test AAAA`, "unanswered"],
    [`${name}.a.test HTTPS`, "unanswered"],
  ];

  it("are one for a record, however many values it has (C23)", () => {
    expect(questions(modelOf(two), "www.a.test")).to.deep.equal([
      ["www.a.test A", [60, 0.5, false], [60, 0.5, false]],
      ...inVain("www"),
    ]);
  });

  it("are one for a CNAME, and one for each type of the name in it (N5)", () => {
    expect(questions(modelOf(two, cname("shop", "www.a.test", 300)), "shop.a.test")).to.deep.equal([
      ["shop.a.test CNAME", [300, 1, false]],
      ["www.a.test A", [60, 0.5, false], [60, 0.5, false]],
      ...inVain("www"),
    ]);
  });

  it("are none for a name in a CNAME that is outside of what was read", () => {
    expect(questions(modelOf(cname("shop", "shop.example.com", 300)), "shop.a.test")).to.deep.equal(
      [["shop.a.test CNAME", [300, 1, false]]],
    );
  });

  it("are free for an alias to an AWS resource, and not for one to another record", () => {
    const dnsName = "alb-1.us-west-2.elb.amazonaws.com";
    const model = modelOf(
      alias("direct", dnsName),
      alias("www", "direct.a.test"),
      resource("aws:lb/loadBalancer:LoadBalancer", "alb", { arn: "arn:alb", dnsName }),
    );
    expect(questions(model, "direct.a.test")[0]).to.deep.equal(["direct.a.test A", [60, 1, true]]);
    expect(questions(model, "www.a.test")[0]).to.deep.equal(["www.a.test A", [60, 1, false]]);
  });
});

describe("the queries of a zone", () => {
  it("are those of an alias, and those of a CNAME that leads to the same records", () => {
    const model = modelOf(
      record("app", { name: "app.a.test", records: ["192.0.2.1", "192.0.2.2"] }),
      alias("www", "app.a.test"),
      cname("shop", "app.a.test", 300),
      cname("_acme", "check.example.com", 300),
    );
    const traffic = trafficSharesOf(model, 0);
    expect(traffic.hostnames).to.deep.equal(["shop.a.test", "www.a.test"]);
    const { charged, inVain } = queriesOf(traffic, defaultCostAssumptions);
    const at = (ttlSeconds: number): number => (1_000 * 730 * 3_600) / (ttlSeconds + 60);
    expect(inVain.steady).to.be.closeTo(4 * at(900), 1e-3);
    expect(charged.steady).to.be.closeTo(at(300) + 2 * at(60) + 4 * at(900), 1e-3);
  });
});
