import { expect } from "chai";
import { cpusOf } from "../../../rehearsal/quotas/counting";
import { quotas } from "../../../rehearsal/quotas/quotas";
import { quotaUsesOf } from "../../../rehearsal/quotas/quotaUses";
import type { QuotaUse } from "../../../rehearsal/quotas/quota";
import { fromExport } from "../../../routing/graph/fromExport";
import type { Properties, Resource } from "../../../routing/graph/resource";
import { Unknown } from "../../../routing/graph/resource";
import { StackGraph } from "../../../routing/graph/stackGraph";
import { exportOf } from "../../../bench/stackExport";
import { record, resource, zone } from "../../routing/graph/stack";

const types = {
  address: "aws:ec2/eip:Eip",
  certificate: "aws:acm/certificate:Certificate",
  check: "aws:route53/healthCheck:HealthCheck",
  dashboard: "aws:cloudwatch/dashboard:Dashboard",
  distribution: "aws:cloudfront/distribution:Distribution",
} as const;

const usesOf = (...resources: readonly Resource[]): readonly QuotaUse[] =>
  quotaUsesOf(new StackGraph(resources));

/** The uses in short form. */
const short = (uses: readonly QuotaUse[]): readonly string[] =>
  uses.map(
    ({ what, of, used, default: given, state }) => `${what}, ${of}: ${used} of ${given}, ${state}`,
  );

/** A number of resources of a type, with distinct names. */
const several = (
  count: number,
  type: string,
  outputs: Properties = {},
  more: Partial<Resource> = {},
): readonly Resource[] =>
  Array.from({ length: count }, (_, index) =>
    resource(type, `${type.split(":").at(-1) ?? ""}${index}`, outputs, more),
  );

const records = (count: number): readonly Resource[] =>
  Array.from({ length: count }, (_, index) => record(`r${index}`, { name: `r${index}.a.test` }));

const names = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `n${index}.a.test`);

describe("the default quotas of AWS", () => {
  it("count weighted records of one name and type, and no others", () => {
    const weighted = (count: number, name: string): readonly Resource[] =>
      Array.from({ length: count }, (_, index) =>
        record(`w${name}${index}`, {
          name,
          setIdentifier: String(index),
          weightedRoutingPolicies: [{ weight: 1 }],
        }),
      );
    expect(short(usesOf(zone, ...weighted(79, "a.a.test"), ...weighted(79, "b.a.test")))).to.be
      .empty;
    expect(short(usesOf(zone, ...weighted(80, "a.a.test"))).join("\n")).to.match(
      /a\.a\.test A: 80 of 100, near/,
    );
  });

  it("count nothing that is unknown", () => {
    const resources = [
      resource(types.dashboard, "board", { dashboardBody: new Unknown("computed") }),
      resource(types.dashboard, "empty", { dashboardBody: "{}" }),
      resource("aws:autoscaling/group:Group", "group", {}),
      resource("aws:ec2/natGateway:NatGateway", "nat", {}),
      resource("aws:elasticache/replicationGroup:ReplicationGroup", "cache", {}),
      resource(types.address, "address", {}),
    ];
    expect(usesOf(...resources)).to.deep.equal([]);
  });

  it("count the additional certificates of a balancer's listeners", () => {
    const balancer = resource("aws:lb/loadBalancer:LoadBalancer", "balancer", { arn: "arn:b" });
    const listener = resource("aws:lb/listener:Listener", "listener", {
      arn: "arn:l",
      loadBalancerArn: "arn:b",
    });
    const certificates = several(26, "aws:lb/listenerCertificate:ListenerCertificate", {
      listenerArn: "arn:l",
    });
    expect(short(usesOf(balancer, listener, ...certificates)).join("\n")).to.match(
      /balancer: 26 of 25, over/,
    );
  });

  it("are not reported while a stack uses less than four fifths of each", () => {
    expect(usesOf(...several(3, types.address))).to.deep.equal([]);
    expect(usesOf(zone, ...records(7_997))).to.deep.equal([]);
  });

  it("are near from four fifths on, and over above the quota", () => {
    const states = [4, 5, 6].map((count) => short(usesOf(...several(count, types.address))));
    expect(states).to.deep.equal([
      ["Elastic IP addresses, us-west-2: 4 of 5, near"],
      ["Elastic IP addresses, us-west-2: 5 of 5, near"],
      ["Elastic IP addresses, us-west-2: 6 of 5, over"],
    ]);
  });

  it("apply to each region if AWS counts by region", () => {
    const dublin = several(6, types.address, {}, { region: "eu-west-1" });
    expect(short(usesOf(...several(4, types.address), ...dublin))).to.deep.equal([
      "Elastic IP addresses, eu-west-1: 6 of 5, over",
      "Elastic IP addresses, us-west-2: 4 of 5, near",
    ]);
  });

  it("have a remedy and a source", () => {
    const [use] = usesOf(zone, ...records(10_000));
    expect(use).to.deep.equal({
      what: "records in a hosted zone",
      of: "a.test",
      // With the zone's own two.
      used: 10_002,
      default: 10_000,
      state: "over",
      remedy:
        "request an increase; or spread the hostnames over several hosted zones, one stack each",
      source: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html",
    });
  });

  it("count the records of each hosted zone separately", () => {
    const elsewhere = { zoneId: "Z2", name: "x.b.test" };
    expect(short(usesOf(zone, ...records(8_000), record("other", elsewhere)))).to.deep.equal([
      "records in a hosted zone, a.test: 8002 of 10000, near",
    ]);
  });

  it("recommend an increase only up to AWS's maximum", () => {
    const certificate = (count: number): Resource =>
      resource(types.certificate, "tls", {
        domainName: "a.test",
        subjectAlternativeNames: names(count),
      });
    expect(usesOf(certificate(11)).map(({ used, remedy }) => [used, remedy])).to.deep.equal([
      [12, "request an increase, up to 100; or use several certificates"],
    ]);
    const [tooMany] = usesOf(certificate(100));
    expect(tooMany).to.include({ used: 101, most: 100, remedy: "use several certificates" });
  });

  it("that AWS does not raise have only another remedy", () => {
    const children = names(255);
    const check = resource(types.check, "all", { childHealthchecks: children });
    expect(usesOf(check).map(({ of, used, state, remedy }) => [of, used, state, remedy])).to.eql([
      [
        "all",
        255,
        "near",
        "merge some of them into one check, such as a page that tests several things",
      ],
    ]);
  });

  it("count items within a distribution and a dashboard", () => {
    const body = JSON.stringify({
      widgets: Array.from({ length: 500 }, () => ({
        type: "metric",
        properties: { metrics: Array.from({ length: 5 }, () => ["A", "B"]) },
      })),
    });
    const stack = [
      resource(types.distribution, "edge", { aliases: names(101) }),
      resource(types.dashboard, "board", { dashboardBody: body }),
    ];
    expect(short(usesOf(...stack))).to.deep.equal([
      "alternate names of a distribution, edge: 101 of 100, over",
      "widgets of a dashboard, board: 500 of 500, near",
      "metrics of a dashboard, board: 2500 of 2500, near",
    ]);
  });

  it("count vCPUs of instances, and of groups at their maximum size", () => {
    const template = resource("aws:ec2/launchTemplate:LaunchTemplate", "template", {
      instanceType: "m7g.xlarge",
    });
    const group = resource("aws:autoscaling/group:Group", "group", {
      launchTemplate: { id: "template" },
      minSize: 1,
      maxSize: 3,
    });
    const instances = several(2, "aws:ec2/instance:Instance", { instanceType: "t4g.micro" });
    expect(short(usesOf(template, group, ...instances))).to.deep.equal([
      "vCPUs of standard on-demand instances, us-west-2: 16 of 5, over",
    ]);
  });

  it("derive the vCPUs of a type from its name, if the standard quota counts it", () => {
    const known = [
      "t4g.nano",
      "t3.large",
      "m7g.medium",
      "m7gd.large",
      "c6i.xlarge",
      "r7iz.32xlarge",
    ];
    expect(known.map(cpusOf)).to.deep.equal([2, 2, 1, 2, 4, 128]);
    // Others have separate quotas, and the name of a metal type does not contain its vCPUs.
    expect(["g5.xlarge", "m7g.metal", "nonsense", undefined].map(cpusOf)).to.deep.equal(
      Array(4).fill(undefined),
    );
  });

  it("are the same from an export", () => {
    const stack = [zone, ...records(8_000), ...several(6, types.address)];
    const text = exportOf({
      project: "graph",
      stack: "dev",
      preview: false,
      // An export has regions only through providers.
      resources: stack.map((one) => ({ ...one, outputs: { ...one.outputs, region: "us-west-2" } })),
      calls: [],
      outputs: {},
    });
    expect(quotaUsesOf(new StackGraph(fromExport(text, "x")))).to.deep.equal(usesOf(...stack));
  });

  it("each have a source at AWS, and either can be raised or have another remedy", () => {
    for (const { what, default: given, most, remedy, source } of quotas) {
      expect(source, what).to.match(/^https:\/\/docs\.aws\.amazon\.com\//);
      expect(given, what).to.be.greaterThan(0);
      expect(most === undefined || most >= given, what).to.equal(true);
      expect(most === undefined || remedy !== undefined, what).to.equal(true);
    }
    expect(new Set(quotas.map(({ what }) => what)).size).to.equal(quotas.length);
  });
});
