import { expect } from "chai";
import { rehearseSource } from "../../rehearsal/rehearseSource";
import type { StackRehearsal } from "../../rehearsal/result";
import { verdictOf } from "../../rehearsal/story/wording";
import { asText } from "../../rehearsal/report/asText";
import { rehearsalReport } from "../../rehearsal/story/report";
import { readSources } from "../../sources/readSources";
import { detailed } from "./report/plain";
import { pair as stackPair, resource } from "../routing/graph/stack";
import { filesOf, reading } from "../sources/read";

const front = "_octodns-front-pool.www.example.org";

async function sourceOf(name: string): Promise<Parameters<typeof rehearseSource>[0]> {
  return { title: name, ...(await readSources(filesOf(name))) };
}

const record = (Name: string, SetIdentifier: string, more: object): object => ({
  Name,
  Type: "A",
  SetIdentifier,
  TTL: 60,
  ResourceRecords: [{ Value: "192.0.2.1" }],
  ...more,
});
const checks = {
  HealthChecks: [
    {
      Id: "c1",
      HealthCheckConfig: {
        Type: "HTTP",
        IPAddress: "192.0.2.1",
        Port: 80,
        RequestInterval: 30,
        FailureThreshold: 3,
      },
    },
  ],
};
const pair = (name: string): readonly object[] => [
  record(name, "p", { Failover: "PRIMARY", HealthCheckId: "c1" }),
  record(name, "s", { Failover: "SECONDARY" }),
];
const listed = (...sets: readonly object[]): object => ({ ...checks, ResourceRecordSets: sets });

describe("the story of somebody else's zone", () => {
  it("is told by its places where they are known", async () => {
    const { stacks } = rehearseSource(await sourceOf("aws"), front);
    expect(
      stacks[0]?.story.map(({ step, faults, answers }) => [step, faults, answers[0]?.value]),
    ).to.deep.equal([
      ["no fault", [], "198.51.100.1"],
      ["us-west-2a fails", ["us-west-2a"], "198.51.100.2"],
      ["us-west-2 fails", ["us-west-2a", "us-west-2"], "203.0.113.1"],
      ["all recover", [], "198.51.100.1"],
    ]);
  });

  it("is told by its checks where nobody knows its places, with the worst case of each", async () => {
    const { stacks } = rehearseSource(await sourceOf("example.org.yaml"), front);
    const story = stacks[0]?.story ?? [];
    expect(
      story.map(({ step, answers }) => [step, answers.map(({ value }) => value)]),
    ).to.deep.equal([
      ["no fault", ["198.51.100.1", "198.51.100.2"]],
      ["198.51.100.1 fails", ["198.51.100.2"]],
      ["198.51.100.2 fails", ["198.51.100.3"]],
      ["198.51.100.3 fails", ["203.0.113.1"]],
      ["all recover", ["198.51.100.1", "198.51.100.2"]],
    ]);
    // 3 × (10 s + P), P as each death has it, then δ = 10 s and the TTL of 60 s.
    expect(
      story[1]?.bounds?.map(({ death, downtime }) => [death, downtime]),
    ).to.deep.include.members([
      ["refused", 100],
      ["hangsInBody", null],
    ]);
  });

  it("is told of the first three names, says how many there are, and takes one that is named", async () => {
    const names = ["a", "b", "c", "d", "e"].map((letter) => `${letter}.example.org`);
    const source = {
      title: "zone.json",
      ...(await reading(listed(...names.flatMap((name) => pair(`${name}.`))))),
    };
    const { stacks } = rehearseSource(source);
    expect(stacks.map(({ hostname }) => hostname)).to.deep.equal(names.slice(0, 3));
    expect(stacks[0]?.notes.at(-1)).to.equal(
      "2 more names have trees of their own: select one with --name.",
    );
    expect(stacks[0]?.notPlayed).to.deep.equal(["d.example.org", "e.example.org"]);
    const known = stacks.map((one) => ({ ...one, story: [], objectives: [] }));
    const { proof: _, ...alive } = known[0] ?? { proof: undefined };
    expect(verdictOf({ stacks: [alive as StackRehearsal] })).to.deep.include({
      isGood: false,
      isUnknown: true,
      reasons: [
        "d.example.org, e.example.org: not played; --name plays one, and `failover prove` has all",
      ],
    });
    const [named] = rehearseSource(source, "e.example.org").stacks;
    expect(named?.hostname).to.equal("e.example.org");
    expect(() => rehearseSource(source, "x.example.org")).to.throw(
      "--name x.example.org: no A, AAAA or CNAME record of zone.json has this name; name one that has",
    );
  });

  it("leaves out a name that cannot be asked, with the reason, and tells the others", async () => {
    const broken = record("b.example.org.", "x", { Failover: "PRIMARY" });
    const source = {
      title: "zone.json",
      ...(await reading(
        listed(...pair("a.example.org."), broken, record("b.example.org.", "y", { Weight: 1 })),
      )),
    };
    const { stacks } = rehearseSource(source);
    expect(stacks.map(({ hostname }) => hostname)).to.deep.equal(["a.example.org"]);
    expect(stacks[0]?.notes.at(-1)).to.match(/^Not rehearsed: b\.example\.org A/);
    expect(() => rehearseSource(source, "b.example.org")).to.throw(/^b\.example\.org A/);
  });

  it("is held to the objectives that the stack publishes", () => {
    const stack = resource("pulumi:pulumi:Stack", "stack", {
      hostname: "www.a.test",
      objectives: { zoneOrRegionDowntimeSeconds: 150 },
    });
    const server = resource("aws:ec2/instance:Instance", "web", { subnetId: "subnet-a" });
    const address = resource("aws:ec2/eip:Eip", "ip", {
      publicIp: "198.51.100.1",
      instance: "web",
    });
    const check = { type: "HTTP_STR_MATCH", searchString: "ok", ipAddress: "198.51.100.1" };
    const records = stackPair({ records: ["198.51.100.1"] }, check);
    const source = { title: "stack", resources: [stack, ...records, server, address], notes: [] };
    // 3 × (30 s + 8 s) for a text that hangs (H8), then δ = 10 s and the TTL of 60 s.
    expect(rehearseSource(source).stacks.map(({ objectives }) => objectives)).to.deep.equal([
      [{ name: "zoneOrRegion.downtime", target: 150, worst: 184, met: false }],
    ]);
  });

  it("says that there is nothing to play where no answer changes", async () => {
    const read = await reading({
      ResourceRecordSets: [
        { Name: "a.example.org.", Type: "A", TTL: 60, ResourceRecords: [{ Value: "192.0.2.1" }] },
      ],
    });
    expect(() => rehearseSource({ title: "zone.json", ...read })).to.throw(
      "zone.json: no name in it has an answer that changes with health or by weight; query any name with `failover resolve NAME`",
    );
  });

  const toEurope = {
    HostedZoneId: "Z1",
    DNSName: "eu.example.org.",
    EvaluateTargetHealth: true,
  };
  const located = (at: string, CountryCode: string, target: object): object => ({
    Name: "www.example.org",
    Type: "A",
    SetIdentifier: at,
    GeoLocation: { CountryCode },
    ...target,
  });
  const byPlace = listed(
    located("us", "US", { TTL: 60, ResourceRecords: [{ Value: "192.0.2.1" }] }),
    located("de", "DE", { AliasTarget: toEurope }),
    located("at", "AT", { AliasTarget: toEurope }),
    { Name: "eu.example.org", Type: "A", TTL: 60, ResourceRecords: [{ Value: "192.0.2.2" }] },
  );

  it("is told from each place that has another one, with the tree of all", async () => {
    const source = { title: "zone.json", ...(await reading(byPlace)) };
    const { stacks } = rehearseSource(source);
    expect(
      stacks.map(({ from, story }) => [from, story[0]?.answers.map(({ value }) => value)]),
    ).to.deep.equal([
      [["US"], ["192.0.2.1"]],
      [["DE", "AT"], ["192.0.2.2"]],
      [["anywhere else"], []],
    ]);
    expect(stacks[1]?.notes).to.include("The reasons for each answer are those from DE.");
    expect(new Set(stacks.map(({ tree }) => tree)).size).to.equal(1);
    const text = asText(rehearsalReport({ stacks }), detailed);
    // As the line of its section, and of the first screen.
    for (const place of ["US", "DE; AT", "anywhere else"]) {
      expect(text).to.include(`── www.example.org from ${place} · zone.json `);
      expect(text).to.include(`\n  www.example.org from ${place} `);
    }
    expect(text.match(/from US +192\.0\.2\.1, TTL 60 s/g)).to.have.length(1);
    expect(text).to.include('  no answer after "no fault", asked from anywhere else\n');
  });

  it("is told from the one place that is asked from", async () => {
    const source = { title: "zone.json", ...(await reading(byPlace)) };
    const asker = { location: { continent: "EU", country: "DE" } };
    const { stacks } = rehearseSource(source, undefined, asker);
    expect(stacks.map(({ from }) => from)).to.deep.equal([["DE"]]);
  });

  it("begins with a region where nothing is in one zone, and says what it takes to be healthy", async () => {
    const balancer = (SetIdentifier: string, Failover: string, region: string): object => ({
      Name: "app.example.org",
      Type: "A",
      SetIdentifier,
      Failover,
      AliasTarget: {
        HostedZoneId: "ZAWS",
        DNSName: `web-1.${region}.elb.amazonaws.com`,
        EvaluateTargetHealth: true,
      },
    });
    const zone = listed(
      balancer("p", "PRIMARY", "eu-west-1"),
      balancer("s", "SECONDARY", "us-east-1"),
    );
    const [stack] = rehearseSource({ title: "zone.json", ...(await reading(zone)) }).stacks;
    expect(stack?.story.map(({ step }) => step)).to.deep.equal([
      "no fault",
      "eu-west-1 fails",
      "us-east-1 fails too",
      "all recover",
    ]);
    expect(stack?.notes.filter((note) => note.startsWith("Assumed"))).to.deep.equal([
      "Assumed healthy: web-1.eu-west-1.elb.amazonaws.com; its balancer is not part of what was read.",
      "Assumed healthy: web-1.us-east-1.elb.amazonaws.com; its balancer is not part of what was read.",
    ]);
  });

  it("lets no region fail twice where a dead one is still answered", async () => {
    const balanced = (id: string, role: string, region: string): object => ({
      ...record("b.example.org.", id, { Failover: role }),
      ResourceRecords: undefined,
      TTL: undefined,
      AliasTarget: {
        HostedZoneId: "ZAWS",
        DNSName: `web-1.${region}.elb.amazonaws.com`,
        EvaluateTargetHealth: id === "p",
      },
    });
    const zone = listed(
      balanced("p", "PRIMARY", "eu-west-1"),
      balanced("s", "SECONDARY", "eu-west-1"),
    );
    const read = { title: "zone.json", ...(await reading(zone)) };
    const [stack] = rehearseSource(read, "b.example.org").stacks;
    expect(stack?.story.map(({ step }) => step)).to.deep.equal([
      "no fault",
      "eu-west-1 fails",
      "all recover",
    ]);
  });

  it("has bounds for what it takes to be healthy, where checks notice the loss", async () => {
    const site = (name: string, region: string): object => ({
      Name: `${name}.example.org`,
      Type: "A",
      AliasTarget: {
        HostedZoneId: "ZAWS",
        DNSName: `web-1.${region}.elb.amazonaws.com`,
        EvaluateTargetHealth: true,
      },
    });
    const role = (name: string, Failover: string): object => ({
      Name: "client.example.org",
      Type: "A",
      SetIdentifier: name,
      Failover,
      HealthCheckId: name,
      AliasTarget: {
        HostedZoneId: "ZOWN",
        DNSName: `${name}.example.org`,
        EvaluateTargetHealth: true,
      },
    });
    const check = (Id: string): object => ({
      Id,
      HealthCheckConfig: {
        Type: "HTTP",
        FullyQualifiedDomainName: `${Id}.example.org`,
        RequestInterval: 30,
        FailureThreshold: 1,
      },
    });
    const zone = {
      HostedZone: { Id: "ZOWN", Name: "example.org." },
      HealthChecks: [check("primary"), check("backup")],
      ResourceRecordSets: [
        site("primary", "eu-central-1"),
        site("backup", "eu-west-1"),
        role("primary", "PRIMARY"),
        role("backup", "SECONDARY"),
      ],
    };
    const [stack] = rehearseSource({ title: "zone.json", ...(await reading(zone)) }).stacks;
    const { step, bounds } = stack?.story[1] ?? {};
    expect(step).to.equal("eu-central-1 fails");
    // 30 s to the next probe and what it waits, 10 s to propagate, 60 s of a balancer's TTL.
    expect(bounds?.map(({ death, downtime }) => [death, downtime])).to.deep.equal([
      ["refused", 100],
      ["synDropped", 104],
      ["connectsThenHangs", 106],
      ["hangsInBody", null],
      ["drains", 110],
    ]);
  });
});
