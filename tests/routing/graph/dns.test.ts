import { expect } from "chai";
import { dnsOf } from "../../../routing/graph/dns";
import type { Properties, Resource } from "../../../routing/graph/resource";
import { Unknown } from "../../../routing/graph/resource";
import { StackGraph } from "../../../routing/graph/stackGraph";
import { StackModel } from "../../../routing/graph/stackModel";
import type { HealthCheck, RecordSet } from "../../../routing/model";
import { record, resource, urnOf, zone } from "./stack";

const recordOf = (outputs: Properties, more: Partial<Resource> = {}): RecordSet => {
  const { records } = dnsOf(new StackGraph([zone, record("www", outputs, more)]));
  if (!records[0]) throw new Error("the record was not read");
  return records[0];
};

const healthCheck = (outputs: Properties, more: Partial<Resource> = {}): Resource =>
  resource("aws:route53/healthCheck:HealthCheck", "check", outputs, more);

const checkOf = (outputs: Properties, ...others: readonly Resource[]): HealthCheck => {
  const { checks } = dnsOf(new StackGraph([healthCheck(outputs), ...others]));
  if (!checks[0]) throw new Error("the check was not read");
  return checks[0];
};

describe("reading a record", () => {
  const names: readonly (readonly [string, Properties])[] = [
    ["its name unchanged when it ends with the zone's", { name: "WWW.a.test." }],
    ["its name relative to the zone", { name: "www" }],
    ["its qualified name where AWS has given it", { name: "other", fqdn: "www.a.test" }],
  ];
  for (const [title, outputs] of names) {
    it(`takes ${title}`, () => {
      expect(recordOf(outputs).name).to.equal("www.a.test");
    });
  }

  it("takes the zone's own name for an empty one", () => {
    expect(recordOf({ name: "" }).name).to.equal("a.test");
    expect(recordOf({ name: "a.test" }).name).to.equal("a.test");
  });

  it("takes a name unchanged where the zone is not part of the stack", () => {
    const outside = recordOf({ zoneId: "Z2", name: "www.b.test" });
    expect([outside.name, outside.zoneId]).to.deep.equal(["www.b.test", "Z2"]);
  });

  it("leaves out a record whose name is not known yet", () => {
    const unnamed = record("www", { name: new Unknown("computed") });
    expect(dnsOf(new StackGraph([zone, unnamed])).records).to.deep.equal([]);
  });

  it("knows the policies of the model, and names unsupported ones", () => {
    const unsupported = (of: string, policy: string): RecordSet["policy"] => ({
      kind: "unsupported",
      of,
      why: `${policy} routing is not modelled; ask for a name that does not use it`,
    });
    const policies: readonly (readonly [Properties, RecordSet["policy"]])[] = [
      [{}, { kind: "simple" }],
      [{ multivalueAnswerRoutingPolicy: true }, { kind: "multivalue" }],
      [{ weightedRoutingPolicies: [{ weight: 0 }] }, { kind: "weighted", weight: 0 }],
      [{ weightedRoutingPolicies: [{ weight: "5" }] }, { kind: "weighted", weight: 5 }],
      [{ weightedRoutingPolicies: [{ weight: "x" }] }, unsupported("weighted", "weight x")],
      [
        { failoverRoutingPolicies: [{ type: "TERTIARY" }] },
        unsupported("failover", "failover TERTIARY"),
      ],
      [
        { latencyRoutingPolicies: [{ region: "us-west-2" }] },
        { kind: "latency", region: "us-west-2" },
      ],
      [{ latencyRoutingPolicies: [{}] }, unsupported("latency", "latency {}")],
      [
        { geolocationRoutingPolicies: [{ country: "us", subdivision: "CA" }] },
        { kind: "geolocation", place: { country: "US", subdivision: "CA" } },
      ],
      [{ geolocationRoutingPolicies: [{ country: "*" }] }, { kind: "geolocation", place: null }],
      [
        { geoproximityRoutingPolicy: { awsRegion: "us-west-2", bias: "-10" } },
        { kind: "geoproximity", place: "us-west-2", bias: -10 },
      ],
      [
        {
          geoproximityRoutingPolicy: { coordinates: [{ latitude: "49.22", longitude: "-74.01" }] },
        },
        { kind: "geoproximity", place: { latitude: 49.22, longitude: -74.01 }, bias: 0 },
      ],
      [
        { geoproximityRoutingPolicy: { localZoneGroup: "us-east-1-bue-1" } },
        unsupported("geoproximity", 'geoproximity {"localZoneGroup":"us-east-1-bue-1"}'),
      ],
      [
        { cidrRoutingPolicy: { collectionId: "c", locationName: "*" } },
        { kind: "cidr", collection: "c", location: "*", blocks: null },
      ],
      [{ latencyRoutingPolicies: [] }, { kind: "simple" }],
      [
        { cidrRoutingPolicy: { collectionId: "c", locationName: "elsewhere" } },
        {
          kind: "unsupported",
          of: "cidr",
          why: "the blocks of its CIDR location are not part of what was read, got elsewhere of collection c; add that location",
        },
      ],
      [{ geoproximityRoutingPolicy: null }, { kind: "simple" }],
    ];
    for (const [outputs, policy] of policies) {
      expect(recordOf(outputs).policy).to.deep.equal(policy);
    }
  });

  it("shows a value that is not known yet by the resource that it will come from", () => {
    const target = (propertyDependencies: Resource["propertyDependencies"]): unknown =>
      recordOf({ records: [new Unknown("computed")] }, { propertyDependencies }).target;
    const values = (value: string): unknown => ({
      kind: "values",
      values: [value],
      ttlSeconds: 60,
    });
    expect(target({ records: [urnOf("aws:ec2/eip:Eip", "ip")] })).to.deep.equal(values("<ip>"));
    expect(target({})).to.deep.equal(values("<unknown>"));
    expect(recordOf({ records: new Unknown("computed") }).target).to.deep.equal(
      values("<unknown>"),
    );
  });

  it("has no TTL and no values where the resource has none", () => {
    const { target } = recordOf({ ttl: null });
    expect(target).to.deep.equal({ kind: "values", values: [], ttlSeconds: 0 });
  });

  it("keeps the id of a check outside the stack, and names one that is not known yet", () => {
    expect(recordOf({ healthCheckId: "foreign" }).checkId).to.equal("foreign");
    // An assumption refers to this name. It contains the record, because several may be unknown.
    const open = recordOf({ healthCheckId: new Unknown("computed") });
    expect(open.checkId).to.equal("healthCheckId of www");
    expect(recordOf({ healthCheckId: "" }).checkId).to.equal(undefined);
  });

  it("keeps an alias to another zone, and marks a target that is not known as unknown", () => {
    const alias = (aliases: readonly Properties[]): unknown =>
      (recordOf({ aliases }).target as { target: unknown }).target;
    const zoneId = zone.urn;
    expect(alias([{ name: "b.a.test", zoneId: "Z1" }])).to.deep.equal({
      kind: "record",
      zoneId,
      name: "b.a.test",
    });
    expect(alias([{ name: "www.a.test", zoneId: "Z9" }])).to.deep.equal({
      kind: "record",
      zoneId: "Z9",
      name: "www.a.test",
    });
    expect(alias([{ name: new Unknown("computed"), zoneId: "Z9" }])).to.deep.equal({
      kind: "unknown",
      dnsName: "<target-of-www>",
    });
  });
});

describe("reading an alias to a website", () => {
  const domain = "s3-website-us-west-2.amazonaws.com";
  const type = "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration";
  const website = (bucket: string): Resource =>
    resource(type, bucket, { bucket, websiteDomain: domain });
  const sites = [website("www.a.test"), website("shop.a.test")];
  const targetOf = (name: string, linked?: string): unknown => {
    const alias = { aliases: [{ name: domain, zoneId: "Z3", evaluateTargetHealth: false }] };
    const from = linked === undefined ? {} : { aliases: [urnOf(type, linked)] };
    const www = record("www", { name, ...alias }, { propertyDependencies: from });
    const [{ target } = { target: {} }] = dnsOf(new StackGraph([zone, ...sites, www])).records;
    return (target as { target: unknown }).target;
  };
  const to = (bucket: string): object => ({
    kind: "s3Website",
    dnsName: domain,
    region: "us-west-2",
    id: urnOf(type, bucket),
  });

  it("finds the bucket with the record's name (A11), whatever the alias depends on", () => {
    expect(targetOf("shop.a.test", "shop.a.test")).to.deep.equal(to("shop.a.test"));
    expect(targetOf("shop.a.test", "www.a.test")).to.deep.equal(to("shop.a.test"));
    expect(targetOf("shop.a.test")).to.deep.equal(to("shop.a.test"));
  });

  it("finds none where no bucket has its name", () => {
    const nowhere = { kind: "s3Website", dnsName: domain, region: "us-west-2" };
    expect(targetOf("other.a.test", "www.a.test")).to.deep.equal(nowhere);
    expect(targetOf("other.a.test")).to.deep.equal(nowhere);
  });
});

describe("reading a check", () => {
  const base = { id: urnOf("aws:route53/healthCheck:HealthCheck", "check"), label: "check" };

  it("fills in Route 53's own defaults", () => {
    expect(checkOf({ type: "TCP", ipAddress: "192.0.2.1" })).to.deep.equal({
      ...base,
      kind: "endpoint",
      type: "TCP",
      inverted: false,
      disabled: false,
      intervalSeconds: 30,
      failureThreshold: 3,
      byAddress: true,
      ipAddress: "192.0.2.1",
    });
  });

  it("takes all properties of an endpoint check", () => {
    expect(
      checkOf({
        type: "HTTPS_STR_MATCH",
        fqdn: "A.test.",
        port: 443,
        resourcePath: "/x",
        searchString: "ok",
        requestInterval: 10,
        failureThreshold: 2,
        invertHealthcheck: true,
        disabled: true,
      }),
    ).to.deep.equal({
      ...base,
      kind: "endpoint",
      type: "HTTPS_STR_MATCH",
      inverted: true,
      disabled: true,
      intervalSeconds: 10,
      failureThreshold: 2,
      byAddress: false,
      fullyQualifiedDomainName: "a.test",
      port: 443,
      path: "/x",
      searchString: "ok",
    });
  });

  it("finds the alarm of an alarm check in the stack", () => {
    const alarm = resource("aws:cloudwatch/metricAlarm:MetricAlarm", "slow", {
      name: "slow-alarm",
      period: 60,
      evaluationPeriods: 3,
    });
    const outputs = { type: "CLOUDWATCH_METRIC", cloudwatchAlarmName: "slow-alarm" };
    const common = { ...base, kind: "alarm", inverted: false, disabled: false };
    expect(checkOf({ ...outputs, insufficientDataHealthStatus: "Unhealthy" }, alarm)).to.deep.equal(
      {
        ...common,
        insufficientData: "Unhealthy",
        periodSeconds: 60,
        evaluationPeriods: 3,
      },
    );
    expect(checkOf(outputs)).to.deep.equal({ ...common, insufficientData: "LastKnownStatus" });
  });

  it("knows routing controls, and a calculated check's children and threshold", () => {
    const inert = { ...base, inverted: false, disabled: false };
    expect(checkOf({ type: "RECOVERY_CONTROL" })).to.deep.equal({
      ...inert,
      kind: "recoveryControl",
    });
    const child = resource("aws:route53/healthCheck:HealthCheck", "child", { type: "TCP" });
    const outputs = { type: "CALCULATED", childHealthchecks: ["child", "foreign"] };
    expect(checkOf({ ...outputs, childHealthThreshold: 1 }, child)).to.deep.equal({
      ...inert,
      kind: "calculated",
      children: [child.urn, "foreign"],
      healthThreshold: 1,
    });
    expect(checkOf({ ...outputs, childHealthThreshold: "2" }, child)).to.deep.include({
      healthThreshold: 2,
    });
  });

  it("leaves a check unknown whose type is not modelled or whose child is missing", () => {
    const checked = (outputs: Properties): readonly Resource[] => [
      zone,
      healthCheck(outputs),
      ...["PRIMARY", "SECONDARY"].map((type) =>
        record(type, {
          failoverRoutingPolicies: [{ type }],
          setIdentifier: type,
          healthCheckId: "check",
          records: ["192.0.2.1"],
        }),
      ),
    ];
    const unknowns = (outputs: Properties): readonly string[] =>
      new StackModel(checked(outputs))
        .under([])
        .unknownsOf("www.a.test", "A")
        .map(({ name, why }) => `${name}: ${why}`);
    // Both records have the check: it does not decide which answers, but whether any is healthy.
    expect(unknowns({ type: "ICMP" })).to.deep.equal([
      'check: a check of type "ICMP" is not modelled',
    ]);
    const calculated = { type: "CALCULATED", childHealthThreshold: 1 };
    expect(unknowns({ ...calculated, childHealthchecks: ["gone"] })).to.deep.equal([
      "gone: it is a check of another stack",
    ]);
    expect(unknowns({ ...calculated, childHealthchecks: ["gone", null] })).to.deep.equal([
      "check: one of its childHealthchecks is null; name the check, or remove it",
    ]);
    expect(unknowns({ type: "CALCULATED", childHealthchecks: ["gone"] })).to.deep.equal([
      "check: it has no childHealthThreshold, and AWS documents no default; give it one",
    ]);
    expect(() => new StackModel([]).under([]).resolve("www.a.test", "A")).to.throw(
      "no Route 53 record",
    );
  });
});
