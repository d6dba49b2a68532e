import { expect } from "chai";
import { FaultSpace } from "../../../rehearsal/proof/faultSpace";
import { violationsOf } from "../../../rehearsal/proof/prove";
import { openAnswerOf } from "../../../rehearsal/story/openAnswer";
import { Unknown } from "../../../routing/graph/resource";
import type { Value } from "../../../routing/graph/resource";
import { StackModel } from "../../../routing/graph/stackModel";
import { record, resource, zone } from "../../routing/graph/stack";

describe("A15: a distribution under every fault", () => {
  const model = (aliases: readonly Value[]): StackModel =>
    new StackModel([
      zone,
      record("www", { type: "CNAME", records: ["page.a.test"] }),
      record("page", {
        name: "page.a.test",
        aliases: [
          { name: "d1.cloudfront.net", zoneId: "Z2FDTNDATAQYW2", evaluateTargetHealth: false },
        ],
      }),
      resource("aws:cloudfront/distribution:Distribution", "cdn", {
        domainName: "d1.cloudfront.net",
        aliases,
        origins: [{ originId: "only", domainName: "app.example.org" }],
        defaultCacheBehavior: { targetOriginId: "only" },
      }),
    ]);

  it("serves no name but its own", () => {
    const isEverAlive = (name: string): boolean => {
      const space = new FaultSpace(model(["page.a.test"]), name, "A");
      const [leaf] = space.leaves();
      if (!leaf) throw new Error("no answer");
      return space.diagram.known(space.isAlive(leaf)) !== false;
    };
    expect(isEverAlive("page.a.test")).to.equal(true);
    expect(isEverAlive("www.a.test")).to.equal(false);
  });

  it("breaks a property at a name that it never serves, though nothing else could", () => {
    const atRest = (aliases: readonly Value[], name: string): unknown =>
      violationsOf(new FaultSpace(model(aliases), name, "A")).map((one) => [
        one.property,
        one.isOpen,
        one.smallest.faults,
        one.blame.why,
      ]);
    const why = "cdn has no alternate domain name www.a.test, so CloudFront answers 403";
    expect(atRest(["page.a.test"], "page.a.test")).to.deep.equal([]);
    expect(atRest(["page.a.test"], "www.a.test")).to.deep.equal([["aliveAtRest", false, [], why]]);
    const perhaps = atRest(["page.a.test", new Unknown("computed")], "www.a.test");
    expect(perhaps).to.deep.equal([["aliveAtRest", true, [], "nothing that it leads to works"]]);
  });

  it("is open at the name that was asked alone, where its names are not known", () => {
    const stack = model(["page.a.test", new Unknown("computed")]);
    const open = (name: string): unknown =>
      openAnswerOf(stack, { name, type: "A" }, stack.under([])).dependsOn;
    expect(open("page.a.test")).to.equal(undefined);
    expect(open("www.a.test")).to.deep.equal(["cdn-for-www.a.test"]);
  });
});
