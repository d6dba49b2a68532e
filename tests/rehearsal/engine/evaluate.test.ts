import { join } from "node:path";
import { expect } from "chai";
import { evaluate } from "../../../rehearsal/engine/evaluate";
import type { Evaluation } from "../../../rehearsal/engine/evaluate";
import type { Resource } from "../../../routing/graph/resource";
import { Unknown } from "../../../routing/graph/resource";
import { evaluateFixture, projectDirectory } from "./fixtureProgram";
import { count } from "./fixtures/programs/counter";

const smallProject = join(__dirname, "fixtures", "small");

function named(evaluation: Evaluation, name: string, type = ""): Resource {
  const found = evaluation.resources.find((each) => each.name === name && each.type.includes(type));
  if (found === undefined) throw new Error(`there is no resource ${name}`);
  return found;
}

describe("the offline evaluation", function () {
  let deployed: Evaluation;
  let preview: Evaluation;
  before(async () => {
    deployed = await evaluate({ projectDirectory: smallProject, stack: "dev" });
    preview = await evaluate({ projectDirectory: smallProject, stack: "dev", preview: true });
  });

  it("gives a URN the types of all its parents, without the stack's", () => {
    const own = "urn:pulumi:dev::small::";
    expect(deployed.resources.map(({ urn }) => urn)).to.include.members([
      `${own}pulumi:pulumi:Stack::small-dev`,
      `${own}pulumi:providers:aws::us-west-2`,
      `${own}aws:route53/zone:Zone::zone`,
      `${own}small:index:Region::oregon`,
      `${own}small:index:Region$small:index:Tier::oregon-us-west-2a`,
      `${own}small:index:Region$small:index:Tier$aws:ec2/instance:Instance::oregon-us-west-2a-instance`,
      `${own}small:index:Region$awsx:ec2:Vpc$aws:ec2/vpc:Vpc$aws:ec2/subnet:Subnet::oregon-vpc-public-1`,
    ]);
    expect(deployed.resources[0]?.type).to.equal("pulumi:pulumi:Stack");
    expect(new Set(deployed.resources.map(({ urn }) => urn)).size).to.equal(25);
  });

  it("records parent, provider, region, property dependencies and dependencies", () => {
    const record = named(deployed, "www-PRIMARY");
    const urnOf = (name: string, type = "") => named(deployed, name, type).urn;
    expect(record.parent).to.equal(urnOf("small-dev"));
    expect(record.provider).to.equal(urnOf("us-west-2", "providers"));
    expect(record.region).to.equal("us-west-2");
    expect(record.propertyDependencies).to.deep.equal({
      failoverRoutingPolicies: [],
      healthCheckId: [urnOf("check-PRIMARY")],
      name: [urnOf("zone")],
      records: [urnOf("oregon-us-west-2a-address")],
      setIdentifier: [],
      ttl: [],
      type: [],
      zoneId: [urnOf("zone")],
    });
    expect([...record.dependencies].sort()).to.deep.equal(
      [urnOf("check-PRIMARY"), urnOf("oregon-us-west-2a-address"), urnOf("zone")].sort(),
    );
  });

  it("passes providers down through components, also to the children of a remote one", () => {
    const provider = named(deployed, "us-west-2").urn;
    const without = deployed.resources.filter((each) => each.custom && each.provider !== provider);
    expect(without.map(({ name }) => name)).to.deep.equal(["us-west-2"]);
    expect(named(deployed, "oregon").provider).to.equal(undefined);
  });

  it("follows computed values from one resource to the next", () => {
    const address = named(deployed, "oregon-us-west-2a-address");
    const publicIp = address.outputs["publicIp"];
    expect(publicIp).to.match(/^198\.1[89]\.\d+\.\d+$/);
    expect(named(deployed, "check-PRIMARY").inputs["ipAddress"]).to.equal(publicIp);
    expect(named(deployed, "www-PRIMARY").inputs["records"]).to.deep.equal([publicIp]);
    expect(named(deployed, "oregon-us-west-2b-instance").outputs["availabilityZone"]).to.equal(
      "us-west-2b",
    );
    expect(deployed.outputs["zoneId"]).to.equal(named(deployed, "zone").id);
    expect(deployed.outputs["nameServers"]).to.have.lengthOf(4);
    expect(deployed.resources.flatMap(({ unknown }) => Object.keys(unknown))).to.deep.equal([]);
  });

  it("leaves AWS's computed values unknown at a first preview, and omits ids", () => {
    const record = named(preview, "www-PRIMARY");
    expect(record.inputs).to.deep.equal({
      failoverRoutingPolicies: [{ type: "PRIMARY" }],
      healthCheckId: new Unknown("computed"),
      name: "www.example.com",
      records: [new Unknown("computed")],
      setIdentifier: "PRIMARY",
      ttl: 60,
      type: "A",
      zoneId: new Unknown("computed"),
    });
    expect(record.unknown).to.deep.equal({
      "inputs.healthCheckId": "computed",
      "inputs.records[0]": "computed",
      "inputs.zoneId": "computed",
      "outputs.fqdn": "computed",
      "outputs.healthCheckId": "computed",
      "outputs.records[0]": "computed",
      "outputs.zoneId": "computed",
    });
    expect(preview.resources.filter(({ id }) => id !== undefined)).to.deep.equal([]);
    expect(preview.outputs).to.deep.equal({
      zoneId: new Unknown("computed"),
      nameServers: new Unknown("computed"),
    });
    const shape = ({ resources }: Evaluation) =>
      resources.map(({ urn, parent, provider, region, propertyDependencies, dependencies }) => ({
        urn,
        parent,
        provider,
        region,
        dependencies,
        // For a block that depends on the VPC's own, see the expansion.
        propertyDependencies: { ...propertyDependencies, ipv6CidrBlock: [] },
      }));
    expect(shape(preview)).to.have.deep.members(shape(deployed));
  });

  it("returns the same values again", async () => {
    const again = await evaluate({ projectDirectory: smallProject, stack: "dev" });
    expect(JSON.stringify(again)).to.equal(JSON.stringify(deployed));
  });

  it("evaluates stacks one after the other, each with its own state, also if requested concurrently", async () => {
    // The program gets its own copies of modules, not those that are loaded here.
    expect(count()).to.equal(1);
    const [dev, prod, again] = await Promise.all([
      evaluateFixture("surroundings", { stack: "dev" }),
      evaluateFixture("surroundings", { stack: "prod", preview: true }),
      evaluateFixture("surroundings", { stack: "dev" }),
    ]);
    const common = {
      project: "cafe",
      organization: "organization",
      rootDirectory: projectDirectory,
      directory: projectDirectory,
      loads: 1,
    };
    expect(dev.outputs).to.deep.equal({ ...common, stack: "dev", preview: false });
    expect(prod.outputs).to.deep.equal({ ...common, stack: "prod", preview: true });
    expect(again.outputs).to.deep.equal(dev.outputs);
    expect([prod.project, prod.stack, prod.preview]).to.deep.equal(["cafe", "prod", true]);
  });

  it("waits for resources that are created late", async () => {
    const { resources } = await evaluateFixture("late");
    expect(resources.map(({ name }) => name)).to.deep.equal([
      "cafe-dev",
      "us-west-2",
      "first",
      "second",
      "third",
      "fourth",
      "fifth",
      "sixth",
    ]);
  });

  it("knows the ids of existing resources, even at a first preview", async () => {
    const { resources, outputs } = await evaluateFixture("existing", { preview: true });
    expect(resources.slice(2).map(({ name, id }) => [name, id])).to.have.deep.members([
      ["zone", "Z0123456789ABCDEFGHIJ"],
      ["kept", "eipalloc-0123456789abcdef0"],
    ]);
    expect(outputs["zoneId"]).to.equal("Z0123456789ABCDEFGHIJ");
  });

  it("reads the given outputs of another stack, also at a first preview", async () => {
    const stackOutputs = { "cafe/failover/prod": { hostname: "orders.cafe.com" } };
    for (const preview of [false, true]) {
      const { outputs } = await evaluateFixture("otherStack", { stackOutputs, preview });
      expect(outputs["hostname"]).to.equal("orders.cafe.com");
    }
  });

  it("follows references to resources inside a remote component", async () => {
    const evaluation = await evaluateFixture("references");
    expect(evaluation.outputs).to.deep.equal({
      gateway: named(evaluation, "network", "internetGateway").id,
      block: "10.0.0.0/16",
    });
  });

  it("merges a provider's default tags below a resource's own", async () => {
    const { outputs } = named(await evaluateFixture("references"), "address");
    expect(outputs["tagsAll"]).to.deep.equal({ Owner: "ops", Team: "cafe" });
  });

  it("discloses no secret", async () => {
    const evaluation = await evaluateFixture("references");
    const { inputs, unknown } = named(evaluation, "secret");
    expect(inputs["searchString"]).to.deep.equal(new Unknown("encrypted"));
    expect(unknown).to.include({ "inputs.searchString": "encrypted" });
    expect(JSON.stringify(evaluation)).not.to.include("open sesame");
  });
});
