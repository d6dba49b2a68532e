import { checkAgreesWithTargetGroup } from "../../../policies/dns-failover/rules/checkAgreesWithTargetGroup";
import { types } from "../../../policies/types";
import type { Properties } from "../../../routing/graph/resource";
import { cafe } from "../cafe";
import { describeRule } from "../describeRule";
import type { Sample } from "../sample";
import { nothing } from "../sample";

const checkNames = cafe.resources
  .filter(({ type }) => type === types.healthCheck)
  .map(({ name }) => name);
/** Zone 2a served by a balancer with a target group. */
function behind(healthCheck: Properties): Sample {
  return cafe.set("address-2a", { instance: undefined, allocationId: "eip-2a" }).add(
    {
      type: types.loadBalancer,
      name: "balancer",
      properties: { arn: "arn:lb", subnetMappings: [{ allocationId: "eip-2a", subnetId: "s" }] },
    },
    {
      type: types.targetGroup,
      name: "targets",
      properties: { arn: "arn:tg", protocol: "TCP", healthCheck },
    },
    {
      type: types.listener,
      name: "listener",
      properties: {
        loadBalancerArn: "arn:lb",
        port: 80,
        protocol: "TCP",
        defaultActions: [{ type: "forward", targetGroupArn: "arn:tg" }],
      },
    },
  );
}

describeRule(checkAgreesWithTargetGroup, {
  complies: [
    { title: "at instances", sample: cafe },
    { title: "with one path for both", sample: behind({ protocol: "HTTP", path: "/healthcheck" }) },
  ],
  violates: [
    {
      title: "another path",
      sample: behind({ protocol: "HTTP", path: "/" }),
      finds: [
        "check-2a.resourcePath: must be the path that targets probes, /, got /healthcheck, so the balancer sends customers to targets that fail the check, or Route 53 leaves a tier that the balancer considers healthy; use one path for both",
      ],
    },
    {
      title: "a target group that only opens a connection",
      sample: behind({ protocol: "TCP" }),
      finds: [
        "check-2a.resourcePath: must be the path that targets probes, but it only opens a TCP connection, got /healthcheck, so the balancer sends customers to targets that fail the check, or Route 53 leaves a tier that the balancer considers healthy; let targets probe /healthcheck over HTTP",
      ],
    },
  ],
  boundary: [
    {
      title: "a path that differs by a slash",
      sample: behind({ protocol: "HTTP", path: "/healthcheck/" }),
      finds: [
        "check-2a.resourcePath: must be the path that targets probes, /healthcheck/, got /healthcheck, so the balancer sends customers to targets that fail the check, or Route 53 leaves a tier that the balancer considers healthy; use one path for both",
      ],
    },
  ],
  notApplicable: [
    { title: "without checks", sample: cafe.drop(...checkNames) },
    { title: "in an empty stack", sample: nothing },
  ],
  unknown: [
    {
      title: "a target group's check that is unknown",
      sample: behind({}).hide("targets", "healthCheck"),
      finds: ["unknown: healthCheck: targets: it is not known before deployment"],
    },
  ],
  configuration: [],
});
