import { expect } from "chai";
import { rehearse } from "../../rehearsal/rehearse";
import { treeLines } from "../../rehearsal/report/treeText";
import { treeOf } from "../../rehearsal/story/tree";
import type { Resource, Value } from "../../routing/graph/resource";
import { StackModel } from "../../routing/graph/stackModel";
import { evaluated } from "../program/evaluated";
import { pair, record, resource, zone } from "../routing/graph/stack";

const instance = resource("aws:ec2/instance:Instance", "web", { subnetId: "subnet-a" });
const address = "198.51.100.7";
/** One checked instance with a last tier that no region takes away. */
const small: readonly Resource[] = [
  ...pair({ records: [address] }, { ipAddress: address }),
  instance,
  resource("aws:ec2/eip:Eip", "ip", { publicIp: address, instance: "web" }),
];

function story(
  resources: readonly Resource[],
  outputs: Readonly<Record<string, Value>>,
): ReturnType<typeof rehearse>["stacks"][number] {
  const { stacks } = rehearse([
    { project: "small", stack: "dev", preview: false, resources, calls: [], outputs },
  ]);
  if (!stacks[0]) throw new Error("no stack was rehearsed");
  return stacks[0];
}

describe("the story of a stack", () => {
  it("loses the zone, the region, the next region, gets all back, and loses a database", async () => {
    const [{ story: steps } = { story: [] }] = rehearse([await evaluated("prod")]).stacks;
    expect(
      steps.map(({ step, death, detection, downtime }) => [step, death, detection, downtime]),
    ).to.deep.equal([
      ["no fault", "", null, null],
      ["us-west-2a fails", "hangsInBody", 36, 56],
      ["Oregon fails", "hangsInBody", 36, 56],
      ["Dublin fails too", "hangsInBody", 36, 56],
      ["all recover", "returns", 236, 256],
      ["Oregon's database fails", "hangsInBody", 228, 248],
    ]);
    expect(steps.map(({ answers }) => answers[0]?.availabilityZone)).to.deep.equal([
      "us-west-2a",
      "us-west-2b",
      "eu-west-1a",
      undefined,
      "us-west-2a",
      "eu-west-1a",
    ]);
  });

  it("is that of each name found, if the stack says none", () => {
    const named = story(small, { hostname: "www.a.test" });
    const { hostname, story: steps, objectives, cost } = story(small, {});
    expect([hostname, objectives, cost]).to.deep.equal(["www.a.test", [], undefined]);
    expect(steps.map(({ answers }) => answers)).to.deep.equal(
      named.story.map(({ answers }) => answers),
    );
    const withNames = (...hostnames: readonly string[]): readonly Resource[] => [
      { ...resource("pulumi:pulumi:Stack", "dev"), outputs: { hostnames } },
      ...small,
    ];
    expect(story(withNames("www.a.test"), {}).hostname).to.equal("www.a.test");
    expect(() => story(withNames("other.a.test"), {})).to.throw(
      "other.a.test: no A, AAAA or CNAME record of dev has this name; name one that has",
    );
    expect(() => story([], {})).to.throw(
      "dev: no name in it has an answer that changes with health or by weight; query any name with `failover resolve NAME`",
    );
  });

  it("names every objective with the worst that was found", async () => {
    const [{ objectives } = { objectives: [] }] = rehearse([await evaluated("dev")]).stacks;
    expect(objectives).to.deep.equal([
      { name: "zoneOrRegion.detection", target: 120, worst: 114, met: true },
      { name: "zoneOrRegion.downtime", target: 190, worst: 184, met: true },
      { name: "database.downtime", target: 360, worst: 298, met: true },
    ]);
  });

  it("misses an objective that is too short, or that nothing measures", () => {
    const { objectives } = story(small, {
      hostname: "www.a.test",
      objectives: { zoneOrRegionDowntimeSeconds: 100, databaseDowntimeSeconds: 300 },
    });
    // The check is of HTTP without a string, so that a server that hangs in the body is never noticed.
    expect(objectives).to.deep.equal([
      { name: "zoneOrRegion.downtime", target: 100, worst: null, isEndless: true, met: false },
      { name: "database.downtime", target: 300, worst: null, met: false },
    ]);
  });

  it("ends where nothing more can die", () => {
    const { story: steps } = story(small, { hostname: "www.a.test" });
    expect(steps.map(({ step, detection }) => [step, detection])).to.deep.equal([
      ["no fault", null],
      ["us-west-2a fails", null],
      ["all recover", 114],
    ]);
  });
});

describe("the tree of a name", () => {
  it("shows weights, other policies, shares first, and what is behind each", () => {
    const weights = [10, 90].map((weight) =>
      record(`w${weight}`, {
        weightedRoutingPolicies: [{ weight }],
        setIdentifier: `w${weight}`,
        records: [`192.0.2.${weight}`],
        healthCheckId: "check",
      }),
    );
    const check = resource("aws:route53/healthCheck:HealthCheck", "check", { type: "TCP" });
    expect(
      treeLines(treeOf(new StackModel([zone, check, ...weights]), "www.a.test", "A")),
    ).to.deep.equal([
      "www.a.test",
      "├─ weight 90  192.0.2.90, TTL 60 s  if check",
      "└─ weight 10  192.0.2.10, TTL 60 s  if check",
    ]);
    const alias = record("www", {
      aliases: [{ name: "d1.cloudfront.net", zoneId: "Z2", evaluateTargetHealth: false }],
    });
    expect(treeLines(treeOf(new StackModel([zone, alias]), "www.a.test", "A"))).to.deep.equal([
      "www.a.test",
      "└─ simple  → d1.cloudfront.net",
    ]);
  });

  it("follows CNAMEs, and draws what two of them lead to once", () => {
    const leading = [1, 2].map((weight) =>
      record(`w${weight}`, {
        type: "CNAME",
        weightedRoutingPolicies: [{ weight }],
        setIdentifier: `w${weight}`,
        records: [`Web.a.test.`],
      }),
    );
    const web = record("web", { name: "web.a.test", ttl: 30, records: ["192.0.2.1"] });
    expect(
      treeLines(treeOf(new StackModel([zone, ...leading, web]), "www.a.test", "A")),
    ).to.deep.equal([
      "www.a.test",
      "├─ weight 2  → web.a.test  TTL 60 s",
      "│  └─ simple  192.0.2.1, TTL 30 s",
      "└─ weight 1  → web.a.test  TTL 60 s  (above)",
    ]);
  });
});
