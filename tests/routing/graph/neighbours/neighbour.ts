import { expect } from "chai";
import { answerCases } from "../../../../routing/graph/cases";
import type { Properties, Resource } from "../../../../routing/graph/resource";
import { Unknown } from "../../../../routing/graph/resource";
import { StackModel } from "../../../../routing/graph/stackModel";
import { InputError } from "../../../../routing/inputError";
import { pair, record, resource } from "../stack";

/** A variation of a stack in `tests/fixtures/zones`, with the result of one question to it. */
export interface Neighbour {
  readonly title: string;
  readonly stack: readonly Resource[];
  readonly faults?: readonly string[];
  /** Default: `www.a.test`. */
  readonly name?: string;
  /** The values, marked if dead; or the unknowns; or the refusal. */
  readonly gives: string | RegExp;
}

export const [main, other] = ["198.51.100.1", "203.0.113.99"];
export const secret = new Unknown("encrypted");
/** A secret property, as an export contains it. */
export const secretly = (property: string): Partial<Resource> => ({
  unknown: { [`outputs.${property}`]: "encrypted" },
});
export const web = [
  resource("aws:ec2/instance:Instance", "web", { subnetId: "subnet-a", privateIp: "10.0.0.5" }),
  resource("aws:ec2/eip:Eip", "ip", { publicIp: main, instance: "web" }),
];
/** A pair whose primary is checked at its address, before any change. */
export const checked = (primary: Properties = {}, check: Properties = {}): readonly Resource[] => [
  ...pair({ records: [main], ...primary }, { ipAddress: main, ...check }),
  ...web,
];
export const watching = (fqdn: string, check: Properties = {}): readonly Resource[] => [
  ...pair({ records: [main] }, { fqdn, ...check }),
  ...web,
];
export const named = (name: string, outputs: Properties, more: Partial<Resource> = {}): Resource =>
  record(name, { name: `${name}.a.test`, ...outputs }, more);
export const cname = (name: string, to: string): Resource =>
  named(name, { type: "CNAME", records: [to] });
export const toward = (name: string, evaluateTargetHealth = true): readonly Resource[] =>
  pair({ aliases: [{ name, zoneId: "ZAWS", evaluateTargetHealth }], healthCheckId: "" });

export const dnsName = "alb-1.us-west-2.elb.amazonaws.com";
/** A balancer with one group, with types of this module of the provider. */
export function balanced(
  module: string,
  group: Properties,
  ...targets: readonly Resource[]
): Resource[] {
  return [
    ...toward(dnsName),
    ...web,
    resource(`aws:${module}/loadBalancer:LoadBalancer`, "alb", { arn: "arn:alb", dnsName }),
    resource(`aws:${module}/listener:Listener`, "listener", {
      arn: "arn:listener",
      loadBalancerArn: "arn:alb",
      defaultActions: [{ type: "forward", targetGroupArn: "arn:group" }],
    }),
    resource(`aws:${module}/targetGroup:TargetGroup`, "group", { arn: "arn:group", ...group }),
    ...targets,
  ];
}
export const attached = (targetId: string, module = "lb"): Resource =>
  resource(`aws:${module}/targetGroupAttachment:TargetGroupAttachment`, `of ${targetId}`, {
    targetGroupArn: "arn:group",
    targetId,
  });
export const classic = (more: Properties): readonly Resource[] => [
  ...toward(dnsName),
  ...web,
  resource("aws:elasticloadbalancing/loadBalancer:LoadBalancer", "elb", { dnsName, ...more }),
];
export const balancer = balanced("lb", {}, attached("web"));
export const zoneCalled = (name: string, outputs: Properties): Resource =>
  resource("aws:route53/zone:Zone", name, outputs);
export const hidden = zoneCalled("hidden", {
  zoneId: "Z2",
  name: "a.test",
  vpcs: [{ vpcId: "vpc-1" }],
});
export const calculated = (check: Properties): readonly Resource[] => [
  ...pair({ records: [main] }, { type: "CALCULATED", ...check }),
  ...web,
  resource("aws:route53/healthCheck:HealthCheck", "child", { type: "TCP", ipAddress: main }),
];
export const alarmed = (alarm: Properties, check: Properties = {}): readonly Resource[] => [
  ...pair(
    { records: [main] },
    {
      type: "CLOUDWATCH_METRIC",
      cloudwatchAlarmName: "alarm",
      insufficientDataHealthStatus: "Unhealthy",
      ...check,
    },
  ),
  ...balancer.filter(({ type }) => !type.startsWith("aws:route53/")),
  resource("aws:cloudwatch/metricAlarm:MetricAlarm", "alarm", { name: "alarm", ...alarm }),
];

function given({ stack, faults = [], name = "www.a.test" }: Neighbour): string {
  try {
    const model = new StackModel(stack);
    const question = { name, type: "A", faults: model.faults(faults) };
    const { unknown, cases } = answerCases(model, question, new Map());
    if (unknown.length > 0) return `unknown ${unknown.map((one) => one.name).join(", ")}`;
    const answers = cases[0]?.resolution.answers ?? [];
    const said = answers.map(({ value, alive }) => (alive ? value : `${value} dead`));
    return said.length > 0 ? said.join(", ") : "no answer";
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return `refused ${error.message}`;
  }
}

/** Makes tests of a table of variations, at least three for each stack in `tests/fixtures/zones`. */
export function describeNeighbours(
  neighbours: Readonly<Record<string, readonly Neighbour[]>>,
): void {
  for (const [file, stacks] of Object.entries(neighbours)) {
    describe(`variations of ${file}`, () => {
      it("has at least three", () => {
        expect(stacks.length).to.be.at.least(3);
      });
      for (const neighbour of stacks) {
        it(neighbour.title, () => {
          const { gives } = neighbour;
          if (typeof gives === "string") expect(given(neighbour)).to.equal(gives);
          else expect(given(neighbour)).to.match(gives);
        });
      }
    });
  }
}
