import { expect } from "chai";
import { fromExport } from "../../../routing/graph/fromExport";
import type { Properties, Resource, Value } from "../../../routing/graph/resource";
import { Unknown } from "../../../routing/graph/resource";
import { StackModel } from "../../../routing/graph/stackModel";
import { isLeft, resource } from "./stack";

const native = (
  type: string,
  name: string,
  outputs: Properties,
  more: Partial<Resource> = {},
): Resource => resource(`aws-native:${type}`, name, outputs, more);

const zone = native("route53:HostedZone", "zone", { awsId: "Z1", name: "a.test" }, { id: "Z1" });
const record = (name: string, outputs: Properties, more: Partial<Resource> = {}): Resource =>
  native(
    "route53:RecordSet",
    name,
    { name: "www.a.test", type: "A", hostedZoneId: "Z1", ttl: "60", ...outputs },
    more,
  );
const spare = record("spare", {
  failover: "SECONDARY",
  setIdentifier: "s",
  resourceRecords: ["203.0.113.99"],
});
const first = { failover: "PRIMARY", setIdentifier: "p" };
const alias = (dnsName: string): Properties => ({
  ...first,
  aliasTarget: { dnsName, hostedZoneId: "ZAWS", evaluateTargetHealth: true },
});

const balancerName = "web-1.us-west-2.elb.amazonaws.com";
const instance = native(
  "ec2:Instance",
  "web",
  { availabilityZone: "us-west-2a", instanceId: "i-1" },
  { id: "i-1" },
);

describe("resources of the aws-native provider", () => {
  it("are balancers with all groups of their listeners and rules", () => {
    const group = (name: string, targets: readonly Properties[]): Resource =>
      native(
        "elasticloadbalancingv2:TargetGroup",
        name,
        { targetGroupArn: `arn:${name}`, targetType: "instance", targets },
        { id: `arn:${name}` },
      );
    const stack = [
      zone,
      record("main", alias(`dualstack.${balancerName}.`)),
      spare,
      native(
        "elasticloadbalancingv2:LoadBalancer",
        "alb",
        { dnsName: balancerName, loadBalancerArn: "arn:alb", type: "application" },
        { id: "arn:alb" },
      ),
      native(
        "elasticloadbalancingv2:Listener",
        "http",
        {
          listenerArn: "arn:http",
          loadBalancerArn: "arn:alb",
          defaultActions: [{ type: "forward", targetGroupArn: "arn:default" }],
        },
        { id: "arn:http" },
      ),
      native("elasticloadbalancingv2:ListenerRule", "rule", {
        listenerArn: "arn:http",
        actions: [
          { type: "forward", forwardConfig: { targetGroups: [{ targetGroupArn: "arn:ruled" }] } },
        ],
      }),
      group("default", [{ id: "i-2", port: 80 }]),
      group("ruled", [{ id: "i-1", port: 80 }]),
      instance,
      native("ec2:Instance", "other", { availabilityZone: "us-west-2b" }, { id: "i-2" }),
    ];
    for (const [fault, left] of [
      ["web", true],
      ["other", true],
      ["us-west-2b", true],
      ["us-west-2", true],
      ["alb", true],
      ["spare", false],
    ] as const) {
      expect(isLeft(stack, fault), fault).to.equal(left);
    }
    expect(isLeft(stack)).to.equal(false);
  });

  it("give the detection time of a target group, and the number of targets it needs", () => {
    const key = "target_group_health.dns_failover.minimum_healthy_targets.count";
    const stack = (attributes: readonly Properties[]): readonly Resource[] => [
      zone,
      record("main", alias(balancerName)),
      spare,
      native(
        "elasticloadbalancingv2:LoadBalancer",
        "alb",
        { dnsName: balancerName, loadBalancerArn: "arn:alb" },
        { id: "arn:alb" },
      ),
      native("elasticloadbalancingv2:Listener", "http", {
        loadBalancerArn: "arn:alb",
        defaultActions: [{ type: "forward", targetGroupArn: "arn:group" }],
      }),
      native(
        "elasticloadbalancingv2:TargetGroup",
        "group",
        {
          targetGroupArn: "arn:group",
          targets: [{ id: "i-1" }, { id: "i-2" }],
          targetGroupAttributes: attributes,
          healthCheckIntervalSeconds: 10,
          healthCheckTimeoutSeconds: 5,
          unhealthyThresholdCount: 2,
        },
        { id: "arn:group" },
      ),
      instance,
      native("ec2:Instance", "other", {}, { id: "i-2" }),
    ];
    expect(isLeft(stack([]), "web")).to.equal(false);
    expect(isLeft(stack([{ key, value: "2" }]), "web")).to.equal(true);
    const model = new StackModel(stack([{ key, value: "2" }]));
    const dead = model.faults(["web", "other"]);
    const { terms } = model.worstCase("www.a.test", "A", [], dead, "refused");
    expect(terms[0]?.seconds).to.equal(25);
  });

  it("are classic balancers with their instances", () => {
    const stack = [
      zone,
      record("main", alias(balancerName)),
      spare,
      native("elasticloadbalancing:LoadBalancer", "elb", {
        dnsName: balancerName,
        loadBalancerName: "elb",
        instances: ["i-1"],
      }),
      instance,
    ];
    expect(isLeft(stack)).to.equal(false);
    expect(isLeft(stack, "us-west-2a")).to.equal(true);
  });

  it("are websites of buckets that have the record's name (A11)", () => {
    const stack = [
      zone,
      record("page", {
        aliasTarget: {
          dnsName: "s3-website-us-west-2.amazonaws.com",
          hostedZoneId: "Z3BJ6K6RIION7M",
        },
      }),
      native("s3:Bucket", "bucket", {
        bucketName: "www.a.test",
        websiteConfiguration: { indexDocument: "index.html" },
      }),
    ];
    const model = new StackModel(stack);
    const dead = model.under(model.faults(["bucket"])).resolve("www.a.test", "A").answers;
    expect(dead.map(({ alive, target }) => [alive, target.split("::").at(-1)])).to.deep.equal([
      [false, "bucket"],
    ]);
  });

  it("are VPC endpoints, by the names in their entries", () => {
    const name = "vpce-1-abc.ec2.us-west-2.vpce.amazonaws.com";
    const stack = [
      zone,
      record("main", { aliasTarget: { dnsName: name, hostedZoneId: "Z9" } }),
      native("ec2:VpcEndpoint", "endpoint", { dnsEntries: [`Z9:${name}`] }),
    ];
    const model = new StackModel(stack);
    const { answers } = model.under(model.faults(["endpoint"])).resolve("www.a.test", "A");
    expect(answers.map(({ alive }) => alive)).to.deep.equal([false]);
  });

  it("are Beanstalk environments with their type (A13)", () => {
    const endpointUrl = "shop.us-west-2.elasticbeanstalk.com";
    for (const [value, isLeftThen] of [
      ["LoadBalanced", true],
      ["SingleInstance", false],
    ] as const) {
      const optionSettings = [
        { namespace: "aws:elasticbeanstalk:environment", optionName: "EnvironmentType", value },
      ];
      const shop = native("elasticbeanstalk:Environment", "shop", { endpointUrl, optionSettings });
      const stack = [zone, record("main", alias(endpointUrl)), spare, shop];
      const model = new StackModel(stack);
      const lost = model.under(model.faults(["shop"]));
      expect(lost.unknownsOf("www.a.test", "A")).to.deep.equal([]);
      expect(isLeft(stack, "shop")).to.equal(isLeftThen);
    }
  });

  it("are checks of every kind, and alarms", () => {
    const check = (name: string, config: Properties): Resource =>
      native("route53:HealthCheck", name, { healthCheckConfig: config, healthCheckId: name });
    const model = new StackModel([
      check("tcp", { type: "TCP", ipAddress: "192.0.2.1", port: 443, inverted: true }),
      check("both", {
        type: "CALCULATED",
        childHealthChecks: ["tcp", "quiet"],
        healthThreshold: 1,
      }),
      check("quiet", {
        type: "CLOUDWATCH_METRIC",
        alarmIdentifier: { name: "silence", region: "us-west-2" },
        insufficientDataHealthStatus: "Unhealthy",
      }),
      native(
        "cloudwatch:Alarm",
        "alarm",
        { alarmName: "silence", period: 60, evaluationPeriods: 2, dimensions: [] },
        { id: "silence" },
      ),
    ]);
    const [tcp, both, quiet] = model.route53.dns.checks;
    expect(tcp).to.include({ kind: "endpoint", inverted: true, port: 443 });
    expect(both).to.deep.include({ kind: "calculated", healthThreshold: 1 });
    expect(quiet).to.include({ insufficientData: "Unhealthy", periodSeconds: 60 });
  });

  it("are records of every policy, whose region property is that of latency routing", () => {
    const policies = [
      { region: "eu-west-1" },
      { geoLocation: { countryCode: "DE" } },
      { weight: 3 },
      { multiValueAnswer: true },
      { cidrRoutingConfig: { collectionId: "c", locationName: "*" } },
    ].map((outputs) => {
      const [only] = new StackModel([zone, record("one", outputs)]).route53.dns.records;
      return only?.policy;
    });
    expect(policies).to.deep.equal([
      { kind: "latency", region: "eu-west-1" },
      { kind: "geolocation", place: { country: "DE" } },
      { kind: "weighted", weight: 3 },
      { kind: "multivalue" },
      { kind: "cidr", collection: "c", location: "*", blocks: null },
    ]);
    const model = new StackModel([zone, record("one", { region: "eu-west-1" })]);
    expect(model.graph.ofType("aws:route53/record:Record")[0]?.region).to.equal(undefined);
  });

  it("C21 are the blocks of a location, also before their collection is deployed", () => {
    const office: Properties = { locationName: "office", cidrList: ["198.51.100.0/24"] };
    const collection = (locations: Value): Resource =>
      native(
        "route53:CidrCollection",
        "places",
        { name: "shop", locations },
        { id: "0b4cc1e0", inputs: { name: "shop", locations } },
      );
    const policyOf = (locations: Value, collectionId: Value, location = "office"): unknown => {
      const places = collection(locations);
      const config = { collectionId, locationName: location };
      const more = { propertyDependencies: { cidrRoutingConfig: [places.urn] } };
      const one = record("one", { cidrRoutingConfig: config }, more);
      return new StackModel([zone, places, one]).route53.dns.records[0]?.policy;
    };
    const read = { kind: "cidr", collection: "places", location: "office" };
    const blocks = ["198.51.100.0/24"];
    expect(policyOf([office], "0b4cc1e0")).to.deep.equal({ ...read, blocks });
    expect(policyOf([office], new Unknown("computed"))).to.deep.equal({ ...read, blocks });
    for (const [locations, location] of [
      [[office], "provider"],
      [new Unknown("computed"), "office"],
      [[{ ...office, cidrList: new Unknown("computed") }], "office"],
      [[{ ...office, cidrList: [new Unknown("computed")] }], "office"],
    ] as const) {
      expect(policyOf(locations, "0b4cc1e0", location)).to.deep.equal({
        kind: "unsupported",
        of: "cidr",
        why: `the blocks of its CIDR location are not part of what was read, got ${location} of collection places; add that location`,
      });
    }
  });

  it("are followed by their dependencies before they are deployed", () => {
    const computed = new Unknown("computed");
    const address = native("ec2:Eip", "address", { instanceId: "i-1", publicIp: computed });
    const stack = [
      zone,
      instance,
      address,
      native(
        "route53:HealthCheck",
        "check",
        { healthCheckConfig: { type: "TCP", ipAddress: computed, port: 80 } },
        { propertyDependencies: { healthCheckConfig: [address.urn] } },
      ),
      record(
        "main",
        { ...first, resourceRecords: computed, healthCheckId: "check" },
        { propertyDependencies: { resourceRecords: [address.urn] } },
      ),
      spare,
    ];
    expect(isLeft(stack)).to.equal(false);
    expect(isLeft(stack, "us-west-2a")).to.equal(true);
  });

  it("have the region of their provider, and find their zone by its name", () => {
    const urn = (type: string, name: string): string => `urn:pulumi:dev::a::${type}::${name}`;
    const provider = urn("pulumi:providers:aws-native", "west");
    const entry = (type: string, name: string, outputs: object): object => ({
      urn: urn(type, name),
      type,
      id: name,
      custom: true,
      inputs: outputs,
      outputs,
      provider: `${provider}::1`,
    });
    const text = JSON.stringify({
      version: 3,
      deployment: {
        resources: [
          {
            urn: provider,
            type: "pulumi:providers:aws-native",
            id: "1",
            custom: true,
            inputs: { region: "us-west-2" },
          },
          entry("aws-native:ec2:Instance", "web", { publicIp: "198.51.100.1" }),
          entry("aws-native:route53:HostedZone", "zone", { name: "a.test" }),
          entry("aws-native:route53:RecordSet", "main", {
            name: "www.a.test",
            hostedZoneName: "a.test.",
            type: "A",
            ttl: "60",
            resourceRecords: ["198.51.100.1"],
          }),
        ],
      },
    });
    const model = new StackModel(fromExport(text, "stack.json"));
    const { answers } = model.under(model.faults(["us-west-2"])).resolve("www.a.test", "A");
    expect(answers.map(({ alive, region }) => [alive, region])).to.deep.equal([
      [false, "us-west-2"],
    ]);
    expect(model.route53.dns.records[0]?.zoneId).to.equal(
      urn("aws-native:route53:HostedZone", "zone"),
    );
  });
});
