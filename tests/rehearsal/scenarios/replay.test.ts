import { expect } from "chai";
import { bundledScenario, bundledScenarios } from "../../../rehearsal/scenarios/bundled";
import { doubtsOf } from "../../../rehearsal/scenarios/doubts";
import { scenarioJsonSchema } from "../../../rehearsal/scenarios/format";
import type { Scenario } from "../../../rehearsal/scenarios/readScenario";
import { attachesGate, readScenario } from "../../../rehearsal/scenarios/readScenario";
import type { Replay } from "../../../rehearsal/scenarios/replay";
import { replay } from "../../../rehearsal/scenarios/replay";
import { withGateAttached } from "../../../rehearsal/simulation/modelGate";
import { StackModel } from "../../../routing/graph/stackModel";
import { expectDocument } from "../../expectDocument";
import { evaluated } from "../../program/evaluated";
import { isEveryCase } from "../../sampled";
import { webPair } from "../simulation/stacks";

const name = "orders.cafe.com";
const pairModel = new StackModel(webPair({ requestInterval: 10, failureThreshold: 2 }));

/** A scenario for a pair: a web server and a last tier. */
function read(text: string, set: readonly string[] = [], model = pairModel): Scenario {
  const hostname = model === pairModel ? "www.a.test" : name;
  return readScenario({ text, path: "test.yaml", model, hostname, type: "A", set });
}

function play(text: string, seed = 1): Replay {
  return replay(pairModel, { name: "www.a.test", type: "A" }, read(text), seed);
}

function faultsOf(text: string, set: readonly string[] = []): readonly string[] {
  try {
    read(text, set);
    return [];
  } catch (error) {
    return (error as Error).message.split("\n");
  }
}

const total = ({ seconds: { served, degraded, page, dead } }: Replay): number =>
  served + degraded + page + dead;
const ofKind = (played: Replay, kind: string): Replay["clients"][number] | undefined =>
  played.clients.find((one) => one.kind === kind);

/** The scenarios that the tests below describe. The others are only played, with `EVERY_CASE=1`. */
const described = [
  "database-failover",
  "partial-reachability",
  "region-and-static-tier",
  "us-east-1-2025-10-20",
  "zone",
];

describe("the scenarios of the package, in prod", () => {
  const played = new Map<string, Replay>();
  const of = (scenario: string): Replay => {
    const found = played.get(scenario);
    if (!found) throw new Error(`${scenario} was not played`);
    return found;
  };

  before(async () => {
    const created = new StackModel((await evaluated("prod")).resources);
    const attached = new StackModel(withGateAttached(created, "prod"));
    for (const scenario of isEveryCase ? bundledScenarios() : described) {
      const text = bundledScenario(scenario);
      const model = attachesGate(text, scenario) ? attached : created;
      const order = { text, path: scenario, model, hostname: name };
      const one = readScenario({ ...order, type: "A", set: [] });
      const found = replay(model, { name, type: "A" }, one, 1);
      played.set(scenario, found);
      expect(total(found), scenario).to.be.closeTo(one.durationSeconds, 0.5);
      expect(found.deadAtEnd, scenario).to.equal(0);
    }
  });

  it("are complete", () => {
    expect(bundledScenarios()).to.deep.equal([
      "database-failover",
      "failback",
      "flapping",
      "gate-controller",
      "gate-first-deployment",
      "gate-flapping",
      "gate-no-alarms",
      "gate-standby-lost",
      "guide",
      "me-central-1-2026-03-01",
      "partial-reachability",
      "region",
      "region-and-static-tier",
      "us-east-1-2025-10-20",
      "zone",
    ]);
  });

  it("strand clients that obey the TTL for less than the bound, and others for longer", () => {
    const dead = (kind: string): number => ofKind(of("zone"), kind)?.dead ?? NaN;
    expect(dead("obeys")).to.be.within(15, 56);
    expect(dead("browser")).to.be.greaterThan(dead("obeys"));
    expect(dead("clamps")).to.be.greaterThan(dead("browser"));
    // 90 % of the clients that resolve once stay on the zone for the 30 minutes of its loss.
    expect(dead("keepsForever")).to.be.within(1_500, 1_740);
  });

  it("leave a region for the other, and the other for the static page", () => {
    const texts = of("region-and-static-tier").timeline.map(({ text }) => text);
    const at = (text: string): number => texts.indexOf(text);
    expect(at("eu-west-1a answers")).to.be.within(0, at("static page answers"));
    expect(of("region-and-static-tier").orders.atRisk).to.be.greaterThan(0);
    expect(of("region-and-static-tier").seconds.page).to.be.greaterThan(1_000);
  });

  it("do not leave a region for a database that fails over", () => {
    expect(of("database-failover").timeline).to.have.length(3);
    expect(of("database-failover").seconds.dead).to.equal(0);
    expect(of("database-failover").seconds.degraded).to.be.within(70, 95);
  });

  it("do nothing until a seventh region of checkers loses the zone", () => {
    const moves = of("partial-reachability").timeline.filter(({ text }) => / answers?$/.test(text));
    const [, first] = moves;
    expect(first?.atSeconds).to.be.within(660, 720);
    expect(of("partial-reachability").seconds.dead).to.equal(0);
  });

  it("degrade customers where capacity is lost", () => {
    expect(of("us-east-1-2025-10-20").seconds.degraded).to.be.greaterThan(1_000);
  });
});

describe("a scenario", () => {
  const pairDies = `
name: a server dies
durationSeconds: 600
parameters: { backAt: { value: 400, low: 300, high: 500, about: when it is back } }
events:
  - { atSeconds: 60, fail: web, death: refused }
  - { atSeconds: $backAt, return: web }
`;

  it("gives equal results for equal seeds, and different ones for different seeds", () => {
    expect(play(pairDies)).to.deep.equal(play(pairDies));
    expect(play(pairDies, 2)).not.to.deep.equal(play(pairDies));
  });

  it("counts customers by the service they find", () => {
    const { seconds, places, orders } = play(pairDies);
    expect(seconds.dead).to.be.greaterThan(0);
    expect(places.map(({ place }) => place).sort()).to.deep.equal(["203.0.113.99", "us-west-2a"]);
    expect(orders.placed + orders.missed).to.equal(100);
    // While the server serves, no other region can receive copies of its orders.
    expect(orders.atRisk).to.be.within(1, orders.placed - 1);
  });

  it("is played with each doubtful parameter at both ends of its range", () => {
    const doubts = doubtsOf(read(pairDies), (set) =>
      replay(pairModel, { name: "www.a.test", type: "A" }, read(pairDies, [set]), 1),
    );
    expect(
      doubts.map(({ parameter, about, outcomes }) => [
        parameter,
        about,
        outcomes.map(({ value }) => value),
      ]),
    ).to.deep.equal([["backAt", "when it is back", [300, 500]]]);
    const [short = 0, long = 0] = (doubts[0]?.outcomes ?? []).map(
      (one) => ofKind(one.replay, "keepsForever")?.dead,
    );
    expect(long - short).to.be.closeTo(200, 1);
  });

  it("H15 returns clients to a dead answer while a replaced check has no data", () => {
    const { timeline } = play(`
name: a check is replaced
durationSeconds: 600
events:
  - { atSeconds: 60, fail: web, death: refused }
  - { atSeconds: 300, renew: "check:check" }
`);
    const answers = timeline.filter(({ text }) => text.endsWith("answers"));
    expect(answers.map(({ text }) => text)).to.deep.equal([
      "us-west-2a answers",
      "203.0.113.99 answers",
      "us-west-2a answers",
      "203.0.113.99 answers",
    ]);
    expect(answers[2]?.atSeconds).to.be.within(300, 311);
  });

  it("leaves a live answer if its check lies, and stays on a dead one whose check is healthy", () => {
    const answersOf = (fail: string): readonly string[] =>
      play(`
name: lies
durationSeconds: 300
events:
  - { atSeconds: 60, fail: ["${fail}"] }
  - { atSeconds: 100, fail: web }
  - { atSeconds: 200, return: ["${fail}"] }
`)
        .timeline.map(({ text }) => text)
        .filter((text) => text.endsWith("answers"));
    expect(answersOf("check:check")).to.deep.equal(["us-west-2a answers", "203.0.113.99 answers"]);
    // Clients leave it only once the check stops lying.
    expect(answersOf("check:check=healthy")).to.deep.equal([
      "us-west-2a answers",
      "203.0.113.99 answers",
    ]);
  });

  it("overloads a place that can carry half of its load", () => {
    const { seconds, deadAtEnd } = play(`
name: half
durationSeconds: 100
events:
  - { atSeconds: 0, capacity: { place: us-west-2a, share: 0.5 } }
`);
    expect(seconds).to.deep.equal({ served: 50, degraded: 50, page: 0, dead: 0 });
    expect(deadAtEnd).to.equal(0);
  });

  it("reports customers on a dead answer at the end, and counts slow service", () => {
    const last = `
name: all is lost
durationSeconds: 300
clients: { obeys: 1 }
events:
  - { atSeconds: 60, fail: web, death: { firstByteSeconds: 1.9 } }
  - { atSeconds: 100, flap: web, downSeconds: 1, upSeconds: 1, untilSeconds: 104 }
`;
    const slow = play(last);
    expect(slow.seconds.degraded).to.be.within(35, 45);
    expect(slow.clients.map(({ kind }) => kind)).to.deep.equal(["obeys"]);
    const dead = play(`
name: dies late
durationSeconds: 65
events:
  - { atSeconds: 60, fail: web }
`);
    expect(dead.deadAtEnd).to.equal(1);
  });

  it("is refused with all its errors together, one line each", () => {
    expect(
      faultsOf(
        `
name: wrong
durationSeconds: 100
clients: { obeys: 0.5 }
events:
  - { atSeconds: 60, fail: nobody }
  - { atSeconds: 30, fail: web }
  - { atSeconds: 40, return: "@zone" }
  - { atSeconds: 200, fail: "@standby" }
  - { atSeconds: 210, flap: web, downSeconds: 0, upSeconds: 0, untilSeconds: 300 }
`,
        ["pace=3"],
      ).map((line) => line.slice(0, 96)),
    ).to.deep.equal([
      "--set pace=3: test.yaml has no such parameter; it has (none)",
      "test.yaml: events[0].fail: nobody: no such fault in the stack; it has the regions us-west-2, the",
      "test.yaml: events[1].atSeconds: time does not run backwards, got 30 after 60; put the events in ",
      "test.yaml: events[2].atSeconds: time does not run backwards, got 40 after 60; put the events in ",
      "test.yaml: events[2].return: it has not failed before, got @zone; return what failed",
      "test.yaml: events[3].atSeconds: must be within durationSeconds, 100, got 200; change one of them",
      "test.yaml: events[3].fail: www.a.test must have a known region that takes over, got none for @st",
      "test.yaml: events[4].atSeconds: must be within durationSeconds, 100, got 210; change one of them",
      "test.yaml: events[4]: downSeconds and upSeconds must add up to more than 0, got 0 and 0; change ",
      "test.yaml: clients: the shares must add up to 1, got 0.5; change them",
    ]);
  });

  it("is refused if it is not a scenario, with the place and the value", () => {
    const see = "; see docs/scenario.schema.json";
    expect(faultsOf("name: [")).to.have.length(1);
    expect(faultsOf("- 1")[0]).to.match(/^test\.yaml: must be a map, got \[1\]/);
    expect(faultsOf("name: x\ndurationSeconds: long\nevents: []")).to.deep.equal([
      `test.yaml: durationSeconds: must be a number, got "long"${see}`,
      `test.yaml: events: Too small: expected array to have >=1 items, got []${see}`,
    ]);
    const events = (text: string): readonly string[] =>
      faultsOf(`name: x\ndurationSeconds: 9\nevents:\n${text}`);
    expect(
      events(`  - { atSeconds: 1, fail: web, death: loudly }
  - { atSeconds: 2, explode: web }
  - { atSeconds: $when, fail: web }
  - { atSeconds: 3, return: web }
`),
    ).to.deep.equal([
      `test.yaml: events[0].death: must be refused, synDropped, connectsThenHangs, hangsInBody, drains, errors, seconds of each step, or a $parameter, got "loudly"${see}`,
      `test.yaml: events[1]: must have atSeconds and one of fail, return, flap, capacity, renew, controller, alerts, hold, release, note, got {"atSeconds":2,"explode":"web"}${see}`,
      "test.yaml: events[2].atSeconds: no such parameter, got $when; the scenario has (none)",
    ]);
  });

  it("accepts parameters, each of its own type", () => {
    expect(read(pairDies, ["backAt=450"]).parameters["backAt"]?.value).to.equal(450);
    expect(faultsOf(pairDies, ["backAt=late"])).to.deep.equal([
      "--set backAt=late: must be a number, got late; for example backAt=400",
    ]);
    for (const empty of ["backAt", "backAt="]) {
      expect(faultsOf(pairDies, [empty])).to.deep.equal([
        `--set ${empty}: must have a value, got none; for example backAt=400`,
      ]);
    }
    const named = `
name: x
durationSeconds: 9
parameters: { what: { value: nobody } }
events: [{ atSeconds: 1, fail: [$what] }]
`;
    expect(faultsOf(named, ["what=web"])).to.deep.equal([]);
  });

  it("is refused if it flaps only before it begins, or a parameter ends below its beginning", () => {
    expect(
      faultsOf(`
name: x
durationSeconds: 99
events: [{ atSeconds: 50, flap: web, downSeconds: 1, upSeconds: 1, untilSeconds: 50 }]
`),
    ).to.deep.equal([
      "test.yaml: events[0].untilSeconds: must be after atSeconds, 50, got 50; change one of them",
    ]);
    expect(faultsOf(pairDies.replace("low: 300", "low: 900"))).to.deep.equal([
      'test.yaml: parameters.backAt: low must not be more than high, got {"value":400,"low":900,"high":500,"about":"when it is back"}; see docs/scenario.schema.json',
    ]);
  });

  it("is refused if a place carries more than all, or something slow takes no time or days", () => {
    const see = "; see docs/scenario.schema.json";
    const must =
      "must be refused, synDropped, connectsThenHangs, hangsInBody, drains, errors, seconds of each step, or a $parameter";
    expect(
      faultsOf(`
name: x
durationSeconds: 99
events:
  - { atSeconds: 1, capacity: { place: us-west-2a, share: 7 } }
  - { atSeconds: 2, fail: web, death: {} }
  - { atSeconds: 3, fail: web, death: { connectSeconds: 1.0e+9 } }
  - { atSeconds: 4, fail: web, death: { connectSeconds: .nan } }
`),
    ).to.deep.equal([
      `test.yaml: events[0].capacity.share: must be a share of the full load from 0 to 1, or a $parameter, got 7${see}`,
      `test.yaml: events[1].death: must have connectSeconds, firstByteSeconds or bodySeconds, got {}${see}`,
      `test.yaml: events[2].death.connectSeconds: must be seconds from 0 to 86400, got 1000000000${see}`,
      `test.yaml: events[3].death: ${must}, got {"connectSeconds":"NaN"}${see}`,
    ]);
  });

  it("counts what takes longer than clients wait as dead, and says that it is slow", () => {
    const slow = (seconds: number): Replay =>
      play(`
name: x
durationSeconds: 100
clients: { obeys: 1 }
events: [{ atSeconds: 0, fail: web, death: { firstByteSeconds: ${seconds}, bodySeconds: 0 } }]
`);
    // With 10 s, the probes fail as well, and clients leave for the last tier.
    expect(slow(10).seconds).to.deep.include({ dead: 0 });
    expect(slow(10).seconds.degraded).to.be.greaterThan(0);
    expect(slow(31).seconds).to.deep.include({ degraded: 0 });
    expect(slow(31).seconds.dead).to.be.greaterThan(0);
    expect(slow(10).timeline[0]?.text).to.equal(
      "slow answers of web (10 s to the first byte, 0 s for the body)",
    );
  });

  it("has a published schema; UPDATE_DOCS=1 regenerates it", async () => {
    await expectDocument("scenario.schema.json", JSON.stringify(scenarioJsonSchema()));
  });
});
