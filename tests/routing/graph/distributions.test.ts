import { expect } from "chai";
import type { Resource, Value } from "../../../routing/graph/resource";
import { everyFaultOf } from "../../../routing/graph/everyFault";
import { StackModel } from "../../../routing/graph/stackModel";
import { answering, pair, resource } from "./stack";

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

  it("needs the region that an origin's name shows", () => {
    expect(aliveWithout(of("function"), "us-west-2")).to.equal(false);
  });

  it("says what is assumed of an origin that was not read", () => {
    expect(answering(of("elsewhere")).assumption).to.equal(
      "cdn is taken to get its pages from app.example.org, whatever fails",
    );
    expect(answering(both).assumption).to.equal(undefined);
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
