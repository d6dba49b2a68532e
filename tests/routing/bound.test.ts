import { expect } from "chai";
import { Transition } from "../../routing/bound";
import type { Bound } from "../../routing/boundParts";
import { atOnce } from "../../routing/boundParts";
import { failureModes } from "../../routing/checker";
import { detection } from "../../routing/detection";
import type { DiagramNode } from "../../routing/diagram";
import { Diagram } from "../../routing/diagram";
import type { AliasTarget, Observations, TargetGroup } from "../../routing/model";
import type { SampleChange, Seen, World } from "./sample";
import {
  address,
  alarmCheck,
  alias,
  calculatedCheck,
  endpointCheck,
  observationsOf,
  primary,
  route53Of,
  secondary,
  weight,
  withoutCheck,
  worstCase,
} from "./sample";

/** Two regions with two addresses each, deep checks and a last tier, as in the program. */
const stackModel: World = {
  records: [
    alias("top.test", "live.test", primary),
    address("top.test", "last", secondary),
    alias("live.test", "west.test", primary, { checkId: "west-deep" }),
    alias("live.test", "east.test", secondary, { checkId: "east-deep" }),
    ...["west", "east"].flatMap((region) => [
      address(`${region}.test`, `${region}-a`, primary, `${region}-a`),
      address(`${region}.test`, `${region}-b`, secondary, `${region}-b`),
    ]),
  ],
  checks: [
    ...["west-a", "west-b", "east-a", "east-b"].map((id) => endpointCheck(id)),
    ...["west-deep", "east-deep"].map((id) =>
      endpointCheck(id, {
        intervalSeconds: 30,
        failureThreshold: 6,
        byAddress: false,
        fullyQualifiedDomainName: id.replace("-deep", ".test"),
      }),
    ),
  ],
};

/** The bound when these endpoints die, or these deep checks fail. */
function bound(
  dead: readonly string[],
  more: Partial<SampleChange> = {},
  at: World = stackModel,
): Bound {
  const seen = Object.fromEntries(dead.map((id): [string, Seen] => [id, "unhealthy"]));
  return worstCase(route53Of(at), {
    name: "top.test",
    type: "A",
    before: observationsOf({}),
    after: observationsOf({ seen }),
    death: "hangsInBody",
    good: ({ value }) => !dead.includes(value),
    ...more,
  });
}

describe("the worst-case bound", () => {
  it("is N·(I + P) + δ + TTL, with every term and its source", () => {
    expect(bound(["west-a"])).to.deep.equal({
      detectionSeconds: 36,
      downtimeSeconds: 106,
      terms: [
        {
          name: "detection",
          seconds: 36,
          formula: "2 × (10 s + 8 s) of west-a",
          source: "H3, H4, H6–H8",
        },
        {
          name: "propagation",
          seconds: 10,
          formula: "δ, a parameter: AWS publishes no figure",
          source: "T5",
        },
        {
          name: "ttl",
          seconds: 60,
          formula: "the old answer's TTL, from west.test/west-a",
          source: "T1",
        },
      ],
      decidedBy: "west-a",
    });
  });

  it("depends on the failure mode", () => {
    const detections = failureModes.map((death) => bound(["west-a"], { death }).detectionSeconds);
    expect(detections).to.deep.equal([20, 28, 32, 36, 36]);
  });

  it("is 0 for an endpoint that receives no traffic", () => {
    expect(bound(["east-a"])).to.deep.equal({
      detectionSeconds: 0,
      downtimeSeconds: 0,
      terms: [],
      decidedBy: undefined,
    });
  });

  it("of a region waits for both zones and not for the slower deep check", () => {
    const { detectionSeconds, decidedBy } = bound(["west-a", "west-b", "west-deep"]);
    expect({ detectionSeconds, decidedBy }).to.deep.equal({
      detectionSeconds: 36,
      decidedBy: "west-a",
    });
  });

  it("of a region is the deep check's where the alias does not evaluate its target", () => {
    const { records = [] } = stackModel;
    const blind = records.map((record) =>
      record.id === "live.test→west.test" && record.target.kind === "alias"
        ? { ...record, target: { ...record.target, evaluateTargetHealth: false } }
        : record,
    );
    const dead = ["west-a", "west-b", "west-deep"];
    expect(bound(dead, {}, { ...stackModel, records: blind }).detectionSeconds).to.equal(228);
  });

  it("of all regions is the time to the last tier", () => {
    const dead = ["west-a", "west-b", "west-deep", "east-a", "east-b", "east-deep"];
    expect(bound(dead).detectionSeconds).to.equal(36);
  });

  it("is infinite where a check on the path is missing", () => {
    const { records = [] } = stackModel;
    const unchecked = records.map((record) =>
      record.checkId === "west-b" ? withoutCheck(record) : record,
    );
    const dead = ["west-a", "west-b", "west-deep"];
    const { detectionSeconds, downtimeSeconds } = bound(
      dead.filter((id) => id !== "west-deep"),
      {},
      { ...stackModel, records: unchecked },
    );
    expect([detectionSeconds, downtimeSeconds]).to.deep.equal([undefined, undefined]);
  });

  it("is infinite for a failure mode that the check cannot see", () => {
    const checks = (stackModel.checks ?? []).map((check) =>
      check.id === "west-a" ? endpointCheck("west-a", { type: "TCP" }) : check,
    );
    const { detectionSeconds } = bound(
      ["west-a"],
      { death: "connectsThenHangs" },
      { ...stackModel, checks },
    );
    expect(detectionSeconds).to.equal(undefined);
  });

  it("allows for a check that is misled until its name has failed over", () => {
    const { detectionSeconds } = bound(["west-a"], { watching: { "west-deep": "west.test" } });
    expect(detectionSeconds).to.equal(36);
    // If the other region were dead too, a misled check would send customers there.
    const dead = ["west-a", "east-a", "east-b"];
    const atEast = bound(dead, { watching: { "west-deep": "west.test" } });
    expect(atEast.detectionSeconds).to.equal(36);
  });

  it("H13 of a check by name counts from the moment its name has settled", () => {
    const blind = (stackModel.records ?? []).map((record) =>
      record.id === "live.test→west.test" && record.target.kind === "alias"
        ? { ...record, target: { ...record.target, evaluateTargetHealth: false } }
        : record,
    );
    const boundWith = (before: readonly string[], after: readonly string[]): Bound => {
      const seenIn = (dead: readonly string[]): SampleChange["before"] =>
        observationsOf({ seen: Object.fromEntries(dead.map((id) => [id, "unhealthy"] as const)) });
      return bound(
        after,
        {
          before: seenIn(before),
          after: seenIn(after),
          death: "returns",
          good: ({ value }) => value === "west-b",
          passing: ({ value }) => !after.includes(value),
          watching: { "west-deep": "west.test" },
        },
        { ...stackModel, records: blind },
      );
    };
    const { terms, detectionSeconds } = boundWith(["west-a", "west-b", "west-deep"], ["west-a"]);
    // Until Route 53 gives west-b, each probe is sent to west-a, the last resort.
    expect(terms[0]).to.deep.equal({
      name: "detection",
      seconds: 44 + 10 + 236,
      formula: "44 s of west.test + 10 s + 8 s + 6 × (30 s + 8 s) of west-deep",
      source: "H13, T5, H3, H4, H6–H8",
    });
    expect(detectionSeconds).to.equal(290);
  });

  it("H13 of a misled check by name ends when the check is healthy again", () => {
    const boundWith = (failureThreshold: number): Bound => {
      const checks = (stackModel.checks ?? []).map((check) =>
        check.id === "west-deep" ? { ...check, failureThreshold } : check,
      );
      return bound(
        ["west-a"],
        {
          good: ({ value }) => value === "west-b",
          passing: ({ value }) => value !== "west-a",
          watching: { "west-deep": "west.test" },
        },
        { ...stackModel, checks },
      );
    };
    expect(boundWith(2).terms[0]?.formula).to.equal(
      "36 s of west.test + 10 s + 8 s + 2 × (30 s + 8 s) of west-deep",
    );
    // The name may give west-a for 46 s: enough for a checker's second probe, not for a third.
    expect(boundWith(3).terms[0]?.formula).to.equal("2 × (10 s + 8 s) of west-a");
  });

  it("takes the slowest answers for a recovery, after a probe that was already sent", () => {
    const seen = { "west-a": "unhealthy", "west-b": "unhealthy" } as const;
    const back = bound([], {
      before: observationsOf({ seen }),
      after: observationsOf({}),
      death: "returns",
      good: ({ value }) => value === "west-a",
    });
    // 8 s + 2 × (10 s + 8 s): a probe that still fails, and two that pass as late as possible.
    expect(back.detectionSeconds).to.equal(44);
  });

  it("takes the longest TTL among the dead answers", () => {
    const records = (stackModel.records ?? []).map((record) =>
      record.label === "west.test/west-b" && record.target.kind === "values"
        ? { ...record, target: { ...record.target, ttlSeconds: 300 } }
        : record,
    );
    const dead = ["west-a", "west-b", "west-deep"];
    const { terms } = bound(dead, {}, { ...stackModel, records });
    expect(terms.find(({ name }) => name === "ttl")?.seconds).to.equal(300);
  });
});

describe("the bound of a balancer", () => {
  const balancer = {
    kind: "balancer",
    dnsName: "web.elb.us-west-2.amazonaws.com",
    id: "web",
  } as const;
  const records = [alias("top.test", balancer, primary), address("top.test", "last", secondary)];
  const group = (healthy: boolean, detectionSeconds?: number): TargetGroup<boolean> => ({
    id: "group",
    targets: [{ id: "target", healthy }],
    ...(detectionSeconds === undefined ? {} : { detectionSeconds }),
  });
  const boundOf = (
    detectionSeconds: number | undefined,
    more: {
      readonly evaluates?: boolean;
      readonly dies?: boolean;
      readonly at?: AliasTarget;
    } = {},
  ): Bound =>
    worstCase(
      route53Of({
        records: [
          alias("top.test", more.at ?? balancer, primary, { evaluates: more.evaluates ?? true }),
          ...records.filter(({ target }) => target.kind === "values"),
        ],
      }),
      {
        name: "top.test",
        type: "A",
        before: observationsOf({ targetGroups: { web: [group(true, detectionSeconds)] } }),
        after: observationsOf({
          targetGroups: { web: [group(more.dies === false, detectionSeconds)] },
        }),
        death: "refused",
        good: ({ value }) => value === "last",
      },
    );

  it("A7 is the time of its target groups", () => {
    const { detectionSeconds, decidedBy, terms } = boundOf(25);
    expect({ detectionSeconds, decidedBy }).to.deep.equal({
      detectionSeconds: 25,
      decidedBy: `the target groups of top.test→${balancer.dnsName}`,
    });
    expect(terms[0]?.source).to.equal("A7");
  });

  it("A7 has no serving target between the removal of one target and the recovery of another", () => {
    const change = (first: boolean, second: boolean): TargetGroup<boolean> => ({
      id: "group",
      targets: [
        { id: "first", healthy: first },
        { id: "second", healthy: second },
      ],
      detectionSeconds: 25,
      recoverySeconds: 55,
    });
    const { detectionSeconds } = worstCase(route53Of({ records }), {
      name: "top.test",
      type: "A",
      before: observationsOf({ targetGroups: { web: [change(true, false)] } }),
      after: observationsOf({ targetGroups: { web: [change(false, true)] } }),
      death: "refused",
      good: ({ value }) => value !== "last",
    });
    expect(detectionSeconds).to.equal(55);
  });

  it("A7 is infinite where that time is unknown, nothing dies, or no alias evaluates it", () => {
    const outside: AliasTarget = { kind: "balancer", dnsName: balancer.dnsName };
    for (const never of [
      boundOf(undefined),
      boundOf(25, { dies: false }),
      boundOf(25, { evaluates: false }),
      boundOf(25, { at: outside }),
    ]) {
      expect(never.detectionSeconds).to.equal(undefined);
    }
  });
});

describe("the bound of many checks", () => {
  it("is that of the slowest check that matters", () => {
    const ids = Array.from({ length: 12 }, (_, n) => `c${n}`);
    const checks = ids.map((id, n) => endpointCheck(id, { failureThreshold: 1 + (n % 10) }));
    const records = ids.map((id) => address("many.test", id, weight(1), id));
    const seen = Object.fromEntries(
      ids.slice(0, 11).map((id): [string, Seen] => [id, "unhealthy"]),
    );
    const { detectionSeconds } = worstCase(route53Of({ records, checks }), {
      name: "many.test",
      type: "A",
      before: observationsOf({}),
      after: observationsOf({ seen }),
      death: "refused",
      good: ({ value }) => value === "c11",
    });
    // The slowest check that fails has the threshold 10.
    expect(detectionSeconds).to.equal(100);
  });

  it("compares no shares where nothing is noticed, whatever their unread statuses are", () => {
    const ids = Array.from({ length: 30 }, (_, n) => `c${n}`);
    // Who answers takes some hundred nodes, and the shares many thousand.
    const diagram = new Diagram(1_000);
    const statuses = new Map(ids.map((id) => [id, diagram.variable()]));
    const unread: Observations<DiagramNode> = {
      passes: (id) => statuses.get(id) ?? diagram.constant(false),
      targetGroups: () => undefined,
      unread: () => diagram.constant(false),
    };
    const route53 = route53Of({
      records: ids.map((id, n) => address("many.test", id, weight(n + 1), id)),
      checks: ids.map((id) => endpointCheck(id)),
    });
    const change = { diagram, before: unread, after: unread, watches: () => undefined };
    const asked = { name: "many.test", type: "A", death: "returns" } as const;
    expect(new Transition(route53, change).worstCase(asked)).to.deep.equal(atOnce);
  });
});

describe("the detection of a check", () => {
  const route53 = route53Of({
    checks: [endpointCheck("quick"), endpointCheck("slow", { failureThreshold: 6 })],
  });

  it("K5 of an alarm is its periods, the event's own period before them, and the metric's delay, if known", () => {
    const known = alarmCheck("a", "Unhealthy", { periodSeconds: 60, evaluationPeriods: 3 });
    expect(detection(known, "refused", route53)).to.deep.equal({
      seconds: 360,
      formula: "(1 + 3) × 60 s + 120 s of a",
      source: "K5, K7",
    });
    expect(detection(alarmCheck("a", "Unhealthy"), "refused", route53).seconds).to.equal(undefined);
  });

  it("K7 of an alarm that recovers is one good period after that of the recovery, however many it evaluates", () => {
    const alarm = alarmCheck("a", "Unhealthy", { periodSeconds: 60, evaluationPeriods: 3 });
    expect(detection(alarm, "returns", route53)).to.deep.equal({
      seconds: 240,
      formula: "(1 + 1) × 60 s + 120 s of a",
      source: "K5, K7",
    });
  });

  it("K1 of a calculated check is its slowest child's", () => {
    const check = calculatedCheck("all", ["quick", "slow"], 2);
    expect(detection(check, "refused", route53).seconds).to.equal(60);
    expect(detection(calculatedCheck("all", [], 0), "refused", route53).seconds).to.equal(0);
    expect(detection(calculatedCheck("all", ["gone"], 1), "refused", route53).seconds).to.equal(0);
  });

  it("is infinite for a calculated check with a child that never notices", () => {
    const tcp = route53Of({ checks: [endpointCheck("tcp", { type: "TCP" }), endpointCheck("x")] });
    const check = calculatedCheck("all", ["x", "tcp"], 2);
    expect(detection(check, "connectsThenHangs", tcp)).to.deep.equal({
      seconds: undefined,
      formula: "2 × (10 s + ∞ s) of tcp",
      source: "H3, H4, H6–H8",
    });
  });

  it("K10 of a routing control takes no time", () => {
    const check = {
      kind: "recoveryControl",
      id: "c",
      label: "c",
      inverted: false,
      disabled: false,
    } as const;
    expect(detection(check, "refused", route53).seconds).to.equal(0);
  });
});
