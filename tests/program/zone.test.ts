import { join } from "node:path";
import { expect } from "chai";
import { evaluate } from "../../rehearsal/engine/evaluate";
import type { Evaluation } from "../../rehearsal/engine/evaluate";
import { World } from "../../routing/graph/world";
import { replacedBetween } from "./replacements";

/** Prod with another zone than its own. */
const evaluatedWith = (zone: object): Promise<Evaluation> =>
  evaluate({
    projectDirectory: join(__dirname, "../.."),
    stack: "prod",
    config: { "failover:zone": zone },
  });

const zoneType = "aws:route53/zone:Zone";

describe("the hosted zone of prod", () => {
  it("can be one that exists: records are in it, and it is signed and logged all the same", async () => {
    const existingZoneId = "Z0123456789ABCDEFGHIJ";
    const zone = { existingZoneId, queryLogging: true, dnssec: true };
    const { resources, outputs } = await evaluatedWith(zone);
    const found = resources.filter(({ type }) => type === zoneType);
    expect(found.map(({ id, inputs }) => [id, inputs])).to.deep.equal([
      [existingZoneId, { name: "cafe.com" }],
    ]);
    expect(outputs["hostedZone"]).to.include({ id: existingZoneId, name: "cafe.com" });
    expect(outputs["hostedZone"]).to.have.property("dsRecord");
    const elsewhere = resources
      .filter(({ type }) => type === "aws:route53/record:Record")
      .filter(({ inputs }) => inputs["zoneId"] !== existingZoneId);
    expect(elsewhere.map(({ name }) => name)).to.deep.equal([]);
    const world = new World(resources);
    const { answers } = world.under(world.faults(["us-west-2"])).resolve("orders.cafe.com", "A");
    expect(answers.map(({ availabilityZone }) => availabilityZone)).to.deep.equal(["eu-west-1a"]);
  });

  it("is the same one whatever is switched on for it", async () => {
    const on = { queryLogging: true, dnssec: true, acceleratedRecovery: true, protect: true };
    const [before, after] = [await evaluatedWith({}), await evaluatedWith(on)];
    const urns = [before, after].map(
      ({ resources }) => resources.find(({ type }) => type === zoneType)?.urn,
    );
    expect(urns[0]).to.equal(urns[1]);
    expect(replacedBetween(before.resources, after.resources)).to.deep.equal([]);
    expect(replacedBetween(after.resources, before.resources)).to.deep.equal([]);
    expect(before.outputs["hostedZone"]).not.to.have.property("dsRecord");
  });
});
