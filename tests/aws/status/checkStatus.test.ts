import { expect } from "chai";
import type { CheckStatus } from "../../../aws/status/checkStatus";
import { checkStatuses, statusFaults } from "../../../aws/status/checkStatus";
import type { Properties, Resource } from "../../../routing/graph/resource";
import { StackModel } from "../../../routing/graph/stackModel";
import { reportedChecks } from "../../../sources/aws/present";
import type { AwsAnswer } from "../../../sources/aws/answers";
import { resource } from "../../routing/graph/stack";

const checkType = "aws:route53/healthCheck:HealthCheck";
const check = (name: string, properties: Properties): Resource =>
  resource(checkType, name, properties);
const endpoint = { type: "HTTP", ipAddress: "198.51.100.7", port: 80 };

/** The checkers' results of a check. */
function observed(about: string, healthy: number, all: number): AwsAnswer {
  const HealthCheckObservations = Array.from({ length: all }, (_, index) => ({
    StatusReport: { Status: index < healthy ? "Success: OK" : "Failure: timed out" },
  }));
  return { path: "AWS", about, value: { HealthCheckObservations } };
}

function alarm(AlarmName: string, StateValue: string): AwsAnswer {
  return { path: "AWS", about: "", value: { MetricAlarms: [{ AlarmName, StateValue }] } };
}

function statusesOf(
  checks: readonly Resource[],
  answers: readonly AwsAnswer[],
): readonly CheckStatus[] {
  const model = new StackModel(checks);
  const reported = reportedChecks(answers, checks);
  return checkStatuses(model, model.under(statusFaults(model, reported)), reported);
}

describe("the status of checks", () => {
  const lines = (...args: Parameters<typeof statusesOf>): readonly string[] =>
    statusesOf(...args).map(({ name, status, why }) => `${name} ${status}: ${why}`);

  it("H5 is healthy while more than 18 % of the checkers say so", () => {
    const checks = [check("a", endpoint), check("b", endpoint)];
    // 9 of 50 are 18 %.
    expect(lines(checks, [observed("a", 9, 50), observed("b", 10, 50)])).to.deep.equal([
      "a unhealthy: 9 of 50 checkers find its endpoint healthy",
      "b healthy: 10 of 50 checkers find its endpoint healthy",
    ]);
  });

  it("K1 of a calculated check follows its children, also where one is unknown", () => {
    const calculated = (name: string, childHealthThreshold: number): Resource =>
      check(name, {
        type: "CALCULATED",
        childHealthchecks: ["up", "unread"],
        childHealthThreshold,
      });
    const checks = [
      check("up", endpoint),
      check("unread", endpoint),
      calculated("one", 1),
      calculated("both", 2),
    ];
    expect(lines(checks, [observed("up", 16, 16)])).to.deep.equal([
      "up healthy: 16 of 16 checkers find its endpoint healthy",
      "unread unknown: AWS reports no status",
      "one healthy: computed: at least 1 of up, unread",
      "both unknown: computed: at least 2 of up, unread",
    ]);
  });

  it("K6 of an alarm is unknown without data, unless the check says what that means", () => {
    const alarmed = (name: string, more: Properties = {}): Resource =>
      check(name, { type: "CLOUDWATCH_METRIC", cloudwatchAlarmName: name, ...more });
    const checks = [
      alarmed("ringing"),
      alarmed("quiet"),
      alarmed("last"),
      alarmed("bad", { insufficientDataHealthStatus: "Unhealthy" }),
      alarmed("unread"),
    ];
    const without = "INSUFFICIENT_DATA";
    expect(
      lines(checks, [
        alarm("ringing", "ALARM"),
        alarm("quiet", "OK"),
        alarm("last", without),
        alarm("bad", without),
      ]),
    ).to.deep.equal([
      "ringing unhealthy: alarm ringing is in state ALARM",
      "quiet healthy: alarm quiet is in state OK",
      "last unknown: alarm last has no data",
      "bad unhealthy: alarm bad has no data",
      "unread unknown: AWS reports no status",
    ]);
  });

  it("H16 and K10: a disabled check has a fixed status, and a routing control was not read", () => {
    const checks = [
      check("off", { ...endpoint, disabled: true }),
      check("control", { type: "RECOVERY_CONTROL", routingControlArn: "arn:aws:x" }),
    ];
    expect(lines(checks, [observed("off", 0, 16)])).to.deep.equal([
      "off healthy: it is disabled, which has a fixed status",
      "control unknown: it follows a routing control, which was not read",
    ]);
  });
});
