import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { alarmFaults } from "../../../components/alerts/alarm";
import type { AlarmSpec } from "../../../components/alerts/alarm";
import { computeAlarms, outageAlarmKeys } from "../../../components/alerts/computeAlarms";
import { runbookUrl } from "./alertSamples";
import { promiseOf } from "../promiseOf";

const balancer = {
  kind: "balancer",
  balancerArnSuffix: pulumi.output("net/zone/1"),
  targetGroupArnSuffixes: {
    tls: pulumi.output("targetgroup/tls/2"),
    http: pulumi.output("targetgroup/http/3"),
  },
  autoScalingGroup: pulumi.output("group"),
  instances: 2,
} as const;

/** The conditions of alarms, with known dimensions. */
const firesOf = (alarms: readonly AlarmSpec[]): Promise<unknown> =>
  promiseOf(
    alarms.map(({ key, metric, comparison, threshold, periods, missingData }) => {
      const { name, statistic, dimensions } = metric;
      return [key, name, statistic, comparison, threshold, periods, missingData, dimensions];
    }),
  );

describe("computeAlarms", () => {
  it("monitors an instance by EC2's status checks, and treats a stopped one as failed", async () => {
    const alarms = computeAlarms("us-west-2a", {
      kind: "instance",
      instanceId: pulumi.output("i-1"),
    });
    expect(alarms.map(({ metric }) => metric.namespace)).to.deep.equal(["AWS/EC2"]);
    expect(await firesOf(alarms)).to.deep.equal([
      [
        "us-west-2a-instance",
        "StatusCheckFailed",
        "Maximum",
        "GreaterThanOrEqualToThreshold",
        1,
        2,
        "breaching",
        { InstanceId: "i-1" },
      ],
    ]);
  });

  it("monitors each target group of a balancer, and the number of healthy targets", async () => {
    const alarms = computeAlarms("us-west-2a", balancer);
    expect(new Set(alarms.map(({ metric }) => metric.namespace))).to.deep.equal(
      new Set(["AWS/NetworkELB"]),
    );
    const tls = { LoadBalancer: "net/zone/1", TargetGroup: "targetgroup/tls/2" };
    const http = { LoadBalancer: "net/zone/1", TargetGroup: "targetgroup/http/3" };
    const unhealthy = ["UnHealthyHostCount", "Maximum", "GreaterThanOrEqualToThreshold", 1, 5];
    const healthy = ["HealthyHostCount", "Minimum", "LessThanThreshold"];
    expect(await firesOf(alarms)).to.deep.equal([
      ["us-west-2a-tls-unhealthy-target", ...unhealthy, "notBreaching", tls],
      ["us-west-2a-tls-no-healthy-target", ...healthy, 1, 1, "breaching", tls],
      ["us-west-2a-http-unhealthy-target", ...unhealthy, "notBreaching", http],
      ["us-west-2a-http-no-healthy-target", ...healthy, 1, 1, "breaching", http],
      ["us-west-2a-capacity", ...healthy, 2, 15, "breaching", tls],
    ]);
  });

  it("has no alarm for an external endpoint", () => {
    expect(computeAlarms("us-west-2a", { kind: "own" })).to.deep.equal([]);
  });

  it("names the alarms that signal an outage", () => {
    const instance = { kind: "instance", instanceId: pulumi.output("i-1") } as const;
    for (const side of ["blue", "green"] as const) {
      for (const watched of [instance, balancer, { kind: "own" } as const]) {
        const outages = computeAlarms("us-west-2a", watched, side)
          .filter(({ missingData, periods }) => missingData === "breaching" && periods < 5)
          .map(({ key }) => key);
        expect(outageAlarmKeys("us-west-2a", watched, side)).to.deep.equal(outages);
      }
    }
    expect(outageAlarmKeys("us-west-2a", balancer)).to.have.length(2);
  });

  it("fits into an alarm's description", () => {
    const alarms = [
      ...computeAlarms("ap-southeast-1a", { kind: "instance", instanceId: pulumi.output("i-1") }),
      ...computeAlarms("ap-southeast-1b", balancer),
    ];
    expect(alarmFaults("alarms", alarms, runbookUrl)).to.deep.equal([]);
  });
});
