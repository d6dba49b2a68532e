import { expect } from "chai";
import { alarmFaults, descriptionOf, metricAlarm } from "../../../components/alerts/alarm";
import { alarm, runbookUrl } from "./alertSamples";
import { named, resourcesOf } from "../pulumiMocks";
import { tags } from "../samples";

const { message } = alarm;

describe("an alarm", () => {
  it("describes meaning, effect on customers, automatic reaction and action in five lines", () => {
    expect(descriptionOf(message, runbookUrl)).to.equal(
      [
        "Something is wrong.",
        "Customers: nothing.",
        "Automatic: it heals.",
        "Action: wait.",
        "Runbook: https://example.test/runbook.md#something-wrong",
      ].join("\n"),
    );
  });

  it("follows its specification, and notifies its topic when it goes on and off", async () => {
    const made = await resourcesOf(() =>
      metricAlarm("a", alarm, { topicArn: "arn of topic", runbookUrl, tags }, {}),
    );
    expect(made.map(({ name }) => name)).to.deep.equal(["a"]);
    expect(named(made, "a").inputs).to.deep.equal({
      alarmDescription: descriptionOf(message, runbookUrl),
      namespace: "AWS/EC2",
      metricName: "StatusCheckFailed",
      dimensions: { InstanceId: "i-1" },
      statistic: "Maximum",
      period: 60,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: 1,
      evaluationPeriods: 2,
      treatMissingData: "breaching",
      alarmActions: ["arn of topic"],
      okActions: ["arn of topic"],
      tags: { Project: "failover", Name: "a" },
    });
  });
});

describe("alarmFaults", () => {
  it("accepts alarms with different keys", () => {
    const alarms = [alarm, { ...alarm, key: "two" }];
    expect(alarmFaults("alarms", alarms, runbookUrl)).to.deep.equal([]);
  });

  it("refuses a duplicate key", () => {
    expect(alarmFaults("alarms", [alarm, alarm], runbookUrl)).to.deep.equal([
      {
        propertyPath: "alarms[1].key",
        reason: 'must be unique, got "one"; give each alarm a unique key',
      },
    ]);
  });

  it("accepts a description of 1,024 characters, and no longer one", () => {
    const length = descriptionOf({ ...message, meaning: "" }, runbookUrl).length;
    const faultsOf = (characters: number): readonly string[] =>
      alarmFaults(
        "alarms",
        [{ ...alarm, message: { ...message, meaning: "x".repeat(characters - length) } }],
        runbookUrl,
      ).map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`);
    expect(faultsOf(1024)).to.deep.equal([]);
    expect(faultsOf(1025)).to.deep.equal([
      `alarms[0].message: must be a message of at most 1024 characters with its runbook link, got "${"x".repeat(79)}…; shorten it, and move the rest to the runbook`,
    ]);
  });
});
