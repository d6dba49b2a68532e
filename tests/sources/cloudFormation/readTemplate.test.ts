import { expect } from "chai";
import type { Value } from "../../../routing/graph/resource";
import { Unknown } from "../../../routing/graph/resource";
import { StackModel } from "../../../routing/graph/stackModel";
import { named, reading } from "../read";

/** The value of an expression, read as the set identifier of the one record of a template. */
async function valueOf(
  written: string,
  {
    parameters = {},
    more = "",
  }: { parameters?: Readonly<Record<string, string>>; more?: string } = {},
): Promise<Value | undefined> {
  const template = [
    "Resources:",
    "  Www:",
    "    Type: AWS::Route53::RecordSet",
    `    Properties: {Type: A, TTL: "60", SetIdentifier: ${written}}`,
    "  Web: {Type: AWS::EC2::EIP}",
    more,
  ].join("\n");
  return named(await reading(template, "t.yaml", parameters), "Www").outputs["setIdentifier"];
}

const parameters = [
  "Parameters:",
  "  Name: {Type: String, Default: shop}",
  "  Count: {Type: Number, Default: 3}",
  "  List: {Type: CommaDelimitedList, Default: 'a, b'}",
  "  Open: {Type: String}",
  "  Stored: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /name}",
  "Mappings:",
  "  Ends: {us-west-2: {Zone: Z3BJ6K6RIION7M}}",
  "Conditions:",
  "  Is: !Equals [!Ref Name, shop]",
  "  IsNot: !Not [!Condition Is]",
  "  Asks: !Equals [!Ref Open, x]",
  "  Both: !And [!Condition Is, !Condition IsNot, !Condition Asks]",
  "  Either: !Or [!Condition Asks, !Condition Is]",
  "  Round: !Not [!Condition Round]",
].join("\n");

describe("the functions of a CloudFormation template", () => {
  const known: readonly (readonly [written: string, value: Value | undefined])[] = [
    ["!Ref Name", "shop"],
    ["{Ref: Name}", "shop"],
    ["!Sub '${Name}-${!Name}-${AWS::URLSuffix}'", "shop-${Name}-amazonaws.com"],
    ["!Sub ['${A}${Count}', {A: !Ref Name}]", "shop3"],
    ["!Join ['.', [!Ref Name, example.org]]", "shop.example.org"],
    ["!Join ['-', !Ref List]", "a-b"],
    ["!Select [1, !Split ['.', a.b.c]]", "b"],
    ["!Select ['0', !Ref List]", "a"],
    ["!FindInMap [Ends, us-west-2, Zone]", "Z3BJ6K6RIION7M"],
    ["!FindInMap [Ends, eu-west-1, Zone, {DefaultValue: none}]", "none"],
    ["!If [Is, yes, no]", "yes"],
    ["!If [IsNot, yes, no]", "no"],
    ["!If [Both, yes, no]", "no"],
    ["!If [Either, yes, no]", "yes"],
    ["!If [Is, !Ref AWS::NoValue, no]", undefined],
    ["!Base64 web", "d2Vi"],
    ["{Fn::Length: [1, 2]}", 2],
    ["{Fn::Length: !Ref List}", 2],
    ["{Condition: [Is]}", { Condition: ["Is"] }],
    ["!And [!Condition Is, !Condition Is]", true],
    ["!Equals [!Ref Count, 3]", true],
  ];
  for (const [written, value] of known) {
    it(`are evaluated: ${written}`, async () => {
      expect(await valueOf(written, { more: parameters })).to.deep.equal(value);
    });
  }

  const unknown = [
    "!Ref Open",
    "!Ref Stored",
    "!Ref AWS::Region",
    "!Ref Web",
    "!GetAtt Web.AllocationId",
    "!Sub 'x-${Web.AllocationId}'",
    "!Sub 'x-${Open}'",
    "!Join ['', [a, !Ref Web]]",
    "!Select [0, !GetAZs '']",
    "!ImportValue other",
    "!GetStackOutput {StackName: other, OutputName: Ip}",
    "!Sub '{{resolve:ssm:/${Name}/ip}}'",
    "!If [Asks, yes, no]",
    "!If [Round, yes, no]",
    "!Select [7, !Ref List]",
    // Arguments that CloudFormation refuses.
    "{Ref: [Name]}",
    "!Sub [[Name]]",
    "!Join [[a], b]",
    "!Split [a, [b]]",
    "!Base64 [[a]]",
    "!Not [Name]",
    "!Or [Name]",
    "!If [[a], b, c]",
    "!GetAtt [[Web], Arn]",
    "!Select [0, Name]",
  ];
  for (const written of unknown) {
    it(`are unknown where the value is set at deployment: ${written}`, async () => {
      expect(await valueOf(written, { more: parameters })).to.deep.equal(new Unknown("computed"));
    });
  }

  it("take given values, including those of pseudo parameters", async () => {
    const given = { Open: "x", "AWS::Region": "us-west-2" };
    const written = "!Sub '${Open}-${AWS::Region}'";
    expect(await valueOf(written, { more: parameters, parameters: given })).to.equal("x-us-west-2");
  });
});

describe("reading a CloudFormation template", () => {
  it("refuses a parameter that it does not have", async () => {
    const refusal = await valueOf("x", { more: parameters, parameters: { Zone: "z" } }).catch(
      (error: unknown) => (error as Error).message,
    );
    expect(refusal).to.equal(
      "--parameter Zone: t.yaml has no parameter of that name; it has Name, Count, List, Open, Stored",
    );
  });

  it("leaves out resources whose condition is false, and reports unknown conditions", async () => {
    const read = await reading(
      [
        parameters,
        "Resources:",
        "  In: {Type: AWS::EC2::EIP, Condition: Is}",
        "  Out: {Type: AWS::EC2::EIP, Condition: IsNot}",
        "  May: {Type: AWS::EC2::EIP, Condition: Asks}",
        "  Role: {Type: AWS::IAM::Role}",
      ].join("\n"),
      "t.yaml",
    );
    expect(read.resources.map(({ name }) => name)).to.deep.equal(["In", "May"]);
    expect(read.notes).to.deep.equal([
      "May: condition Asks is unknown; it is assumed to be true.",
      "t.yaml: its region is unknown, so its loss cannot be tested; give it with --parameter AWS::Region=REGION.",
      "t.yaml: Open has no value; give it with --parameter Open=VALUE.",
      "t.yaml: left out 1 of types that are not read: AWS::IAM::Role.",
    ]);
  });

  it("reads the output of the CDK: joined names, alarms, balancers with their targets", async () => {
    const { resources } = await reading({
      Resources: {
        Web1234: {
          Type: "AWS::EC2::Instance",
          Properties: { AvailabilityZone: "us-west-2a" },
          Metadata: { "aws:cdk:path": "Shop/Web/Resource" },
        },
        Group1234: {
          Type: "AWS::ElasticLoadBalancingV2::TargetGroup",
          Properties: {
            TargetType: "instance",
            HealthCheckIntervalSeconds: 10,
            Targets: [{ Id: { Ref: "Web1234" }, Port: 80 }],
          },
        },
        Listener1234: {
          Type: "AWS::ElasticLoadBalancingV2::Listener",
          Properties: {
            LoadBalancerArn: { Ref: "Balancer1234" },
            DefaultActions: [{ Type: "forward", TargetGroupArn: { Ref: "Group1234" } }],
          },
        },
        Balancer1234: {
          Type: "AWS::ElasticLoadBalancingV2::LoadBalancer",
          Properties: { Type: "application" },
        },
        Www: {
          Type: "AWS::Route53::RecordSet",
          Properties: {
            Name: "www.example.org.",
            HostedZoneName: "example.org.",
            Type: "A",
            Failover: "PRIMARY",
            SetIdentifier: "p",
            AliasTarget: {
              DNSName: {
                "Fn::Join": ["", ["dualstack.", { "Fn::GetAtt": ["Balancer1234", "DNSName"] }]],
              },
              HostedZoneId: { "Fn::GetAtt": ["Balancer1234", "CanonicalHostedZoneID"] },
              EvaluateTargetHealth: true,
            },
          },
        },
        Page: {
          Type: "AWS::Route53::RecordSet",
          Properties: {
            Name: "www.example.org.",
            HostedZoneName: "example.org.",
            Type: "A",
            Failover: "SECONDARY",
            SetIdentifier: "s",
            TTL: "60",
            ResourceRecords: ["192.0.2.1"],
          },
        },
      },
    });
    const model = new StackModel(resources);
    const values = [[], ["Web1234"]].map((faults) =>
      model
        .under(model.faults(faults))
        .resolve("www.example.org", "A")
        .answers.map(({ value }) => value),
    );
    expect(values).to.deep.equal([["<Balancer1234>"], ["192.0.2.1"]]);
  });

  it("reports a record whose name is not known", async () => {
    const { notes } = await reading(
      "Resources: {Www: {Type: AWS::Route53::RecordSet, Properties: {Name: !ImportValue name, Type: A}}}",
      "t.yaml",
    );
    expect(notes).to.deep.equal(["Www: its name is unknown, so no query can reach it."]);
  });

  it("takes the id of a zone that is only named from an alias or from the template", async () => {
    const aliasTo = (HostedZoneId: string): string =>
      `{Name: a.example.org, HostedZoneName: example.org., Type: A, AliasTarget: {DNSName: b.example.org, HostedZoneId: ${HostedZoneId}}}`;
    const read = await reading(
      [
        "Resources:",
        `  A: {Type: AWS::Route53::RecordSet, Properties: ${aliasTo("Z1")}}`,
        "  B: {Type: AWS::Route53::RecordSet, Properties: {Name: b.example.org, HostedZoneName: example.org, Type: A, TTL: 60, ResourceRecords: [192.0.2.1]}}",
        "  C: {Type: AWS::Route53::RecordSet, Properties: {Name: c.example.net, HostedZoneName: example.net, Type: A, TTL: 60, ResourceRecords: [192.0.2.1]}}",
        "  D: {Type: AWS::Route53::RecordSet, Properties: {Name: d.example.com, HostedZoneName: example.com, Type: A, TTL: 60, ResourceRecords: [192.0.2.1]}}",
        "  Zone: {Type: AWS::Route53::HostedZone, Properties: {Name: example.com}}",
      ].join("\n"),
      "t.yaml",
    );
    const zoneOf = (name: string): unknown => {
      const { outputs, propertyDependencies } = named(read, name);
      return propertyDependencies["zoneId"] ?? outputs["zoneId"];
    };
    expect(["A", "B", "C", "D"].map(zoneOf)).to.deep.equal([
      "Z1",
      "Z1",
      "example.net",
      ["urn:pulumi:t.yaml::cloudformation::aws:route53/zone:Zone::Zone"],
    ]);
  });

  it("reads a check with its alarm, and a website with its bucket", async () => {
    const read = await reading(
      [
        "Resources:",
        "  Check:",
        "    Type: AWS::Route53::HealthCheck",
        "    Properties:",
        "      HealthCheckTags: [{Key: Name, Value: orders}]",
        "      HealthCheckConfig:",
        "        Type: CLOUDWATCH_METRIC",
        "        Inverted: 'true'",
        "        AlarmIdentifier: {Name: !Ref Alarm, Region: us-east-1}",
        "  Alarm: {Type: AWS::CloudWatch::Alarm, Properties: {Period: 60, Dimensions: [{Name: Host, Value: a}]}}",
        "  Page: {Type: AWS::S3::Bucket, Properties: {BucketName: www.example.org, WebsiteConfiguration: {IndexDocument: index.html}}}",
      ].join("\n"),
      "t.yaml",
      { "AWS::Region": "us-east-1" },
    );
    expect(named(read, "Check").outputs).to.deep.equal({
      tags: { Name: "orders" },
      type: "CLOUDWATCH_METRIC",
      invertHealthcheck: true,
      cloudwatchAlarmName: new Unknown("computed"),
      cloudwatchAlarmRegion: "us-east-1",
    });
    expect(named(read, "Alarm").outputs["dimensions"]).to.deep.equal({ Host: "a" });
    const website = read.resources.find(({ type }) => type.includes("bucketWebsite"));
    expect([website?.region, website?.outputs["bucket"]]).to.deep.equal([
      "us-east-1",
      "www.example.org",
    ]);
  });

  const types: readonly (readonly [type: string, written: object, outputs: object])[] = [
    [
      "AWS::Route53::HostedZone",
      { Name: "example.org", VPCs: [{ VPCId: "vpc-1", VPCRegion: "us-west-2" }] },
      { name: "example.org", vpcs: [{ vpcId: "vpc-1" }] },
    ],
    [
      "AWS::ElasticLoadBalancingV2::LoadBalancer",
      {
        Scheme: "internal",
        SubnetMappings: [{ SubnetId: "subnet-1", AllocationId: "eipalloc-1" }],
        Tags: [{ Key: "Name", Value: "web" }],
      },
      {
        internal: true,
        subnetMappings: [{ subnetId: "subnet-1", allocationId: "eipalloc-1" }],
        tags: { Name: "web" },
      },
    ],
    [
      "AWS::ElasticLoadBalancingV2::ListenerRule",
      {
        Priority: "5",
        Actions: [
          { Type: "forward", ForwardConfig: { TargetGroups: [{ TargetGroupArn: "arn" }] } },
        ],
      },
      {
        priority: 5,
        actions: [
          { type: "forward", targetGroupArn: null, forward: { targetGroups: [{ arn: "arn" }] } },
        ],
      },
    ],
    [
      "AWS::ElasticLoadBalancing::LoadBalancer",
      { Scheme: "internet-facing", Instances: ["i-1"] },
      { internal: false, instances: ["i-1"] },
    ],
    [
      "AWS::ECS::Service",
      { LoadBalancers: [{ TargetGroupArn: "arn", ContainerPort: 80 }] },
      { loadBalancers: [{ targetGroupArn: "arn" }] },
    ],
    [
      "AWS::AutoScaling::AutoScalingGroup",
      { MinSize: "2", TargetGroupARNs: ["arn"] },
      { minSize: 2, targetGroupArns: ["arn"] },
    ],
    [
      "AWS::CloudFront::Distribution",
      {
        DistributionConfig: {
          Enabled: "true",
          Aliases: ["www.example.org"],
          Origins: [{ Id: "page", DomainName: "page.s3.amazonaws.com" }],
          DefaultCacheBehavior: { TargetOriginId: "both", ViewerProtocolPolicy: "https-only" },
          OriginGroups: {
            Quantity: 1,
            Items: [
              {
                Id: "both",
                FailoverCriteria: { StatusCodes: { Quantity: 1, Items: [503] } },
                Members: { Quantity: 2, Items: [{ OriginId: "page" }, { OriginId: "other" }] },
              },
            ],
          },
        },
      },
      {
        enabled: true,
        aliases: ["www.example.org"],
        origins: [{ originId: "page", domainName: "page.s3.amazonaws.com" }],
        defaultCacheBehavior: { targetOriginId: "both" },
        originGroups: [
          { originId: "both", members: [{ originId: "page" }, { originId: "other" }] },
        ],
      },
    ],
    [
      "AWS::Route53::RecordSet",
      {
        Name: "a.example.org",
        Type: "A",
        HostedZoneId: "Z1",
        SetIdentifier: "x",
        GeoProximityLocation: { AWSRegion: "us-west-2", Bias: "5" },
        MultiValueAnswer: "false",
      },
      {
        name: "a.example.org",
        type: "A",
        zoneId: "Z1",
        setIdentifier: "x",
        geoproximityRoutingPolicy: { awsRegion: "us-west-2", bias: 5 },
        multivalueAnswerRoutingPolicy: false,
      },
    ],
  ];
  for (const [type, written, outputs] of types) {
    it(`reads ${type} as Pulumi's provider writes it`, async () => {
      const read = await reading({ Resources: { It: { Type: type, Properties: written } } });
      expect(named(read, "It").outputs).to.deep.equal(outputs);
    });
  }

  it("leaves out an unknown group of records, and takes the branch of a condition that is true", async () => {
    const read = await reading(
      [
        parameters,
        "Resources:",
        "  Group: {Type: AWS::Route53::RecordSetGroup, Properties: {HostedZoneId: Z1, RecordSets: !ImportValue x}}",
        "  Names:",
        "    Type: AWS::Route53::RecordSetGroup",
        "    Properties:",
        "      HostedZoneId: Z1",
        "      RecordSets:",
        "        - !If [IsNot, {Name: a.example.org, Type: A}, !Ref AWS::NoValue]",
        "        - !If [Is, {Name: b.example.org, Type: A, Moon: 1}, !Ref AWS::NoValue]",
      ].join("\n"),
      "t.yaml",
    );
    expect(read.resources.map(({ name, outputs }) => [name, outputs["name"]])).to.deep.equal([
      ["Names[0]", "b.example.org"],
    ]);
    expect(read.notes).to.deep.equal([
      "Group: its records are unknown and left out.",
      "Names[0]: Moon is not read; its answers may differ.",
    ]);
  });
});
