import { expect } from "chai";
import { RegionTier } from "../../../components";
import type { RegionTierArgs } from "../../../components";
import { promiseOf } from "../promiseOf";
import { named, refusalOf, resourcesOf } from "../pulumiMocks";
import type { Made } from "../pulumiMocks";
import { machines, probe, regionProbe, tags } from "../samples";

const args: RegionTierArgs = {
  recordName: "oregon.orders.cafe.com",
  zoneId: "Z1",
  ttlSeconds: 10,
  availabilityZones: ["us-west-2a", "us-west-2b"],
  compute: { kind: "instance", ...machines },
  endpointProbe: probe,
  regionProbe,
  tags,
};

const own = (name: string): Record<string, string> => ({
  Project: "failover",
  Tier: "region",
  Name: name,
});

interface Built {
  readonly tier: RegionTier;
  readonly made: readonly Made[];
}
let built: Promise<Built> | undefined;

/** One tier for all tests: no test changes it. */
function tierOf(): Promise<Built> {
  built ??= (async () => {
    const tiers: RegionTier[] = [];
    const made = await resourcesOf(() => tiers.push(new RegionTier("oregon", args)));
    const [tier] = tiers;
    if (!tier) throw new Error("no tier was made");
    return { tier, made };
  })();
  return built;
}

describe("RegionTier", () => {
  it("has exactly these resources", async () => {
    const { made } = await tierOf();
    expect(made.map(({ type, name, parent }) => `${parent} > ${name} ${type}`)).to.deep.equal([
      " > oregon failover:index:RegionTier",
      "oregon > oregon-deep-check aws:route53/healthCheck:HealthCheck",
      "oregon > oregon-profile aws:iam/instanceProfile:InstanceProfile",
      "oregon > oregon-records failover:index:FailoverRecords",
      "oregon-records > oregon-records-oregon.orders.cafe.com-A-primary aws:route53/record:Record",
      "oregon-records > oregon-records-oregon.orders.cafe.com-A-secondary aws:route53/record:Record",
      "oregon > oregon-region-check aws:route53/healthCheck:HealthCheck",
      "oregon > oregon-role aws:iam/role:Role",
      "oregon > oregon-role-sessions aws:iam/rolePolicy:RolePolicy",
      "oregon > oregon-us-west-2a failover:index:AvailabilityZoneTier",
      "oregon-us-west-2a > oregon-us-west-2a-address aws:ec2/eip:Eip",
      "oregon-us-west-2a > oregon-us-west-2a-association aws:ec2/eipAssociation:EipAssociation",
      "oregon-us-west-2a > oregon-us-west-2a-check aws:route53/healthCheck:HealthCheck",
      "oregon-us-west-2a > oregon-us-west-2a-instance aws:ec2/instance:Instance",
      "oregon > oregon-us-west-2b failover:index:AvailabilityZoneTier",
      "oregon-us-west-2b > oregon-us-west-2b-address aws:ec2/eip:Eip",
      "oregon-us-west-2b > oregon-us-west-2b-association aws:ec2/eipAssociation:EipAssociation",
      "oregon-us-west-2b > oregon-us-west-2b-check aws:route53/healthCheck:HealthCheck",
      "oregon-us-west-2b > oregon-us-west-2b-instance aws:ec2/instance:Instance",
      "oregon > oregon-vpc awsx:ec2:Vpc",
      "oregon > oregon-web aws:ec2/securityGroup:SecurityGroup",
      "oregon > oregon-web-http-in aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      "oregon > oregon-web-https-out aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    ]);
  });

  it("has public subnets of a sixteenth of its network, one in each zone", async () => {
    const { made } = await tierOf();
    expect(named(made, "oregon-vpc").inputs).to.deep.equal({
      cidrBlock: "10.10.0.0/16",
      availabilityZoneNames: ["us-west-2a", "us-west-2b"],
      subnetStrategy: "Auto",
      subnetSpecs: [{ type: "Public", cidrMask: 20 }],
      natGateways: { strategy: "None" },
      enableDnsHostnames: true,
      tags: own("oregon-vpc"),
    });
    const subnets = ["a", "b"].map(
      (zone) => named(made, `oregon-us-west-2${zone}-instance`).inputs["subnetId"],
    );
    expect(subnets).to.deep.equal(["first subnet of oregon-vpc", "second subnet of oregon-vpc"]);
  });

  it("permits HTTP in and HTTPS out, and nothing else", async () => {
    const { made } = await tierOf();
    expect(named(made, "oregon-web").inputs).to.deep.equal({
      vpcId: "id of oregon-vpc",
      description: "Web servers: HTTP in, HTTPS out",
      tags: own("oregon-web"),
    });
    expect(named(made, "oregon-web-http-in").inputs).to.deep.equal({
      securityGroupId: "id of oregon-web",
      description: "Customers and Route 53 health checkers",
      cidrIpv4: "0.0.0.0/0",
      ipProtocol: "tcp",
      fromPort: 80,
      toPort: 80,
      tags: own("oregon-web-http-in"),
    });
    expect(named(made, "oregon-web-https-out").inputs).to.deep.equal({
      securityGroupId: "id of oregon-web",
      description: "Packages and Systems Manager",
      cidrIpv4: "0.0.0.0/0",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      tags: own("oregon-web-https-out"),
    });
  });

  it("permits its instances only Systems Manager sessions", async () => {
    const { made } = await tierOf();
    expect(named(made, "oregon-role").inputs).to.deep.equal({
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "ec2.amazonaws.com" },
            Action: "sts:AssumeRole",
          },
        ],
      }),
      tags: own("oregon-role"),
    });
    const { role, policy } = named(made, "oregon-role-sessions").inputs;
    expect(role).to.equal("oregon-role-1234567");
    expect(JSON.parse(String(policy))).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Sessions",
          Effect: "Allow",
          Action: [
            "ssm:UpdateInstanceInformation",
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel",
          ],
          Resource: "*",
        },
      ],
    });
    expect(named(made, "oregon-profile").inputs).to.deep.equal({
      role: "oregon-role-1234567",
      tags: own("oregon-profile"),
    });
    expect(named(made, "oregon-profile").dependencies).to.include("oregon-role-sessions");
  });

  it("gives both zones the same image, not as a secret, and the same boot script", async () => {
    const { made } = await tierOf();
    const instances = made.filter(({ type }) => type === "aws:ec2/instance:Instance");
    expect(instances.map(({ inputs }) => inputs["ami"])).to.deep.equal(["ami-1", "ami-1"]);
    expect(instances.map(({ inputs }) => inputs["userData"])).to.deep.equal([
      "#!/bin/bash",
      "#!/bin/bash",
    ]);
  });

  it("accepts a prebuilt image, and applies a change of it", async () => {
    const compute = { kind: "instance", ...machines, imageId: "ami-0123456789abcdef0" } as const;
    const made = await resourcesOf(() => new RegionTier("oregon", { ...args, compute }));
    const instances = made.filter(({ type }) => type === "aws:ec2/instance:Instance");
    expect(
      instances.map(({ inputs, ignoreChanges }) => [inputs["ami"], ignoreChanges]),
    ).to.deep.equal([
      ["ami-0123456789abcdef0", []],
      ["ami-0123456789abcdef0", []],
    ]);
  });

  it("checks the region by its own name once that exists, through a calculated check", async () => {
    const { made } = await tierOf();
    const deep = named(made, "oregon-deep-check");
    expect(deep.inputs).to.deep.equal({
      type: "HTTP_STR_MATCH",
      fqdn: "oregon.orders.cafe.com",
      port: 80,
      resourcePath: "/health.php",
      searchString: "cafe-orders-ok",
      requestInterval: 30,
      failureThreshold: 6,
      tags: own("oregon-deep-check"),
    });
    expect(deep.dependencies).to.include.members([
      "oregon-records-oregon.orders.cafe.com-A-primary",
      "oregon-records-oregon.orders.cafe.com-A-secondary",
    ]);
    expect(named(made, "oregon-region-check").inputs).to.deep.equal({
      type: "CALCULATED",
      childHealthchecks: ["id of oregon-deep-check"],
      childHealthThreshold: 1,
      tags: own("oregon-region-check"),
    });
  });

  it("yields its failover as published, and its check", async () => {
    const { tier } = await tierOf();
    const { entry, checkId } = tier;
    expect(entry).to.deep.equal({
      kind: "failover",
      name: "oregon.orders.cafe.com",
      primary: tier.availabilityZones[0].route,
      secondary: tier.availabilityZones[1].route,
      published: true,
    });
    expect(await promiseOf(checkId)).to.equal("id of oregon-region-check");
  });

  const faults: readonly [keyof RegionTierArgs, unknown, string][] = [
    [
      "recordName",
      "oregon",
      'recordName: must be a lower-case DNS name of at most 253 characters, labels of at most 63, got "oregon"; for example oregon.orders.cafe.com',
    ],
    [
      "ttlSeconds",
      -1,
      "ttlSeconds: must be a whole number of seconds from 0 to 300, got -1; write the bare number, such as 60",
    ],
    [
      "availabilityZones",
      ["us-west-2", "us-west-2b"],
      'availabilityZones[0]: must be the name of an availability zone, got "us-west-2"; did you mean us-west-2a?',
    ],
    [
      "availabilityZones",
      ["us-west-2a", "us-west-2a"],
      'availabilityZones[1]: must be a different zone from the first, got "us-west-2a"; a zone cannot be its own standby',
    ],
    [
      "compute",
      { kind: "instance", ...machines, cidrBlock: "10.10.0.0/28" },
      'compute.cidrBlock: must be an IPv4 block from /16 to /24 without host bits, got "10.10.0.0/28"; for example 10.10.0.0/16',
    ],
    [
      "regionProbe",
      { ...regionProbe, path: "health" },
      'regionProbe.path: must be a path below / of letters, digits, dots, hyphens and underscores, at most 255 characters, got "health"; for example /healthcheck',
    ],
    [
      "compute",
      { kind: "instance", ...machines, userData: { "us-west-2a": "#!/bin/bash" } },
      "compute.userData.us-west-2b: must be there, got nothing; give one per zone",
    ],
    [
      "compute",
      { kind: "instance", ...machines, visitorNetworks: ["203.0.113.1/24"] },
      'compute.visitorNetworks[0]: must be an IPv4 or IPv6 block without host bits, got "203.0.113.1/24"; for example 203.0.113.0/24',
    ],
    [
      "compute",
      { kind: "balancer", ...machines, certificateArn: "arn", instancesPerZone: 0 },
      "compute.instancesPerZone: must be a whole number from 1 to 100, got 0; write the number of instances that carry the full load, such as 2",
    ],
    [
      "compute",
      {
        kind: "addresses",
        endpoints: { "us-west-2a": { ipv4: "203.0.113.1" }, "us-west-2b": { ipv4: "10.0.0.1" } },
      },
      'compute.endpoints.us-west-2b.ipv4: must be a public IPv4 address, got "10.0.0.1"; for example 203.0.113.10; Route 53 cannot probe a private one',
    ],
    [
      "compute",
      {
        kind: "alias",
        endpoints: {
          "us-west-2a": { dnsName: "elb-primary.elb.amazonaws.com", hostedZoneId: "Z1" },
        },
      },
      "compute.endpoints.us-west-2b: must be there, got nothing; give one per zone",
    ],
    [
      "endpointProbe",
      { ...probe, scheme: "https" },
      'endpointProbe: must be HTTP on port 80, got {"scheme":"https"}; the instances serve no other port',
    ],
    [
      "regionProbe",
      { ...regionProbe, port: 8080 },
      'regionProbe: must be HTTP on port 80, got {"scheme":"http","port":8080}; the instances serve no other port',
    ],
  ];
  for (const [field, value, line] of faults) {
    it(`refuses ${field} ${JSON.stringify(value)}`, () => {
      const { errors } = refusalOf(() => new RegionTier("oregon", { ...args, [field]: value }));
      const lines = (errors as { propertyPath: string; reason: string }[]).map(
        ({ propertyPath, reason }) => `${propertyPath}: ${reason}`,
      );
      expect(lines).to.deep.equal([line]);
    });
  }
});
