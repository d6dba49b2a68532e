import { failoverHappens } from "../../../policies/dns-failover/rules/failoverHappens";
import { types } from "../../../policies/types";
import { alias, cafe } from "../cafe";
import { describeRule } from "../describeRule";
import type { Sample } from "../sample";
import { nothing } from "../sample";

const oregon = ["2a", "2b"].flatMap((zone) => [`web-${zone}`, `address-${zone}`, `check-${zone}`]);
/** A pair of zones; the check of the primary is healthy while either zone is. */
const either = cafe
  .only("zone", ...oregon, "group-oregon", "record-oregon-primary", "record-oregon-secondary")
  .add({
    type: types.healthCheck,
    name: "either",
    properties: {
      type: "CALCULATED",
      childHealthchecks: ["check-2a", "check-2b"],
      childHealthThreshold: 1,
    },
  })
  .set("record-oregon-primary", { healthCheckId: "either" });

/** A primary whose balancer has unread targets. */
const unread: Sample = nothing.add(
  {
    type: types.loadBalancer,
    name: "balancer",
    properties: { arn: "arn:lb", dnsName: "lb-1.us-west-2.elb.amazonaws.com" },
  },
  { type: types.targetGroup, name: "group", properties: { arn: "arn:tg", targetType: "ip" } },
  {
    type: types.listener,
    name: "listener",
    properties: { loadBalancerArn: "arn:lb", defaultActions: [{ targetGroupArn: "arn:tg" }] },
  },
  ...(["PRIMARY", "SECONDARY"] as const).map((type) => ({
    type: types.record,
    name: type,
    properties: {
      zoneId: "Z1",
      name: "www.cafe.test",
      type: "A",
      setIdentifier: type,
      failoverRoutingPolicies: [{ type }],
      ...(type === "PRIMARY"
        ? alias("lb-1.us-west-2.elb.amazonaws.com", true, "Z9")
        : { ttl: 60, records: ["192.0.2.1"] }),
    },
  })),
);

describeRule(failoverHappens, {
  complies: [
    { title: "with a tree that detects every loss", sample: cafe },
    {
      title: "with a faulty check, which another rule reports",
      sample: cafe.set("check-2a", { disabled: true }),
    },
    {
      title: "with a faulty record, which another rule reports",
      sample: cafe.set("record-oregon-primary", { healthCheckId: undefined }),
    },
  ],
  violates: [
    {
      title: "a check that is healthy while the other zone is healthy",
      sample: either,
      finds: [
        "record-oregon-primary.name: must fail over with us-west-2a lost, got the same answer for oregon.www.cafe.test A, because no check or balancer on its path notices the loss, so oregon.www.cafe.test answers with a dead address until someone changes the record; give the record that points there a check of its own endpoint",
      ],
    },
  ],
  boundary: [
    {
      title: "the same, if both zones must be healthy",
      sample: either.set("either", { childHealthThreshold: 2 }),
      finds: [],
    },
  ],
  notApplicable: [
    { title: "in an empty stack", sample: nothing },
    { title: "without a failover", sample: cafe.only("zone") },
  ],
  unknown: [
    {
      title: "unread targets, if all other losses are detected",
      sample: unread,
      finds: [],
    },
  ],
  configuration: [],
});
