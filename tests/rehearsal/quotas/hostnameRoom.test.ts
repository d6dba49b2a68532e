import { expect } from "chai";
import { hostnameRoom } from "../../../rehearsal/quotas/hostnameRoom";
import type { Resource } from "../../../routing/graph/resource";
import { StackModel } from "../../../routing/graph/stackModel";
import { record, resource, zone } from "../../routing/graph/stack";

const hostnames = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `shop${index}.a.test`);

const pairs = (names: readonly string[]): readonly Resource[] =>
  names.flatMap((name) =>
    ["p", "s"].map((role) => record(`${name}-${role}`, { name, setIdentifier: role })),
  );

describe("the room for hostnames", () => {
  it("ends with the records of the hosted zone, by what each hostname takes of them", () => {
    const names = hostnames(10);
    const shared = [record("live", { name: "live.a.test" })];
    // 10 000 less the zone's own two and the shared one, by two.
    expect(hostnameRoom(new StackModel([zone, ...shared, ...pairs(names)]), names)).to.deep.equal({
      hostnames: 4998,
      because: "10,000 records in a hosted zone",
      minutes: 1,
    });
  });

  it("ends with the buckets where each hostname has one, and the others leave fewer", () => {
    const names = hostnames(10);
    const buckets = [...names, ...Array.from({ length: 6_000 }, (_, index) => `other${index}`)].map(
      (bucket) => resource("aws:s3/bucket:Bucket", bucket, { bucket }),
    );
    const room = hostnameRoom(new StackModel([zone, ...pairs(names), ...buckets]), names);
    expect(room).to.deep.equal({ hostnames: 4000, because: "10,000 S3 buckets", minutes: 1 });
  });

  it("is unknown where hostnames take nothing that has a quota, and making records takes its time", () => {
    const elsewhere = pairs(hostnames(300));
    expect(hostnameRoom(new StackModel([zone, ...elsewhere]), ["www.a.test"])).to.deep.equal({
      because: "",
      // 600 at five a second.
      minutes: 2,
    });
  });
});
