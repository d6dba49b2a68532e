import { EC2 } from "@aws-sdk/client-ec2";
import { ElasticLoadBalancing } from "@aws-sdk/client-elastic-load-balancing";
import { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import { Route53 } from "@aws-sdk/client-route-53";
import type { ResourceRecordSet } from "@aws-sdk/client-route-53";
import { expect } from "chai";
import { AwsError } from "../../../aws/awsError";
import { accountOf } from "../../../aws/clients";
import { liveZone } from "../../../aws/zone/liveZone";
import { main } from "../../../cli/main";
import { needParts } from "../../app/harness/parts";
import { memoryIo } from "../../cli/memoryIo";
import { withAnswers } from "../answers";
import { Moto } from "../moto";

const keys = { accessKeyId: "test", secretAccessKey: "test" };
const region = "us-west-2";

describe("a hosted zone of an account, against moto", function () {
  this.timeout(120_000);
  let moto: Moto | undefined;
  let env: Readonly<Record<string, string>>;
  let zoneId: string;
  let checkId: string;
  let address: string;
  let balancerName: string;
  let classicName: string;

  before(async function () {
    needParts(this, ["moto_server"]);
    moto = await Moto.emptied();
    env = {
      AWS_ENDPOINT_URL: moto.endpoint,
      AWS_ACCESS_KEY_ID: keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    };
    await makeZone(moto.endpoint);
  });

  /** A primary at an Elastic IP, a secondary balancer with one instance, and a classic balancer. */
  async function makeZone(endpoint: string): Promise<void> {
    const options = { region, endpoint, credentials: keys };
    const [route53, ec2, elbv2] = [
      new Route53({ ...options, region: "us-east-1" }),
      new EC2(options),
      new ElasticLoadBalancingV2(options),
    ];
    const { Subnets = [] } = await ec2.describeSubnets({});
    const subnet = (zone: string): string =>
      Subnets.find(({ AvailabilityZone }) => AvailabilityZone === zone)?.SubnetId ?? "";
    const [a, b] = [subnet("us-west-2a"), subnet("us-west-2b")];
    const ImageId = "ami-0123456789abcdef0";
    const run = async (SubnetId: string, name: string): Promise<string> => {
      const { Instances = [] } = await ec2.runInstances({
        ImageId,
        SubnetId,
        MinCount: 1,
        MaxCount: 1,
        TagSpecifications: [{ ResourceType: "instance", Tags: [{ Key: "Name", Value: name }] }],
      });
      return Instances[0]?.InstanceId ?? "";
    };
    const [primary, standby] = [await run(a, "primary"), await run(b, "standby")];
    // moto's own addresses are loopback addresses, whose checks Route 53 rejects (H14).
    const { AllocationId, PublicIp = "" } = await ec2.allocateAddress({
      Domain: "vpc",
      Address: "198.51.100.7",
    });
    await ec2.associateAddress({ AllocationId, InstanceId: primary });
    address = PublicIp;
    const { LoadBalancers = [] } = await elbv2.createLoadBalancer({ Name: "web", Subnets: [a, b] });
    const [{ LoadBalancerArn, DNSName = "", CanonicalHostedZoneId } = {}] = LoadBalancers;
    balancerName = DNSName;
    const { TargetGroups = [] } = await elbv2.createTargetGroup({
      Name: "web-servers",
      Protocol: "HTTP",
      Port: 80,
      VpcId: Subnets[0]?.VpcId,
    });
    const [{ TargetGroupArn } = {}] = TargetGroups;
    await elbv2.registerTargets({ TargetGroupArn, Targets: [{ Id: standby }] });
    await elbv2.createListener({
      LoadBalancerArn,
      Protocol: "HTTP",
      Port: 80,
      DefaultActions: [{ Type: "forward", TargetGroupArn }],
    });
    classicName = await makeClassic(endpoint, ImageId);
    const { HealthCheck } = await route53.createHealthCheck({
      CallerReference: "1",
      HealthCheckConfig: {
        Type: "HTTP",
        IPAddress: address,
        Port: 80,
        FailureThreshold: 2,
        RequestInterval: 10,
      },
    });
    checkId = HealthCheck?.Id ?? "";
    await route53.changeTagsForResource({
      ResourceType: "healthcheck",
      ResourceId: checkId,
      AddTags: [{ Key: "Name", Value: "web-check" }],
    });
    const { HostedZone } = await route53.createHostedZone({
      Name: "shop.example.org",
      CallerReference: "1",
    });
    zoneId = (HostedZone?.Id ?? "").replace("/hostedzone/", "");
    const named = { Name: "www.shop.example.org", Type: "A" } as const;
    const records: ResourceRecordSet[] = [
      {
        ...named,
        SetIdentifier: "p",
        Failover: "PRIMARY",
        TTL: 60,
        ResourceRecords: [{ Value: address }],
        HealthCheckId: checkId,
      },
      {
        ...named,
        SetIdentifier: "s",
        Failover: "SECONDARY",
        AliasTarget: {
          HostedZoneId: CanonicalHostedZoneId,
          DNSName: balancerName,
          EvaluateTargetHealth: true,
        },
      },
      {
        Name: "old.shop.example.org",
        Type: "A",
        SetIdentifier: "p",
        Failover: "PRIMARY",
        AliasTarget: {
          HostedZoneId: "Z1H1FL5HABSF5",
          DNSName: classicName,
          EvaluateTargetHealth: true,
        },
      },
      {
        Name: "old.shop.example.org",
        Type: "A",
        SetIdentifier: "s",
        Failover: "SECONDARY",
        TTL: 60,
        ResourceRecords: [{ Value: "203.0.113.9" }],
      },
    ];
    await route53.changeResourceRecordSets({
      HostedZoneId: zoneId,
      ChangeBatch: {
        Changes: records.map((ResourceRecordSet) => ({ Action: "CREATE", ResourceRecordSet })),
      },
    });
  }

  /** In us-east-1, which moto puts into the name of every classic balancer. */
  async function makeClassic(endpoint: string, ImageId: string): Promise<string> {
    const options = { region: "us-east-1", endpoint, credentials: keys };
    const [ec2, elb] = [new EC2(options), new ElasticLoadBalancing(options)];
    const { Instances = [] } = await ec2.runInstances({
      ImageId,
      Placement: { AvailabilityZone: "us-east-1b" },
      MinCount: 1,
      MaxCount: 1,
      TagSpecifications: [{ ResourceType: "instance", Tags: [{ Key: "Name", Value: "aged" }] }],
    });
    const LoadBalancerName = "old";
    const { DNSName = "" } = await elb.createLoadBalancer({
      LoadBalancerName,
      Listeners: [{ Protocol: "HTTP", LoadBalancerPort: 80, InstancePort: 80 }],
      AvailabilityZones: ["us-east-1b"],
    });
    await elb.registerInstancesWithLoadBalancer({
      LoadBalancerName,
      Instances: [{ InstanceId: Instances[0]?.InstanceId }],
    });
    return DNSName;
  }

  async function failover(
    ...argv: readonly string[]
  ): Promise<{ readonly code: number; readonly io: ReturnType<typeof memoryIo> }> {
    const io = memoryIo({ env });
    return { code: await main(argv, io), io };
  }

  it("gives answers with the places of its addresses and balancers, under any fault", async () => {
    const answers = async (...faults: readonly string[]): Promise<readonly string[]> => {
      const { io } = await failover(
        "resolve",
        "www.shop.example.org",
        "--zone",
        "shop.example.org",
        ...faults,
      );
      return io.out().split("\n").slice(0, 2);
    };
    expect(await answers()).to.deep.equal([
      `www.shop.example.org 60 A ${address}  (us-west-2a)`,
      "  www.shop.example.org A [p]: primary, web-check is healthy",
    ]);
    expect((await answers("--fail", "us-west-2a"))[0]).to.match(
      new RegExp(`^www\\.shop\\.example\\.org 60 A ${balancerName}  \\(us-west-2\\)$`),
    );
  });

  it("includes its classic balancers, with the zones of their instances", async () => {
    const { io } = await failover("snapshot", "--zone", zoneId, "--output", "zone.json");
    const first = async (...faults: readonly string[]): Promise<string | undefined> => {
      const offline = memoryIo({ files: Object.fromEntries(io.files) });
      await main(["resolve", "old.shop.example.org", "--from", "zone.json", ...faults], offline);
      return offline.out().split("\n")[0];
    };
    expect(await first()).to.equal(`old.shop.example.org 60 A ${classicName}  (us-east-1)`);
    for (const fault of ["us-east-1b", "aged", "old"]) {
      const answered = await first("--fail", fault);
      expect(answered, fault).to.equal("old.shop.example.org 60 A 203.0.113.9");
    }
  });

  it("is saved as a snapshot, which gives the same answers without an account", async () => {
    const { code, io } = await failover("snapshot", "--zone", zoneId, "--output", "zone.json");
    expect([code, io.out(), io.err()]).to.deep.equal([0, "", ""]);
    const live = await failover("resolve", "www.shop.example.org", "--zone", zoneId, "--json");
    const offline = memoryIo({ files: Object.fromEntries(io.files) });
    await main(["resolve", "www.shop.example.org", "--from", "zone.json", "--json"], offline);
    expect(offline.out()).to.equal(live.io.out()).and.to.include(address);
  });

  it("is read by read-only calls", async () => {
    const asked = (await moto?.requestsOf(() => liveZone(zoneId, accountOf(env)))) ?? [];
    const reads = /^(?:GET \/2013-04-01\/|POST \/2013-04-01\/tags\/healthcheck$|Describe)/;
    expect(asked.length).to.be.greaterThan(8);
    expect(asked.filter((request) => !reads.test(request))).to.deep.equal([]);
    expect(asked).to.include.members([
      "DescribeTargetHealth",
      "DescribeListeners",
      "DescribeRegions",
    ]);
  });

  it("is refused in one line where the zone does not exist", async () => {
    for (const [zone, message] of [
      [
        "other.example.org",
        "hosted zone other.example.org: the account has none of this name; deploy it first, or name by --zone one that `aws route53 list-hosted-zones` lists",
      ],
      [
        "Z0000000NOTHING",
        "hosted zone Z0000000NOTHING: the account has none of this id; deploy it first, or name by --zone one that `aws route53 list-hosted-zones` lists",
      ],
    ] as const) {
      const { code, io } = await failover("resolve", "www.shop.example.org", "--zone", zone);
      expect([code, io.err()]).to.deep.equal([2, `${message}\n`]);
    }
  });

  const refusing = (name: string): (() => never) => {
    return () => {
      const error = Object.assign(new Error("not for you"), { name });
      throw new AwsError("the call", error);
    };
  };

  it("is refused in one line where reading its records is denied or throttled", async () => {
    for (const [code, why] of [
      ["AccessDenied", "these credentials may not call the call"],
      ["Throttling", "AWS throttles the call"],
    ] as const) {
      const account = withAnswers(accountOf(env), {
        "route53.listResourceRecordSets": refusing(code),
      });
      const refusal = await liveZone(zoneId, account).catch(
        (error: unknown) => (error as Error).message,
      );
      expect(refusal).to.equal(
        `--zone ${zoneId}: cannot be read, ${why}; docs/import.md lists what it reads`,
      );
    }
  });

  it("leaves denied answers unknown, and reports each in one line", async () => {
    const account = withAnswers(accountOf(env), {
      "elbv2.describeLoadBalancers": refusing("AccessDenied"),
      "ec2.describeRegions": refusing("UnauthorizedOperation"),
      "route53.getHealthCheckStatus": refusing("Throttling"),
    });
    const { answers, notes } = await liveZone(zoneId, account);
    expect(notes).to.deep.equal([
      "AWS throttles the call: what the checkers see at present is unknown.",
      "these credentials may not call the call: the balancers are unknown.",
      "these credentials may not call the call: the places of addresses are unknown.",
    ]);
    expect(answers.some(({ value }) => JSON.stringify(value).includes(address))).to.equal(true);
  });
});
