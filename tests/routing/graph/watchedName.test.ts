import { expect } from "chai";
import type { FailureMode } from "../../../routing/checker";
import type { Properties, Resource } from "../../../routing/graph/resource";
import { StackModel } from "../../../routing/graph/stackModel";
import { answerCases } from "../../../routing/graph/cases";
import { EveryFault } from "../../../routing/graph/everyFault";
import { normalHealth } from "../../../routing/graph/normalHealth";
import { answering, pair, record, resource } from "./stack";

const checkOf = (name: string, ipAddress: string): Resource =>
  resource("aws:route53/healthCheck:HealthCheck", name, {
    type: "HTTP",
    ipAddress,
    requestInterval: 10,
    failureThreshold: 2,
  });

const memberOf = (name: string, role: "PRIMARY" | "SECONDARY", more: Properties): Resource =>
  record(`${name}-${role}`, {
    name: `${name}.a.test`,
    setIdentifier: role,
    failoverRoutingPolicies: [{ type: role }],
    ...more,
  });

/** What the answer of `www.a.test` depends on, with the reason. */
function unknownsIn(resources: readonly Resource[]): readonly string[] {
  const state = new StackModel(resources).under([]);
  return state.unknownsOf("www.a.test", "A").map(({ name, why }) => `${name}: ${why}`);
}

/** A check of a name that fails over to the same dead server or a living one; which is unknown. */
const stack: readonly Resource[] = [
  ...pair({ records: ["203.0.113.7"] }, { fqdn: "inner.a.test" }),
  memberOf("inner", "PRIMARY", { records: ["198.51.100.7"], healthCheckId: "own" }),
  memberOf("inner", "SECONDARY", {
    aliases: [{ name: "rest.a.test", zoneId: "Z1", evaluateTargetHealth: true }],
  }),
  memberOf("rest", "PRIMARY", { records: ["198.51.100.7"], healthCheckId: "foreign" }),
  memberOf("rest", "SECONDARY", { records: ["203.0.113.8"] }),
  checkOf("own", "198.51.100.7"),
  checkOf("spare", "203.0.113.9"),
  resource("aws:ec2/instance:Instance", "web", { subnetId: "subnet-a" }),
  resource("aws:ec2/eip:Eip", "ip", { publicIp: "198.51.100.7", instance: "web" }),
];

describe("the bound of a check by name whose final status is unknown", () => {
  const formulaOf = (death: FailureMode): string | undefined => {
    const model = new StackModel(stack);
    // With a failed check among the faults, each answer must reach its final share.
    const faults = model.faults(["web", "check:spare"]);
    return model.worstCase("www.a.test", "A", [], faults, death).terms[0]?.formula;
  };

  it("H13 is the slower of failing and passing again, from the moment the name has settled", () => {
    expect(formulaOf("refused")).to.equal(
      "20 s of inner.a.test + 10 s + 6 s + 3 × (30 s + 6 s) of check",
    );
    expect(formulaOf("connectsThenHangs")).to.equal(
      "32 s of inner.a.test + 16 s + 3 × (30 s + 6 s) of check",
    );
  });

  it("H13 is infinite where a check below the name does not notice", () => {
    expect(formulaOf("hangsInBody")).to.equal(undefined);
  });
});

describe("a check of a name that has no record in its zone", () => {
  const checked = pair({ records: ["8.8.4.1"] }, { fqdn: "gone.a.test" });
  /** The same with the zone read as a whole, and more records in it. */
  const whole = (...more: readonly Resource[]): readonly Resource[] => [
    ...checked.map((one) => (one.name === "zone" ? { ...one, isWhole: true as const } : one)),
    ...more,
  ];
  const named = (name: string, more: Properties = {}): Resource =>
    record(`more-${name}`, { name, records: ["8.8.4.3"], ...more });

  it("H13 fails if all of the zone was read, and the answer says why", () => {
    const { value, path } = answering(whole());
    expect(value).to.equal("203.0.113.99");
    expect(path.map(({ reason }) => reason)).to.deep.equal([
      "secondary, always healthy because it has no check; primary is unhealthy: check fails: gone.a.test has no record in zone, of which all were read (H13)",
    ]);
    expect(unknownsIn(whole())).to.deep.equal([]);
  });

  it("H13 says so of the child of a calculated check, and not of one that fails for another reason", () => {
    const reasonOf = (check: Properties): string | undefined =>
      answering(
        whole().map((one) =>
          one.name === "check" ? { ...one, outputs: { ...one.outputs, ...check } } : one,
        ),
        "check:check",
      ).path[0]?.reason;
    expect(reasonOf({})).to.match(/: check fails: gone\.a\.test has no record/);
    expect(reasonOf({ invertHealthcheck: true })).to.match(/: check fails$/);
    const outer = resource("aws:route53/healthCheck:HealthCheck", "outer", {
      type: "CALCULATED",
      childHealthchecks: ["check"],
      childHealthThreshold: 1,
    });
    const calculated = whole(outer).map((one) =>
      one.name === "www-primary"
        ? { ...one, outputs: { ...one.outputs, healthCheckId: "outer" } }
        : one,
    );
    expect(answering(calculated).path[0]?.reason).to.match(
      /: outer fails \(check: gone\.a\.test has no record in zone, of which all were read \(H13\)\)$/,
    );
  });

  it("H13 is unknown if the zone was read in part, or hands the name over", () => {
    const unknown = (resources: readonly Resource[]): readonly string[] => unknownsIn(resources);
    expect(unknown(checked)).to.deep.equal([
      "check: it watches gone.a.test, which has no record in zone, as far as that was read",
    ]);
    const outside = ["check: it watches gone.a.test, which is outside this stack"];
    expect(
      unknown(whole(named("gone.a.test", { type: "NS", records: ["ns.b.test"] }))),
    ).to.deep.equal(outside);
    const twin = resource("aws:route53/zone:Zone", "twin", { zoneId: "Z2", name: "a.test" });
    expect(unknown(whole(twin))).to.deep.equal([
      "check: it watches gone.a.test, which has no record in twin, as far as that was read",
    ]);
  });

  it("H13 is what the records say if there is an address, a CNAME or a wildcard", () => {
    for (const more of [
      named("gone.a.test"),
      named("*.a.test"),
      named("gone.a.test", { type: "CNAME", records: ["b.test"] }),
    ]) {
      expect(answering(whole(more)).value).to.equal("8.8.4.1");
    }
  });

  it("H13, N5 fails behind a CNAME too, and a client that follows it gets no answer", () => {
    const led = pair({ records: ["8.8.4.1"] }, { fqdn: "alias.a.test" });
    const leading = named("alias.a.test", { type: "CNAME", records: ["gone.a.test"] });
    const answersOf = (isWhole: boolean, name: string): readonly unknown[] => {
      const model = new StackModel([
        ...led.map((one) => (one.name === "zone" && isWhole ? { ...one, isWhole } : one)),
        leading,
      ]);
      const { answers, unanswered } = model.under([]).resolve(name, "A");
      return [...answers.map(({ value }) => value), unanswered];
    };
    expect(answersOf(true, "www.a.test")).to.deep.equal(["203.0.113.99", 0]);
    expect(answersOf(true, "alias.a.test")).to.deep.equal([1]);
    expect(answersOf(false, "www.a.test")).to.deep.equal(["8.8.4.1", 0]);
    expect(answersOf(false, "alias.a.test")).to.deep.equal(["gone.a.test", 0]);
  });

  it("H20 stays unknown to a check from within a VPC, which may have a zone of its own", () => {
    const inside = whole().map((one) =>
      one.name === "check" ? { ...one, outputs: { ...one.outputs, endpointType: "PRIVATE" } } : one,
    );
    expect(unknownsIn(inside)).to.deep.equal(["check: it probes from within a VPC (H20)"]);
  });
});

describe("checks of one name that was not read", () => {
  const twoChecks = (more: Properties = {}): readonly Resource[] => [
    ...pair({ records: ["8.8.4.1"] }, { fqdn: "Status.partner.test." }).map((one) =>
      one.name === "www-secondary"
        ? { ...one, outputs: { ...one.outputs, healthCheckId: "other" } }
        : one,
    ),
    resource("aws:route53/healthCheck:HealthCheck", "other", {
      type: "TCP",
      port: 443,
      fqdn: "status.partner.test",
      ...more,
    }),
  ];

  it("H13 have one status, under the name's own name, so that none is left alone", () => {
    const model = new StackModel(twoChecks());
    const { unknown, cases } = answerCases(
      model,
      { name: "www.a.test", type: "A", faults: [] },
      new Map(),
    );
    expect(unknown).to.deep.equal([
      {
        name: "status.partner.test",
        why: "it is outside this stack, and watched by check, other",
        outside: "status.partner.test",
      },
    ]);
    expect(
      cases.map(({ when, resolution: { answers, lastResort } }) => [
        when[0]?.healthy,
        answers[0]?.value,
        lastResort,
      ]),
    ).to.deep.equal([
      [true, "8.8.4.1", false],
      [false, "8.8.4.1", true],
    ]);
  });

  it("H13 have one status in the diagram of every fault", () => {
    const model = new StackModel(twoChecks());
    const every = new EveryFault(model, []);
    every.answers("www.a.test", "A");
    expect(every.variables.length).to.equal(1);
  });

  it("H20 have one each if they probe from within a VPC", () => {
    expect(unknownsIn(twoChecks({ endpointType: "PRIVATE" }))).to.deep.equal([
      "check: it watches status.partner.test, which is outside this stack",
      "other: it probes from within a VPC (H20)",
    ]);
  });

  it("are healthy at rest, unless all of them are inverted", () => {
    const atRest = (one: boolean, other: boolean): boolean | undefined => {
      const resources = twoChecks({ invertHealthcheck: other }).map((each) =>
        each.name === "check"
          ? { ...each, outputs: { ...each.outputs, invertHealthcheck: one } }
          : each,
      );
      return normalHealth(new StackModel(resources).route53, new Map()).get("status.partner.test");
    };
    expect([atRest(false, false), atRest(true, false), atRest(true, true)]).to.deep.equal([
      true,
      true,
      false,
    ]);
  });
});
