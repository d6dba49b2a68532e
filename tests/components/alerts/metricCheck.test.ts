import { expect } from "chai";
import { MetricCheck } from "../../../components/alerts/metricCheck";
import type { MetricCheckArgs } from "../../../components/alerts/metricCheck";
import { listOf, runbookUrl } from "./alertSamples";
import { promiseOf } from "../promiseOf";
import { named, refusalOf, resourcesOf } from "../pulumiMocks";
import { tags } from "../samples";

const args: MetricCheckArgs = {
  entryName: "oregon.orders.cafe.com",
  failureMinutes: 4,
  topicArn: "arn of topic",
  runbookUrl,
  tags,
};
const own = (name: string): unknown => ({ Project: "failover", Tier: "region", Name: name });

describe("MetricCheck", () => {
  it("has exactly an alarm and a check", async () => {
    const made = await resourcesOf(() => new MetricCheck("oregon-metric", args));
    expect(listOf(made)).to.deep.equal([
      " > oregon-metric failover:index:MetricCheck",
      "oregon-metric > oregon-metric-alarm aws:cloudwatch/metricAlarm:MetricAlarm",
      "oregon-metric > oregon-metric-check aws:route53/healthCheck:HealthCheck",
    ]);
  });

  it("alarms on the plain average of a metric of standard resolution, every period of N", async () => {
    const made = await resourcesOf(() => new MetricCheck("oregon-metric", args));
    const { inputs } = named(made, "oregon-metric-alarm");
    expect(inputs).to.deep.equal({
      alarmDescription: [
        "Synthetic orders in oregon.orders.cafe.com have failed for 4 minutes.",
        "Customers: if this region serves them, they move to the other one.",
        "Automatic: DNS leaves the region by its metric check, and returns when orders succeed.",
        "Action: read the reason in the log of the synthetic orders, and place an order by hand.",
        "Runbook: https://example.test/runbook.md#synthetic-orders-fail",
      ].join("\n"),
      namespace: "failover",
      metricName: "SyntheticOrderSucceeded",
      dimensions: { EntryName: "oregon.orders.cafe.com" },
      statistic: "Average",
      period: 60,
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      evaluationPeriods: 4,
      treatMissingData: "missing",
      alarmActions: ["arn of topic"],
      okActions: ["arn of topic"],
      tags: own("oregon-metric-alarm"),
    });
  });

  it("follows the alarm in its region, and keeps the last state without data", async () => {
    const made = await resourcesOf(() => new MetricCheck("oregon-metric", args));
    const { triggers, ...inputs } = named(made, "oregon-metric-check").inputs;
    expect(inputs).to.deep.equal({
      type: "CLOUDWATCH_METRIC",
      cloudwatchAlarmName: "oregon-metric-alarm-1234567",
      cloudwatchAlarmRegion: "region of oregon-metric-alarm",
      insufficientDataHealthStatus: "LastKnownStatus",
      tags: own("oregon-metric-check"),
    });
    expect(JSON.parse((triggers as { alarm: string }).alarm)).to.deep.equal({
      metric: {
        namespace: "failover",
        name: "SyntheticOrderSucceeded",
        dimensions: { EntryName: "oregon.orders.cafe.com" },
        statistic: "Average",
        periodSeconds: 60,
      },
      comparison: "LessThanThreshold",
      threshold: 1,
      periods: 4,
      missingData: "missing",
    });
  });

  it("refreshes the check when the alarm's definition changes, but not for its message", async () => {
    const triggersOf = async (more: Partial<MetricCheckArgs>): Promise<unknown> => {
      const made = await resourcesOf(() => new MetricCheck("a", { ...args, ...more }));
      return named(made, "a-check").inputs["triggers"];
    };
    const before = await triggersOf({});
    expect(await triggersOf({ runbookUrl: "https://elsewhere.test/" })).to.deep.equal(before);
    expect(await triggersOf({ failureMinutes: 5 })).not.to.deep.equal(before);
    expect(await triggersOf({ entryName: "dublin.orders.cafe.com" })).not.to.deep.equal(before);
  });

  it("returns the check and the alarm", async () => {
    const all: MetricCheck[] = [];
    await resourcesOf(() => all.push(new MetricCheck("a", args)));
    expect(await promiseOf(all[0]?.checkId)).to.equal("id of a-check");
    expect(await promiseOf(all[0]?.alarmArns[0])).to.equal("arn of a-alarm");
  });

  it("accepts 1 and 30 minutes", async () => {
    for (const failureMinutes of [1, 30]) {
      const made = await resourcesOf(() => new MetricCheck("a", { ...args, failureMinutes }));
      expect(named(made, "a-alarm").inputs["evaluationPeriods"]).to.equal(failureMinutes);
    }
  });

  for (const failureMinutes of [0, 31, 1.5]) {
    it(`refuses ${failureMinutes} minutes, and an entry that is not a name, at the same time`, () => {
      const { errors } = refusalOf(
        () => new MetricCheck("a", { ...args, failureMinutes, entryName: "oregon" }),
      );
      expect(errors).to.deep.equal([
        {
          propertyPath: "entryName",
          reason:
            'must be a lower-case DNS name of at most 253 characters, labels of at most 63, got "oregon"; for example oregon.orders.cafe.com',
        },
        {
          propertyPath: "failureMinutes",
          reason: `must be a whole number of minutes from 1 to 30, got ${failureMinutes}; write the bare number, such as 4, longer than a database failover`,
        },
      ]);
    });
  }
});
