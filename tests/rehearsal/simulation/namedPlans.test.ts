import { expect } from "chai";
import { nameQuestions } from "../../../rehearsal/simulation/asking";
import type { Planned } from "../../../rehearsal/simulation/planOf";
import { StackModel } from "../../../routing/graph/stackModel";
import { record, resource } from "../../routing/graph/stack";
import { changed, finalAnswers, plan, planUnder } from "./plans";
import { balancerPair, namedRegion, planned, simulated } from "./stacks";

const last = "203.0.113.99";

describe("H13 the plan of a check by name", () => {
  const labels = ({ plan: { signals, checks } }: Planned): readonly string[] =>
    checks.map(({ signal }) => signals[signal]?.label ?? "");

  it("is there where its name's answers may change, and not where nothing does", () => {
    expect(labels(planUnder(namedRegion(), "web-0"))).to.deep.equal(["check-0", "deep"]);
    expect(labels(planUnder(namedRegion()))).to.deep.equal([]);
  });

  it("is there where the check itself is new", () => {
    const one = plan(namedRegion(), {}, { renew: ["deep"] });
    expect(labels(one)).to.deep.equal(["deep"]);
    expect(one.plan.checks[0]?.newAt).to.deep.equal([1]);
  });

  it("is there for a name of one record without a check, which is found dead", () => {
    const simple = { failoverRoutingPolicies: [], setIdentifier: "", healthCheckId: "" };
    const resources = changed(
      namedRegion().filter(({ name }) => name !== "west-1"),
      { "west-0": simple },
    );
    const one = planUnder(resources, "web-0");
    expect(labels(one)).to.deep.equal(["deep"]);
    expect(finalAnswers(one)).to.deep.equal([last]);
  });

  it("is there for the children of a calculated check", () => {
    const resources = [
      ...changed(namedRegion(), { "west-0": { healthCheckId: "all" } }),
      resource("aws:route53/healthCheck:HealthCheck", "all", {
        type: "CALCULATED",
        childHealthchecks: ["check-0"],
        childHealthThreshold: 1,
      }),
    ];
    expect(labels(planUnder(resources, "check:check-0"))).to.deep.equal(["deep"]);
    expect(labels(planUnder(resources, "web-0"))).to.deep.equal(["check-0", "deep"]);
  });

  it("is there for the targets of a balancer behind the name", () => {
    const [balancer] = balancerPair(1, 1).filter(({ name }) => name === "www-primary");
    const resources = [
      ...namedRegion().filter(({ name }) => !/^west-[01]$/.test(name)),
      ...balancerPair(2, 2).filter(({ type }) => !type.startsWith("aws:route53")),
      record("west", { ...balancer?.outputs, name: "west.a.test", failoverRoutingPolicies: [] }),
    ];
    // With one of two the balancer is too small, but answers whoever asks it.
    expect(labels(planUnder(resources, "target-0"))).to.deep.equal(["deep"]);
    const lost = planUnder(resources, "target-0", "target-1");
    expect(finalAnswers(lost)).to.deep.equal([last]);
  });

  it("asks from a region whose place is not known by the region alone", () => {
    const model = new StackModel(
      changed(namedRegion(), {
        "west-0": {
          failoverRoutingPolicies: [],
          latencyRoutingPolicies: [{ region: "us-west-2" }],
        },
        "west-1": {
          failoverRoutingPolicies: [],
          latencyRoutingPolicies: [{ region: "eu-west-1" }],
        },
      }),
    );
    const root = model.route53.rootOf("west.a.test", "A");
    const askers = nameQuestions(model, root, ["eu-west-1", "zz-north-1"]).map(
      ({ asker }) => asker,
    );
    expect(askers).to.deep.equal([
      { region: "eu-west-1", vpc: null, location: { continent: "EU", country: "IE" } },
      { region: "zz-north-1", vpc: null },
    ]);
  });

  it("lets probes fail at once where the name has no answer for a checker's place", async () => {
    // Three of the eight regions with checkers are in North America: 6 of 16 checkers get an address.
    const resources = changed(
      namedRegion().filter(({ name }) => name !== "west-1"),
      {
        "west-0": {
          failoverRoutingPolicies: [],
          geolocationRoutingPolicies: [{ continent: "NA" }],
          healthCheckId: "",
        },
      },
    );
    const change = { resources, to: ["web-0"], death: "hangsInBody" } as const;
    const { plan: one, boundSeconds = NaN } = planned(change);
    expect(one.plan.signals).to.deep.equal([{ label: "deep", initial: true }]);
    expect((await simulated(change, 500)).worst).to.be.within(boundSeconds * 0.9, boundSeconds);
  });
});
