import { expect } from "chai";
import type { Resource, Value } from "../../../routing/graph/resource";
import { Unknown } from "../../../routing/graph/resource";
import { answerCases } from "../../../routing/graph/cases";
import { everyFaultOf } from "../../../routing/graph/everyFault";
import { StackModel } from "../../../routing/graph/stackModel";
import { answering, pair, record, resource } from "./stack";

describe("a distribution behind an alias", () => {
  const cdn = (outputs: Readonly<Record<string, Value>>) => [
    ...pair({
      aliases: [
        { name: "d1.cloudfront.net", zoneId: "Z2FDTNDATAQYW2", evaluateTargetHealth: false },
      ],
      healthCheckId: "",
    }),
    ...(["us-east-2", "eu-west-1"] as const).map((region) =>
      resource("aws:s3/bucket:Bucket", `in-${region}`, { bucket: `in-${region}` }, { region }),
    ),
    resource(
      "aws:cloudfront/distribution:Distribution",
      "cdn",
      {
        domainName: "d1.cloudfront.net",
        aliases: ["www.a.test"],
        origins: [
          { originId: "first", domainName: "in-us-east-2.s3.us-east-2.amazonaws.com" },
          { originId: "second", domainName: "in-eu-west-1.s3.amazonaws.com" },
          { originId: "elsewhere", domainName: "app.example.org" },
          { originId: "function", domainName: "x1.execute-api.us-west-2.amazonaws.com" },
        ],
        ...outputs,
      },
      { region: "us-west-2" },
    ),
  ];
  const of = (targetOriginId: string) => cdn({ defaultCacheBehavior: { targetOriginId } });
  const both = cdn({
    defaultCacheBehavior: { targetOriginId: "both" },
    originGroups: [{ originId: "both", members: [{ originId: "first" }, { originId: "second" }] }],
  });
  const aliveWithout = (stack: readonly Resource[], ...lost: readonly string[]) =>
    answering(stack, ...lost).alive;

  it("needs the origin of the default behaviour alone", () => {
    expect(aliveWithout(of("second"), "us-east-2")).to.equal(true);
    expect(aliveWithout(of("second"), "eu-west-1")).to.equal(false);
  });

  it("needs one origin of a group, since CloudFront asks the second where the first fails", () => {
    expect(aliveWithout(both, "us-east-2")).to.equal(true);
    expect(aliveWithout(both, "eu-west-1")).to.equal(true);
    expect(aliveWithout(both, "us-east-2", "eu-west-1")).to.equal(false);
  });

  it("needs every origin where it is not known which are asked", () => {
    expect(aliveWithout(cdn({}), "us-east-2")).to.equal(false);
    expect(aliveWithout(cdn({}), "eu-west-1")).to.equal(false);
  });

  it("answers nobody while it is disabled", () => {
    expect(answering(cdn({ enabled: false })).alive).to.equal(false);
    expect(answering(cdn({ enabled: true })).alive).to.equal(true);
  });

  it("answers nobody, and cannot be created, without the origin that its behaviour names", () => {
    const answer = answering(of("none"));
    expect(answer.alive).to.equal(false);
    expect(answer.deadBecause).to.equal(
      "cdn has no origin none, which its default behaviour needs, so CloudFront refuses it",
    );
    const half = cdn({
      defaultCacheBehavior: { targetOriginId: "both" },
      originGroups: [{ originId: "both", members: [{ originId: "first" }, { originId: "none" }] }],
    });
    expect(answering(half).deadBecause).to.include("no origin none");
    const computed = new Unknown("computed");
    const open = cdn({
      defaultCacheBehavior: { targetOriginId: "none" },
      origins: [{ originId: computed, domainName: "app.example.org" }],
    });
    expect(answering(open).alive).to.equal(true);
  });

  it("A15 answers for its alternate names alone, of which one can be a wildcard", () => {
    const named = (...aliases: readonly Value[]) => answering(cdn({ aliases }));
    expect(named("www.a.test").alive).to.equal(true);
    expect(named("other.a.test", "*.a.test").alive).to.equal(true);
    expect(named("*.test").alive).to.equal(true);
    expect(named("a.test", "*.www.a.test", "*w.a.test").alive).to.equal(false);
    expect(named().deadBecause).to.equal(
      "cdn has no alternate domain name www.a.test, so CloudFront answers 403",
    );
  });

  it("A15 is unknown where its alternate names are, and is taken to answer", () => {
    const why =
      "the alternate domain names of cdn are not known, and CloudFront answers 403 without one";
    const stacks = [
      cdn({ aliases: new Unknown("computed") }),
      cdn({ aliases: ["other.a.test", new Unknown("computed")] }),
      cdn({ aliases: null }).map((one) =>
        one.name === "cdn" ? { ...one, unknown: { "inputs.aliases": "unread" as const } } : one,
      ),
    ];
    for (const stack of stacks) {
      expect(answering(stack).alive).to.equal(true);
      const model = new StackModel(stack);
      const { unknown, cases } = answerCases(
        model,
        { name: "www.a.test", type: "A", faults: [] },
        new Map(),
      );
      expect(unknown).to.deep.equal([{ name: "cdn-for-www.a.test", why }]);
      expect(
        cases.map(({ resolution }) => resolution.answers.map(({ alive }) => alive)),
      ).to.deep.equal([[true], [false]]);
    }
  });

  it("A15 answers by the name that was asked, whichever records lead from it", () => {
    const [page] = cdn({}).filter(({ name }) => name === "www-primary");
    if (!page) throw new Error("no record");
    const [target] = page.inputs["aliases"] as readonly Value[];
    const leading = (aliases: readonly Value[], type = "HTTPS"): StackModel =>
      new StackModel([
        ...cdn({ aliases }).filter(({ name }) => !name.startsWith("www-")),
        record("www", {
          aliases: [{ name: "page.a.test", zoneId: "Z1", evaluateTargetHealth: false }],
        }),
        record("page", { name: "page.a.test", aliases: [target ?? null] }),
        record("any", { name: "*.a.test", aliases: [target ?? null] }),
        resource("aws:route53/healthCheck:HealthCheck", "by-name", {
          ...{ type, fqdn: "www.a.test", port: 443, requestInterval: 30, failureThreshold: 3 },
        }),
      ]);
    const through = (aliases: readonly Value[], name = "www.a.test"): boolean | undefined =>
      leading(aliases).under([]).resolve(name, "A").answers[0]?.alive;
    expect(through(["www.a.test"])).to.equal(true);
    expect(through(["other.a.test"])).to.equal(false);
    // The name in the request decides, not another one that leads to the same record.
    expect(through(["page.a.test"])).to.equal(false);
    expect(through(["page.a.test"], "page.a.test")).to.equal(true);
    expect(through(["www.a.test"], "page.a.test")).to.equal(false);
    expect(through(["shop.a.test"], "shop.a.test")).to.equal(true);
    expect(through(["shop.a.test"], "other.a.test")).to.equal(false);
    // So it does for a check, unless that only connects.
    const passes = (model: StackModel): boolean =>
      [...model.route53.checks.values()]
        .filter(({ label }) => label === "by-name")
        .every(({ id }) => model.under([]).observed.passes(id));
    expect(passes(leading(["www.a.test"]))).to.equal(true);
    expect(passes(leading(["page.a.test"]))).to.equal(false);
    expect(passes(leading(["page.a.test"], "TCP"))).to.equal(true);
  });

  it("A15 is another one where that has the closer alternate name, whatever the record says", () => {
    const other = resource("aws:cloudfront/distribution:Distribution", "other", {
      domainName: "d2.cloudfront.net",
      aliases: ["www.a.test"],
      origins: [{ originId: "only", domainName: "in-eu-west-1.s3.amazonaws.com" }],
      defaultCacheBehavior: { targetOriginId: "only" },
    });
    const stack = [...cdn({ aliases: ["*.a.test"], enabled: false }), other];
    expect(answering(stack).alive).to.equal(true);
    expect(answering(stack, "eu-west-1").alive).to.equal(false);
  });

  it("needs the region that an origin's name shows", () => {
    expect(aliveWithout(of("function"), "us-west-2")).to.equal(false);
  });

  it("says what is assumed of an origin that was not read", () => {
    expect(answering(of("elsewhere")).assumption).to.equal(
      "cdn is taken to get its pages from app.example.org, whatever else fails",
    );
    expect(answering(both).assumption).to.equal(undefined);
  });

  it("needs an origin that no resource has, which is one of the faults of a proof", () => {
    const faults = (stack: readonly Resource[]) =>
      everyFaultOf(new StackModel(stack), "www.a.test", "A").flatMap((fault) =>
        fault.kind === "outside" ? fault.name : [],
      );
    expect(aliveWithout(of("elsewhere"), "app.example.org")).to.equal(false);
    expect(faults(of("elsewhere"))).to.include("app.example.org");
    expect(faults(of("function"))).to.include("x1.execute-api.us-west-2.amazonaws.com");
    expect(faults(of("first"))).not.to.include("app.example.org");
    const another = cdn({ origins: [{ originId: "only", domainName: "API.a.test." }] });
    expect(faults(another)).to.include("api.a.test");
    const answered = record("api", { name: "api.a.test", records: ["192.0.2.7"] });
    expect(faults([...another, answered])).not.to.include("api.a.test");
  });

  it("has the regions and servers behind it among the faults of a proof", () => {
    const stack = [
      ...cdn({
        origins: [
          { originId: "first", domainName: "in-us-east-2.s3.us-east-2.amazonaws.com" },
          { originId: "second", domainName: "balancer.ap-south-1.elb.amazonaws.com" },
          { originId: "third", domainName: "x1.execute-api.sa-east-1.amazonaws.com" },
        ],
      }),
      resource(
        "aws:lb/loadBalancer:LoadBalancer",
        "balancer",
        { dnsName: "balancer.ap-south-1.elb.amazonaws.com" },
        { region: "ap-south-1" },
      ),
    ];
    const faults = everyFaultOf(new StackModel(stack), "www.a.test", "A");
    const named = (kind: string) =>
      faults.flatMap((fault) => (fault.kind === kind ? fault.name.split("::").at(-1) : []));
    expect(named("region")).to.have.members(["us-east-2", "ap-south-1", "sa-east-1"]);
    expect(named("resource")).to.have.members(["cdn", "balancer"]);
  });
});
