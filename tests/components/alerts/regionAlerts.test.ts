import { expect } from "chai";
import { RegionAlerts } from "../../../components/alerts/regionAlerts";
import type { RegionAlertsArgs } from "../../../components/alerts/regionAlerts";
import { alarm, listOf, policyOf, runbookUrl } from "./alertSamples";
import { promiseOf } from "../promiseOf";
import { named, refusalOf, resourcesOf } from "../pulumiMocks";
import { tags } from "../samples";

const args: RegionAlertsArgs = {
  topicName: "CafeFailoverAlerts-oregon",
  email: "ops-team@cafe.com",
  alarms: [alarm, { ...alarm, key: "two" }],
  runbookUrl,
  tags,
};

describe("RegionAlerts", () => {
  it("has its own topic and the given alarms", async () => {
    const all: RegionAlerts[] = [];
    const made = await resourcesOf(() => all.push(new RegionAlerts("oregon-alerts", args)));
    expect(listOf(made)).to.deep.equal([
      " > oregon-alerts failover:index:RegionAlerts",
      "oregon-alerts > oregon-alerts-email aws:sns/topicSubscription:TopicSubscription",
      "oregon-alerts > oregon-alerts-key aws:kms/key:Key",
      "oregon-alerts > oregon-alerts-one aws:cloudwatch/metricAlarm:MetricAlarm",
      "oregon-alerts > oregon-alerts-policy aws:sns/topicPolicy:TopicPolicy",
      "oregon-alerts > oregon-alerts-topic aws:sns/topic:Topic",
      "oregon-alerts > oregon-alerts-two aws:cloudwatch/metricAlarm:MetricAlarm",
    ]);
    expect(named(made, "oregon-alerts-one").inputs).to.deep.include({
      dimensions: { InstanceId: "i-1" },
      alarmActions: ["arn of oregon-alerts-topic"],
      okActions: ["arn of oregon-alerts-topic"],
    });
    expect(named(made, "oregon-alerts-topic").inputs).to.include({
      name: "CafeFailoverAlerts-oregon",
      kmsMasterKeyId: "arn of oregon-alerts-key",
    });
    expect(policyOf(made, "oregon-alerts-policy")).to.have.nested.property(
      "Statement[0].Condition.ArnLike.aws:SourceArn",
      "arn:aws:cloudwatch:us-east-2:123456789012:alarm:*",
    );
    expect(await promiseOf(all[0]?.topicArn)).to.equal("arn of oregon-alerts-topic");
    expect(await promiseOf([...(all[0]?.alarmArns ?? [])])).to.deep.equal([
      "arn of oregon-alerts-one",
      "arn of oregon-alerts-two",
    ]);
  });

  it("returns the ARN of an alarm by its key", async () => {
    const all: RegionAlerts[] = [];
    await resourcesOf(() => all.push(new RegionAlerts("oregon-alerts", args)));
    expect(await promiseOf(all[0]?.arnOf("two"))).to.equal("arn of oregon-alerts-two");
    expect(() => all[0]?.arnOf("three")).to.throw(
      "three: must be the key of an alarm, got none of 2",
    );
  });

  it("separates the alarms that a change in this region alone can set off", async () => {
    const all: RegionAlerts[] = [];
    const alarms = [
      { ...alarm, isOfBothRegions: true },
      { ...alarm, key: "two" },
    ];
    await resourcesOf(() => all.push(new RegionAlerts("a", { ...args, alarms })));
    expect(await promiseOf([...(all[0]?.ownAlarmNames ?? [])])).to.deep.equal(["a-two-1234567"]);
    expect(all[0]?.alarmArns).to.have.length(2);
  });

  it("has its topic even without alarms", async () => {
    const made = await resourcesOf(() => new RegionAlerts("a", { ...args, alarms: [] }));
    expect(made).to.have.length(5);
  });

  it("refuses the same faults as the failover's alerts", () => {
    const { errors } = refusalOf(() => new RegionAlerts("a", { ...args, topicName: "" }));
    expect(errors).to.deep.equal([
      {
        propertyPath: "topicName",
        reason:
          'must be 1 to 80 letters, digits, hyphens or underscores, got ""; for example CafeFailoverAlerts',
      },
    ]);
  });
});
