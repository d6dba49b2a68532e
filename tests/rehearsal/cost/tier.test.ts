import { expect } from "chai";
import { billOf } from "../../../rehearsal/cost/bill";
import type { Properties, Resource, Value } from "../../../routing/graph/resource";
import { resource, zone } from "../../routing/graph/stack";

const machine = (outputs: Properties): Resource =>
  resource("aws:ec2/instance:Instance", "machine", { instanceType: "t4g.small", ...outputs });

describe("the tier of a resource", () => {
  const tierOf = (one: Resource, ...others: readonly Resource[]): string | undefined =>
    billOf("test", [one, ...others]).lines.find(({ urn }) => urn === one.urn)?.tier;
  const tagged = (tags: Value): Properties => ({ tags });

  it("is the one in its tag, whether the tags are a map or a list", () => {
    expect(tierOf(machine(tagged({ Tier: "region" })))).to.equal("region");
    const address = resource(
      "aws:ec2/eip:Eip",
      "address",
      tagged([{ key: "Tier", value: "static" }]),
    );
    expect(tierOf(address)).to.equal("static");
  });

  it("is that of its service, if the service has one", () => {
    expect(
      tierOf(
        resource("aws:rds/instance:Instance", "database", {
          engine: "mysql",
          instanceClass: "db.t4g.micro",
          allocatedStorage: 20,
          storageType: "gp3",
          tags: { Tier: "region" },
        }),
      ),
    ).to.equal("data");
    expect(tierOf(resource("aws:sns/topic:Topic", "topic"))).to.equal("alerts");
    expect(tierOf(zone)).to.equal("dns");
  });

  it("is that of the user of a key or a log group", () => {
    const key = resource("aws:kms/key:Key", "key", tagged({ Tier: "region" }));
    const topic = resource(
      "aws:sns/topic:Topic",
      "topic",
      {},
      {
        propertyDependencies: { kmsMasterKeyId: [key.urn] },
      },
    );
    expect(tierOf(key, topic)).to.equal("alerts");
    expect(tierOf(key)).to.equal("region");
  });

  it("is derived from the place of a resource without tags", () => {
    expect(tierOf(machine({ availabilityZone: "us-west-2a" }))).to.equal("availability zone");
    expect(tierOf(resource("aws:ec2/eip:Eip", "address"))).to.equal("region");
    expect(tierOf(resource("aws:ec2/eip:Eip", "address", {}, { region: "us-east-1" }))).to.equal(
      "region",
    );
    const distribution = resource("aws:cloudfront/distribution:Distribution", "d");
    expect(tierOf(distribution)).to.equal("other");
  });
});
