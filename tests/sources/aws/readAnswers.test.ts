import { expect } from "chai";
import { named, reading } from "../read";
import { files, groups, health, instances } from "./balancing";

const soa = {
  Name: "example.org.",
  Type: "SOA",
  TTL: 900,
  ResourceRecords: [{ Value: "ns-1. root. 1 7200 900 1209600 86400" }],
};
const record = (more: object): object => ({ Name: "www.example.org.", Type: "A", ...more });
const values = { TTL: 60, ResourceRecords: [{ Value: "192.0.2.1" }] };
const listing = (...sets: readonly object[]): object => ({ ResourceRecordSets: [soa, ...sets] });
describe("reading output of the AWS CLI", () => {
  const policies: readonly (readonly [title: string, set: object, properties: object])[] = [
    ["failover", { Failover: "PRIMARY" }, { failoverRoutingPolicies: [{ type: "PRIMARY" }] }],
    ["weight", { Weight: 0 }, { weightedRoutingPolicies: [{ weight: 0 }] }],
    ["latency", { Region: "eu-west-1" }, { latencyRoutingPolicies: [{ region: "eu-west-1" }] }],
    [
      "geolocation",
      { GeoLocation: { CountryCode: "US", SubdivisionCode: "WA" } },
      { geolocationRoutingPolicies: [{ country: "US", subdivision: "WA" }] },
    ],
    [
      "geoproximity",
      { GeoProximityLocation: { Coordinates: { Latitude: "1.5", Longitude: "-2" }, Bias: 10 } },
      {
        geoproximityRoutingPolicy: {
          bias: 10,
          coordinates: [{ latitude: "1.5", longitude: "-2" }],
        },
      },
    ],
    [
      "subnets",
      { CidrRoutingConfig: { CollectionId: "c", LocationName: "*" } },
      { cidrRoutingPolicy: { collectionId: "c", locationName: "*" } },
    ],
    ["several values", { MultiValueAnswer: true }, { multivalueAnswerRoutingPolicy: true }],
  ];
  for (const [title, set, properties] of policies) {
    it(`keeps the routing policy of a record: ${title}`, async () => {
      const read = await reading(listing(record({ SetIdentifier: "x", ...values, ...set })));
      expect(named(read, "www.example.org A x").outputs).to.deep.equal({
        name: "www.example.org.",
        type: "A",
        zoneId: "example.org",
        setIdentifier: "x",
        ttl: 60,
        records: ["192.0.2.1"],
        ...properties,
      });
    });
  }

  it("reports a routing policy that it does not know", async () => {
    const { notes } = await reading(listing(record({ ...values, Moon: {} })));
    expect(notes).to.deep.equal(["www.example.org A: Moon is not read; its answers may differ."]);
  });

  it("takes the parent of a CNAME's name as the zone where nothing else identifies it", async () => {
    const cname = (SetIdentifier: string): object =>
      record({ ...values, Type: "CNAME", SetIdentifier, Weight: 1 });
    const { resources } = await reading({ ResourceRecordSets: [cname("a"), cname("b")] });
    const zone = resources.find(({ type }) => type === "aws:route53/zone:Zone");
    expect(zone?.outputs["name"]).to.equal("example.org");
  });

  it("identifies a zone by its SOA record, and takes its id from an alias within it", async () => {
    const alias = { HostedZoneId: "Z1", DNSName: "b.example.org.", EvaluateTargetHealth: true };
    const read = await reading(listing(record({ AliasTarget: alias })));
    const { type, id } = named(read, "example.org");
    expect([type, id]).to.deep.equal(["aws:route53/zone:Zone", "Z1"]);
  });

  it("identifies a zone without an SOA record by the common suffix of its names", async () => {
    const read = await reading({
      ResourceRecordSets: [
        { Name: "a.shop.example.org.", Type: "A", ...values },
        { Name: "b.shop.example.org.", Type: "A", ...values },
      ],
    });
    expect(named(read, "shop.example.org").id).to.equal("shop.example.org");
  });

  it("distinguishes a private zone from a public one of the same name by the list of zones", async () => {
    const zones = {
      HostedZones: [
        { Id: "/hostedzone/ZPUBLIC", Name: "example.org.", Config: { PrivateZone: false } },
        { Id: "/hostedzone/ZPRIVATE", Name: "example.org.", Config: { PrivateZone: true } },
      ],
    };
    const { resources } = await files(
      ["zones.json", zones],
      ["records-ZPUBLIC.json", listing(record(values))],
      ["records-ZPRIVATE.json", listing(record(values))],
    );
    const found = resources.filter(({ type }) => type === "aws:route53/zone:Zone");
    expect(found.map(({ id, outputs }) => [id, "vpcs" in outputs])).to.deep.equal([
      ["ZPUBLIC", false],
      ["ZPRIVATE", true],
    ]);
    const records = resources.filter(({ name }) => name.startsWith("www.example.org A"));
    expect(records.map(({ name, outputs }) => [name, outputs["zoneId"]])).to.deep.equal([
      ["www.example.org A", "ZPUBLIC"],
      ["www.example.org A of ZPRIVATE", "ZPRIVATE"],
    ]);
  });

  it("reports current failures of targets, alarms and checks as faults", async () => {
    const check = (id: string, config: object): object => ({ Id: id, HealthCheckConfig: config });
    const seen = (...statuses: readonly string[]): object => ({
      HealthCheckObservations: statuses.map((Status) => ({ StatusReport: { Status } })),
    });
    const checks = {
      HealthChecks: [
        check("down", { Type: "HTTP", IPAddress: "192.0.2.1" }),
        check("up", { Type: "HTTP", IPAddress: "192.0.2.2" }),
        check("inverted", { Type: "HTTP", IPAddress: "192.0.2.3", Inverted: true }),
        check("released", { Type: "HTTP", IPAddress: "192.0.2.5", Inverted: true }),
        check("disabled", { Type: "HTTP", IPAddress: "192.0.2.4", Disabled: true }),
        check("alarm", {
          Type: "CLOUDWATCH_METRIC",
          AlarmIdentifier: { Name: "orders", Region: "us-east-1" },
        }),
        check("silent", {
          Type: "CLOUDWATCH_METRIC",
          AlarmIdentifier: { Name: "quiet", Region: "us-east-1" },
          InsufficientDataHealthStatus: "Unhealthy",
        }),
        check("last", {
          Type: "CLOUDWATCH_METRIC",
          AlarmIdentifier: { Name: "forgotten", Region: "us-east-1" },
          InsufficientDataHealthStatus: "LastKnownStatus",
        }),
      ],
    };
    const alarms = {
      MetricAlarms: [
        { AlarmName: "orders", StateValue: "ALARM" },
        { AlarmName: "quiet", StateValue: "INSUFFICIENT_DATA" },
        { AlarmName: "forgotten", StateValue: "INSUFFICIENT_DATA" },
      ],
    };
    const failure = "Failure: The health checker could not establish a connection.";
    const success = "Success: HTTP Status Code 200, OK";
    const { failing, notes } = await files(
      ["checks.json", checks],
      ["status-down.json", seen(failure, failure, failure, failure, failure, success)],
      ["status-up.json", seen(failure, failure, failure, failure, success)],
      ["status-inverted.json", seen(success)],
      ["status-released.json", seen(failure)],
      ["status-disabled.json", seen(failure)],
      ["alarms.json", alarms],
      ["groups.json", groups],
      ["web-servers.json", health("unhealthy")],
      ["instances.json", instances],
    );
    expect(failing).to.deep.equal([
      "check:down",
      "check:inverted",
      "check:released=healthy",
      "check:alarm",
      "check:silent",
      "web",
    ]);
    expect(notes).to.deep.equal([
      "At present check:down fails: 1 of 6 checkers find its endpoint healthy.",
      "At present check:inverted fails: 1 of 1 checkers find its endpoint healthy.",
      "At present check:released, which is inverted, is healthy: 0 of 1 checkers find its endpoint healthy.",
      "At present check:alarm fails: alarm orders is in state ALARM.",
      "At present check:silent fails: alarm quiet has no data.",
      "At present web fails: its target group reports Target.Timeout.",
    ]);
  });

  it("names a check after its Name tag, and the second check with that tag after its id", async () => {
    const tagged = (ResourceId: string): object => ({
      ResourceType: "healthcheck",
      ResourceId,
      Tags: [{ Key: "Name", Value: "web" }],
    });
    const { resources } = await files(
      ["checks.json", { HealthChecks: [{ Id: "c1" }, { Id: "c2" }, { Id: "c3" }] }],
      ["tags.json", { ResourceTagSets: [tagged("c1"), tagged("c2")] }],
    );
    expect(resources.map(({ name }) => name)).to.deep.equal(["web", "c2", "c3"]);
  });

  it("has a zone as a whole where its listing has one page, which begins with the zone's own records", async () => {
    const isWhole = async (answer: object): Promise<unknown> =>
      named(await reading(answer), "example.org").isWhole;
    const all = listing(record(values));
    expect(await isWhole(all)).to.equal(true);
    expect(await isWhole({ ...all, IsTruncated: false })).to.equal(true);
    expect(await isWhole({ ...all, IsTruncated: true })).to.equal(undefined);
    expect(await isWhole({ ...all, NextToken: null })).to.equal(true);
    expect(await isWhole({ ...all, IsTruncated: "true" })).to.equal(undefined);
    expect(await isWhole({ ...all, NextToken: "x" })).to.equal(undefined);
    expect(await isWhole({ ...all, NextRecordName: "b.example.org." })).to.equal(undefined);
    expect(await isWhole({ ...all, NextRecordType: "A", MaxItems: "2" })).to.equal(undefined);
    expect(await isWhole({ ...all, NextRecordIdentifier: "second" })).to.equal(undefined);
    const later = [record(values), record({ ...values, Name: "b.example.org." })];
    expect(await isWhole({ ResourceRecordSets: later })).to.equal(undefined);
  });

  it("reports that a listing is one page of several", async () => {
    for (const mark of [{ NextToken: "eyJ" }, { IsTruncated: true }, { NextRecordName: "b." }]) {
      const { notes } = await reading({ ...listing(record(values)), ...mark });
      expect(notes).to.deep.equal([
        "file.json: it is one page of several; leave out --max-items and --no-paginate.",
      ]);
    }
  });

  it("reads an alarm with its dimensions", async () => {
    const arn = "arn:aws:cloudwatch:us-east-1:123456789012:alarm:orders";
    const read = await reading({
      MetricAlarms: [
        {
          AlarmName: "orders",
          AlarmArn: arn,
          Dimensions: [{ Name: "HealthCheckId", Value: "c1" }],
          Period: 60,
          StateValue: "OK",
        },
      ],
    });
    const { region, outputs } = named(read, "orders");
    expect([region, outputs["dimensions"], outputs["period"]]).to.deep.equal([
      "us-east-1",
      { HealthCheckId: "c1" },
      60,
    ]);
  });

  it("reads a private zone with its VPCs", async () => {
    const zone = {
      HostedZone: { Id: "/hostedzone/Z9", Name: "example.org.", Config: { PrivateZone: true } },
      VPCs: [{ VPCRegion: "us-west-2", VPCId: "vpc-1" }],
    };
    const read = await files(["zone.json", zone], ["records.json", listing(record(values))]);
    expect(named(read, "example.org").outputs).to.deep.include({
      zoneId: "Z9",
      vpcs: [{ vpcId: "vpc-1" }],
    });
  });
});
