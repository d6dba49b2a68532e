import { expect } from "chai";
import { defaultFaultRates } from "../../../rehearsal/proof/faultRates";
import { prove } from "../../../rehearsal/proof/prove";
import { withSimulation } from "../../../rehearsal/simulation/ofProof";
import type { Properties, Resource } from "../../../routing/graph/resource";
import { pair } from "../../routing/graph/stack";
import { changed, finalAnswers, plan, planUnder } from "./plans";
import { alarmPair, balancerPair, planned, webPair } from "./stacks";

const last = "203.0.113.99";

describe("the plan of a simulation", () => {
  it("A7 has the targets that change, and leaves the balancer once too few of them live", () => {
    const resources = balancerPair(3, 2);
    const one = planUnder(resources, "target-1");
    expect(one.plan.targets).to.have.length(1);
    expect(one.plan.targets[0]).to.include({
      intervalMs: 10_000,
      timeoutMs: 6_000,
      healthyThreshold: 3,
      unhealthyThreshold: 2,
    });
    expect(one.plan.signals.map(({ initial }) => initial)).to.deep.equal([true]);
    expect(finalAnswers(one)).not.to.include(last);
    const two = planUnder(resources, "target-1", "target-2");
    expect(two.plan.targets).to.have.length(2);
    expect(finalAnswers(two)).to.deep.equal([last]);
  });

  it("has no target whose figures are unknown, since nobody knows when it is noticed", () => {
    const healthCheck = { interval: 10, timeout: 6, healthyThreshold: 3, unhealthyThreshold: 2 };
    const targetsWith = (more: Properties): number =>
      planUnder(
        changed(balancerPair(1, 1), { group: { healthCheck: { ...healthCheck, ...more } } }),
        "target-0",
      ).plan.targets.length;
    expect(targetsWith({})).to.equal(1);
    for (const field of Object.keys(healthCheck)) {
      expect(targetsWith({ [field]: "computed" }), field).to.equal(0);
    }
  });

  it("knows a balancer as lost by its own targets, not by those of another", () => {
    const dnsName = "alb-2.us-west-2.elb.amazonaws.com";
    const first = balancerPair(1, 1);
    const second = balancerPair(1, 1).filter(({ type }) => /lb|ec2\/instance/.test(type));
    const renamed = second.map((one): Resource => {
      const text = JSON.stringify(one)
        .replaceAll("alb-1", "alb-2")
        .replaceAll("target-0", "other-0")
        .replaceAll("attachment-0", "attachment-1")
        .replaceAll(/arn:(alb|group|listener)/g, "arn:$12")
        .replaceAll(/::(alb|group|listener)"/g, '::$12"');
      return JSON.parse(text) as Resource;
    });
    const resources = changed([...first, ...renamed], {
      "www-secondary": {
        records: [],
        aliases: [{ name: dnsName, zoneId: "ZAWS", evaluateTargetHealth: true }],
      },
    });
    const { followers, targets } = planUnder(resources, "us-west-2").plan;
    expect(targets).to.have.length(2);
    expect(followers.map((one) => one.targets)).to.deep.equal([[0], [1]]);
  });

  it("never notices a balancer that is lost and was not read, by its own name", () => {
    const dnsName = "alb-9.us-west-2.elb.amazonaws.com";
    const resources = pair({
      records: [],
      aliases: [{ name: dnsName, zoneId: "ZAWS", evaluateTargetHealth: true }],
      healthCheckId: "",
    });
    const {
      asking,
      phaseStates,
      plan: one,
    } = planUnder([...resources, ...webPair().slice(-2)], "us-west-2");
    expect(one.signals).to.deep.equal([{ label: dnsName, initial: false }]);
    expect([one.targets, one.followers]).to.deep.equal([[], []]);
    const [before, after] = [0, 1].map((phase) =>
      asking.vectorUnder(phaseStates.seenByClients(phase)),
    );
    expect([before, after]).to.deep.equal([[false], [true]]);
  });

  it("K6 follows an alarm that is silent, and none whose periods are not known", () => {
    const silent = planUnder(alarmPair(1), "web");
    expect(silent.plan.alarms.map(({ data }) => data)).to.deep.equal([["good", "missing"]]);
    expect(finalAnswers(silent)).to.deep.equal([last]);
    const unread = alarmPair(1).filter(({ name }) => name !== "alarm");
    expect(planUnder(unread, "web").plan.alarms).to.deep.equal([]);
  });

  it("switches a check the moment its false report begins", () => {
    const down = planUnder(webPair(), "check:check");
    expect(down.plan.switches.map(({ values }) => values)).to.deep.equal([[false, true]]);
    expect(finalAnswers(down)).to.deep.equal([last]);
    const up = plan(webPair(), { fail: ["web"] }, { fail: ["web", "check:check=healthy"] });
    expect(up.plan.switches.map(({ values }) => values)).to.deep.equal([[false, true]]);
    expect(finalAnswers(up)).to.deep.equal(["198.51.100.1"]);
  });

  it("is none where more signals change than there is a table for", async () => {
    const resources = balancerPair(11, 1);
    expect(() => planned({ resources, to: ["us-west-2a"], death: "refused" })).to.throw(
      "too much changes at once",
    );
    const proof = prove({ stack: "s", resources, names: [], rates: defaultFaultRates });
    const { names } = await withSimulation(proof, { runs: 20, seed: 1 });
    const classes = names.flatMap(({ transitions }) => transitions.classes);
    const ofRegion = classes.filter(
      ({ bound, example }) =>
        bound.downtimeSeconds !== undefined &&
        [...example.from, ...example.to].some(({ name }) => name === "us-west-2"),
    );
    expect(ofRegion.map(({ bound }) => bound.downtimeSeconds)).to.have.members([96, 106]);
    expect(ofRegion.map(({ simulated: times }) => times)).to.deep.equal([undefined, undefined]);
  });

  it("is none of a change that is never over", async () => {
    const resources = webPair({ type: "TCP" });
    const proof = prove({ stack: "s", resources, names: [], rates: defaultFaultRates });
    const { names } = await withSimulation(proof, { runs: 20, seed: 1 });
    const classes = names.flatMap(({ transitions }) => transitions.classes);
    const endless = classes.filter(({ bound }) => bound.downtimeSeconds === undefined);
    expect(endless.map(({ example }) => example.death)).to.deep.equal(["connectsThenHangs"]);
    for (const { bound, simulated: times } of classes) {
      expect(times === undefined).to.equal(bound.downtimeSeconds === undefined);
    }
  });
});
