import { expect } from "chai";
import { GateSignals } from "../../../components/failback/gateSignals";
import type { GateSignalsArgs, SignalAlarm } from "../../../components/failback/gateSignals";
import * as pulumi from "@pulumi/pulumi";
import { alarm, listOf } from "../alerts/alertSamples";
import { promiseOf } from "../promiseOf";
import { named, refusalOf, resourcesOf } from "../pulumiMocks";
import { tags } from "../samples";

const args: GateSignalsArgs = {
  zoneId: "Z1",
  parentName: "gate.orders.cafe.com",
  ttlSeconds: 10,
  checkIds: { deep: "id-deep" },
  alarms: {
    "capacity-us-west-2a": {
      alarm: { name: pulumi.output("alarm-1"), region: pulumi.output("us-west-2") },
      spec: alarm,
    },
  },
  tags,
};
const made: GateSignals[] = [];
const make = (given: GateSignalsArgs = args): unknown => made.push(new GateSignals("s", given));

describe("GateSignals", () => {
  it("has a pair of records for each check, and a check for each alarm", async () => {
    expect(listOf(await resourcesOf(make))).to.deep.equal([
      " > s failover:index:GateSignals",
      "s > s-capacity-us-west-2a-check aws:route53/healthCheck:HealthCheck",
      "s > s-capacity-us-west-2a-primary aws:route53/record:Record",
      "s > s-capacity-us-west-2a-secondary aws:route53/record:Record",
      "s > s-deep-primary aws:route53/record:Record",
      "s > s-deep-secondary aws:route53/record:Record",
    ]);
    expect(made.at(-1)?.recordNames).to.deep.equal({
      deep: "deep.gate.orders.cafe.com",
      "capacity-us-west-2a": "capacity-us-west-2a.gate.orders.cafe.com",
    });
  });

  it("says healthy while the check is, otherwise unhealthy, and never answers an address (C2, C4)", async () => {
    const resources = await resourcesOf(make);
    const common = { zoneId: "Z1", name: "deep.gate.orders.cafe.com", type: "TXT", ttl: 10 };
    expect(named(resources, "s-deep-primary").inputs).to.deep.equal({
      ...common,
      setIdentifier: "primary",
      failoverRoutingPolicies: [{ type: "PRIMARY" }],
      records: ["healthy"],
      healthCheckId: "id-deep",
    });
    expect(named(resources, "s-deep-secondary").inputs).to.deep.equal({
      ...common,
      setIdentifier: "secondary",
      failoverRoutingPolicies: [{ type: "SECONDARY" }],
      records: ["unhealthy"],
    });
  });

  it("takes a group without data for one without capacity (K6, K8)", async () => {
    const { inputs } = named(await resourcesOf(make), "s-capacity-us-west-2a-check");
    expect(inputs).to.deep.include({
      type: "CLOUDWATCH_METRIC",
      cloudwatchAlarmName: "alarm-1",
      cloudwatchAlarmRegion: "us-west-2",
      insufficientDataHealthStatus: "Unhealthy",
    });
    expect(inputs["triggers"]).to.have.property("alarm");
    expect(await promiseOf(made.at(-1)?.alarmCheckIds["capacity-us-west-2a"])).to.equal(
      "id of s-capacity-us-west-2a-check",
    );
  });

  it("refreshes the check when the dimensions change, also those that are outputs (K8)", async () => {
    const triggerOf = async (balancer: string): Promise<string> => {
      const metric = { ...alarm.metric, dimensions: { LoadBalancer: pulumi.output(balancer) } };
      const signal = { ...args.alarms["capacity-us-west-2a"], spec: { ...alarm, metric } };
      const alarms = { "capacity-us-west-2a": signal as SignalAlarm };
      const resources = await resourcesOf(() => make({ ...args, alarms }));
      const { inputs } = named(resources, "s-capacity-us-west-2a-check");
      return (inputs["triggers"] as { readonly alarm: string }).alarm;
    };
    expect(JSON.parse(await triggerOf("net/zone-1/a1"))).to.deep.include({
      metric: { ...alarm.metric, dimensions: { LoadBalancer: "net/zone-1/a1" } },
    });
    expect(await triggerOf("net/zone-2/b2")).not.to.equal(await triggerOf("net/zone-1/a1"));
  });

  it("refuses a signal that is no label", () => {
    const { errors } = refusalOf(() => make({ ...args, checkIds: { "Deep check": "id" } }));
    expect(errors).to.deep.equal([
      {
        propertyPath: "checkIds.Deep check",
        reason:
          'must be a lower-case DNS name of at most 253 characters, labels of at most 63, got "Deep check.gate.orders.cafe.com"; for example oregon.orders.cafe.com',
      },
    ]);
  });
});
