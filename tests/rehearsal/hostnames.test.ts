import { expect } from "chai";
import { hostnameGroupsOf, hostnameNotes } from "../../rehearsal/hostnames";
import type { Properties, Resource } from "../../routing/graph/resource";
import { StackModel } from "../../routing/graph/stackModel";
import { record, resource, zone } from "../routing/graph/stack";

const domain = "s3-website-us-west-2.amazonaws.com";
const page = (name: string): Resource =>
  resource("aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration", `page-${name}`, {
    bucket: name,
    websiteDomain: domain,
  });
const member = (name: string, role: string, more: Properties): Resource =>
  record(`${name}-${role}`, {
    name,
    setIdentifier: role.toLowerCase(),
    failoverRoutingPolicies: [{ type: role }],
    ...more,
  });
const alias = (name: string, evaluateTargetHealth: boolean, zoneId = "Z1"): Properties => ({
  aliases: [{ name, zoneId, evaluateTargetHealth }],
});

/** A hostname over the shared tiers, with a page of its own. */
const tree = (name: string, evaluate = true): readonly Resource[] => [
  member(name, "PRIMARY", alias("live.a.test", evaluate)),
  member(name, "SECONDARY", alias(domain, false, "Z3")),
];
const shared = [zone, record("live", { name: "live.a.test", records: ["192.0.2.1"] })];

describe("the hostnames of a stack", () => {
  it("are alike where their trees are, though each has a page of its own", () => {
    const names = ["a.a.test", "b.a.test", "c.a.test"];
    const model = new StackModel([
      ...shared,
      ...names.flatMap((name) => [...tree(name), page(name)]),
    ]);
    expect(hostnameGroupsOf(model, names)).to.deep.equal([
      { hostname: "a.a.test", others: ["b.a.test", "c.a.test"] },
    ]);
  });

  it("are not where one evaluates nothing, lacks its page, or has no records at all", () => {
    const model = new StackModel([
      ...shared,
      ...tree("a.a.test"),
      page("a.a.test"),
      ...tree("b.a.test", false),
      page("b.a.test"),
      ...tree("c.a.test"),
    ]);
    const names = ["a.a.test", "b.a.test", "c.a.test", "d.a.test"];
    expect(hostnameGroupsOf(model, names).map(({ hostname }) => hostname)).to.deep.equal(names);
  });

  const room = { hostnames: 2495, because: "10,000 records in a hosted zone", minutes: 14 };

  it("are not worth a note where there is one", () => {
    expect(hostnameNotes([{ hostname: "a.a.test", others: [] }], room)).to.deep.equal([]);
  });

  it("are told of in a few lines, however many there are", () => {
    const others = Array.from({ length: 999 }, (_, index) => `shop${index}.a.test`);
    expect(hostnameNotes([{ hostname: "a.a.test", others }], room)).to.deep.equal([
      "1,000 hostnames share the tiers and their checks. The story is for a.a.test; 999 more have the same tree, each with its own static page.",
      "Default quotas permit 2,495 such hostnames: 10,000 records in a hosted zone. Creating the records takes 14 min at least: Route 53 accepts 5 requests a second per account.",
    ]);
  });

  it("are named where their tree is another", () => {
    const groups = [
      { hostname: "a.a.test", others: ["b.a.test"] },
      { hostname: "c.a.test", others: [] },
      { hostname: "d.a.test", others: ["e.a.test", "f.a.test"] },
    ];
    expect(hostnameNotes(groups, room).slice(1, 3)).to.deep.equal([
      "c.a.test has another tree: it is included in the objectives, but not in the story.",
      "d.a.test and 2 more have another tree: it is included in the objectives, but not in the story.",
    ]);
  });
});
