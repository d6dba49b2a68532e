import { expect } from "chai";
import { StackModel } from "../../../routing/graph/stackModel";
import { readSources } from "../../../sources/readSources";
import { named, reading } from "../read";

const soa = {
  Name: "example.org.",
  Type: "SOA",
  TTL: 900,
  ResourceRecords: [{ Value: "ns-1. root. 1 7200 900 1209600 86400" }],
};
const record = (more: object): object => ({ Name: "www.example.org.", Type: "A", ...more });
const values = { TTL: 60, ResourceRecords: [{ Value: "192.0.2.1" }] };
const listing = (...sets: readonly object[]): object => ({ ResourceRecordSets: [soa, ...sets] });
const balancerArn =
  "arn:aws:elasticloadbalancing:us-west-2:123456789012:loadbalancer/app/web/50dc6c495c0c9188";
const groupArn =
  "arn:aws:elasticloadbalancing:us-west-2:123456789012:targetgroup/web-servers/73e2d6bc24d8a067";

const files = (...documents: readonly (readonly [path: string, document: object])[]) =>
  readSources(
    documents.map(([path, document]) => ({ path, content: Buffer.from(JSON.stringify(document)) })),
  );

const balancer = {
  LoadBalancers: [
    {
      LoadBalancerArn: balancerArn,
      DNSName: "web-1234567890.us-west-2.elb.amazonaws.com",
      CanonicalHostedZoneId: "Z1H1FL5HABSF5",
      LoadBalancerName: "web",
      Scheme: "internet-facing",
      Type: "application",
      AvailabilityZones: [
        { ZoneName: "us-west-2a", SubnetId: "subnet-a", LoadBalancerAddresses: [] },
        { ZoneName: "us-west-2b", SubnetId: "subnet-b", LoadBalancerAddresses: [] },
      ],
    },
  ],
};
const groups = {
  TargetGroups: [
    {
      TargetGroupArn: groupArn,
      TargetGroupName: "web-servers",
      TargetType: "instance",
      HealthCheckIntervalSeconds: 30,
      HealthCheckTimeoutSeconds: 5,
      HealthyThresholdCount: 5,
      UnhealthyThresholdCount: 2,
      LoadBalancerArns: [balancerArn],
    },
  ],
};
const health = (state: string): object => ({
  TargetHealthDescriptions: [
    {
      Target: { Id: "i-1", Port: 80 },
      TargetHealth: { State: state, ...(state === "healthy" ? {} : { Reason: "Target.Timeout" }) },
    },
  ],
});
const instances = {
  Reservations: [
    {
      Instances: [
        {
          InstanceId: "i-1",
          Placement: { AvailabilityZone: "us-west-2a" },
          Tags: [{ Key: "Name", Value: "web" }],
        },
        { InstanceId: "i-2", State: { Name: "terminated" } },
      ],
    },
  ],
};
const behindBalancer = listing(
  record({
    SetIdentifier: "p",
    Failover: "PRIMARY",
    AliasTarget: {
      HostedZoneId: "Z1H1FL5HABSF5",
      DNSName: "dualstack.web-1234567890.us-west-2.elb.amazonaws.com.",
      EvaluateTargetHealth: true,
    },
  }),
  record({ SetIdentifier: "s", Failover: "SECONDARY", ...values }),
);

describe("reading what the AWS command line prints", () => {
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

  it("says when a record has a policy that is newer than it", async () => {
    const { notes } = await reading(listing(record({ ...values, Moon: {} })));
    expect(notes).to.deep.equal([
      "www.example.org A: Moon is not read; its answers may be others.",
    ]);
  });

  it("knows a zone by its SOA record, and its id by an alias within it", async () => {
    const alias = { HostedZoneId: "Z1", DNSName: "b.example.org.", EvaluateTargetHealth: true };
    const read = await reading(listing(record({ AliasTarget: alias })));
    const { type, id } = named(read, "example.org");
    expect([type, id]).to.deep.equal(["aws:route53/zone:Zone", "Z1"]);
  });

  it("knows a zone without its SOA record by what all its names end with", async () => {
    const read = await reading({
      ResourceRecordSets: [
        { Name: "a.shop.example.org.", Type: "A", ...values },
        { Name: "b.shop.example.org.", Type: "A", ...values },
      ],
    });
    expect(named(read, "shop.example.org").id).to.equal("shop.example.org");
  });

  it("tells a private zone from a public one of its name by what was asked about them", async () => {
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

  it("follows a balancer to the instances behind it, whose zone takes it along", async () => {
    const { resources, notes } = await files(
      ["records.json", behindBalancer],
      ["balancers.json", balancer],
      ["groups.json", groups],
      ["health-web-servers.json", health("healthy")],
      ["instances.json", instances],
    );
    const model = new StackModel(resources);
    const values = ["us-west-2b", "us-west-2a"].map((fault) => {
      const state = model.under(model.faults([fault]));
      return state.resolve("www.example.org", "A").answers.map(({ value }) => value);
    });
    expect(values).to.deep.equal([
      ["dualstack.web-1234567890.us-west-2.elb.amazonaws.com"],
      ["192.0.2.1"],
    ]);
    expect(notes).to.deep.equal([]);
  });

  it("says what would have to be asked to know the targets of a balancer", async () => {
    const without = await files(["records.json", behindBalancer], ["balancers.json", balancer]);
    expect(without.notes).to.deep.equal([
      "The targets of the balancers are unknown: add `aws elbv2 describe-target-groups` and `describe-target-health`.",
    ]);
    const half = await files(["balancers.json", balancer], ["groups.json", groups]);
    expect(half.notes).to.deep.equal([
      "The targets of web-servers are unknown: add `aws elbv2 describe-target-health` of it.",
    ]);
  });

  it("leaves out targets of which nothing says whose they are", async () => {
    const two = { TargetGroups: [...groups.TargetGroups, { TargetGroupName: "other" }] };
    const { notes } = await files(["groups.json", two], ["health.json", health("healthy")]);
    expect(notes[0]).to.equal(
      "health.json: left out, since it does not say whose targets it has; name the file after the target group",
    );
  });

  it("takes what has failed at present as faults: targets, alarms and what checkers see", async () => {
    const check = (id: string, config: object): object => ({ Id: id, HealthCheckConfig: config });
    const seen = (...statuses: readonly string[]): object => ({
      HealthCheckObservations: statuses.map((Status) => ({ StatusReport: { Status } })),
    });
    const checks = {
      HealthChecks: [
        check("down", { Type: "HTTP", IPAddress: "192.0.2.1" }),
        check("up", { Type: "HTTP", IPAddress: "192.0.2.2" }),
        check("inverted", { Type: "HTTP", IPAddress: "192.0.2.3", Inverted: true }),
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
      ["status-disabled.json", seen(failure)],
      ["alarms.json", alarms],
      ["groups.json", groups],
      ["web-servers.json", health("unhealthy")],
      ["instances.json", instances],
    );
    expect(failing).to.deep.equal([
      "check:down",
      "check:inverted",
      "check:alarm",
      "check:silent",
      "web",
    ]);
    expect(notes).to.deep.equal([
      "At present check:down fails: 1 of 6 checkers find its endpoint healthy.",
      "At present check:inverted fails: 1 of 1 checkers find its endpoint healthy.",
      "At present check:alarm fails: alarm orders is in state ALARM.",
      "At present check:silent fails: alarm quiet has no data.",
      "At present web fails: its target group says Target.Timeout.",
    ]);
  });

  it("calls a check by its tag, and the second of two of one tag by its id as well", async () => {
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

  it("says when a listing is a page of several", async () => {
    const { notes } = await reading({ ...listing(record(values)), NextToken: "eyJ" });
    expect(notes).to.deep.equal(["file.json: it is one page of several; leave out --max-items."]);
  });

  it("reads listeners, whose groups come before those that a group says of itself", async () => {
    const other = groupArn.replace("web-servers", "other");
    const listeners = {
      Listeners: [
        {
          ListenerArn: "arn:aws:elasticloadbalancing:us-west-2:123456789012:listener/app/web/1/2",
          LoadBalancerArn: balancerArn,
          Port: 443,
          Protocol: "HTTPS",
          DefaultActions: [
            {
              Type: "forward",
              ForwardConfig: { TargetGroups: [{ TargetGroupArn: other, Weight: 1 }] },
            },
          ],
        },
      ],
    };
    const { resources } = await files(["groups.json", groups], ["listeners.json", listeners]);
    const found = resources.filter(({ type }) => type === "aws:lb/listener:Listener");
    expect(found.map(({ outputs }) => [outputs["port"], outputs["defaultActions"]])).to.deep.equal([
      [
        443,
        [
          {
            type: "forward",
            targetGroupArn: null,
            forward: { targetGroups: [{ arn: other, weight: 1 }] },
          },
        ],
      ],
    ]);
  });

  it("reads the addresses of a network balancer and its subnets, asked for or implied", async () => {
    const network = {
      LoadBalancers: [
        {
          LoadBalancerArn: balancerArn,
          Type: "network",
          AvailabilityZones: [
            {
              ZoneName: "us-west-2a",
              SubnetId: "subnet-a",
              LoadBalancerAddresses: [{ AllocationId: "eipalloc-1", IPv6Address: "2001:db8::1" }],
            },
            { ZoneName: "us-west-2b", SubnetId: "subnet-b" },
          ],
        },
      ],
    };
    const asked = {
      Subnets: [{ SubnetId: "subnet-a", AvailabilityZone: "us-west-2a", CidrBlock: "10.0.0.0/24" }],
    };
    const read = await files(["balancers.json", network], ["subnets.json", asked]);
    expect(named(read, balancerArn).outputs["subnetMappings"]).to.deep.equal([
      { subnetId: "subnet-a", allocationId: "eipalloc-1", ipv6Address: "2001:db8::1" },
    ]);
    expect(
      [named(read, "subnet-a"), named(read, "subnet-b")].map(({ outputs }) => outputs),
    ).to.deep.equal([
      { availabilityZone: "us-west-2a", cidrBlock: "10.0.0.0/24", region: "us-west-2" },
      { availabilityZone: "us-west-2b", region: "us-west-2" },
    ]);
  });

  it("reads classic balancers with their instances, and the addresses of instances", async () => {
    const classic = {
      LoadBalancerDescriptions: [
        {
          LoadBalancerName: "old",
          DNSName: "old-1.eu-west-1.elb.amazonaws.com",
          AvailabilityZones: ["eu-west-1a"],
          Instances: [{ InstanceId: "i-9" }],
        },
      ],
    };
    const machine = {
      Reservations: [
        {
          Instances: [
            {
              InstanceId: "i-9",
              Placement: { AvailabilityZone: "eu-west-1a" },
              NetworkInterfaces: [{ Ipv6Addresses: [{ Ipv6Address: "2001:db8::9" }] }],
            },
          ],
        },
      ],
    };
    const read = await files(["elb.json", classic], ["instances.json", machine]);
    const { type, region, outputs } = named(read, "old");
    expect([type, region, outputs["instances"]]).to.deep.equal([
      "aws:elb/loadBalancer:LoadBalancer",
      "eu-west-1",
      ["i-9"],
    ]);
    expect(named(read, "i-9").outputs["ipv6Addresses"]).to.deep.equal(["2001:db8::9"]);
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

  it("reads a private zone with the networks that were asked about", async () => {
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
