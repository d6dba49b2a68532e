import { expect } from "chai";
import { AvailabilityZoneTier } from "../../../components";
import type { AvailabilityZoneTierArgs } from "../../../components";
import { promiseOf } from "../promiseOf";
import { named, refusalOf, resourcesOf } from "../pulumiMocks";
import { machine, probe, tags } from "../samples";

const args: AvailabilityZoneTierArgs = {
  availabilityZone: "us-west-2a",
  compute: { kind: "instance", subnetId: "subnet-1", ...machine },
  host: "oregon.orders.cafe.com",
  probe,
  tags,
};

const own = (name: string): Record<string, string> => ({
  Project: "failover",
  Tier: "availability-zone",
  Name: name,
});

describe("AvailabilityZoneTier with an instance", () => {
  it("is an instance with its own address, and a check of that address", async () => {
    const made = await resourcesOf(() => new AvailabilityZoneTier("z", args));
    expect(
      made.map(({ type, name, parent, inputs }) => ({ type, name, parent, inputs })),
    ).to.have.deep.members([
      { type: "failover:index:AvailabilityZoneTier", name: "z", parent: "", inputs: {} },
      {
        type: "aws:ec2/instance:Instance",
        name: "z-instance",
        parent: "z",
        inputs: {
          ami: "ami-1",
          instanceType: "t4g.micro",
          availabilityZone: "us-west-2a",
          subnetId: "subnet-1",
          vpcSecurityGroupIds: ["sg-1"],
          iamInstanceProfile: "profile-1",
          userData: "#!/bin/bash",
          userDataReplaceOnChange: true,
          metadataOptions: {
            httpEndpoint: "enabled",
            httpTokens: "required",
            httpPutResponseHopLimit: 1,
          },
          rootBlockDevice: {
            volumeType: "gp3",
            volumeSize: 8,
            encrypted: true,
            deleteOnTermination: true,
            tags: own("z-instance"),
          },
          tags: own("z-instance"),
        },
      },
      {
        type: "aws:ec2/eip:Eip",
        name: "z-address",
        parent: "z",
        inputs: { domain: "vpc", tags: own("z-address") },
      },
      {
        type: "aws:ec2/eipAssociation:EipAssociation",
        name: "z-association",
        parent: "z",
        inputs: { allocationId: "allocation of z-address", instanceId: "id of z-instance" },
      },
      {
        type: "aws:route53/healthCheck:HealthCheck",
        name: "z-check",
        parent: "z",
        inputs: {
          type: "HTTP_STR_MATCH",
          ipAddress: "ip of z-address",
          port: 80,
          resourcePath: "/healthcheck",
          searchString: "cafe-orders-ok",
          requestInterval: 10,
          failureThreshold: 2,
          tags: own("z-check"),
        },
      },
    ]);
  });

  it("keeps its image when the public parameter changes", async () => {
    const made = await resourcesOf(() => new AvailabilityZoneTier("z", args));
    expect(
      made.flatMap(({ name, ignoreChanges }) => ignoreChanges.map((one) => `${name} ${one}`)),
    ).to.deep.equal(["z-instance ami"]);
  });

  it("yields a route to its address, healthy while its check is", async () => {
    let tier: AvailabilityZoneTier | undefined;
    await resourcesOf(() => (tier = new AvailabilityZoneTier("z", args)));
    expect(tier?.availabilityZone).to.equal("us-west-2a");
    expect(await promiseOf(tier?.route)).to.deep.equal({
      kind: "endpoint",
      target: { kind: "addresses", addresses: { A: ["ip of z-address"] } },
      check: { A: "id of z-check" },
    });
  });

  it("publishes the instance's own IPv6 address, with its own check", async () => {
    let tier: AvailabilityZoneTier | undefined;
    const made = await resourcesOf(() => {
      tier = new AvailabilityZoneTier("z", { ...args, ipv6: true });
    });
    expect(named(made, "z-instance").inputs["ipv6AddressCount"]).to.equal(1);
    expect(named(made, "z-check-ipv6").inputs["ipAddress"]).to.equal("IPv6 address of z-instance");
    expect(await promiseOf(tier?.route)).to.deep.equal({
      kind: "endpoint",
      target: {
        kind: "addresses",
        addresses: { A: ["ip of z-address"], AAAA: ["IPv6 address of z-instance"] },
      },
      check: { A: "id of z-check", AAAA: "id of z-check-ipv6" },
    });
  });

  it("identifies the running version by a value that changes with user data and instance type", async () => {
    const runs = async (more: Partial<typeof machine>): Promise<unknown> => {
      const tiers: AvailabilityZoneTier[] = [];
      const compute = { kind: "instance", subnetId: "subnet-1", ...machine, ...more } as const;
      await resourcesOf(() => tiers.push(new AvailabilityZoneTier("z", { ...args, compute })));
      return promiseOf(tiers[0]?.machines);
    };
    const usual = {
      kind: "instance",
      instanceId: "id of z-instance",
      // Of "#!/bin/bash", a line break and "t4g.micro".
      bootSha256: "44172ed591f4eb68db44317694db6085cfc17b3c9e221b737e9865fd50308928",
    };
    expect(await runs({})).to.deep.equal(usual);
    expect(await runs({ userData: "#!/bin/sh" })).not.to.deep.equal(usual);
    expect(await runs({ instanceType: "t4g.small" })).not.to.deep.equal(usual);
    expect(await runs({ instanceProfileName: "another" })).to.deep.equal(usual);
  });

  it("refuses a Local Zone, and a wrong probe at the same time", () => {
    const wrong = {
      ...args,
      availabilityZone: "us-west-2-lax-1a",
      probe: { ...probe, failureThreshold: 0 },
    };
    const { message } = refusalOf(() => new AvailabilityZoneTier("z", wrong));
    expect(message.split("\n")).to.deep.equal([
      'AvailabilityZoneTier "z" cannot be made:',
      'availabilityZone: must be the name of an availability zone, got "us-west-2-lax-1a"; for example us-west-2a',
      "probe.failureThreshold: must be a whole number from 1 to 10, got 0; write the number of probes in a row that decide, such as 3",
    ]);
  });
});
