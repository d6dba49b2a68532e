import { expect } from "chai";
import { Unknown } from "../../../routing/graph/resource";
import type { Resource } from "../../../routing/graph/resource";
import { StackModel } from "../../../routing/graph/stackModel";
import { answering, isLeft, pair, record, resource, urnOf, zone } from "./stack";

const address = "198.51.100.7";
const byAddress = pair({ records: [address] }, { ipAddress: address });
const instance = resource("aws:ec2/instance:Instance", "web", { subnetId: "subnet-a" });
const elasticIp = "aws:ec2/eip:Eip";

describe("the resource behind an address", () => {
  it("is the instance that an Elastic IP names", () => {
    const stack = [
      ...byAddress,
      instance,
      resource(elasticIp, "ip", { publicIp: address, instance: "web" }),
    ];
    const { target, availabilityZone, region, alive } = answering(stack);
    expect({ target, availabilityZone, region, alive }).to.deep.equal({
      target: instance.urn,
      availabilityZone: "us-west-2a",
      region: "us-west-2",
      alive: true,
    });
    for (const fault of ["us-west-2a", "us-west-2", "web", "ip", "subnet-a"]) {
      expect(isLeft(stack, fault), fault).to.equal(true);
    }
    expect(isLeft(stack, "us-west-2b")).to.equal(false);
  });

  const associated = [
    ...byAddress,
    instance,
    resource(elasticIp, "ip", { publicIp: address, allocationId: "eipalloc-1" }),
    resource("aws:ec2/eipAssociation:EipAssociation", "tie", {
      allocationId: "eipalloc-1",
      instanceId: "web",
    }),
  ];

  it("is the instance that an association connects it to, and needs the association", () => {
    expect(answering(associated).target).to.equal(instance.urn);
    expect(isLeft(associated, "web")).to.equal(true);
    expect(isLeft(associated, "tie")).to.equal(true);
  });

  it("is the instance behind a network interface", () => {
    const stack = [
      ...byAddress,
      instance,
      resource("aws:ec2/networkInterface:NetworkInterface", "eni", { subnetId: "subnet-a" }),
      resource("aws:ec2/networkInterfaceAttachment:NetworkInterfaceAttachment", "plug", {
        networkInterfaceId: "eni",
        instanceId: "web",
      }),
      resource(elasticIp, "ip", { publicIp: address, networkInterface: "eni" }),
    ];
    expect(answering(stack).target).to.equal(instance.urn);
    expect(isLeft(stack, "web")).to.equal(true);
  });

  it("is the instance that was launched with the interface, or else the interface", () => {
    const eni = resource("aws:ec2/networkInterface:NetworkInterface", "eni", {
      subnetId: "subnet-b",
    });
    const held = [
      ...byAddress,
      eni,
      resource(elasticIp, "ip", { publicIp: address, networkInterface: "eni" }),
    ];
    const embedded = {
      ...instance,
      outputs: { ...instance.outputs, networkInterfaces: [{ networkInterfaceId: "eni" }] },
    };
    expect(answering([...held, embedded]).target).to.equal(instance.urn);
    expect(answering(held).target).to.equal(eni.urn);
    expect(isLeft(held, "us-west-2b")).to.equal(true);
  });

  it("is the address itself where nothing uses it, or where the user is not known", () => {
    const ip = resource(elasticIp, "ip", { publicIp: address, allocationId: "eipalloc-1" });
    const tie = resource("aws:ec2/eipAssociation:EipAssociation", "tie", {
      allocationId: "eipalloc-1",
      instanceId: "elsewhere",
    });
    expect(answering([...byAddress, ip]).target).to.equal(ip.urn);
    expect(answering([...byAddress, ip, tie]).target).to.equal(ip.urn);
    expect(isLeft([...byAddress, ip, tie], "tie")).to.equal(true);
  });

  it("is one subnet mapping of a balancer over two zones, lost with the mapping's zone", () => {
    const stack = [
      ...byAddress,
      resource(elasticIp, "ip", { publicIp: address, allocationId: "eipalloc-1" }),
      resource("aws:lb/loadBalancer:LoadBalancer", "balancer", {
        arn: "arn:balancer",
        subnetMappings: [
          { subnetId: "subnet-a", allocationId: "eipalloc-0" },
          { subnetId: "subnet-b", allocationId: "eipalloc-1" },
        ],
      }),
    ];
    expect(answering(stack).availabilityZone).to.equal("us-west-2b");
    expect(isLeft(stack, "us-west-2a")).to.equal(false);
    expect(isLeft(stack, "us-west-2b")).to.equal(true);
  });

  const targetGroup = resource("aws:lb/targetGroup:TargetGroup", "group", { arn: "arn:group" });
  const zonal = [
    ...byAddress,
    resource(elasticIp, "ip", { publicIp: address, allocationId: "eipalloc-1" }),
    resource("aws:lb/loadBalancer:LoadBalancer", "balancer", {
      arn: "arn:balancer",
      subnetMappings: [{ subnetId: "subnet-a", allocationId: "eipalloc-1" }],
    }),
    resource("aws:lb/listener:Listener", "listener", {
      loadBalancerArn: "arn:balancer",
      defaultActions: [{ type: "forward", targetGroupArn: "arn:group" }],
    }),
    targetGroup,
  ];
  const second = resource("aws:ec2/instance:Instance", "web2", { subnetId: "subnet-a" });
  const attachments = ["web", "web2"].map((name) =>
    resource("aws:lb/targetGroupAttachment:TargetGroupAttachment", `attach-${name}`, {
      targetGroupArn: "arn:group",
      targetId: name,
    }),
  );

  it("is a network balancer with its targets: it lives while one of them does", () => {
    const stack = [...zonal, instance, second, ...attachments];
    expect(answering(stack).availabilityZone).to.equal("us-west-2a");
    expect(isLeft(stack, "web")).to.equal(false);
    expect(isLeft(stack, "web", "web2")).to.equal(true);
    expect(isLeft(stack, "balancer")).to.equal(true);
    expect(isLeft(stack, "us-west-2a")).to.equal(true);
  });

  it("is a network balancer with an autoscaling group in its subnets", () => {
    const stack = [
      ...zonal,
      resource("aws:autoscaling/group:Group", "fleet", {
        targetGroupArns: ["arn:group"],
        vpcZoneIdentifiers: ["subnet-a"],
      }),
    ];
    expect(isLeft(stack)).to.equal(false);
    expect(isLeft(stack, "fleet")).to.equal(true);
    expect(isLeft(stack, "us-west-2a")).to.equal(true);
    expect(isLeft(stack, "us-west-2b")).to.equal(false);
  });

  it("is outside the stack where no resource has the address: only its check can fail", () => {
    expect(answering(byAddress).target).to.equal(urnOf("aws:route53/record:Record", "www-primary"));
    expect(isLeft(byAddress, "us-west-2a")).to.equal(false);
    expect(isLeft(byAddress, "check:check")).to.equal(true);
  });

  it("is outside the stack, and lost with the place that its check's tags declare", () => {
    const tags = { AvailabilityZone: "eu-west-1a", Region: "eu-west-1" };
    const stack = pair({ records: [address] }, { ipAddress: address, tags });
    const { availabilityZone, region } = answering(stack);
    expect({ availabilityZone, region }).to.deep.equal({
      availabilityZone: "eu-west-1a",
      region: "eu-west-1",
    });
    expect(answering(stack, "us-west-2").value).to.equal(address);
    expect(isLeft(stack, "eu-west-1a")).to.equal(true);
    expect(isLeft(stack, "eu-west-1")).to.equal(true);
  });

  describe("that was looked up for a balancer, and is in no resource's state", () => {
    const balancers = ["one", "two"].map((name) =>
      resource("aws:lb/loadBalancer:LoadBalancer", name, {
        subnetMappings: [{ subnetId: "subnet-a" }],
      }),
    );
    const lookedUpFor = (urns: readonly string[]): readonly Resource[] =>
      [...byAddress, ...balancers].map((each) => {
        const property = each.name === "check" ? "ipAddress" : "records";
        return ["check", "www-primary"].includes(each.name)
          ? { ...each, propertyDependencies: { [property]: urns } }
          : each;
      });

    it("is the balancer that the value came from", () => {
      const [one] = balancers.map(({ urn }) => urn);
      const stack = lookedUpFor([one ?? ""]);
      expect(answering(stack).target).to.equal(one);
      expect(isLeft(stack, "one")).to.equal(true);
      expect(isLeft(stack, "us-west-2a")).to.equal(true);
      expect(isLeft(stack, "two")).to.equal(false);
    });

    it("is unassigned where it may have come from either of two balancers", () => {
      const stack = lookedUpFor(balancers.map(({ urn }) => urn));
      expect(answering(stack).target).to.equal(urnOf("aws:route53/record:Record", "www-primary"));
    });
  });

  it("is found by property dependencies while no value is known", () => {
    const ip = resource(elasticIp, "ip", { publicIp: new Unknown("computed") });
    const stack = pair(
      { records: [new Unknown("computed")] },
      { ipAddress: new Unknown("computed") },
    )
      .map((each) => {
        const property = each.name === "check" ? "ipAddress" : "records";
        return ["check", "www-primary"].includes(each.name)
          ? { ...each, propertyDependencies: { [property]: [ip.urn] } }
          : each;
      })
      .concat(
        { ...ip, propertyDependencies: { instance: [instance.urn] } },
        { ...instance, outputs: { availabilityZone: "us-west-2a" } },
      );
    expect(answering(stack).value).to.equal("<ip>");
    expect(isLeft(stack, "us-west-2a")).to.equal(true);
    expect(isLeft(stack, "us-west-2b")).to.equal(false);
  });
});

describe("the resource behind an alias", () => {
  const dnsName = "web-1.us-west-2.elb.amazonaws.com";
  const alias = (name: string, evaluates: boolean, zoneId = "ZELB"): readonly object[] => [
    { name, zoneId, evaluateTargetHealth: evaluates },
  ];
  const withAlias = (aliases: readonly object[]): ReturnType<typeof pair> =>
    pair({ aliases: aliases as never, healthCheckId: "" });
  const balancer = [
    resource("aws:lb/loadBalancer:LoadBalancer", "balancer", {
      arn: "arn:balancer",
      dnsName,
      subnets: ["subnet-a", "subnet-b"],
    }),
    resource("aws:lb/listener:Listener", "listener", {
      loadBalancerArn: "arn:balancer",
      defaultActions: [{ type: "forward", targetGroupArn: "arn:group" }],
    }),
    resource("aws:lb/targetGroup:TargetGroup", "group", {
      arn: "arn:group",
      healthCheck: { interval: 10, unhealthyThreshold: 2, timeout: 5 },
    }),
    resource("aws:lb/targetGroupAttachment:TargetGroupAttachment", "attach", {
      targetGroupArn: "arn:group",
      targetId: "web",
    }),
    instance,
  ];

  it("is a balancer, healthy while a target is, found with or without its dualstack prefix", () => {
    for (const name of [dnsName, `dualstack.${dnsName}.`]) {
      const stack = [...withAlias(alias(name, true)), ...balancer];
      expect(answering(stack).ttlSeconds).to.equal(60);
      expect(answering(stack).target).to.equal(
        urnOf("aws:lb/loadBalancer:LoadBalancer", "balancer"),
      );
      expect(isLeft(stack, "web")).to.equal(true);
    }
  });

  it("is a balancer over two zones, which survives the loss of one", () => {
    const stack = [...withAlias(alias(dnsName, true)), ...balancer];
    expect(answering(stack).availabilityZone).to.equal(undefined);
    expect(isLeft(stack, "us-west-2b")).to.equal(false);
  });

  describe("to a balancer whose target group needs more than one healthy target (A7)", () => {
    const servers = ["web", "web-2", "web-3"];
    /** Three instances, or the given targets, behind a group with these minimum targets. */
    const needing = (
      dnsFailover: Readonly<Record<string, string>>,
      targets: readonly Resource[] = servers.map((id) => attachmentOf(id)),
    ): readonly Resource[] => [
      ...withAlias(alias(dnsName, true)),
      ...balancer.filter(({ name }) => name !== "group" && name !== "attach"),
      ...servers
        .slice(1)
        .map((id) => resource("aws:ec2/instance:Instance", id, { subnetId: "subnet-b" })),
      resource("aws:lb/targetGroup:TargetGroup", "group", {
        arn: "arn:group",
        targetGroupHealth: { dnsFailover },
      }),
      ...targets,
    ];
    const attachmentOf = (id: string): Resource =>
      resource("aws:lb/targetGroupAttachment:TargetGroupAttachment", `attach-${id}`, {
        targetGroupArn: "arn:group",
        targetId: id,
      });
    /** How many of the servers may be lost before the balancer is left. */
    const spare = (stack: readonly Resource[]): number =>
      servers.filter((_, index) => !isLeft(stack, ...servers.slice(0, index + 1))).length;

    const cases = [
      [{}, 2],
      [{ minimumHealthyTargetsCount: "off", minimumHealthyTargetsPercentage: "off" }, 2],
      [{ minimumHealthyTargetsCount: "2" }, 1],
      // 34 % of three is more than one of them, 33 % is not.
      [{ minimumHealthyTargetsPercentage: "33" }, 2],
      [{ minimumHealthyTargetsPercentage: "34" }, 1],
      [{ minimumHealthyTargetsPercentage: "100" }, 0],
      // The stricter setting decides.
      [{ minimumHealthyTargetsCount: "1", minimumHealthyTargetsPercentage: "60" }, 1],
      [{ minimumHealthyTargetsCount: "3", minimumHealthyTargetsPercentage: "10" }, 0],
    ] as const;
    for (const [dnsFailover, expected] of cases) {
      it(`can lose ${expected} of 3 with ${JSON.stringify(dnsFailover)}`, () => {
        expect(spare(needing(dnsFailover))).to.equal(expected);
      });
    }

    it("counts every instance of an autoscaling group, which is lost as a whole", () => {
      const scaled = (desiredCapacity: number): readonly Resource[] => [
        attachmentOf("web"),
        resource("aws:autoscaling/group:Group", "fleet", {
          targetGroupArns: ["arn:group"],
          vpcZoneIdentifiers: ["subnet-a", "subnet-b"],
          desiredCapacity,
        }),
      ];
      const half = { minimumHealthyTargetsPercentage: "50" };
      expect(isLeft(needing(half, scaled(1)), "fleet")).to.equal(false);
      expect(isLeft(needing(half, scaled(2)), "fleet")).to.equal(true);
      expect(isLeft(needing(half, scaled(9)), "web")).to.equal(false);
    });

    it("is unknown with unread targets, unless those that were read are enough", () => {
      const service = resource("aws:ecs/service:Service", "orders", {
        loadBalancers: [{ targetGroupArn: "arn:group" }],
      });
      const openFor = (...targets: readonly Resource[]): readonly string[] =>
        new StackModel(needing({ minimumHealthyTargetsCount: "2" }, [...targets, service]))
          .under([])
          .unknownsOf("www.a.test", "A")
          .map(({ name, why }) => `${name}: ${why}`);
      expect(openFor(attachmentOf("web"))).to.deep.equal([
        "group: orders registers its targets at run time",
      ]);
      expect(openFor(attachmentOf("web"), attachmentOf("web-2"))).to.deep.equal([]);
    });
  });

  it("is detected as dead after its target group's threshold and timeout", () => {
    const model = new StackModel([...withAlias(alias(dnsName, true)), ...balancer]);
    const bound = model.worstCase("www.a.test", "A", [], model.faults(["web"]), "refused");
    expect(bound.detectionSeconds).to.equal(25);
    expect(bound.downtimeSeconds).to.equal(25 + 10 + 60);
  });

  it("is the bucket with the record's name, for an S3 website (A11)", () => {
    const website = (bucket: string): ReturnType<typeof pair> => [
      ...withAlias(alias("s3-website-us-west-2.amazonaws.com", false, "ZS3")).map((each) =>
        each.name === "www-primary"
          ? {
              ...each,
              propertyDependencies: {
                aliases: [
                  urnOf("aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration", "site"),
                ],
              },
            }
          : each,
      ),
      resource("aws:s3/bucket:Bucket", "bucket", { bucket }),
      resource("aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration", "site", {
        bucket,
        websiteDomain: "s3-website-us-west-2.amazonaws.com",
      }),
    ];
    expect(answering(website("www.a.test")).alive).to.equal(true);
    expect(answering(website("www.a.test"), "bucket").alive).to.equal(false);
    expect(() => answering(website("other"))).to.throw(
      "www-primary: an S3 website serves the bucket with the record's name (A11), got bucket other for www.a.test; name the bucket www.a.test",
    );
  });

  it("is a distribution, which has no region and is lost with its origin's bucket", () => {
    const stack = [
      ...withAlias(alias("d1.cloudfront.net", false, "Z2FDTNDATAQYW2")),
      resource(
        "aws:s3/bucket:Bucket",
        "origin",
        {
          bucketRegionalDomainName: "pages.s3.us-east-2.amazonaws.com",
        },
        { region: "us-east-2" },
      ),
      resource(
        "aws:cloudfront/distribution:Distribution",
        "cdn",
        {
          domainName: "d1.cloudfront.net",
          aliases: ["www.a.test"],
          origins: [{ domainName: "pages.s3.us-east-2.amazonaws.com" }],
        },
        { region: "us-west-2" },
      ),
    ];
    expect(answering(stack).alive).to.equal(true);
    expect(answering(stack).region).to.equal(undefined);
    expect(answering(stack, "us-west-2").alive).to.equal(true);
    expect(answering(stack, "us-east-2").alive).to.equal(false);
  });

  it("is refused where it is not modelled, without affecting other names", () => {
    const stack = [
      ...withAlias(alias("x.example.com", true, "Z2BJ6XQ5FK7U4H")),
      record("other", { name: "other.a.test", records: ["192.0.2.1"] }),
    ];
    expect(() => answering(stack)).to.throw(
      "www-primary: an alias to x.example.com is not modelled",
    );
    expect(zone.name).to.equal("zone");
  });
});
