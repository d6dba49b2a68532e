import { expect } from "chai";
import { drillFaultsOf } from "../../../rehearsal/live/drillFaults";
import { drillChecksOf } from "../../../rehearsal/live/drillSubject";
import { drillTreeOf } from "../../../rehearsal/live/drillTree";
import { drillInventoryOf } from "../../../rehearsal/live/inventory";
import { StackModel } from "../../../routing/graph/stackModel";
import { factsOfResources } from "../../../routing/graph/stackOutputs";
import { evaluated, evaluatedZone } from "../../program/evaluated";
import { record, resource, zone } from "../../routing/graph/stack";
import { webPair } from "../simulation/stacks";
import type { DrillGroup } from "../../../rehearsal/live/drillRun";

const question = { name: "www.a.test", type: "A" };

/** The ids of all groups of a tree. */
function groupsOf({ id, members }: DrillGroup): readonly string[] {
  return [id, ...members.flatMap(({ group }) => (group ? groupsOf(group) : []))];
}

describe("the subject of a drill", () => {
  it("has the records as a tree, the primary first, with the endpoints at their values", () => {
    const model = new StackModel(webPair());
    const { name, members } = drillTreeOf(model, question, (_, value) => `at ${value}`);
    expect(name).to.equal("www.a.test");
    expect(members.map(({ role }) => role)).to.deep.equal(["PRIMARY", "SECONDARY"]);
    expect(members.flatMap(({ endpoints }) => endpoints)).to.have.length(2);
    expect(members[0]?.endpoints[0]).to.match(/^at /);
  });

  it("gives a group in full wherever it occurs, under ids that are unique", async () => {
    const { model } = await prod();
    const tree = drillTreeOf(model, { name: "orders.cafe.com", type: "A" }, (_, value) => value);
    const groups = groupsOf(tree);
    expect(new Set(groups).size).to.equal(groups.length);
    expect(groups.filter((id) => id.endsWith("/secondary"))).to.have.length(3);
  });

  it("names the faults of prod for buttons, without alarms and reports of health", async () => {
    const { model, facts } = await prod();
    const named = drillFaultsOf(model, { name: "orders.cafe.com", type: "A" }, facts.regionNames);
    const of = (kind: string): readonly string[] =>
      named.flatMap((fault) => (fault.kind === kind ? [`${fault.name}: ${fault.label}`] : []));
    expect(of("region")).to.deep.equal([
      "us-west-2: Oregon (us-west-2)",
      "eu-west-1: Dublin (eu-west-1)",
    ]);
    expect(of("availabilityZone")[0]).to.equal("us-west-2a: us-west-2a");
    expect(of("database")).to.deep.equal([
      "oregon-orders-database: Oregon's database",
      "dublin-orders-database: Dublin's database",
    ]);
    expect(of("endpoint")).to.include("maintenance-distribution: maintenance-distribution");
    expect(of("endpoint").join()).not.to.include("alarm");
    expect(of("check")[0]).to.equal("check:oregon-region-check: oregon-region-check");
    expect(of("check").join()).not.to.include("=healthy");
    expect(() => model.faults(named.map(({ name }) => name))).not.to.throw();
  });

  it("has no server for a name that only leads on: a check by a CNAME probes what it leads to", () => {
    const records = [
      record("health", { type: "CNAME", name: "health.a.test", records: ["origin.a.test"] }),
      record("origin", { name: "origin.a.test", records: ["198.51.100.1"] }),
      record("www", { name: "www.a.test", records: ["198.51.100.1"], healthCheckId: "check" }),
    ];
    const check = resource("aws:route53/healthCheck:HealthCheck", "check", {
      ...{ type: "HTTP", fqdn: "health.a.test", failureThreshold: 3, requestInterval: 30 },
    });
    const { servers } = drillInventoryOf(new StackModel([zone, ...records, check]), question);
    expect(
      servers.map(({ label, checks }) => [label, checks.map(({ through }) => through?.value)]),
    ).to.deep.equal([["198.51.100.1", ["198.51.100.1"]]]);
  });

  it("knows which checks checkers probe for", async () => {
    const { model } = await prod();
    const checks = drillChecksOf(drillInventoryOf(model, { name: "orders.cafe.com", type: "A" }));
    const probed = checks.filter(({ isProbed }) => isProbed).map(({ label }) => label);
    expect(probed).to.include("oregon-us-west-2a-check").and.not.to.include("oregon-region-check");
  });
});

async function prod(): Promise<{ model: StackModel; facts: ReturnType<typeof factsOfResources> }> {
  const evaluations = [await evaluated("prod"), await evaluatedZone("prod")];
  const resources = evaluations.flatMap((one) => one.resources);
  const facts = factsOfResources(resources);
  return { model: new StackModel(resources, facts.assumptions), facts };
}
