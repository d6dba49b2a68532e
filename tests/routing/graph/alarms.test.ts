import { expect } from "chai";
import type { Properties } from "../../../routing/graph/resource";
import { everyFaultOf } from "../../../routing/graph/everyFault";
import { StackModel } from "../../../routing/graph/stackModel";
import { isLeft, pair, resource } from "./stack";

const publisherRegion = "us-east-2";

/** A pair whose check watches an alarm in a separate region. */
const watched = (check: Properties, alarm: Properties = {}): ReturnType<typeof pair> => [
  ...pair(
    { records: ["198.51.100.7"] },
    { type: "CLOUDWATCH_METRIC", cloudwatchAlarmName: "orders-fail", ...check },
  ),
  resource(
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    "alarm",
    { name: "orders-fail", period: 60, evaluationPeriods: 4, ...alarm },
    { region: publisherRegion },
  ),
];

describe("a check that watches an alarm", () => {
  it("is read with the alarm's period and number of periods, found by its name", () => {
    const [check] = new StackModel(watched({})).route53.dns.checks;
    expect(check).to.deep.include({
      kind: "alarm",
      periodSeconds: 60,
      evaluationPeriods: 4,
      insufficientData: "LastKnownStatus",
    });
  });

  it("takes those periods, the period in which the failure begins, and CloudWatch's delay", () => {
    const model = new StackModel(watched({}));
    const failed = model.faults(["check:check"]);
    const { detectionSeconds, terms } = model.worstCase("www.a.test", "A", [], failed, "refused");
    expect(detectionSeconds).to.equal((1 + 4) * 60 + 120);
    expect(terms[0]?.formula).to.equal("(1 + 4) × 60 s + 120 s of check");
  });

  it("K6 keeps its state when the region of the alarm and its publisher dies", () => {
    expect(isLeft(watched({}), publisherRegion)).to.equal(false);
    const told = { insufficientDataHealthStatus: "LastKnownStatus" };
    expect(isLeft(watched(told), publisherRegion)).to.equal(false);
  });

  it("K6 leaves a living primary because of a dead publisher where the setting is Unhealthy", () => {
    const told = { insufficientDataHealthStatus: "Unhealthy" };
    expect(isLeft(watched(told), publisherRegion)).to.equal(true);
    expect(isLeft(watched(told), "us-west-2b")).to.equal(false);
  });

  it("K6 follows an alarm that treats missing data itself", () => {
    const told = { insufficientDataHealthStatus: "LastKnownStatus" };
    const breaching = watched(told, { treatMissingData: "breaching" });
    expect(isLeft(breaching, publisherRegion)).to.equal(true);
    const silent = { insufficientDataHealthStatus: "Unhealthy" };
    const notBreaching = watched(silent, { treatMissingData: "notBreaching" });
    expect(isLeft(notBreaching, publisherRegion)).to.equal(false);
    const missing = watched(told, { treatMissingData: "missing" });
    expect(isLeft(missing, publisherRegion)).to.equal(false);
  });

  it("K5 may notice a failure or not where its metric measures nothing that was read", () => {
    const model = new StackModel(watched({}));
    const dead = model.faults(["198.51.100.7"]);
    expect(model.under([]).unknownsOf("www.a.test", "A")).to.deep.equal([]);
    expect(model.under(dead).unknownsOf("www.a.test", "A")).to.deep.equal([
      {
        name: "check",
        why: "the metric of its alarm measures no resource that was read, so a failure is noticed if the alarm fires",
      },
    ]);
    const { downtimeSeconds, unread } = model.worstCase("www.a.test", "A", [], dead, "refused");
    expect([downtimeSeconds, unread]).to.deep.equal([undefined, ["check"]]);
    const faults = everyFaultOf(model, "www.a.test", "A");
    expect(faults.filter(({ kind }) => kind === "resource")).to.deep.equal([]);
  });

  it("is not lost with the region where the alarm is not part of the stack", () => {
    const told = { insufficientDataHealthStatus: "Unhealthy", cloudwatchAlarmName: "elsewhere" };
    expect(isLeft(watched(told), publisherRegion)).to.equal(false);
  });
});
