import { expect } from "chai";
import type { Properties, Resource } from "../../../routing/graph/resource";
import { Unknown } from "../../../routing/graph/resource";
import { resource } from "../../routing/graph/stack";
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
const cache = (outputs: Properties): Resource =>
  resource("aws:elasticache/replicationGroup:ReplicationGroup", "cache", {
    engine: "redis",
    nodeType: "cache.t4g.small",
    ...outputs,
  });
const database = (outputs: Properties): Resource =>
  resource("aws:rds/instance:Instance", "database", {
    engine: "mysql",
    instanceClass: "db.t4g.micro",
    allocatedStorage: 20,
    storageType: "gp3",
    ...outputs,
  });

describe("a charge by the size of a resource", () => {
  it("counts each shard of a cache with its replicas", () => {
    expect(said(cache({ numNodeGroups: 2, replicasPerNodeGroup: 1 }))).to.deep.equal([
      "elasticache redis cache.t4g.small, us-west-2: 2920",
    ]);
    expect(said(cache({ numCacheClusters: 3 }))).to.deep.equal([
      "elasticache redis cache.t4g.small, us-west-2: 2190",
    ]);
  });

  it("counts the public address of a database, and both in two zones", () => {
    const lines = said(database({ publiclyAccessible: true, multiAz: true }));
    expect(lines).to.include.members([
      "rds mysql db.t4g.micro, us-west-2: 1460",
      "rds storage gp3, us-west-2: 40",
      "public ipv4, us-west-2: 1460",
    ]);
  });

  it("assumes EC2's default type for a disk without one", () => {
    const disk = resource("aws:ebs/volume:Volume", "disk", { size: 8 });
    expect(said(disk)).to.deep.equal(["ebs gp2, us-west-2: 8"]);
  });
});

describe("a charge by use", () => {
  const lambda = (outputs: Properties = {}): Resource =>
    resource("aws:lambda/function:Function", "function", outputs);
  const subscription = (protocol: string): Resource =>
    resource("aws:sns/topicSubscription:TopicSubscription", "to", { protocol });

  it("assumes Lambda's defaults for a function without settings", () => {
    // 10,000 runs of one second with 1/8 GB.
    expect(said(lambda())).to.include("function x86_64, us-west-2: 1250");
  });

  it("counts the runs of a function by its schedules, except a disabled one", () => {
    const schedule = (state: string): Resource =>
      resource("aws:scheduler/schedule:Schedule", "schedule", {
        scheduleExpression: "rate(1 minutes)",
        state,
        target: { arn: "arn:f" },
      });
    // Every minute for 730 hours, one second with 1/8 GB.
    const [on, off] = ["ENABLED", "DISABLED"].map((state) =>
      said(lambda({ arn: "arn:f", architectures: ["arm64"], memorySize: 128 }), schedule(state)),
    );
    expect(on).to.include("function arm64, us-west-2: 5475");
    expect(off).to.include("function arm64, us-west-2: 0");
  });

  it("counts deliveries to the outside, and none within AWS", () => {
    expect(said(subscription("https"))[0]).to.match(/^web message, global: /);
    expect(said(subscription("email-json"))[0]).to.match(/^e-mail, global: /);
    expect(said(subscription("sqs"))).to.deep.equal([]);
    expect(said(resource("aws:sns/topicSubscription:TopicSubscription", "to", {}))).to.deep.equal([
      "unknown: messages by unknown",
    ]);
  });

  it("is unknown for a certificate that can be exported, in either form of its options", () => {
    for (const options of [{ export: "ENABLED" }, [{ export: "ENABLED" }]]) {
      const one = resource("aws:acm/certificate:Certificate", "certificate", { options });
      expect(said(one)).to.deep.equal(["unknown: it is private or can be exported"]);
    }
  });
});

describe("custom metrics of a stack", () => {
  const dashboard = (body: unknown): Resource =>
    resource("aws:cloudwatch/dashboard:Dashboard", "board", {
      dashboardBody: typeof body === "string" ? body : JSON.stringify(body),
    });
  const widget = (metrics: unknown): object => ({ properties: { region: "us-west-2", metrics } });
  const shown = (...metrics: readonly unknown[]): readonly string[] =>
    said(dashboard({ widgets: [widget(metrics)] })).filter((line) => line.startsWith("metric"));

  it("are counted once each, also if a row uses `.` for the value above", () => {
    const first = ["Own", "Orders", "Stack", "a"];
    expect(shown(first)).to.deep.equal(["metric, us-west-2: 1"]);
    expect(shown(first, [".", ".", ".", "."])).to.deep.equal(["metric, us-west-2: 1"]);
    expect(shown(first, [".", ".", ".", "b"], [".", "Other"])).to.deep.equal([
      "metric, us-west-2: 3",
    ]);
    expect(shown(["AWS/EC2", "CPUUtilization"], "no row", [1])).to.deep.equal([]);
  });

  it("are none if a body has none or cannot be read", () => {
    const bodies = ["no JSON", "{}", { widgets: [{}, { properties: { region: "us-west-2" } }] }];
    for (const body of bodies) {
      expect(said(dashboard(body)).filter((line) => line.startsWith("metric"))).to.be.empty;
    }
  });

  it("include those of an alarm, in either form of a block", () => {
    const metric = { namespace: "Own", metricName: "Orders" };
    for (const field of [metric, [metric]]) {
      const alarm = resource("aws:cloudwatch/metricAlarm:MetricAlarm", "alarm", {
        metricQueries: [{ id: "m", metric: field }],
      });
      expect(said(alarm)).to.include("metric, us-west-2: 1");
    }
  });
});

describe("an argument that is not known and decides a charge", () => {
  it("is an unknown charge, and not none: the subnets of a balancer from a look-up", () => {
    const balancer = (subnets: Properties[string]): readonly string[] =>
      said(resource("aws:lb/loadBalancer:LoadBalancer", "balancer", { subnets }));
    expect(balancer(new Unknown("computed"))).to.deep.equal([
      "alb, us-west-2: 730",
      "unknown: subnets: it is not known, and decides what it costs",
    ]);
    expect(balancer(["a", "b"])).to.deep.equal([
      "alb, us-west-2: 730",
      "public ipv4, us-west-2: 1460",
    ]);
  });
});

describe("an option without a known price", () => {
  const oddities: readonly (readonly [string, Resource, string])[] = [
    [
      "a machine with dedicated tenancy",
      instance({ tenancy: "dedicated" }),
      "its tenancy is dedicated",
    ],
    [
      "a machine on the spot market",
      instance({ instanceMarketOptions: {} }),
      "it is bought on the spot market",
    ],
    [
      "a fast disk",
      instance({ rootBlockDevice: { volumeSize: 8, volumeType: "gp3", iops: 4000 } }),
      "its disk performance beyond the baseline of gp3",
    ],
    [
      "a machine without a known disk",
      instance({ rootBlockDevice: null }),
      "its root volume is not known",
    ],
    [
      "a second disk of unknown size",
      instance({ ebsBlockDevices: [{ deviceName: "/dev/sdb" }] }),
      "the size of a disk is not known",
    ],
    ["a fast database", database({ iops: 12_000 }), "its storage performance beyond the baseline"],
    [
      "long performance insights",
      database({ performanceInsightsEnabled: true, performanceInsightsRetentionPeriod: 31 }),
      "31 days of Performance Insights",
    ],
    [
      "extended support",
      database({ engineLifecycleSupport: "open-source-rds-extended-support" }),
      "extended support, once standard support of its version ends",
    ],
    [
      "enhanced monitoring",
      database({ monitoringInterval: 60 }),
      "the logs of its enhanced monitoring",
    ],
    [
      "a table with provisioned capacity",
      resource("aws:dynamodb/table:Table", "table", { billingMode: "PROVISIONED" }),
      "its capacity is provisioned",
    ],
    [
      "a gateway balancer",
      resource("aws:lb/loadBalancer:LoadBalancer", "balancer", { loadBalancerType: "gateway" }),
      "it is a gateway balancer",
    ],
    [
      "an endpoint for balancers",
      resource("aws:ec2/vpcEndpoint:VpcEndpoint", "endpoint", {
        vpcEndpointType: "GatewayLoadBalancer",
      }),
      "it is a GatewayLoadBalancer endpoint",
    ],
    [
      "a parameter of the advanced tier",
      resource("aws:ssm/parameter:Parameter", "parameter", { tier: "Advanced" }),
      "it is of the Advanced tier",
    ],
    [
      "a private certificate",
      resource("aws:acm/certificate:Certificate", "certificate", {
        certificateAuthorityArn: "arn:ca",
      }),
      "it is private or can be exported",
    ],
    [
      "a distribution of all regions",
      resource(
        "aws:cloudfront/distribution:Distribution",
        "distribution",
        {},
        { region: "us-east-1" },
      ),
      "PriceClass_All also serves locations that cost more than North America and Europe",
    ],
    [
      "text messages",
      resource("aws:sns/topicSubscription:TopicSubscription", "phone", { protocol: "sms" }),
      "messages by sms",
    ],
    [
      "a FIFO topic",
      resource("aws:sns/topic:Topic", "topic", { fifoTopic: true }),
      "it is a FIFO topic",
    ],
    [
      "a schedule with an unsupported expression",
      resource("aws:scheduler/schedule:Schedule", "schedule", { scheduleExpression: "often" }),
      "how often it runs is not known",
    ],
    [
      "a database of unknown size",
      database({ allocatedStorage: new Unknown("computed") }),
      "the size of its storage is not known",
    ],
    [
      "a cache with snapshots",
      cache({ numCacheClusters: 1, snapshotRetentionLimit: 5 }),
      "its snapshots",
    ],
    [
      "a cache with tiers",
      cache({ numNodeGroups: 2, replicasPerNodeGroup: 1, dataTieringEnabled: true }),
      "its data tiering",
    ],
    [
      "a replica of a table in an unknown region",
      resource("aws:dynamodb/table:Table", "table", {
        billingMode: "PAY_PER_REQUEST",
        replicas: [{ regionName: new Unknown("computed") }],
      }),
      "the region of a replica is not known",
    ],
    [
      "a log for infrequent access",
      resource("aws:cloudwatch/logGroup:LogGroup", "log", { logGroupClass: "INFREQUENT_ACCESS" }),
      "it has the infrequent-access class",
    ],
    [
      "a check of a routing control",
      resource("aws:route53/healthCheck:HealthCheck", "check", { type: "RECOVERY_CONTROL" }),
      "it follows a routing control",
    ],
    [
      "a check of unknown type",
      resource("aws:route53/healthCheck:HealthCheck", "check", { type: new Unknown("computed") }),
      "its type is not known",
    ],
    [
      "a reservation for unknown machines",
      resource("aws:ec2/capacityReservation:CapacityReservation", "room", { instanceCount: 2 }),
      "its reservation is unknown",
    ],
    [
      "a disk of unknown size",
      resource("aws:ebs/volume:Volume", "disk", { size: new Unknown("computed") }),
      "the size of a disk is not known",
    ],
    [
      "a disk of high throughput",
      resource("aws:ebs/volume:Volume", "disk", { size: 8, type: "gp3", throughput: 500 }),
      "its disk performance beyond the baseline of gp3",
    ],
    [
      "a group of several types",
      resource("aws:autoscaling/group:Group", "group", { minSize: 2, mixedInstancesPolicy: {} }),
      "the instance type of its launch template is not known",
    ],
    [
      "an alarm on a query of metrics",
      resource("aws:cloudwatch/metricAlarm:MetricAlarm", "alarm", {
        metricQueries: [{ id: "q", expression: "SELECT AVG(x) FROM y" }],
      }),
      "it queries Metrics Insights, which is charged by the number of metrics found",
    ],
  ];
  for (const [name, one, why] of oddities) {
    it(`is unknown for ${name}`, () => {
      expect(said(one)).to.include(`unknown: ${why}`);
    });
  }
});
