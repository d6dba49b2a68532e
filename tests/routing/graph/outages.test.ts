import { expect } from "chai";
import { Outages } from "../../../routing/graph/outages";
import type { Outage } from "../../../routing/graph/outages";
import { StackModel } from "../../../routing/graph/stackModel";
import { Trees } from "../../../routing/trees";
import { cafe } from "../../policies/cafe";
import type { Sample } from "../../policies/sample";
import { record, zone } from "./stack";

const outagesOf = ({ resources }: Sample): Outages => {
  const model = new StackModel(resources);
  return new Outages(model, new Trees(model.route53));
};
const words = ({ cause, from, to }: Outage): string =>
  `${cause}: ${from.map(({ name }) => name).join("+")} → ${to.map(({ name }) => name).join("+")}`;

describe("the outages that a name must survive", () => {
  it("are each zone and region, the regions in their order, and each check by name", () => {
    expect(outagesOf(cafe).of("www.cafe.test", "A").map(words)).to.deep.equal([
      "zoneOrRegion:  → us-west-2a",
      "zoneOrRegion:  → us-west-2b",
      "zoneOrRegion:  → eu-west-1a",
      "zoneOrRegion:  → eu-west-1b",
      "zoneOrRegion:  → us-west-2",
      "zoneOrRegion:  → eu-west-1",
      "zoneOrRegion: us-west-2 → us-west-2+eu-west-1",
      "zoneOrRegion:  → us-west-2+eu-west-1",
      "database:  → check:deep-oregon",
      "database:  → check:deep-dublin",
    ]);
  });

  it("of one region include no second region, and not its last zone alone", () => {
    const names = cafe.resources
      .filter(({ name }) => !/^record-(live|www|dublin)/.test(name))
      .map(({ name }) => name);
    const one = outagesOf(cafe.only(...names)).of("oregon.www.cafe.test", "A");
    expect(one.map(words)).to.deep.equal([
      "zoneOrRegion:  → us-west-2a",
      "zoneOrRegion:  → us-west-2",
    ]);
  });

  it("of a name with one tier are those of this tier, and are never noticed", () => {
    const model = new StackModel([zone, record("www", { records: ["203.0.113.7"] })]);
    const outages = new Outages(model, new Trees(model.route53));
    const found = outages.of("www.a.test", "A");
    expect(found.map(words)).to.deep.equal(["zoneOrRegion:  → 203.0.113.7"]);
    expect(
      found.map((one) => outages.worstCase("www.a.test", "A", one, "refused").downtimeSeconds),
    ).to.deep.equal([undefined]);
  });

  it("each have a worst case: 114 s to notice a zone, 228 s a database", () => {
    const outages = outagesOf(cafe);
    const worst = outages.of("www.cafe.test", "A").map((outage) => {
      const bound = outages.worstCase("www.cafe.test", "A", outage, "hangsInBody");
      return [bound.detectionSeconds, bound.downtimeSeconds];
    });
    const served = [114, 184];
    const unserved = [0, 0];
    expect(worst).to.deep.equal([
      served,
      unserved,
      unserved,
      unserved,
      served,
      unserved,
      served,
      served,
      [228, 298],
      unserved,
    ]);
  });

  it("share one situation for the same faults", () => {
    const outages = outagesOf(cafe);
    const faults = [{ kind: "region", name: "us-west-2" }] as const;
    expect(outages.under(faults)).to.equal(outages.under([...faults]));
    expect(outages.under(faults)).to.not.equal(outages.under([]));
  });
});

describe("a check of an object in a bucket", () => {
  const live = (sample: Sample): unknown =>
    new StackModel(sample.resources).under([]).resolve("www.cafe.test", "A").answers[0]?.region;

  it("fails while the object does not exist, so that the inverted check is healthy", () => {
    expect(live(cafe)).to.equal("us-west-2");
  });

  it("passes where the stack itself creates the object", () => {
    const latched = cafe.add({
      type: "aws:s3/bucketObjectv2:BucketObjectv2",
      name: "object",
      region: "eu-west-1",
      properties: { bucket: "cafe-latch", key: "latch" },
    });
    expect(live(latched)).to.equal("eu-west-1");
    expect(live(latched.set("object", { key: "other" }))).to.equal("us-west-2");
  });
});
