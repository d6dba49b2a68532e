import { expect } from "chai";
import { doubtsOf } from "../../../rehearsal/scenarios/doubts";
import type { Scenario } from "../../../rehearsal/scenarios/readScenario";
import { readScenario } from "../../../rehearsal/scenarios/readScenario";
import type { Replay } from "../../../rehearsal/scenarios/replay";
import { replay } from "../../../rehearsal/scenarios/replay";
import { roleFaultsOf } from "../../../rehearsal/scenarios/roles";
import type { Properties, Resource } from "../../../routing/graph/resource";
import { StackModel } from "../../../routing/graph/stackModel";
import { pair, record, resource, zone } from "../../routing/graph/stack";
import { alarmPair, balancerPair, webPair } from "../simulation/stacks";

const name = "www.a.test";

function read(text: string, resources = webPair(), set: readonly string[] = []): Scenario {
  const model = new StackModel(resources);
  return readScenario({ text, path: "test.yaml", model, hostname: name, type: "A", set });
}

function play(events: string, resources = webPair(), durationSeconds = 100): Replay {
  const text = `name: x\ndurationSeconds: ${durationSeconds}\nclients: { obeys: 1 }\nevents:\n${events}`;
  return replay(new StackModel(resources), { name, type: "A" }, read(text, resources), 1);
}

function faultsOf(text: string): readonly string[] {
  try {
    read(text);
    return [];
  } catch (error) {
    return (error as Error).message.split("\n");
  }
}

const placesOf = ({ places }: Replay): readonly string[] => places.map(({ place }) => place);
const answersOf = ({ timeline }: Replay): readonly string[] =>
  timeline.map(({ text }) => text).filter((text) => text.endsWith("answers"));

describe("the roles of a scenario", () => {
  const namesOf = (resources: readonly Resource[]): Readonly<Record<string, unknown>> =>
    Object.fromEntries(
      Object.entries(roleFaultsOf(new StackModel(resources), name, "A"))
        .filter(([, faults]) => faults.length > 0)
        .map(([role, faults]) => [role, faults.map((fault) => fault.name)]),
    );

  it("are played by the zone and the region of who serves", () => {
    expect(namesOf(webPair())).to.deep.equal({ "@zone": ["us-west-2a"], "@region": ["us-west-2"] });
    expect(namesOf(alarmPair(1))).to.deep.equal({
      ...{ "@zone": ["us-west-2a"], "@region": ["us-west-2"] },
      "@alarms": ["alarm"],
    });
  });

  it("are played by nobody where who serves is outside the stack", () => {
    expect(namesOf(pair({ records: ["192.0.2.1"] }, { ipAddress: "192.0.2.1" }))).to.deep.equal({});
  });

  it("are played by the other zone, and by the region that takes over", () => {
    const second = (region: string, availabilityZone: string): readonly Resource[] => [
      ...webPair().map((one): Resource => {
        if (one.name !== "www-secondary") return one;
        return { ...one, outputs: { ...one.outputs, records: ["198.51.100.2"] } };
      }),
      resource("aws:ec2/subnet:Subnet", "subnet-2", { availabilityZone }, { region }),
      resource("aws:ec2/instance:Instance", "web-2", { subnetId: "subnet-2" }, { region }),
      resource(
        "aws:ec2/eip:Eip",
        "ip-2",
        { publicIp: "198.51.100.2", instance: "web-2" },
        { region },
      ),
    ];
    expect(namesOf(second("us-west-2", "us-west-2b"))).to.deep.include({
      "@otherZone": ["us-west-2b"],
    });
    const other = namesOf(second("eu-west-1", "eu-west-1a"));
    expect(other).to.deep.include({ "@standby": ["eu-west-1"] });
    expect(other).not.to.have.property("@otherZone");
  });
});

describe("the stage of a scenario", () => {
  const event = "  - { atSeconds: 50, note: nothing }\n";

  it("calls a server by its zone, one in several zones by its region, any other by its value", () => {
    expect(placesOf(play(event))).to.deep.equal(["us-west-2a"]);
    const balancer = balancerPair(2, 1).map((one): Resource => {
      const subnetIds: Properties = one.name === "alb" ? { subnets: ["subnet-a", "subnet-b"] } : {};
      return {
        ...one,
        inputs: { ...one.inputs, ...subnetIds },
        outputs: { ...one.outputs, ...subnetIds },
      };
    });
    expect(placesOf(play(event, balancer))).to.deep.equal(["us-west-2"]);
    const outside = pair({ records: ["192.0.2.1"] }, { ipAddress: "192.0.2.1" });
    expect(placesOf(play(event, outside))).to.deep.equal(["192.0.2.1"]);
  });

  it("C19 counts who gets no answer, as from outside Europe, as on a dead one", () => {
    const eu = { setIdentifier: "eu", geolocationRoutingPolicies: [{ continent: "EU" }] };
    const played = play(event, [zone, record("www", { records: ["192.0.2.1"], ...eu })]);
    expect(answersOf(played)).to.deep.equal(["192.0.2.1 answers"]);
    // Half of the clients are in each of the two places.
    expect(played.seconds).to.deep.equal({ served: 50, degraded: 0, page: 0, dead: 50 });
    expect(played.deadAtEnd).to.equal(0.5);
  });
});

describe("a scenario's text", () => {
  const see = "; see docs/scenario.schema.json";

  it("is refused with what is missing, or unknown, in the file", () => {
    expect(faultsOf("name: x\nevents: [{ atSeconds: 1, note: y }]")).to.deep.equal([
      `test.yaml: durationSeconds: must be a number, got nothing${see}`,
    ]);
    const [line = ""] = faultsOf(
      "name: x\npace: 3\ndurationSeconds: 9\nevents: [{ atSeconds: 1, note: y }]",
    );
    expect(line).to.match(/^test\.yaml: the file: Unrecognized key: "pace", got \{"name":"x"/);
  });

  it("is refused with a number that is none, said once", () => {
    expect(
      faultsOf("name: x\ndurationSeconds: .nan\nevents: [{ atSeconds: 1, note: y }]"),
    ).to.deep.equal([`test.yaml: durationSeconds: must be a number, got NaN${see}`]);
  });

  it("is refused with what is wrong of an event", () => {
    const events = (text: string): readonly string[] =>
      faultsOf(`name: x\ndurationSeconds: 9\nevents:\n${text}`);
    expect(events("  - null\n")).to.deep.equal([
      `test.yaml: events[0]: must have atSeconds and one of fail, return, flap, capacity, renew, controller, alerts, hold, release, note, got null${see}`,
    ]);
    const [line = ""] = events("  - { atSeconds: 1, note: y, loudly: true }\n");
    expect(line).to.equal(
      `test.yaml: events[0]: Unrecognized key: "loudly", got {"atSeconds":1,"note":"y","loudly":true}${see}`,
    );
    expect(events("  - { atSeconds: 1, renew: us-west-2a }\n")).to.deep.equal([
      "test.yaml: events[0].renew: it is no check, got us-west-2a; name one, as check:<its name>",
    ]);
    expect(events("  - { atSeconds: 1, renew: ['check:check', web] }\n")).to.deep.equal([
      "test.yaml: events[0].renew: it is no check, got web; name one, as check:<its name>",
    ]);
  });

  it("tells a role by who plays it, and by itself where nobody does", () => {
    const told = (fail: string): readonly string[] =>
      read(
        `name: x\ndurationSeconds: 9\nevents: [{ atSeconds: 1, fail: "${fail}" }]`,
      ).played.told.map(({ text }) => text);
    expect(told("@zone")).to.deep.equal(["failure of us-west-2a (does not answer)"]);
    expect(() => told("@database")).to.throw(
      "test.yaml: events[0].fail: www.a.test must have a database, got none for @database; in a scenario of your own, or by `drill --fail`, name what it has, such as web",
    );
  });
});

describe("the notes of a scenario", () => {
  it("are its events that change no fault, whatever they say", () => {
    const { told, notes } = read(`
name: x
durationSeconds: 99
events:
  - { atSeconds: 1, fail: web }
  - { atSeconds: 2, note: "return of the boss" }
  - { atSeconds: 3, return: web }
  - { atSeconds: 4, flap: web, downSeconds: 1, upSeconds: 1, untilSeconds: 9 }
  - { atSeconds: 10, capacity: { place: us-west-2a, share: 0.5 } }
`).played;
    expect(told.map(({ text }) => text)).to.deep.equal([
      "failure of web (does not answer)",
      "return of the boss",
      "return of web",
      "flapping of web",
      "us-west-2a carries 50 % of the load",
    ]);
    expect(notes).to.deep.equal([
      { atSeconds: 2, text: "return of the boss" },
      { atSeconds: 10, text: "us-west-2a carries 50 % of the load" },
    ]);
  });
});

describe("the doubts of a scenario", () => {
  it("are parameters with an end that is another value", () => {
    const scenario = read(`
name: x
durationSeconds: 9
parameters: { a: { value: 1 }, b: { value: 2, low: 2 }, c: { value: 3, low: 1, high: 3 } }
events: [{ atSeconds: $a, note: y }]
`);
    const played: string[] = [];
    const doubts = doubtsOf(scenario, (set) => {
      played.push(set);
      return {} as Replay;
    });
    expect(played).to.deep.equal(["c=1"]);
    expect(doubts).to.deep.equal([
      { parameter: "c", about: "", outcomes: [{ value: 1, replay: {} }] },
    ]);
  });
});
