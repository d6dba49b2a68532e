import { tierCarriesFullLoad } from "../../../policies/dns-failover/rules/tierCarriesFullLoad";
import { types } from "../../../policies/types";
import type { Properties } from "../../../routing/graph/resource";
import { cafe } from "../cafe";
import { describeRule } from "../describeRule";
import type { Sample } from "../sample";
import { nothing } from "../sample";

const recordNames = cafe.resources
  .filter(({ type }) => type === types.record)
  .map(({ name }) => name);
/** Zone 2b served by a balancer over a group of instances. */
function scaled(minSize: number, instanceType: string): Sample {
  return cafe
    .drop("web-2b")
    .set("address-2b", { instance: undefined, allocationId: "eip-2b" })
    .add(
      {
        type: types.loadBalancer,
        name: "balancer",
        properties: { arn: "arn:lb", subnetMappings: [{ allocationId: "eip-2b", subnetId: "s" }] },
        from: { subnetMappings: ["address-2b"] },
      },
      { type: types.targetGroup, name: "targets", properties: { arn: "arn:tg" } },
      {
        type: types.listener,
        name: "listener",
        properties: {
          loadBalancerArn: "arn:lb",
          defaultActions: [{ type: "forward", targetGroupArn: "arn:tg" }],
        },
      },
      { type: types.launchTemplate, name: "template", properties: { instanceType } },
      {
        type: types.autoScalingGroup,
        name: "group",
        properties: { minSize, targetGroupArns: ["arn:tg"], launchTemplate: { id: "template" } },
      },
    );
}

/** The tags that give the place of a group. */
const inZone = [{ key: "AvailabilityZone", value: "us-west-2b" }];

/** The same with few running instances, and a reservation in the zone. */
function reserved(minSize: number, instanceCount: number, more: Properties = {}): Sample {
  return scaled(minSize, "t4g.nano")
    .set("group", { tags: inZone })
    .add({
      type: types.capacityReservation,
      name: "room",
      region: "us-west-2",
      properties: {
        availabilityZone: "us-west-2b",
        instanceType: "t4g.nano",
        instanceCount,
        ...more,
      },
    });
}

/** The finding for half of the required capacity, whatever is reserved. */
const half =
  "record-oregon-secondary.capacity: must have as much capacity as record-oregon-primary, 1 × t4g.micro, got 1 × t4g.nano, so when everything fails over to it, it has 50 % of the required capacity; run the same capacity there";

describeRule(tierCarriesFullLoad, {
  complies: [
    { title: "with the same instance everywhere", sample: cafe },
    { title: "with a group of the same capacity", sample: scaled(2, "t4g.nano") },
    {
      title: "with a smaller group and a reservation for the rest",
      sample: reserved(1, 2),
    },
  ],
  violates: [
    {
      title: "a smaller instance in the standby",
      sample: cafe.set("web-1a", { instanceType: "t4g.nano" }),
      finds: [
        "record-dublin-primary.capacity: must have as much capacity as record-oregon-primary, 1 × t4g.micro, got 1 × t4g.nano, so when everything fails over to it, it has 50 % of the required capacity; run the same capacity there",
      ],
    },
    {
      title: "a group that may shrink to zero",
      sample: scaled(0, "t4g.micro"),
      finds: [
        "record-oregon-secondary.capacity: must have as much capacity as record-oregon-primary, 1 × t4g.micro, got 0 × t4g.micro, so when everything fails over to it, it has 0 % of the required capacity; run the same capacity there",
      ],
    },
  ],
  boundary: [
    { title: "a reservation for one instance too few", sample: reserved(1, 1), finds: [half] },
    {
      title: "a reservation in another zone",
      sample: reserved(1, 2, { availabilityZone: "us-west-2a" }),
      finds: [half],
    },
    {
      title: "a reservation for another instance type",
      sample: reserved(1, 2, { instanceType: "t4g.micro" }),
      finds: [half],
    },
    {
      title: "a targeted reservation",
      sample: reserved(1, 2, { instanceMatchCriteria: "targeted" }),
      finds: [half],
    },
    {
      title: "a reservation that another group in the zone uses",
      sample: reserved(1, 2).add({
        type: types.autoScalingGroup,
        name: "other-group",
        region: "us-west-2",
        properties: { minSize: 1, tags: inZone },
      }),
      finds: [half],
    },
    {
      title: "a group of half the size",
      sample: scaled(1, "t4g.nano"),
      finds: [
        "record-oregon-secondary.capacity: must have as much capacity as record-oregon-primary, 1 × t4g.micro, got 1 × t4g.nano, so when everything fails over to it, it has 50 % of the required capacity; run the same capacity there",
      ],
    },
    {
      title: "a group larger than all others",
      sample: scaled(2, "t4g.micro").only(
        "zone",
        "web-2a",
        "address-2a",
        "check-2a",
        "record-oregon-primary",
        "record-oregon-secondary",
        "address-2b",
        "check-2b",
        "balancer",
        "listener",
        "targets",
        "group",
        "template",
        "record-live-primary",
        "record-live-secondary",
        "record-www-primary",
        "record-www-secondary",
      ),
      finds: [
        "record-oregon-primary.capacity: must have as much capacity as record-oregon-secondary, 2 × t4g.micro, got 1 × t4g.micro, so when everything fails over to it, it has 50 % of the required capacity; run the same capacity there",
      ],
    },
    {
      title: "a type with a number before xlarge",
      sample: cafe
        .set("web-2a", { instanceType: "m7g.2xlarge" })
        .set("web-2b", { instanceType: "m7g.2xlarge" })
        .set("web-1a", { instanceType: "m7g.2xlarge" })
        .set("web-1b", { instanceType: "m7g.xlarge" }),
      finds: [
        "record-dublin-secondary.capacity: must have as much capacity as record-oregon-primary, 1 × m7g.2xlarge, got 1 × m7g.xlarge, so when everything fails over to it, it has 50 % of the required capacity; run the same capacity there",
      ],
    },
  ],
  notApplicable: [
    { title: "without records", sample: cafe.drop(...recordNames) },
    { title: "in an empty stack", sample: nothing },
  ],
  unknown: [
    {
      title: "an unknown instance type",
      sample: cafe.hide("web-1a", "instanceType"),
      finds: [
        "unknown: capacity: record-dublin-primary: the instance type of web-1a is not known, so its capacity is not checked",
      ],
    },
    {
      title: "families that cannot be compared",
      sample: cafe.set("web-1a", { instanceType: "m7g.micro" }),
      finds: [
        "unknown: capacity: record-oregon-primary: instance families t4g and m7g cannot be compared, so whether each tier of www.cafe.test carries the full load is not checked",
      ],
    },
    {
      title: "a size that does not exist",
      sample: cafe.set("web-1a", { instanceType: "t4g.metal-24xl" }),
      finds: [
        "unknown: capacity: record-dublin-primary: the size of instance type t4g.metal-24xl is unknown, so its capacity is not checked",
      ],
    },
    {
      title: "a server without an instance type",
      sample: cafe.set("web-1a", { instanceType: undefined }),
      finds: [
        "unknown: capacity: record-dublin-primary: web-1a has no instance type, so its capacity is not checked",
      ],
    },
    {
      title: "a group without a template of the stack",
      sample: scaled(2, "t4g.nano").drop("template"),
      finds: [
        "unknown: capacity: record-oregon-secondary: the launch template of group is outside this stack, so its capacity is not checked",
      ],
    },
    {
      title: "a group whose minimum is unknown",
      sample: scaled(2, "t4g.nano").hide("group", "minSize"),
      finds: [
        "unknown: capacity: record-oregon-secondary: the minimum size of group is not known, so its capacity is not checked",
      ],
    },
  ],
  configuration: [],
});
