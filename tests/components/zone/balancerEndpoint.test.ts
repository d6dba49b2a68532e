import { expect } from "chai";
import { AvailabilityZoneTier } from "../../../components";
import type { AvailabilityZoneTierArgs } from "../../../components";
import { promiseOf } from "../promiseOf";
import { named, refusalOf, resourcesOf } from "../pulumiMocks";
import type { Made } from "../pulumiMocks";
import { machine, probe, tags } from "../samples";

const args: AvailabilityZoneTierArgs = {
  availabilityZone: "us-west-2a",
  compute: {
    kind: "balancer",
    ...machine,
    vpcId: "vpc-1",
    publicSubnetId: "subnet-public",
    privateSubnetId: "subnet-private",
    balancerSecurityGroupId: "sg-balancer",
    certificateArn: "arn:certificate",
    instances: 2,
  },
  host: "oregon.orders.cafe.com",
  ipv6: true,
  probe: { ...probe, scheme: "https" },
  tags,
};

const own = (name: string): Record<string, string> => ({
  Project: "failover",
  Tier: "availability-zone",
  Name: name,
  AvailabilityZone: "us-west-2a",
  Region: "us-west-2",
});

interface Built {
  readonly tier: AvailabilityZoneTier;
  readonly made: readonly Made[];
}

async function built(given = args): Promise<Built> {
  const tiers: AvailabilityZoneTier[] = [];
  const made = await resourcesOf(() => tiers.push(new AvailabilityZoneTier("z", given)));
  const [tier] = tiers;
  if (!tier) throw new Error("no tier was made");
  return { tier, made };
}

describe("AvailabilityZoneTier with a balancer", () => {
  it("has exactly these resources", async () => {
    const { made } = await built();
    expect(made.map(({ type, name, parent }) => `${parent} > ${name} ${type}`)).to.deep.equal([
      " > z failover:index:AvailabilityZoneTier",
      "z > z-balancer aws:lb/loadBalancer:LoadBalancer",
      "z > z-balancer-address aws:ec2/eip:Eip",
      "z > z-check aws:route53/healthCheck:HealthCheck",
      "z > z-check-ipv6 aws:route53/healthCheck:HealthCheck",
      "z > z-group aws:autoscaling/group:Group",
      "z > z-listener-health aws:lb/listener:Listener",
      "z > z-listener-http aws:lb/listener:Listener",
      "z > z-listener-tls aws:lb/listener:Listener",
      "z > z-targets-health aws:lb/targetGroup:TargetGroup",
      "z > z-targets-http aws:lb/targetGroup:TargetGroup",
      "z > z-targets-tls aws:lb/targetGroup:TargetGroup",
      "z > z-template aws:ec2/launchTemplate:LaunchTemplate",
    ]);
  });

  it("balances only in its own zone, from permanent addresses", async () => {
    const { made } = await built();
    expect(named(made, "z-balancer").inputs).to.deep.equal({
      namePrefix: "zone-",
      loadBalancerType: "network",
      ipAddressType: "dualstack",
      enableCrossZoneLoadBalancing: false,
      securityGroups: ["sg-balancer"],
      subnetMappings: [
        { subnetId: "subnet-public", allocationId: "allocation of z-balancer-address" },
      ],
      tags: own("z-balancer"),
    });
  });

  it("terminates TLS and forwards HTTP, each to targets with a quick check", async () => {
    const { made } = await built();
    const listener = (role: string): unknown => named(made, `z-listener-${role}`).inputs;
    expect(listener("tls")).to.deep.equal({
      loadBalancerArn: "arn of z-balancer",
      port: 443,
      protocol: "TLS",
      certificateArn: "arn:certificate",
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      defaultActions: [{ type: "forward", targetGroupArn: "arn of z-targets-tls" }],
      tags: own("z-listener-tls"),
    });
    expect(listener("http")).to.deep.equal({
      loadBalancerArn: "arn of z-balancer",
      port: 80,
      protocol: "TCP",
      defaultActions: [{ type: "forward", targetGroupArn: "arn of z-targets-http" }],
      tags: own("z-listener-http"),
    });
    expect(listener("health")).to.deep.equal({
      loadBalancerArn: "arn of z-balancer",
      port: 8443,
      protocol: "TLS",
      certificateArn: "arn:certificate",
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      defaultActions: [{ type: "forward", targetGroupArn: "arn of z-targets-health" }],
      tags: own("z-listener-health"),
    });
    for (const [role, port] of [
      ["tls", 8080],
      ["http", 80],
      ["health", 8081],
    ]) {
      expect(named(made, `z-targets-${role}`).inputs).to.deep.equal({
        namePrefix: "zone-",
        vpcId: "vpc-1",
        port,
        protocol: "TCP",
        targetType: "instance",
        deregistrationDelay: 30,
        healthCheck: {
          protocol: "HTTP",
          // Customer traffic that exhausts the other ports replaces no instances.
          port: "8081",
          path: "/healthcheck",
          matcher: "200",
          interval: 10,
          timeout: 5,
          healthyThreshold: 2,
          unhealthyThreshold: 2,
        },
        tags: own(`z-targets-${role}`),
      });
    }
  });

  it("runs the instances for the full load, and replaces none of them by a bad template", async () => {
    const { made } = await built();
    const group = named(made, "z-group");
    expect(group.inputs).to.deep.equal({
      vpcZoneIdentifiers: ["subnet-private"],
      minSize: 2,
      maxSize: 4,
      targetGroupArns: ["arn of z-targets-tls", "arn of z-targets-http", "arn of z-targets-health"],
      healthCheckType: "ELB",
      healthCheckGracePeriod: 300,
      defaultInstanceWarmup: 300,
      launchTemplate: { id: "id of z-template", version: "3" },
      instanceRefresh: {
        strategy: "Rolling",
        preferences: { minHealthyPercentage: 100, maxHealthyPercentage: 200, autoRollback: true },
      },
      enabledMetrics: ["GroupInServiceInstances"],
      metricsGranularity: "1Minute",
      tags: Object.entries(own("z-group")).map(([key, value]) => ({
        key,
        value,
        propagateAtLaunch: false,
      })),
    });
    expect(group.dependencies).to.include.members([
      "z-listener-health",
      "z-listener-http",
      "z-listener-tls",
    ]);
  });

  it("launches encrypted instances whose credentials cannot leave them", async () => {
    const { made } = await built();
    const template = named(made, "z-template");
    expect(template.inputs).to.deep.equal({
      imageId: "ami-1",
      instanceType: "t4g.micro",
      iamInstanceProfile: { name: "profile-1" },
      vpcSecurityGroupIds: ["sg-1"],
      userData: Buffer.from("#!/bin/bash").toString("base64"),
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
      },
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: { volumeType: "gp3", volumeSize: 8, encrypted: "true", deleteOnTermination: "true" },
        },
      ],
      tagSpecifications: ["instance", "volume"].map((resourceType) => ({
        resourceType,
        tags: own("z-instance"),
      })),
      tags: own("z-template"),
    });
    expect(template.ignoreChanges).to.deep.equal(["imageId"]);
  });

  it("checks both addresses, by the region's name", async () => {
    const { tier, made } = await built();
    const check = {
      type: "HTTPS_STR_MATCH",
      fqdn: "oregon.orders.cafe.com",
      port: 443,
      resourcePath: "/healthcheck",
      searchString: "cafe-orders-ok",
      requestInterval: 10,
      failureThreshold: 2,
      enableSni: true,
    };
    const plain = (name: string): object => ({
      Project: "failover",
      Tier: "availability-zone",
      Name: name,
    });
    expect(named(made, "z-check").inputs).to.deep.equal({
      ...check,
      ipAddress: "ip of z-balancer-address",
      tags: plain("z-check"),
    });
    expect(named(made, "z-check-ipv6").inputs).to.deep.equal({
      ...check,
      // IPv6 customers arrive from the balancer's own address, as the checkers would.
      port: 8443,
      ipAddress: "IPv6 address of ELB suffix of z-balancer",
      tags: plain("z-check-ipv6"),
    });
    expect(await promiseOf(tier.route)).to.deep.equal({
      kind: "endpoint",
      target: {
        kind: "addresses",
        addresses: {
          A: ["ip of z-balancer-address"],
          AAAA: ["IPv6 address of ELB suffix of z-balancer"],
        },
      },
      check: { A: "id of z-check", AAAA: "id of z-check-ipv6" },
    });
  });

  it("does not publish its IPv6 address if names have no IPv6", async () => {
    const [on, off] = [await built(), await built({ ...args, ipv6: false })];
    const inputs = (one: Built, name: string): unknown => named(one.made, name).inputs;
    expect(inputs(off, "z-balancer")).to.deep.equal(inputs(on, "z-balancer"));
    expect(await promiseOf(off.tier.route)).to.deep.equal({
      kind: "endpoint",
      target: { kind: "addresses", addresses: { A: ["ip of z-balancer-address"] } },
      check: { A: "id of z-check" },
    });
  });

  it("does not look up an IPv6 address that names do not publish", async () => {
    const asked: unknown[] = [];
    const token = "aws:ec2/getNetworkInterface:getNetworkInterface";
    const calls = {
      [token]: (inputs: unknown) => {
        asked.push(inputs);
        return { ipv6Addresses: ["2001:db8::1"] };
      },
    };
    await resourcesOf(() => new AvailabilityZoneTier("z", { ...args, ipv6: false }), {}, calls);
    expect(asked).to.deep.equal([]);
    await resourcesOf(() => new AvailabilityZoneTier("z", args), {}, calls);
    expect(asked).to.have.length(1);
  });

  it("returns the running version: a group, and its target version of the template", async () => {
    expect(await promiseOf((await built()).tier.machines)).to.deep.equal({
      kind: "group",
      groupName: "z-group-1234567",
      templateVersion: "3",
    });
  });

  it("returns the dimensions for alarms", async () => {
    const { tier } = await built();
    expect(await promiseOf(tier.watched)).to.deep.equal({
      kind: "balancer",
      balancerArnSuffix: "suffix of z-balancer",
      targetGroupArnSuffixes: { tls: "suffix of z-targets-tls", http: "suffix of z-targets-http" },
      autoScalingGroup: "z-group-1234567",
      instances: 2,
    });
  });

  it("refuses a group without instances", () => {
    const compute = { ...args.compute, instances: 0 } as AvailabilityZoneTierArgs["compute"];
    const { errors } = refusalOf(() => new AvailabilityZoneTier("z", { ...args, compute }));
    expect(errors).to.deep.equal([
      {
        propertyPath: "compute.instances",
        reason:
          "must be a whole number from 1 to 100, got 0; write the number of instances that carry the full load, such as 2",
      },
    ]);
  });
});
