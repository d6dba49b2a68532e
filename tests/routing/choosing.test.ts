import { expect } from "chai";
import { defaultAssumptions } from "../../routing/assumptions";
import { fractionOf } from "../../routing/fraction";
import type { RecordSet, RoutingPolicy, UnknownStatus } from "../../routing/model";
import { AnsweringView } from "../../routing/resolve";
import { shareExceeds } from "../../routing/shares";
import {
  address,
  alias,
  answersOf,
  endpointCheck,
  faultsOf,
  observationsOf,
  primary,
  route53Of,
  secondary,
  viewOf,
  weight,
} from "./sample";
import type { World } from "./sample";

const checks = ["p", "s", "t"].map((id) => endpointCheck(id));
const dead = (...ids: readonly string[]): NonNullable<World["seen"]> =>
  Object.fromEntries(ids.map((id) => [id, "unhealthy" as const]));

describe("choosing an answer", () => {
  const pair = (secondaryCheck?: string): readonly RecordSet[] => [
    address("a.test", "192.0.2.1", primary, "p"),
    address("a.test", "192.0.2.2", secondary, secondaryCheck),
  ];

  it("C1 drops unhealthy records and chooses again by the same rule", () => {
    const records = [1, 2, 3].map((n) =>
      address("a.test", `192.0.2.${n}`, weight(n), ["p", "s", "t"][n - 1]),
    );
    expect(answersOf({ records, checks, seen: dead("t") }, "a.test")).to.deep.equal({
      "192.0.2.1": 1 / 3,
      "192.0.2.2": 2 / 3,
    });
  });

  it("C2 counts a record without a check as always healthy", () => {
    const view = viewOf({ records: pair(), checks });
    const [, second] = pair();
    expect(view.recordHealthy(second as RecordSet)).to.equal(true);
  });

  it("C3 treats all members as healthy when none is, and reports this", () => {
    const { answers, lastResort } = viewOf({
      records: pair("s"),
      checks,
      seen: dead("p", "s"),
    }).resolve("a.test", "A");
    expect(lastResort).to.equal(true);
    expect(answers.map(({ value }) => value)).to.deep.equal(["192.0.2.1"]);
    expect(answers[0]?.path[0]?.reason).to.equal(
      "primary, because no member is healthy, so all count as healthy: " +
        "192.0.2.1 is unhealthy: p fails; 192.0.2.2 is unhealthy: s fails",
    );
  });

  it("C4 answers the primary, then the secondary, and the primary when both are bad", () => {
    const at = (...ids: readonly string[]): readonly string[] =>
      Object.keys(answersOf({ records: pair("s"), checks, seen: dead(...ids) }, "a.test"));
    expect(at()).to.deep.equal(["192.0.2.1"]);
    expect(at("p")).to.deep.equal(["192.0.2.2"]);
    expect(at("s")).to.deep.equal(["192.0.2.1"]);
    expect(at("p", "s")).to.deep.equal(["192.0.2.1"]);
  });

  it("C5 answers a secondary without a check whenever the primary is bad", () => {
    expect(answersOf({ records: pair(), checks, seen: dead("p", "s") }, "a.test")).to.deep.equal({
      "192.0.2.2": 1,
    });
  });

  it("C6 refuses a primary with addresses and no check", () => {
    const records = [
      address("a.test", "192.0.2.1", primary),
      address("a.test", "192.0.2.2", secondary),
    ];
    expect(faultsOf({ records }, "a.test")).to.deep.equal([
      "a.test/192.0.2.1: a primary with addresses needs a health check (C6), got none; Route 53 rejects it without one",
    ]);
  });

  const three = (weights: readonly number[], checked = true): readonly RecordSet[] =>
    weights.map((value, index) =>
      address(
        "a.test",
        `192.0.2.${index + 1}`,
        weight(value),
        checked ? ["p", "s", "t"][index] : undefined,
      ),
    );

  it("C8 gives each healthy record its weight's share: 10/20/20 with the third dead", () => {
    expect(
      answersOf({ records: three([10, 20, 20]), checks, seen: dead("t") }, "a.test"),
    ).to.deep.equal({ "192.0.2.1": 10 / 30, "192.0.2.2": 20 / 30 });
  });

  it("C9 shares equally when all weights are zero", () => {
    expect(
      answersOf({ records: three([0, 0, 0]), checks, seen: dead("t") }, "a.test"),
    ).to.deep.equal({
      "192.0.2.1": 1 / 2,
      "192.0.2.2": 1 / 2,
    });
  });

  it("C9 answers all equally when all weights are zero and nothing is healthy", () => {
    const stackModel = { records: three([0, 0, 0]), checks, seen: dead("p", "s", "t") };
    expect(Object.values(answersOf(stackModel, "a.test"))).to.deep.equal([1 / 3, 1 / 3, 1 / 3]);
  });

  it("C9 refuses a weight outside 0 to 255", () => {
    expect(faultsOf({ records: three([300, 1]), checks }, "a.test")).to.deep.equal([
      "a.test/192.0.2.1: a weight is a whole number from 0 to 255 (C9), got 300; change it",
    ]);
  });

  it("C10 considers zero-weighted records only when all others are unhealthy", () => {
    const records = three([5, 0, 0]);
    expect(answersOf({ records, checks }, "a.test")).to.deep.equal({ "192.0.2.1": 1 });
    expect(answersOf({ records, checks, seen: dead("p") }, "a.test")).to.deep.equal({
      "192.0.2.2": 1 / 2,
      "192.0.2.3": 1 / 2,
    });
  });

  it("C10 never uses a zero-weighted record while the others have no check", () => {
    expect(answersOf({ records: three([5, 0], false), checks }, "a.test")).to.deep.equal({
      "192.0.2.1": 1,
    });
  });

  it("C11 chooses by weight, so never a zero weight, when everything is unhealthy", () => {
    expect(
      answersOf({ records: three([5, 0, 15]), checks, seen: dead("p", "s", "t") }, "a.test"),
    ).to.deep.equal({ "192.0.2.1": 1 / 4, "192.0.2.3": 3 / 4 });
  });

  const many = (count: number, check?: string): readonly RecordSet[] =>
    Array.from({ length: count }, (_, n) =>
      address("a.test", `192.0.2.${n}`, { kind: "multivalue" }, check),
    );

  it("C12 shares the clients among the healthy values of a multivalue group, which are more than an answer has", () => {
    const ten = answersOf({ records: many(10) }, "a.test");
    expect(Object.values(ten)).to.deep.equal(Array.from({ length: 10 }, () => 1 / 10));
    const three = Array.from({ length: 3 }, () => 1 / 3);
    expect(Object.values(answersOf({ records: many(3) }, "a.test"))).to.deep.equal(three);
  });

  it("C12 shares them among all values when all are unhealthy", () => {
    const stackModel = { records: many(16, "p"), checks, seen: dead("p") };
    expect(Object.values(answersOf(stackModel, "a.test"))).to.deep.equal(
      Array.from({ length: 16 }, () => 1 / 16),
    );
  });

  it("C23 shares the clients of a record among its values, as weights do", () => {
    const two = address("b.test", "192.0.2.1", { kind: "simple" });
    const records = [
      alias("a.test", "b.test", weight(1)),
      address("a.test", "192.0.2.3", weight(1)),
      { ...two, target: { ...two.target, values: ["192.0.2.1", "192.0.2.2"] } },
    ] as readonly RecordSet[];
    expect(answersOf({ records }, "a.test")).to.deep.equal({
      "192.0.2.1": 1 / 4,
      "192.0.2.2": 1 / 4,
      "192.0.2.3": 1 / 2,
    });
  });

  it("C12 counts at most eight values of a group in the share that a check by name sees", () => {
    /** Whether more than 18 % of the queries get one of the living values among 48. */
    const exceeds = (living: number): boolean | undefined =>
      shareExceeds(
        viewOf({ records: many(48) }),
        {
          name: "a.test",
          type: "A",
          counts: ({ setIdentifier = "" }) => [Number(setIdentifier.split(".").at(-1)) < living],
        },
        fractionOf(defaultAssumptions.healthyCheckerShare),
      );
    // One of 48 is in 8/48 of the answers, which is 16.7 %.
    expect([exceeds(0), exceeds(1), exceeds(2)]).to.deep.equal([false, false, true]);
  });

  it("C13 answers a simple record whatever the status of its check", () => {
    const { answers, lastResort } = viewOf({
      records: [address("a.test", "192.0.2.1", { kind: "simple" }, "p")],
      checks,
      seen: dead("p"),
    }).resolve("a.test", "A");
    expect(answers.map(({ value }) => value)).to.deep.equal(["192.0.2.1"]);
    expect(lastResort).to.equal(false);
  });

  it("C14 refuses two policies under one name and type, and a second simple record", () => {
    const mixed = [
      address("a.test", "192.0.2.1", primary, "p"),
      address("a.test", "192.0.2.2", weight(1)),
    ];
    expect(faultsOf({ records: mixed, checks }, "a.test")).to.deep.equal([
      "a.test A: one name and type has one routing policy (C14), got failover and weighted; move one of them to a separate name",
    ]);
    const simple = ["192.0.2.1", "192.0.2.2"].map((value) =>
      address("a.test", value, { kind: "simple" }),
    );
    expect(faultsOf({ records: simple }, "a.test")).to.deep.equal([
      "a.test A: a simple record must be the only one (C14), got 2; combine the values in one record",
    ]);
  });

  it("C15 refuses set identifiers that repeat or are missing, and two primaries", () => {
    const records = [
      address("a.test", "192.0.2.1", primary, "p", { setIdentifier: "x" }),
      address("a.test", "192.0.2.2", primary, "s", { setIdentifier: "x" }),
      address("a.test", "192.0.2.3", secondary, "t", { setIdentifier: "" }),
    ];
    expect(faultsOf({ records, checks }, "a.test")).to.deep.equal([
      "a.test A: a failover group has one PRIMARY (C15), got 2; remove the others",
      'a.test/192.0.2.2: its set identifier is another record\'s (C15), got "x"; give it a unique one',
      "a.test/192.0.2.3: a failover record needs a set identifier (C15), got none; set one",
    ]);
  });

  it("C14 counts a record that is not modelled by the kind of its policy", () => {
    const unread: RoutingPolicy = { kind: "unsupported", of: "cidr", why: "not read; add it" };
    const office = address("a.test", "192.0.2.1", unread);
    const rest: RoutingPolicy = { kind: "cidr", collection: "c", location: "*", blocks: null };
    expect(
      faultsOf({ records: [office, address("a.test", "192.0.2.2", rest)] }, "a.test"),
    ).to.deep.equal(["a.test/192.0.2.1: not read; add it"]);
    expect(
      faultsOf({ records: [office, address("a.test", "192.0.2.2", weight(1))] }, "a.test"),
    ).to.deep.equal([
      "a.test/192.0.2.1: not read; add it",
      "a.test A: one name and type has one routing policy (C14), got cidr and weighted; move one of them to a separate name",
    ]);
  });

  it("refuses a policy that is not modelled, by name", () => {
    const why = "latency routing is not modelled; ask for a name that does not use it";
    const records = [
      address("a.test", "192.0.2.1", { kind: "unsupported", of: "latency", why }),
      address("b.test", "192.0.2.2", { kind: "simple" }),
    ];
    expect(faultsOf({ records }, "a.test")).to.deep.equal([`a.test/192.0.2.1: ${why}`]);
    expect(answersOf({ records }, "b.test")).to.deep.equal({ "192.0.2.2": 1 });
  });

  it("leaves a check unknown that the stack does not have", () => {
    const records = [
      address("a.test", "192.0.2.1", primary, "gone"),
      address("a.test", "192.0.2.2", secondary),
    ];
    const asked: UnknownStatus[] = [];
    const answering = (healthy: boolean): readonly string[] => {
      const view = new AnsweringView(route53Of({ records }), {
        ...observationsOf({}),
        unread: (what) => {
          asked.push(what);
          return healthy;
        },
      });
      return view.resolve("a.test", "A").answers.map(({ value }) => value);
    };
    expect(answering(true)).to.deep.equal(["192.0.2.1"]);
    expect(answering(false)).to.deep.equal(["192.0.2.2"]);
    expect(asked[0]).to.deep.equal({ name: "gone", why: "it is a check of another stack" });
  });

  it("C16 refuses a weighted record with several values, and different TTLs in a weighted group", () => {
    const several = three([2, 1]).map((record, index) => ({
      ...record,
      target: {
        kind: "values" as const,
        values: index === 0 ? ["192.0.2.1", "192.0.2.9"] : ["192.0.2.2"],
        ttlSeconds: index === 0 ? 60 : 30,
      },
    }));
    expect(faultsOf({ records: several, checks }, "a.test")).to.deep.equal([
      "a.test/192.0.2.1: a weighted record has one value (C16), got 2; use one record per value",
      "a.test/192.0.2.2: the records of a weighted group have one TTL (C16), got 30 s beside 60 s; use one TTL for all",
    ]);
  });

  it("lists public names first and certificate validation names last, at most eight", () => {
    const names = ["_x.a.test", "any.www.a.test", "www.a.test", "shop.a.test"];
    const records = names.map((name) => address(name, "192.0.2.1", { kind: "simple" }));
    expect(faultsOf({ records }, "b.test")).to.deep.equal([
      "b.test: no record has this name; the names are www.a.test, shop.a.test, any.www.a.test, _x.a.test",
    ]);
    const many = Array.from({ length: 12 }, (_, index) => `s${index}.a.test`);
    const more = many.map((name) => address(name, "192.0.2.1", { kind: "simple" }));
    expect(faultsOf({ records: more }, "b.test")).to.deep.equal([
      `b.test: no record has this name; the names are ${many.slice(0, 8).join(", ")} and 4 more`,
    ]);
  });

  it("lists the existing names or types when the name or type is unknown", () => {
    const records = [address("a.test", "192.0.2.1", { kind: "simple" })];
    expect(faultsOf({ records }, "b.test")).to.deep.equal([
      "b.test: no record has this name; the names are a.test",
    ]);
    expect(faultsOf({}, "b.test")).to.deep.equal([
      "b.test: the stack has no Route 53 records; name a stack that has some",
    ]);
    expect(() => viewOf({ records }).resolve("a.test", "AAAA")).to.throw(
      "a.test: no AAAA record; its types are A",
    );
  });
});
