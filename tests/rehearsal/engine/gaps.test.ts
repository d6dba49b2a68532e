import { expect } from "chai";
import type { ProofData } from "../../../rehearsal/proof/proofSchema";
import type { RehearsalOutput } from "../../../rehearsal/story/report";
import { ForeignProject } from "./foreignProject";

/** A program as many are: with the default provider, and resources that the tables lack. */
const usual = `
const aws = require("@pulumi/aws");
const { lb, memorydb, route53 } = aws;
const cache = new memorydb.Cluster("cache", { nodeType: "db.t4g.small", aclName: "open-access" });
const front = new lb.LoadBalancer("front", { subnets: ["subnet-1", "subnet-2"] });
const zoneId = route53.getZoneOutput({ name: "a.test" }).zoneId;
const aliases = [{ name: front.dnsName, zoneId: front.zoneId, evaluateTargetHealth: true }];
new route53.Record("www", { zoneId, name: "www.a.test", type: "A", aliases });
new route53.Record("cache", { zoneId, name: "cache.a.test", type: "CNAME", ttl: 60, records: [cache.clusterEndpoints[0].address] });
exports.region = front.region;
exports.zones = aws.getAvailabilityZonesOutput({ state: "available" }).names;
exports.image = aws.ec2.getAmiOutput({ mostRecent: true, owners: ["amazon"] }).id;
`;

/** The same, with a name that fails over. */
const playable = `${usual}
const healthCheckId = new route53.HealthCheck("first", { type: "TCP", ipAddress: "203.0.113.1", port: 443, requestInterval: 10, failureThreshold: 3 }).id;
const pair = { zoneId, name: "pair.a.test", type: "A", ttl: 30 };
new route53.Record("first", { ...pair, setIdentifier: "first", failoverRoutingPolicies: [{ type: "PRIMARY" }], records: ["203.0.113.1"], healthCheckId });
new route53.Record("second", { ...pair, setIdentifier: "second", failoverRoutingPolicies: [{ type: "SECONDARY" }], records: ["203.0.113.2"] });
`;

describe("the program of another team, evaluated offline", () => {
  let project: ForeignProject;

  beforeEach(() => {
    project = new ForeignProject().write({
      "Pulumi.dev.yaml": "config:\n  aws:region: eu-west-1\n",
      "index.js": usual,
    });
  });
  afterEach(() => {
    project.remove();
  });

  it("has the default provider in the region of its settings", async () => {
    const { resources, outputs, calls } = await project.evaluate();
    const [provider, ...others] = resources.filter(({ type }) => type === "pulumi:providers:aws");
    expect(others).to.deep.equal([]);
    expect(provider).to.deep.include({
      urn: "urn:pulumi:dev::shop::pulumi:providers:aws::default",
      inputs: { region: "eu-west-1" },
    });
    const www = resources.find(({ name }) => name === "www");
    expect([www?.region, www?.provider]).to.deep.equal(["eu-west-1", provider?.urn]);
    expect(calls.map(({ region }) => region)).to.deep.equal(calls.map(() => "eu-west-1"));
    expect(outputs["region"]).to.equal("eu-west-1");
    expect(outputs["zones"]).to.deep.equal(["eu-west-1a", "eu-west-1b", "eu-west-1c"]);
    expect(outputs["image"]).to.match(/^ami-[0-9a-f]{17}$/);
  });

  it("has no known value where the tables have none, and names each", async () => {
    const { resources, gaps } = await project.evaluate();
    // Not what comes of it as well.
    expect(gaps).to.deep.equal(["aws:memorydb/cluster:Cluster cache"]);
    const cache = resources.find(({ type, name }) => type.includes("Record") && name === "cache");
    expect(cache?.unknown).to.deep.include({ "inputs.records[0]": "computed" });
  });

  it("is said to be incomplete by the command, which answers for the rest", async () => {
    const { code, out, err } = await project.run("resolve", "www.a.test", "--stack", "dev");
    expect(code).to.equal(0);
    expect(out).to.match(/^www\.a\.test 60 A .*eu-west-1/);
    expect(err).to.equal(
      "stack dev: not known offline, so unknown here: aws:memorydb/cluster:Cluster cache. " +
        "What the program makes of these in an apply is missing. Pulumi knows it: pulumi preview --stack dev --json > preview.json, " +
        "then --from preview.json in place of --stack dev.\n",
    );
  });

  it("is said to be incomplete by the page and the JSON of a rehearsal and of a proof", async () => {
    project.write({ "index.js": playable });
    const gap = "aws:memorydb/cluster:Cluster cache";
    const remedy = /Pulumi knows it: pulumi preview --stack dev --json > preview\.json/;
    await project.run("rehearse", "--stack", "dev", "--html", "rehearsal.html");
    const [page, json] = ["rehearsal.html", "rehearsal.json"].map((file) => project.read(file));
    expect(page).to.include("Not known offline").and.to.include(gap);
    const { stacks } = JSON.parse(json ?? "") as RehearsalOutput;
    expect(stacks.map(({ gaps }) => gaps)).to.deep.equal([[gap]]);
    const argv = ["prove", "pair.a.test", "--stack", "dev", "--html", "proof.html"];
    const proven = await project.run(...argv);
    expect(proven.out.replaceAll(/\s+/g, " ")).to.match(remedy);
    expect(project.read("proof.html")).to.include("Not known offline").and.to.include(gap);
    const data = await project.run("prove", "pair.a.test", "--stack", "dev", "--json");
    expect((JSON.parse(data.out) as ProofData).gaps).to.deep.equal([gap]);
  });

  it("is refused without a way round for a fault that a preview has as well", async () => {
    project.write({
      "index.js": `const { Zone } = require("@pulumi/aws").route53; for (const name of ["a.test", "b.test"]) new Zone("z", { name });`,
    });
    expect(await project.faults()).to.deep.equal([
      "urn:pulumi:dev::shop::aws:route53/zone:Zone::z: registered twice; rename one of the two",
    ]);
  });

  it("is refused without a region, with the ways round that", async () => {
    project.write({ "Pulumi.dev.yaml": "" });
    const faults = await project.faults();
    expect(faults[0]).to.include("whose region is unknown, because the stack sets no aws:region");
    expect(faults.at(-1)).to.equal(
      "stack dev: what cannot be known offline, Pulumi knows: pulumi preview --stack dev --json > preview.json, then --from preview.json in place of --stack dev",
    );
  });
});
