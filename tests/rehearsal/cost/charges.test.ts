import { expect } from "chai";
import { billOf } from "../../../rehearsal/cost/bill";
import { chargers } from "../../../rehearsal/cost/charges/chargers";
import { freeTypes } from "../../../rehearsal/cost/prices/freeTypes";
import type { Properties, Resource } from "../../../routing/graph/resource";
import { Unknown } from "../../../routing/graph/resource";
import { record, resource, urnOf, zone } from "../../routing/graph/stack";
import { said } from "./said";

const instance = (outputs: Properties, more: Partial<Resource> = {}): Resource =>
  resource(
    "aws:ec2/instance:Instance",
    "machine",
    {
      instanceType: "t4g.small",
      rootBlockDevice: { volumeSize: 8, volumeType: "gp3" },
      ...outputs,
    },
    more,
  );
const database = (outputs: Properties): Resource =>
  resource("aws:rds/instance:Instance", "database", {
    engine: "mysql",
    instanceClass: "db.t4g.micro",
    allocatedStorage: 20,
    storageType: "gp3",
    ...outputs,
  });

describe("a resource without a known price", () => {
  it("is unknown and never free, such as a type without an entry", () => {
    const stream = resource("aws:kinesis/stream:Stream", "stream");
    const report = billOf("test", [stream]);
    expect(report.unknown).to.deep.equal([
      { urn: stream.urn, why: "no price is known for aws:kinesis/stream:Stream" },
    ]);
    expect(report.free).to.deep.equal([]);
    expect(report.lines.filter(({ monthly }) => monthly !== 0)).to.deep.equal([]);
  });

  it("is unknown in a region without a price, while the rest is charged", () => {
    expect(said(instance({}, { region: "ap-southeast-2" }))).to.deep.equal([
      'unknown: no price is known for "ec2 t4g.small" in ap-southeast-2',
      'unknown: no price is known for "ebs gp3" in ap-southeast-2',
    ]);
    expect(said(instance({ instanceType: "u-6tb1.metal" }))).to.deep.equal([
      "ebs gp3, us-west-2: 8",
      'unknown: no price is known for "ec2 u-6tb1.metal" in us-west-2',
    ]);
  });

  it("is unknown if the resource's properties are unknown", () => {
    const computed = new Unknown("computed");
    const rows: readonly (readonly [Resource, readonly string[]])[] = [
      [instance({ instanceType: computed }), ["unknown: its instance type is not known"]],
      [
        resource("aws:autoscaling/group:Group", "group", { minSize: 2 }),
        ["unknown: the instance type of its launch template is not known"],
      ],
      [database({ instanceClass: computed }), ["unknown: its engine or instance class is unknown"]],
      [
        resource("aws:elasticache/replicationGroup:ReplicationGroup", "cache", { nodeType: "x" }),
        ["unknown: the type or the number of its nodes is not known"],
      ],
    ];
    for (const [one, expected] of rows) expect(said(one), one.type).to.deep.equal(expected);
  });
});

describe("a free resource", () => {
  it("is listed by type with its source, and never a type that has a price", () => {
    const named = freeTypes.flatMap(({ types }) => types);
    expect(named.filter((type, index) => named.indexOf(type) !== index)).to.deep.equal([]);
    const both = [...chargers.keys()].filter((type) =>
      named.some((free) => (/[/:]$/.test(free) ? type.startsWith(free) : free === type)),
    );
    expect(both).to.deep.equal([]);
    for (const { why, source } of freeTypes) expect(why && source.name && source.date).to.be.ok;
  });

  it("is listed by type and counted", () => {
    const roles = ["a", "b"].map((name) => resource("aws:iam/role:Role", name));
    const { free, unknown } = billOf("test", [
      ...roles,
      resource("random:index/randomId:RandomId", "id"),
    ]);
    expect(free.map(({ type, count }) => [type, count])).to.deep.equal([
      ["aws:iam/role:Role", 2],
      ["random:index/randomId:RandomId", 1],
    ]);
    expect(unknown).to.deep.equal([]);
  });

  const uses: readonly (readonly [string, Resource, string])[] = [
    [
      "an endpoint of the gateway kind",
      resource("aws:ec2/vpcEndpoint:VpcEndpoint", "endpoint", { vpcEndpointType: "Gateway" }),
      "gateway endpoints are free, unlike interface endpoints",
    ],
    [
      "a parameter of the standard tier",
      resource("aws:ssm/parameter:Parameter", "parameter", { tier: "Standard" }),
      "parameters of the standard tier are free",
    ],
    [
      "a public certificate",
      resource("aws:acm/certificate:Certificate", "certificate", { domainName: "example.com" }),
      "public certificates are free while AWS holds their keys",
    ],
    [
      "a queue that a topic delivers to",
      resource("aws:sns/topicSubscription:TopicSubscription", "queue", { protocol: "sqs" }),
      "deliveries to queues and functions are free",
    ],
  ];
  for (const [name, one, why] of uses) {
    it(`can be ${name}, although others of its type are charged`, () => {
      const { free, lines, unknown } = billOf("test", [one]);
      expect(free.map((word) => [word.type, word.count, word.why])).to.deep.equal([
        [one.type, 1, why],
      ]);
      expect([lines.filter(({ urn }) => urn === one.urn), unknown]).to.deep.equal([[], []]);
    });
  }

  it("is each record of a zone up to the 10,000th", () => {
    const records = (count: number): readonly Resource[] =>
      Array.from({ length: count }, (_, index) =>
        record(`r${index}`, { name: `n${index}.a.test` }),
      );
    const item = "record beyond 10,000";
    const of = (count: number): readonly number[] =>
      billOf("test", [zone, ...records(count)])
        .lines.filter((line) => line.item === item)
        .map(({ monthly }) => monthly);
    expect(of(10_000)).to.deep.equal([]);
    expect(of(10_400)).to.deep.equal([400 * 0.0015]);
  });

  it("is no component, because those are not cloud resources", () => {
    const component = resource("awsx:ec2:Vpc", "vpc", {}, { custom: false });
    const { free, unknown } = billOf("test", [component]);
    expect([free, unknown]).to.deep.equal([[], []]);
  });
});

describe("the charges of a resource", () => {
  const rows: readonly (readonly [string, Resource, readonly Resource[], readonly string[]])[] = [
    [
      "a machine with detailed monitoring and a public address that is not an Elastic IP",
      instance({ monitoring: true, associatePublicIpAddress: true }),
      [],
      [
        "ec2 t4g.small, us-west-2: 730",
        "public ipv4, us-west-2: 730",
        "metric, us-west-2: 7",
        "ebs gp3, us-west-2: 8",
      ],
    ],
    [
      "a machine whose address is an Elastic IP, which is charged separately",
      instance({ publicIp: "203.0.113.7" }),
      [resource("aws:ec2/eip:Eip", "address", { instance: "machine" })],
      ["ec2 t4g.small, us-west-2: 730", "ebs gp3, us-west-2: 8"],
    ],
    [
      "a public balancer, with an address in each subnet",
      resource("aws:lb/loadBalancer:LoadBalancer", "balancer", {
        loadBalancerType: "application",
        subnets: ["subnet-a", "subnet-b"],
      }),
      [],
      ["alb, us-west-2: 730", "public ipv4, us-west-2: 1460"],
    ],
    [
      "an internal balancer",
      resource("aws:lb/loadBalancer:LoadBalancer", "balancer", { internal: true, subnets: ["s"] }),
      [],
      ["alb, us-west-2: 730"],
    ],
    [
      "a database in two zones, twice the disks and machines, and its backups beyond its storage",
      database({ multiAz: true, allocatedStorage: 5, manageMasterUserPassword: true }),
      [],
      [
        "rds mysql db.t4g.micro, us-west-2: 1460",
        "rds backup, us-west-2: 15",
        "rds storage gp3, us-west-2: 10",
        "secret, us-west-2: 1",
      ],
    ],
    [
      "an alarm on two metrics within a minute",
      resource("aws:cloudwatch/metricAlarm:MetricAlarm", "alarm", {
        metricQueries: [
          { id: "a", metric: { namespace: "AWS/EC2", metricName: "x", period: 10 } },
          { id: "b", metric: { namespace: "Shop", metricName: "y", period: 60 } },
          { id: "c", expression: "a / b" },
        ],
      }),
      [],
      ["alarm below a minute, us-west-2: 2", "metric, us-west-2: 1"],
    ],
    [
      "an interface endpoint in two zones",
      resource(
        "aws:ec2/vpcEndpoint:VpcEndpoint",
        "endpoint",
        { vpcEndpointType: "Interface", subnetIds: ["a", "b"] },
        { region: "us-east-1" },
      ),
      [],
      ["interface endpoint, us-east-1: 1460", "interface endpoint data, us-east-1: 10"],
    ],
    [
      "a gateway endpoint: nothing",
      resource("aws:ec2/vpcEndpoint:VpcEndpoint", "endpoint"),
      [],
      [],
    ],
    [
      "a log group without a retention limit: a year of lines",
      resource("aws:cloudwatch/logGroup:LogGroup", "lines"),
      [],
      ["log ingestion, us-west-2: 1", "log storage, us-west-2: 12"],
    ],
    [
      "a function on a schedule of five minutes, with 512 MB on x86",
      resource("aws:lambda/function:Function", "function", { memorySize: 512 }),
      [
        resource("aws:scheduler/schedule:Schedule", "schedule", {
          scheduleExpression: "rate(5 minutes)",
          target: { arn: "function" },
        }),
      ],
      ["function x86_64, us-west-2: 4380", "function request, us-west-2: 0.009"],
    ],
    [
      "a secret without replicas",
      resource("aws:secretsmanager/secret:Secret", "secret"),
      [],
      ["secret, us-west-2: 1"],
    ],
    [
      "a secret with a copy in another region",
      resource("aws:secretsmanager/secret:Secret", "secret", {
        replicas: [{ region: "eu-west-1" }],
      }),
      [],
      ["secret, us-west-2: 1", "secret, eu-west-1: 1"],
    ],
    [
      "a private zone",
      resource("aws:route53/zone:Zone", "private", { vpcs: [{}] }),
      [],
      ["hosted zone, global: 1"],
    ],
  ];
  for (const [name, one, others, expected] of rows) {
    it(`are right for ${name}`, () => {
      expect([...said(one, ...others)].sort()).to.deep.equal([...expected].sort());
    });
  }

  it("count a group's machines by its template, and its desired capacity if that exceeds the minimum", () => {
    const template = resource("aws:ec2/launchTemplate:LaunchTemplate", "template", {
      instanceType: "t4g.small",
      blockDeviceMappings: [{ ebs: { volumeSize: 10, volumeType: "gp2" } }],
    });
    const group = (outputs: Properties): Resource =>
      resource("aws:autoscaling/group:Group", "group", {
        launchTemplate: { id: "template" },
        ...outputs,
      });
    expect(said(group({ minSize: 2 }), template)).to.deep.equal([
      "ec2 t4g.small, us-west-2: 1460",
      "ebs gp2, us-west-2: 20",
    ]);
    expect(said(group({ minSize: 2, desiredCapacity: 3 }), template)[0]).to.equal(
      "ec2 t4g.small, us-west-2: 2190",
    );
  });

  it("count a table in each of its regions, and its index like the table", () => {
    const table = resource("aws:dynamodb/table:Table", "table", {
      billingMode: "PAY_PER_REQUEST",
      globalSecondaryIndexes: [{ name: "one" }],
      replicas: [{ regionName: "eu-west-1", pointInTimeRecovery: true }],
    });
    expect([...said(table)].sort()).to.deep.equal([
      "dynamodb recovery, eu-west-1: 5",
      "dynamodb storage, eu-west-1: 10",
      "dynamodb storage, us-west-2: 10",
      "dynamodb write, eu-west-1: 0.8",
      "dynamodb write, us-west-2: 0.8",
    ]);
  });
});

it("gives the stack's own charges the name of the stack", () => {
  const stack = resource("pulumi:pulumi:Stack", "graph-dev", {}, { custom: false });
  const { lines } = billOf("test", [stack]);
  expect(lines.map(({ urn, item }) => [urn, item])).to.deep.equal([
    // Its names are queried, whichever stack has the zone.
    [urnOf("pulumi:pulumi:Stack", "graph-dev"), "dns query"],
  ]);
  const experiment = resource("aws:fis/experimentTemplate:ExperimentTemplate", "zone-loss", {});
  expect(billOf("test", [stack, experiment]).lines.map(({ item }) => item)).to.deep.equal([
    "dns query",
    // Of game days, which nothing else here makes dearer.
    "fis action",
  ]);
});
