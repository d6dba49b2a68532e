import type { FaultChange, SimulatedTimes } from "../../../rehearsal/proof/transitions";
import type { ChangePlan } from "../../../rehearsal/simulation/changes";
import { changePlanOf } from "../../../rehearsal/simulation/changes";
import { simulateChanges } from "../../../rehearsal/simulation/threads";
import { defaultAssumptions } from "../../../routing/assumptions";
import type { Assumptions } from "../../../routing/assumptions";
import type { Properties, Resource } from "../../../routing/graph/resource";
import { StackModel } from "../../../routing/graph/stackModel";
import { pair, record, resource, zone } from "../../routing/graph/stack";

/** A web server with an address for a record. */
export const web: readonly Resource[] = [
  resource("aws:ec2/instance:Instance", "web", { subnetId: "subnet-a" }),
  resource("aws:ec2/eip:Eip", "ip", { publicIp: "198.51.100.1", instance: "web" }),
];

/** A web server with a check over a last tier. */
export function webPair(check: Properties = {}, primary: Properties = {}): readonly Resource[] {
  const address = "198.51.100.1";
  return [...pair({ records: [address], ...primary }, { ipAddress: address, ...check }), ...web];
}

/** The same, checked by an alarm with some evaluation periods. */
export function alarmPair(evaluationPeriods: number): readonly Resource[] {
  const dimensions = { InstanceId: "web" };
  return [
    ...webPair({
      type: "CLOUDWATCH_METRIC",
      cloudwatchAlarmName: "alarm",
      insufficientDataHealthStatus: "Unhealthy",
    }),
    resource("aws:cloudwatch/metricAlarm:MetricAlarm", "alarm", {
      name: "alarm",
      period: 60,
      evaluationPeriods,
      dimensions,
    }),
  ];
}

/** A balancer with some targets and a minimum of live ones, over a last tier. */
export function balancerPair(targetsCount: number, minimum: number): readonly Resource[] {
  const dnsName = "alb-1.us-west-2.elb.amazonaws.com";
  return [
    ...pair({
      records: [],
      aliases: [{ name: dnsName, zoneId: "ZAWS", evaluateTargetHealth: true }],
      healthCheckId: "",
    }),
    resource("aws:lb/loadBalancer:LoadBalancer", "alb", { arn: "arn:alb", dnsName }),
    resource("aws:lb/listener:Listener", "listener", {
      arn: "arn:listener",
      loadBalancerArn: "arn:alb",
      defaultActions: [{ type: "forward", targetGroupArn: "arn:group" }],
    }),
    resource("aws:lb/targetGroup:TargetGroup", "group", {
      arn: "arn:group",
      healthCheck: { interval: 10, timeout: 6, healthyThreshold: 3, unhealthyThreshold: 2 },
      targetGroupHealth: { dnsFailover: { minimumHealthyTargetsCount: String(minimum) } },
    }),
    ...Array.from({ length: targetsCount }, (_, index) => [
      resource("aws:ec2/instance:Instance", `target-${index}`, { subnetId: "subnet-a" }),
      resource("aws:lb/targetGroupAttachment:TargetGroupAttachment", `attachment-${index}`, {
        targetGroupArn: "arn:group",
        targetId: `target-${index}`,
      }),
    ]).flat(),
  ];
}

/** A CNAME from `www.a.test`, as one of a pair. */
const cnameOf = (value: string, ttl: number, more: Properties): Properties => ({
  ...{ type: "CNAME", records: [value], ttl },
  ...more,
});

const checked = (ipAddress: string): Properties => ({
  type: "HTTP_STR_MATCH",
  ipAddress,
  requestInterval: 10,
  failureThreshold: 2,
});

/** A pair of CNAMEs to addresses that resolvers keep for long. */
export function cnamePair(): readonly Resource[] {
  const of = (role: string): Properties => ({
    failoverRoutingPolicies: [{ type: role }],
    setIdentifier: role,
  });
  return [
    zone,
    ...web,
    record("west-name", cnameOf("west.a.test", 10, { ...of("PRIMARY"), healthCheckId: "check" })),
    record("east-name", cnameOf("east.a.test", 10, of("SECONDARY"))),
    record("west", { name: "west.a.test", records: ["198.51.100.1"], ttl: 86_400 }),
    record("east", { name: "east.a.test", records: ["203.0.113.99"], ttl: 86_400 }),
    resource("aws:route53/healthCheck:HealthCheck", "check", checked("198.51.100.1")),
  ];
}

/** A CNAME that resolvers keep for long, to a pair. */
export function namedPair(): readonly Resource[] {
  return [
    record("name", cnameOf("pair.a.test", 3600, {})),
    ...pair({ records: ["198.51.100.1"] }, checked("198.51.100.1")).map((one) =>
      one.type === "aws:route53/record:Record"
        ? { ...one, outputs: { ...one.outputs, name: "pair.a.test", ttl: 10 } }
        : one,
    ),
    ...web,
  ];
}

/** A region of two web servers behind a check by its name, which alone decides, over a last tier. */
export function namedRegion(check: Properties = {}): readonly Resource[] {
  const failover = (type: string): Properties => ({
    failoverRoutingPolicies: [{ type }],
    setIdentifier: type.toLowerCase(),
  });
  const addresses = ["198.51.100.1", "198.51.100.2"];
  return [
    zone,
    record("west-alias", {
      ...failover("PRIMARY"),
      aliases: [{ name: "west.a.test", zoneId: "Z1", evaluateTargetHealth: false }],
      healthCheckId: "deep",
    }),
    record("last", { ...failover("SECONDARY"), records: ["203.0.113.99"] }),
    resource("aws:route53/healthCheck:HealthCheck", "deep", {
      type: "HTTP_STR_MATCH",
      fqdn: "west.a.test",
      requestInterval: 30,
      failureThreshold: 3,
      ...check,
    }),
    ...addresses.flatMap((address, index) => [
      resource("aws:ec2/instance:Instance", `web-${index}`),
      resource("aws:ec2/eip:Eip", `ip-${index}`, { publicIp: address, instance: `web-${index}` }),
      resource("aws:route53/healthCheck:HealthCheck", `check-${index}`, {
        type: "HTTP_STR_MATCH",
        ipAddress: address,
        requestInterval: 10,
        failureThreshold: 2,
      }),
      record(`west-${index}`, {
        name: "west.a.test",
        ...failover(index === 0 ? "PRIMARY" : "SECONDARY"),
        records: [address],
        healthCheckId: `check-${index}`,
      }),
    ]),
  ];
}

/** A change of the faults of a stack, by their names. */
export interface StackChange {
  readonly resources: readonly Resource[];
  readonly from?: readonly string[];
  readonly to?: readonly string[];
  readonly death: FaultChange["death"];
  readonly assumptions?: Partial<Assumptions>;
}

/** The plan of a change of `www.a.test`, and its bound in seconds. */
export function planned({ resources, from = [], to = [], death, assumptions }: StackChange): {
  readonly plan: ChangePlan;
  readonly boundSeconds: number | undefined;
} {
  const model = new StackModel(resources, { ...defaultAssumptions, ...assumptions });
  const before = model.faults(from);
  // A fault that persists must be the same object, not another of the same name.
  const after = to.map(
    (name) => before.find((fault) => fault.name === name) ?? model.faults([name])[0],
  );
  const faults = after.flatMap((fault) => fault ?? []);
  const plan = changePlanOf(model, "www.a.test", "A", { from: before, to: faults, death });
  if (!plan) throw new Error("too much changes at once");
  const { downtimeSeconds } = model.worstCase("www.a.test", "A", before, faults, death);
  return { plan, boundSeconds: downtimeSeconds };
}

/** The simulated times of a change of `www.a.test`. */
export async function simulated(
  change: StackChange,
  runs = 1_000,
  seed = 1,
): Promise<SimulatedTimes> {
  const [times] = await simulateChanges([planned(change).plan], { runs, seed, threads: 1 });
  if (!times) throw new Error("nothing was simulated");
  return times;
}
