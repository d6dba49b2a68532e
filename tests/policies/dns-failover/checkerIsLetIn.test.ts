import { checkerIsLetIn } from "../../../policies/dns-failover/rules/checkerIsLetIn";
import { types } from "../../../policies/types";
import type { Properties } from "../../../routing/graph/resource";
import { Unknown } from "../../../routing/graph/resource";
import { cafe } from "../cafe";
import { describeRule } from "../describeRule";
import type { Sample } from "../sample";
import { nothing } from "../sample";

const checkNames = cafe.resources
  .filter(({ type }) => type === types.healthCheck)
  .map(({ name }) => name);
/** Oregon's group with one permission. */
function ingress(changes: Properties): Sample {
  const rule = { protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["0.0.0.0/0"], ...changes };
  return cafe.set("group-oregon", { ingress: [rule] });
}
/** Oregon's group with a rule as a separate resource. */
function ruled(source: Properties): Sample {
  return cafe.set("group-oregon", { ingress: [] }).add({
    type: types.securityGroupIngressRule,
    name: "rule",
    properties: {
      securityGroupId: "group-oregon",
      ipProtocol: "tcp",
      fromPort: 80,
      toPort: 80,
      ...source,
    },
  });
}
/** Zone 2a served by a balancer. */
function behind(properties: Properties): Sample {
  return cafe.set("address-2a", { instance: undefined, allocationId: "eip-2a" }).add({
    type: types.loadBalancer,
    name: "balancer",
    properties: {
      arn: "arn:lb",
      subnetMappings: [{ allocationId: "eip-2a", subnetId: "s" }],
      ...properties,
    },
  });
}

describeRule(checkerIsLetIn, {
  complies: [
    { title: "with the port open to everyone", sample: cafe },
    { title: "with a separate rule", sample: ruled({ cidrIpv4: "0.0.0.0/0" }) },
    { title: "with the checkers' prefix list", sample: ruled({ prefixListId: "pl-1" }) },
    {
      title: "with a rule of the older type",
      sample: cafe.set("group-oregon", { ingress: [] }).add({
        type: types.securityGroupRule,
        name: "rule",
        properties: {
          type: "ingress",
          securityGroupId: "group-oregon",
          protocol: "-1",
          cidrBlocks: ["0.0.0.0/0"],
        },
      }),
    },
    { title: "with a balancer that has no group", sample: behind({}) },
  ],
  violates: [
    {
      title: "a group that opens another port",
      sample: ingress({ fromPort: 443, toPort: 443 }),
      finds: [
        "group-oregon.ingress: must admit the checkers to port 80, which deep-oregon, check-2a, check-2b probe, got no such rule, so web-2a and web-2b count as dead from the start, and are never used; allow TCP 80 from 0.0.0.0/0 or from the checkers' prefix list",
      ],
    },
    {
      title: "a group that admits only private networks",
      sample: ingress({ cidrBlocks: ["10.0.0.0/8"] }),
      finds: [
        "group-oregon.ingress: must admit the checkers to port 80, which deep-oregon, check-2a, check-2b probe, got no such rule, so web-2a and web-2b count as dead from the start, and are never used; allow TCP 80 from 0.0.0.0/0 or from the checkers' prefix list",
      ],
    },
    {
      title: "a group that admits UDP",
      sample: ingress({ protocol: "udp" }),
      finds: [
        "group-oregon.ingress: must admit the checkers to port 80, which deep-oregon, check-2a, check-2b probe, got no such rule, so web-2a and web-2b count as dead from the start, and are never used; allow TCP 80 from 0.0.0.0/0 or from the checkers' prefix list",
      ],
    },
    {
      title: "a balancer whose group is closed",
      sample: behind({ securityGroups: ["group-oregon"] }).set("group-oregon", { ingress: [] }),
      finds: [
        "group-oregon.ingress: must admit the checkers to port 80, which deep-oregon, check-2a, check-2b probe, got no such rule, so balancer and web-2b count as dead from the start, and are never used; allow TCP 80 from 0.0.0.0/0 or from the checkers' prefix list",
      ],
    },
  ],
  boundary: [
    {
      title: "a range that ends at the port",
      sample: ingress({ fromPort: 1, toPort: 80 }),
      finds: [],
    },
    {
      title: "a range that ends before the port",
      sample: ingress({ fromPort: 1, toPort: 79 }),
      finds: [
        "group-oregon.ingress: must admit the checkers to port 80, which deep-oregon, check-2a, check-2b probe, got no such rule, so web-2a and web-2b count as dead from the start, and are never used; allow TCP 80 from 0.0.0.0/0 or from the checkers' prefix list",
      ],
    },
  ],
  notApplicable: [
    { title: "without checks", sample: cafe.drop(...checkNames) },
    { title: "in an empty stack", sample: nothing },
  ],
  unknown: [
    {
      title: "single public blocks, which may be the checkers'",
      sample: ingress({ cidrBlocks: ["15.177.0.0/18"] }),
      finds: [
        "unknown: ingress: group-oregon: whether it admits the checkers to port 80 of web-2a and web-2b cannot be determined",
      ],
    },
    {
      title: "a group of another stack",
      sample: cafe.drop("group-oregon"),
      finds: [
        "unknown: vpcSecurityGroupIds: web-2a: its security groups are outside this stack, so whether they admit the checkers to port 80 is not checked",
        "unknown: vpcSecurityGroupIds: web-2b: its security groups are outside this stack, so whether they admit the checkers to port 80 is not checked",
      ],
    },
    {
      title: "unknown rules",
      sample: cafe.hide("group-oregon", "ingress"),
      finds: [
        "unknown: ingress: group-oregon: whether it admits the checkers to port 80 of web-2a and web-2b cannot be determined",
      ],
    },
    {
      title: "an unknown source",
      sample: cafe.set("group-oregon", {
        ingress: [
          { protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: new Unknown("computed") },
        ],
      }),
      finds: [
        "unknown: ingress: group-oregon: whether it admits the checkers to port 80 of web-2a and web-2b cannot be determined",
      ],
    },
  ],
  configuration: [],
});
