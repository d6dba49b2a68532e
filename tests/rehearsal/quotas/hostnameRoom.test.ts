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
  it("is limited by the records of the hosted zone, and the records of each hostname", () => {
    const names = hostnames(10);
    const shared = [record("live", { name: "live.a.test" })];
    // 10,000 minus the zone's own two and the shared one, divided by two.
    expect(hostnameRoom(new StackModel([zone, ...shared, ...pairs(names)]), names)).to.deep.equal({
      hostnames: 4998,
      because: "10,000 records in a hosted zone",
      minutes: 1,
    });
  });

  it("is limited by the buckets if each hostname has one, and by the other buckets", () => {
    const names = hostnames(10);
    const buckets = [...names, ...Array.from({ length: 6_000 }, (_, index) => `other${index}`)].map(
      (bucket) => resource("aws:s3/bucket:Bucket", bucket, { bucket }),
    );
    const room = hostnameRoom(new StackModel([zone, ...pairs(names), ...buckets]), names);
    expect(room).to.deep.equal({ hostnames: 4000, because: "10,000 S3 buckets", minutes: 1 });
  });

  it("is unknown if hostnames use nothing that has a quota, but creating records still takes time", () => {
    const elsewhere = pairs(hostnames(300));
    expect(hostnameRoom(new StackModel([zone, ...elsewhere]), ["www.a.test"])).to.deep.equal({
      because: "",
      // 600 at five a second.
      minutes: 2,
    });
  });
});
