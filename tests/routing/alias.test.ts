import { expect } from "chai";
import type { AliasTarget, RecordSet, ServiceTarget, TargetGroup } from "../../routing/model";
import type { World } from "./sample";
import {
  address,
  alias,
  answersOf,
  endpointCheck,
  faultsOf,
  primary,
  secondary,
  viewOf,
  weight,
  withoutCheck,
} from "./sample";

const checks = ["p", "s", "gate"].map((id) => endpointCheck(id));
const lastTier: RecordSet = address("top.test", "192.0.2.99", secondary);

/** A name over a pair of checked addresses, with a last tier below it. */
function tree(top: Parameters<typeof alias>[3], more: World = {}): World {
  return {
    records: [
      alias("top.test", "pair.test", primary, top),
      lastTier,
      address("pair.test", "192.0.2.1", primary, "p"),
      address("pair.test", "192.0.2.2", secondary, "s"),
    ],
    checks,
    ...more,
  };
}

const both = { p: "unhealthy", s: "unhealthy" } as const;
const balancer: AliasTarget = {
  kind: "balancer",
  dnsName: "web-1.us-west-2.elb.amazonaws.com",
  id: "web",
};

/** A name whose primary is an alias to a balancer with these target groups. */
function overBalancer(
  groups: readonly TargetGroup<boolean>[] | undefined,
  more: World = {},
): World {
  return {
    records: [alias("top.test", balancer, primary), lastTier],
    ...(groups === undefined ? {} : { targetGroups: { web: groups } }),
    ...more,
  };
}

function group(id: string, ...targets: readonly boolean[]): TargetGroup<boolean> {
  return { id, targets: targets.map((healthy, n) => ({ id: `${id}-${n}`, healthy })) };
}

describe("an alias", () => {
  it("C7 that is a primary without a check or evaluation never fails over", () => {
    expect(answersOf(tree({ evaluates: false }, { seen: both }), "top.test")).to.deep.equal({
      "192.0.2.1": 1,
    });
  });

  it("A1 is healthy while one member of its target is, and is left when none is", () => {
    expect(answersOf(tree({}, { seen: { p: "unhealthy" } }), "top.test")).to.deep.equal({
      "192.0.2.2": 1,
    });
    expect(answersOf(tree({}, { seen: both }), "top.test")).to.deep.equal({ "192.0.2.99": 1 });
  });

  it("A1 looks through aliases to aliases", () => {
    const records = [
      alias("outer.test", "top.test", primary),
      address("outer.test", "192.0.2.200", secondary),
      alias("top.test", "pair.test", primary),
      alias("top.test", "pair.test", secondary, {}),
      address("pair.test", "192.0.2.1", primary, "p"),
      address("pair.test", "192.0.2.2", secondary, "s"),
    ].map((record, n) => ({ ...record, setIdentifier: `${n}` }));
    expect(answersOf({ records, checks, seen: both }, "outer.test")).to.deep.equal({
      "192.0.2.200": 1,
    });
  });

  const zeroWeighted: World = {
    records: [
      alias("top.test", "pair.test", primary),
      lastTier,
      address("pair.test", "192.0.2.1", weight(5), "p"),
      address("pair.test", "192.0.2.2", weight(0), "s"),
    ],
    checks,
    seen: { p: "unhealthy" },
  };

  it("A2 is kept healthy by a zero-weighted member, unless the assumption is changed", () => {
    expect(answersOf(zeroWeighted, "top.test")).to.deep.equal({ "192.0.2.2": 1 });
    const assumptions = { zeroWeightKeepsBranchHealthy: false };
    expect(answersOf({ ...zeroWeighted, assumptions }, "top.test")).to.deep.equal({
      "192.0.2.99": 1,
    });
  });

  it("A3 is always healthy when it does not evaluate its target", () => {
    const view = viewOf(tree({ evaluates: false }, { seen: both }));
    const [top] = tree({ evaluates: false }).records ?? [];
    expect(view.recordHealthy(top as RecordSet)).to.equal(true);
    expect(view.resolve("top.test", "A").lastResort).to.equal(true);
  });

  it("A4 that also has a check is healthy when both are", () => {
    const at = (seen: World["seen"]): readonly string[] =>
      Object.keys(answersOf(tree({ checkId: "gate" }, { seen: seen ?? {} }), "top.test"));
    expect(at({})).to.deep.equal(["192.0.2.1"]);
    expect(at({ gate: "unhealthy" })).to.deep.equal(["192.0.2.99"]);
    expect(at(both)).to.deep.equal(["192.0.2.99"]);
  });

  it("A5 hides all tiers below it when one leaf has no check", () => {
    const { records = [] } = tree({});
    const unchecked = records.map((record) =>
      record.checkId === "s" ? withoutCheck(record) : record,
    );
    expect(answersOf({ records: unchecked, checks, seen: both }, "top.test")).to.deep.equal({
      "192.0.2.2": 1,
    });
  });

  it("A6 answers from an all-unhealthy group, which still counts as unhealthy", () => {
    const view = viewOf(tree({}, { seen: both }));
    expect(view.branchHealthy(view.route53.group("pair.test", "A") ?? [])).to.equal(false);
    const { answers, lastResort } = view.resolve("pair.test", "A");
    expect(answers.map(({ value }) => value)).to.deep.equal(["192.0.2.1"]);
    expect(lastResort).to.equal(true);
  });

  it("A7 to a balancer needs a healthy target in every target group that has targets", () => {
    const at = (...groups: readonly TargetGroup<boolean>[]): readonly string[] =>
      Object.keys(answersOf(overBalancer(groups), "top.test"));
    expect(at(group("a", true, false), group("b", true))).to.deep.equal([balancer.dnsName]);
    expect(at(group("a", true), group("b", false, false))).to.deep.equal(["192.0.2.99"]);
    expect(Object.keys(answersOf(overBalancer(undefined), "top.test"))).to.deep.equal([
      balancer.dnsName,
    ]);
  });

  it("A7 counts a target group without targets as unhealthy, unless the assumption is changed", () => {
    const empty = [group("a")];
    expect(answersOf(overBalancer(empty), "top.test")).to.deep.equal({ "192.0.2.99": 1 });
    const assumptions = { emptyTargetGroupIsHealthy: true };
    expect(answersOf(overBalancer(empty, { assumptions }), "top.test")).to.deep.equal({
      [balancer.dnsName]: 1,
    });
  });

  it("A8 leaves a balancer's zones to the balancer: one living target keeps the alias healthy", () => {
    expect(answersOf(overBalancer([group("a", false, true)]), "top.test")).to.deep.equal({
      [balancer.dnsName]: 1,
    });
  });

  it("A9 is refused when it evaluates the health of CloudFront", () => {
    const target: AliasTarget = { kind: "cloudFront", dnsName: "d1.cloudfront.net" };
    const at = (evaluates: boolean): readonly string[] =>
      faultsOf(
        { records: [alias("top.test", target, primary, { evaluates }), lastTier] },
        "top.test",
      );
    expect(at(false)).to.deep.equal([]);
    expect(at(true)).to.deep.equal([
      "top.test→d1.cloudfront.net: an alias to CloudFront cannot evaluate its target's health (A9); turn it off",
    ]);
  });

  it("A10 to an S3 website is always healthy, evaluating or not", () => {
    const target: AliasTarget = {
      kind: "s3Website",
      dnsName: "s3-website-us-east-2.amazonaws.com",
    };
    for (const evaluates of [true, false]) {
      const records = [alias("top.test", target, primary, { evaluates }), lastTier];
      expect(answersOf({ records }, "top.test")).to.deep.equal({ [target.dnsName]: 1 });
    }
  });

  it("A12 leads to an existing record of the same type in the same zone", () => {
    const records = [alias("top.test", "gone.test", primary), lastTier];
    expect(faultsOf({ records }, "top.test")).to.deep.equal([
      "top.test→gone.test: its alias has no target (A12), got gone.test A; create that record, or point the alias elsewhere",
    ]);
    const target: AliasTarget = { kind: "record", zoneId: "other", name: "pair.test" };
    const foreign = [
      alias("top.test", target, primary),
      lastTier,
      address("pair.test", "192.0.2.1", { kind: "simple" }),
    ];
    expect(faultsOf({ records: foreign }, "top.test")).to.deep.equal([
      "top.test→pair.test: an alias points to a record of its own hosted zone (A12), got pair.test in zone other; move one of them",
    ]);
  });

  it("is refused when it leads back to itself, and the message shows the circle", () => {
    const records = [
      alias("a.test", "b.test", { kind: "simple" }),
      alias("b.test", "a.test", { kind: "simple" }),
    ];
    expect(faultsOf({ records }, "a.test")).to.deep.equal([
      "b.test→a.test: its alias points back to itself, got a.test → b.test → a.test; point it to a record below its own",
    ]);
  });

  it("is refused when its target is of a kind that is not modelled", () => {
    const target: AliasTarget = { kind: "unsupported", dnsName: "x.awsglobalaccelerator.com" };
    expect(
      faultsOf({ records: [alias("top.test", target, primary), lastTier] }, "top.test"),
    ).to.deep.equal([
      "top.test→x.awsglobalaccelerator.com: an alias to x.awsglobalaccelerator.com is not modelled; ask for a name that does not use it",
    ]);
  });

  it("T1 has the TTL of the record that finally answers", () => {
    const { answers } = viewOf(tree({})).resolve("top.test", "A");
    expect(answers.map(({ ttlSeconds }) => ttlSeconds)).to.deep.equal([60]);
  });

  it("T2 to a resource has the TTL that AWS fixes: 60 s, and a parameter for a website", () => {
    const ttl = (
      target: AliasTarget,
      assumptions: World["assumptions"] = {},
    ): number | undefined => {
      const records = [alias("top.test", target, { kind: "simple" }, { evaluates: false })];
      return viewOf({ records, assumptions }).resolve("top.test", "A").answers[0]?.ttlSeconds;
    };
    const website: AliasTarget = {
      kind: "s3Website",
      dnsName: "s3-website-us-east-2.amazonaws.com",
    };
    expect(ttl(balancer)).to.equal(60);
    expect(ttl(website)).to.equal(60);
    expect(ttl(website, { s3WebsiteTtlSeconds: 5 })).to.equal(5);
    expect(ttl({ kind: "cloudFront", dnsName: "d1.cloudfront.net" })).to.equal(60);
  });

  it("that leads to one value by two paths gives it once, with both shares and the longer TTL", () => {
    const records = [
      alias("top.test", "blue.test", weight(3)),
      alias("top.test", "green.test", weight(1)),
      address("blue.test", "192.0.2.1", { kind: "simple" }),
      address("green.test", "192.0.2.1", { kind: "simple" }, undefined, {
        target: { kind: "values", values: ["192.0.2.1"], ttlSeconds: 300 },
      }),
    ];
    const { answers } = viewOf({ records }).resolve("top.test", "A");
    expect(
      answers.map(({ value, probability, ttlSeconds }) => ({ value, probability, ttlSeconds })),
    ).to.deep.equal([{ value: "192.0.2.1", probability: 1, ttlSeconds: 300 }]);
  });

  const reasonsAt = (world: World): readonly string[] =>
    viewOf(world)
      .resolve("top.test", "A")
      .answers.flatMap(({ path }) => path.map(({ reason }) => reason));

  it("A2 says where a member of weight 0 alone is taken to keep a branch healthy", () => {
    expect(reasonsAt(zeroWeighted)).to.deep.equal([
      "primary, pair.test has a healthy member, only of weight 0, which is taken to be enough (A2)",
      "weight 0, s is healthy; 192.0.2.1 is unhealthy: p fails",
    ]);
    expect(reasonsAt({ ...zeroWeighted, seen: {} })[0]).to.equal(
      "primary, pair.test has a healthy member",
    );
    const assumptions = { zeroWeightKeepsBranchHealthy: false };
    expect(reasonsAt({ ...zeroWeighted, assumptions })).to.deep.equal([
      "secondary, always healthy because it has no check; pair.test is unhealthy: pair.test has no healthy member, or only of weight 0, which is not taken to be enough (A2)",
    ]);
  });

  it("A7 says where the health of a balancer was not read, or is not documented", () => {
    const reason = (world: World): string | undefined => reasonsAt(world)[0];
    expect(reason(overBalancer([group("a", true)]))).to.equal(
      "primary, its target has a healthy member",
    );
    const why = { name: "a", why: "not read" };
    const unread = { ...group("a"), unread: why };
    expect(reason(overBalancer([group("b", true), unread]))).to.equal(
      "primary, its target is taken to be healthy",
    );
    expect(reason(overBalancer([{ ...group("a", true), unread: why }]))).to.equal(
      "primary, its target has a healthy member",
    );
    expect(reason(overBalancer([]))).to.equal(
      "primary, its target has no target group, which is taken to be healthy (A7)",
    );
    const outside = { kind: "balancer", dnsName: balancer.dnsName } as const;
    expect(reason({ records: [alias("top.test", outside, { kind: "simple" })] })).to.equal(
      "the only record, its target is taken to be healthy",
    );
  });

  it("A10 says that a service always counts as healthy, and which one is taken to be", () => {
    const reason = (more: Partial<ServiceTarget>): string | undefined => {
      const target: ServiceTarget = {
        kind: "service",
        service: "a service",
        evaluation: "undocumented",
        dnsName: "service.test",
        ...more,
      };
      return reasonsAt({ records: [alias("top.test", target, primary), lastTier] })[0];
    };
    expect(reason({ evaluation: "alwaysHealthy" })).to.equal(
      "primary, service.test always counts as healthy",
    );
    expect(reason({})).to.equal("primary, service.test is taken to be healthy");
    expect(reason({ id: "read" })).to.equal("primary, service.test counts as healthy");
  });

  it("says where the name of a target is unknown that its health is taken for granted", () => {
    const target = { kind: "unknown", dnsName: "<target-of-top>" } as const;
    const world = { records: [alias("top.test", target, primary), lastTier] };
    expect(reasonsAt(world)[0]).to.equal("primary, its target is taken to be healthy");
  });

  it("reports the path, member by member, with the reasons", () => {
    const { answers } = viewOf(tree({ checkId: "gate" }, { seen: { p: "unhealthy" } })).resolve(
      "top.test",
      "A",
    );
    expect(answers[0]?.path).to.deep.equal([
      {
        record: "top.test A",
        setIdentifier: "pair.test",
        reason: "primary, gate is healthy and pair.test has a healthy member",
      },
      {
        record: "pair.test A",
        setIdentifier: "192.0.2.2",
        reason: "secondary, s is healthy; 192.0.2.1 is unhealthy: p fails",
      },
    ]);
  });
});
