import { types } from "../../../policies/types";
import { administrationPortIsClosed } from "../../../policies/workload/rules/administrationPortIsClosed";
import type { Properties } from "../../../routing/graph/resource";
import { Unknown } from "../../../routing/graph/resource";
import { describeRule } from "../describeRule";
import type { Sample } from "../sample";
import { nothing } from "../sample";

const one = (type: string, properties: Properties): Sample =>
  nothing.add({ type, name: "it", properties });
/** A group with one rule; by default, HTTP from everywhere. */
function group(rule: Properties): Sample {
  return one(types.securityGroup, {
    ingress: [{ protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["0.0.0.0/0"], ...rule }],
  });
}

describeRule(administrationPortIsClosed, {
  complies: [
    { title: "with the ports of users open", sample: group({}) },
    {
      title: "with SSH from a private network",
      sample: group({ fromPort: 22, toPort: 22, cidrBlocks: ["10.0.0.0/8"] }),
    },
    {
      title: "with all egress",
      sample: one(types.securityGroupRule, {
        type: "egress",
        protocol: "-1",
        cidrBlocks: ["0.0.0.0/0"],
      }),
    },
    { title: "with UDP", sample: group({ protocol: "udp", fromPort: 53, toPort: 53 }) },
    { title: "with a protocol without ports", sample: group({ protocol: "icmp", fromPort: 8 }) },
  ],
  violates: [
    {
      title: "SSH open to the internet",
      sample: group({ fromPort: 22, toPort: 22 }),
      finds: [
        "it.ingress[0].fromPort: must not open 22 (SSH) to the internet, got 0.0.0.0/0, so anyone on the internet can try passwords and known vulnerabilities there; close it, and use Systems Manager",
      ],
    },
    {
      title: "a database open to the internet over IPv6",
      sample: one(types.securityGroupIngressRule, {
        ipProtocol: "tcp",
        fromPort: 3306,
        toPort: 3306,
        cidrIpv6: "::/0",
      }),
      finds: [
        "it.fromPort: must not open 3306 (MySQL) to the internet, got ::/0, so anyone on the internet can try passwords and known vulnerabilities there; close it, and use Systems Manager",
      ],
    },
    {
      title: "all protocols",
      sample: one(types.securityGroupRule, {
        type: "ingress",
        protocol: "-1",
        cidrBlocks: ["0.0.0.0/0"],
      }),
      finds: [
        "it.fromPort: must not open 22 (SSH), 23 (Telnet), 445 (SMB) and 16 more to the internet, got 0.0.0.0/0, so anyone on the internet can try passwords and known vulnerabilities there; close it, and use Systems Manager",
      ],
    },
  ],
  boundary: [
    {
      title: "a range that ends before SSH",
      sample: group({ fromPort: 1, toPort: 21 }),
      finds: [],
    },
    {
      title: "a range that ends at SSH",
      sample: group({ fromPort: 1, toPort: 22 }),
      finds: [
        "it.ingress[0].fromPort: must not open 22 (SSH) to the internet, got 0.0.0.0/0, so anyone on the internet can try passwords and known vulnerabilities there; close it, and use Systems Manager",
      ],
    },
    {
      title: "one owner's network",
      sample: group({ fromPort: 22, toPort: 22, cidrBlocks: ["17.0.0.0/8"] }),
      finds: [],
    },
    {
      title: "half of the internet",
      sample: group({ fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/1", "odd"] }),
      finds: [
        "it.ingress[0].fromPort: must not open 22 (SSH) to the internet, got 0.0.0.0/1, so anyone on the internet can try passwords and known vulnerabilities there; close it, and use Systems Manager",
      ],
    },
    {
      title: "memcached over UDP",
      sample: group({ protocol: "UDP", fromPort: 0, toPort: 65535 }),
      finds: [
        "it.ingress[0].fromPort: must not open 11211 (memcached) to the internet, got 0.0.0.0/0, so anyone on the internet can try passwords and known vulnerabilities there; close it, and use Systems Manager",
      ],
    },
  ],
  notApplicable: [
    { title: "in an empty stack", sample: nothing },
    { title: "in a stack of something else", sample: one("aws:sqs/queue:Queue", {}) },
  ],
  unknown: [
    {
      title: "unknown rules",
      sample: group({}).hide("it", "ingress"),
      finds: ["unknown: ingress: it: it is not known before deployment"],
    },
    {
      title: "an unknown port",
      sample: group({ fromPort: new Unknown("computed") }),
      finds: ["unknown: ingress[0].fromPort: it: it is not known before deployment"],
    },
  ],
  configuration: [],
});
