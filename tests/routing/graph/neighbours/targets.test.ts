import { expect } from "chai";
import type { Properties, Resource } from "../../../../routing/graph/resource";
import { StackModel } from "../../../../routing/graph/stackModel";
import { resource, zone } from "../stack";
import {
  describeNeighbours,
  main,
  other,
  checked,
  named,
  toward,
  balancer,
  balanced,
  attached,
  classic,
  calculated,
  alarmed,
  dnsName,
} from "./neighbour";

describeNeighbours({
  "ecs-service-behind-alb": [
    {
      title: "targets that are addresses",
      stack: balanced("lb", { targetType: "ip" }),
      gives: "unknown group",
    },
    {
      title: "a target of another stack",
      stack: balanced("lb", {}, attached("i-elsewhere")),
      gives: "unknown group",
    },
    {
      title: "a living target next to one of another stack, which is enough",
      stack: balanced("lb", {}, attached("i-elsewhere"), attached("web")),
      gives: dnsName,
    },
    {
      title: "the same with the living one lost",
      stack: balanced("lb", {}, attached("i-elsewhere"), attached("web")),
      faults: ["web"],
      gives: "unknown group",
    },
    {
      title: "a group of another stack",
      stack: balancer.map((one) =>
        one.name === "listener"
          ? {
              ...one,
              outputs: {
                ...one.outputs,
                defaultActions: [
                  { targetGroupArn: "arn:aws:elasticloadbalancing:us-west-2:1:targetgroup/g/1" },
                ],
              },
            }
          : one,
      ),
      gives: "unknown alb",
    },
  ],
  "aws-alb-tokens": ["applicationloadbalancing", "elasticloadbalancingv2", "alb"].map((module) => ({
    title: `the module ${module}`,
    stack: balanced(module, {}, attached("web", module)),
    faults: ["web"],
    gives: other,
  })),
  "classic-elb": [
    { title: "its instances inline", stack: classic({ instances: ["web"] }), gives: dnsName },
    {
      title: "the same with all of them lost",
      stack: classic({ instances: ["web"] }),
      faults: ["us-west-2a"],
      gives: other,
    },
    {
      title: "an instance of another stack",
      stack: classic({ instances: ["i-elsewhere"] }),
      gives: "unknown elb",
    },
    {
      title: "an attachment",
      stack: [
        ...classic({ name: "elb" }),
        resource("aws:elb/attachment:Attachment", "of web", { elb: "elb", instance: "web" }),
      ],
      faults: ["web"],
      gives: other,
    },
  ],
  "balancer-lost-with-its-region": [
    {
      title: "a balancer that is known only by its name",
      stack: [...toward("nlb-1.elb.eu-west-1.amazonaws.com"), zone],
      faults: ["eu-west-1"],
      gives: other,
    },
    {
      title: "the same while its region lives",
      stack: toward("nlb-1.elb.eu-west-1.amazonaws.com"),
      gives: "unknown nlb-1.elb.eu-west-1.amazonaws.com",
    },
    {
      title: "Elastic Beanstalk whose balancer was not read (A13)",
      stack: toward("app.eu-west-1.elasticbeanstalk.com"),
      faults: ["eu-west-1"],
      gives: "unknown app.eu-west-1.elasticbeanstalk.com",
    },
    {
      title: "API Gateway, which is always healthy (A10)",
      stack: toward("d-1.execute-api.eu-west-1.amazonaws.com"),
      faults: ["eu-west-1"],
      gives: "d-1.execute-api.eu-west-1.amazonaws.com dead",
    },
    {
      title: "a balancer that is not evaluated (A3)",
      stack: [...toward(dnsName, false), ...balancer.slice(6)],
      faults: ["us-west-2"],
      gives: `${dnsName} dead`,
    },
  ],
  "alarm-check-on-the-dead-instance": [
    {
      title: "the balancer",
      stack: alarmed({ dimensions: { LoadBalancer: "arn:alb" } }),
      faults: ["alb"],
      gives: other,
    },
    {
      title: "a dimension of a living resource",
      stack: alarmed({ dimensions: { LoadBalancer: "arn:alb" } }),
      faults: ["web"],
      gives: `${main} dead`,
    },
    {
      title: "an alarm that treats missing data as good (K6)",
      stack: alarmed({ dimensions: { InstanceId: "web" }, treatMissingData: "notBreaching" }),
      faults: ["web"],
      gives: `${main} dead`,
    },
    {
      title: "an alarm that was not read",
      stack: alarmed({}, { cloudwatchAlarmName: "elsewhere" }),
      gives: "unknown check",
    },
  ],
  "calculated-without-threshold": [
    {
      title: "0, which is always healthy (K1)",
      stack: calculated({ childHealthThreshold: 0, childHealthchecks: ["child"] }),
      faults: ["web"],
      gives: `${main} dead`,
    },
    {
      title: "more than its children, which is never healthy (K1)",
      stack: calculated({ childHealthThreshold: 2, childHealthchecks: ["child"] }),
      gives: other,
    },
    {
      title: "a child that is null",
      stack: calculated({ childHealthThreshold: 1, childHealthchecks: ["child", null] }),
      gives: "unknown check",
    },
    {
      title: "a child of another stack",
      stack: calculated({ childHealthThreshold: 2, childHealthchecks: ["child", "foreign"] }),
      gives: "unknown foreign",
    },
  ],
});

describe("variations of bound-zero-with-many-checks", () => {
  const downtime = (stack: readonly Resource[]): number | undefined => {
    const model = new StackModel(stack);
    const faults = model.faults(["us-west-2a"]);
    return model.worstCase("www.a.test", "A", [], faults, "refused").downtimeSeconds;
  };
  const more = (count: number, outputs: Properties): readonly Resource[] =>
    Array.from({ length: count }, (_, index) =>
      resource("aws:route53/healthCheck:HealthCheck", `more-${index}`, outputs),
    );
  /** 3 × 30 s, 10 s and the TTL of 60 s. */
  const expected = 160;

  it("any number of checks that nothing uses", () => {
    for (const count of [0, 1, 40]) {
      const unused = more(count, { type: "TCP", ipAddress: "192.0.2.9" });
      expect(downtime([...checked(), ...unused]), String(count)).to.equal(expected);
    }
  });

  it("forty checks of the same server", () => {
    const same = more(40, { type: "TCP", ipAddress: main });
    expect(downtime([...checked(), ...same])).to.equal(expected);
  });

  it("forty names, each with a primary and a separate check", () => {
    const pairs = more(40, { type: "TCP", ipAddress: main }).flatMap((check, index) => [
      check,
      named(`n${index}`, {
        setIdentifier: "p",
        failoverRoutingPolicies: [{ type: "PRIMARY" }],
        records: [main],
        healthCheckId: check.name,
      }),
    ]);
    expect(downtime([...checked(), ...pairs])).to.equal(expected);
  });
});
