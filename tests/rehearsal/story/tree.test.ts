import { expect } from "chai";
import { treeOf } from "../../../rehearsal/story/tree";
import type { TreeNode } from "../../../rehearsal/report/document";
import type { Properties, Resource } from "../../../routing/graph/resource";
import { StackModel } from "../../../routing/graph/stackModel";
import { record, resource, zone } from "../../routing/graph/stack";

/** The records of `www.a.test`, in words. */
function membersOf(...resources: readonly Resource[]): readonly TreeNode["words"][] {
  const { children } = treeOf(new StackModel([zone, ...resources]), "www.a.test", "A");
  return children.map(({ words }) => words);
}

describe("a record in the tree of a name", () => {
  const cidrLocation = resource("aws:route53/cidrLocation:CidrLocation", "office", {
    name: "office",
    cidrCollectionId: "collection",
    cidrBlocks: ["192.0.2.0/24"],
  });
  const policies: readonly (readonly [title: string, policy: Properties, words: string])[] = [
    ["C18: a region", { latencyRoutingPolicies: [{ region: "eu-west-1" }] }, "latency eu-west-1"],
    [
      "C19: a part of a country",
      { geolocationRoutingPolicies: [{ country: "US", subdivision: "CA" }] },
      "from US-CA",
    ],
    ["C19: a continent", { geolocationRoutingPolicies: [{ continent: "EU" }] }, "from EU"],
    ["C19: the default place", { geolocationRoutingPolicies: [{ country: "*" }] }, "elsewhere"],
    [
      "C20: a region to be near to",
      { geoproximityRoutingPolicy: { awsRegion: "eu-west-1", bias: 5 } },
      "near eu-west-1",
    ],
    [
      "C20: coordinates to be near to",
      { geoproximityRoutingPolicy: { coordinates: [{ latitude: "48.2", longitude: "16.4" }] } },
      "near 48.2, 16.4",
    ],
    [
      "C21: a location of addresses",
      { cidrRoutingPolicy: { collectionId: "collection", locationName: "office" } },
      "from office",
    ],
    [
      "C21: the default location",
      { cidrRoutingPolicy: { collectionId: "collection", locationName: "*" } },
      "elsewhere",
    ],
    [
      "C22: a zone of a VPC",
      { azAffinityRoutingPolicy: { locationType: "AvailabilityZone", locationId: "usw2-az1" } },
      "from usw2-az1",
    ],
    [
      "C22: every zone",
      { azAffinityRoutingPolicy: { locationType: "Global", locationId: "global" } },
      "elsewhere",
    ],
  ];
  for (const [title, policy, words] of policies) {
    it(`${title} is "${words}"`, () => {
      const one = record("one", { ...policy, setIdentifier: "one", records: ["198.51.100.1"] });
      expect(membersOf(cidrLocation, one)).to.deep.equal([[words, "198.51.100.1, TTL 60 s"]]);
    });
  }

  it("A12: shows the name that an alias leads to, though nothing has it", () => {
    const alias = record("www", {
      aliases: [{ name: "gone.a.test", zoneId: "Z1", evaluateTargetHealth: false }],
    });
    expect(membersOf(alias)).to.deep.equal([["simple", "→ gone.a.test"]]);
  });

  it("names a check that was not read", () => {
    const one = record("www", { records: ["198.51.100.1"], healthCheckId: "elsewhere" });
    expect(membersOf(one)).to.deep.equal([
      ["simple", "198.51.100.1, TTL 60 s", "if elsewhere, which was not read"],
    ]);
  });

  it("has the values of a record in one order", () => {
    const one = record("www", { records: ["198.51.100.2", "198.51.100.1"] });
    expect(membersOf(one)).to.deep.equal([["simple", "198.51.100.1, 198.51.100.2, TTL 60 s"]]);
  });

  it("is refused where the name has none", () => {
    expect(() => treeOf(new StackModel([zone]), "www.a.test", "A")).to.throw(/^www\.a\.test/);
  });
});
