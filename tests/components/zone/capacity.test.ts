import { expect } from "chai";
import { AvailabilityZoneTier } from "../../../components";
import type { AvailabilityZoneTierArgs, ReducedCapacity } from "../../../components";
import { named, refusalOf, resourcesOf } from "../pulumiMocks";
import type { Made } from "../pulumiMocks";
import { machine, probe, tags } from "../samples";

const argsWith = (capacity: ReducedCapacity): AvailabilityZoneTierArgs => ({
  availabilityZone: "us-west-2a",
  compute: {
    kind: "balancer",
    ...machine,
    vpcId: "vpc-1",
    publicSubnetId: "subnet-public",
    privateSubnetId: "subnet-private",
    balancerSecurityGroupId: "sg-balancer",
    certificateArn: "arn:certificate",
    instances: 4,
    capacity,
  },
  host: "oregon.orders.cafe.com",
  probe,
  tags,
});

const madeWith = (capacity: ReducedCapacity): Promise<readonly Made[]> =>
  resourcesOf(() => new AvailabilityZoneTier("z", argsWith(capacity)));

describe("a zone with reserved capacity", () => {
  it("runs fewer, reserves all, and starts the rest as the load grows", async () => {
    const made = await madeWith({ running: 1, reserved: 4 });
    expect(named(made, "z-reservation").inputs).to.deep.equal({
      availabilityZone: "us-west-2a",
      instanceType: "t4g.micro",
      instanceCount: 4,
      instancePlatform: "Linux/UNIX",
      instanceMatchCriteria: "open",
      endDateType: "unlimited",
      tags: {
        Project: "failover",
        Tier: "availability-zone",
        Name: "z-reservation",
        AvailabilityZone: "us-west-2a",
        Region: "us-west-2",
      },
    });
    const { inputs, dependencies } = named(made, "z-group");
    expect([inputs["minSize"], inputs["maxSize"]]).to.deep.equal([1, 8]);
    expect(dependencies).to.include("z-reservation");
    expect(named(made, "z-scaling").inputs).to.deep.equal({
      autoscalingGroupName: "z-group-1234567",
      policyType: "TargetTrackingScaling",
      targetTrackingConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" },
        targetValue: 50,
      },
    });
  });

  it("has no scaling if all run, but still a reservation", async () => {
    const made = await madeWith({ running: 4, reserved: 4 });
    expect(made.map(({ name }) => name)).to.include("z-reservation");
    expect(made.map(({ name }) => name)).not.to.include("z-scaling");
  });

  for (const [capacity, line] of [
    [
      { running: 1, reserved: 3 },
      "compute.capacity.reserved: must be a whole number from 4, got 3; reserve capacity for the full load, which a failover brings",
    ],
    [
      { running: 5, reserved: 5 },
      "compute.capacity.running: must be a whole number from 1 to 4, the full load, got 5; write how many instances always run",
    ],
    [
      { running: 4, reserved: 0 },
      "compute.capacity.reserved: must be a whole number from 1, got 0; reserve capacity for the full load, which a failover brings",
    ],
  ] as const) {
    it(`refuses ${JSON.stringify(capacity)}`, () => {
      const { errors } = refusalOf(() => new AvailabilityZoneTier("z", argsWith(capacity)));
      const found = (errors as { propertyPath: string; reason: string }[]).map(
        ({ propertyPath, reason }) => `${propertyPath}: ${reason}`,
      );
      expect(found).to.deep.equal([line]);
    });
  }
});
