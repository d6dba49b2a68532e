import { expect } from "chai";
import { FailoverAlerts } from "../../../components/alerts/failoverAlerts";
import type { FailoverAlertsArgs } from "../../../components/alerts/failoverAlerts";
import {
  accountAdministers,
  alarm,
  listOf,
  policyOf,
  region,
  regions,
  runbookUrl,
} from "./alertSamples";
import { promiseOf } from "../promiseOf";
import { named, refusalOf, resourcesOf } from "../pulumiMocks";
import type { Made } from "../pulumiMocks";
import { tags } from "../samples";

const args: FailoverAlertsArgs = {
  topicName: "CafeFailoverAlerts",
  email: "ops-team@cafe.com",
  regions,
  runbookUrl,
  tags,
};

const madeWith = (more: Partial<FailoverAlertsArgs> = {}): Promise<readonly Made[]> =>
  resourcesOf(() => new FailoverAlerts("alerts", { ...args, ...more }));

describe("FailoverAlerts", () => {
  it("has exactly these resources", async () => {
    expect(listOf(await madeWith())).to.deep.equal([
      " > alerts failover:index:FailoverAlerts",
      ...[
        "dublin-deep",
        "dublin-deep-checkers",
        "dublin-eu-west-1a",
        "dublin-eu-west-1a-checkers",
        "dublin-eu-west-1b",
        "dublin-eu-west-1b-checkers",
        "dublin-region",
      ].map((key) => `alerts > alerts-${key} aws:cloudwatch/metricAlarm:MetricAlarm`),
      "alerts > alerts-email aws:sns/topicSubscription:TopicSubscription",
      "alerts > alerts-key aws:kms/key:Key",
      "alerts > alerts-maintenance-page aws:cloudwatch/compositeAlarm:CompositeAlarm",
      ...[
        "oregon-deep",
        "oregon-deep-checkers",
        "oregon-region",
        "oregon-us-west-2a",
        "oregon-us-west-2a-checkers",
        "oregon-us-west-2b",
        "oregon-us-west-2b-checkers",
      ].map((key) => `alerts > alerts-${key} aws:cloudwatch/metricAlarm:MetricAlarm`),
      "alerts > alerts-policy aws:sns/topicPolicy:TopicPolicy",
      "alerts > alerts-topic aws:sns/topic:Topic",
    ]);
  });

  it("has an encrypted topic with an explicit name and an e-mail subscription", async () => {
    const made = await madeWith();
    expect(named(made, "alerts-topic").inputs).to.deep.equal({
      name: "CafeFailoverAlerts",
      displayName: "CafeFailoverAlerts",
      kmsMasterKeyId: "arn of alerts-key",
      tags: { Project: "failover", Name: "alerts-topic" },
    });
    expect(named(made, "alerts-email").inputs).to.deep.equal({
      topic: "arn of alerts-topic",
      protocol: "email",
      endpoint: "ops-team@cafe.com",
    });
  });

  const ofAlarms = {
    StringEquals: { "aws:SourceAccount": "123456789012" },
    ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:us-east-2:123456789012:alarm:*" },
  };

  it("has a rotated key that the account's alarms in its region may use", async () => {
    const made = await madeWith();
    expect({ ...named(made, "alerts-key").inputs, policy: undefined }).to.deep.equal({
      description: "Messages of the topic CafeFailoverAlerts",
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: undefined,
      tags: { Project: "failover", Name: "alerts-key" },
    });
    expect(policyOf(made, "alerts-key")).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        accountAdministers,
        {
          Sid: "AlarmsEncrypt",
          Effect: "Allow",
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Condition: ofAlarms,
          Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
          Resource: "*",
        },
      ],
    });
  });

  it("lets those alarms publish, and denies publishing without encryption", async () => {
    expect(policyOf(await madeWith(), "alerts-policy")).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AlarmsPublish",
          Effect: "Allow",
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Condition: ofAlarms,
          Action: "sns:Publish",
          Resource: "arn of alerts-topic",
        },
        {
          Sid: "NobodyPublishesInTheClear",
          Effect: "Deny",
          Principal: "*",
          Action: "sns:Publish",
          Resource: "arn of alerts-topic",
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    });
  });

  it("has an alarm on each check's status that treats missing data as breaching", async () => {
    const { inputs } = named(await madeWith(), "alerts-oregon-us-west-2a");
    expect(inputs).to.deep.equal({
      alarmDescription: [
        "Route 53's checkers get no good answer from the web servers of Oregon in us-west-2a.",
        "Customers: they move to us-west-2b, or to Dublin if that is down too.",
        "Automatic: DNS leaves us-west-2a, and returns when it answers again.",
        "Action: find the cause before us-west-2b fails too; it can wait an hour.",
        "Runbook: https://example.test/runbook.md#zone-endpoint-unhealthy",
      ].join("\n"),
      namespace: "AWS/Route53",
      metricName: "HealthCheckStatus",
      dimensions: { HealthCheckId: "id-us-west-2a" },
      statistic: "Minimum",
      period: 60,
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      evaluationPeriods: 1,
      treatMissingData: "breaching",
      alarmActions: ["arn of alerts-topic"],
      okActions: ["arn of alerts-topic"],
      tags: { Project: "failover", Name: "alerts-oregon-us-west-2a" },
    });
  });

  it("warns early for a check with checkers, and leaves missing data to the other alarm", async () => {
    const { inputs } = named(await madeWith(), "alerts-oregon-us-west-2a-checkers");
    expect({ ...inputs, alarmDescription: undefined, tags: undefined }).to.deep.equal({
      alarmDescription: undefined,
      namespace: "AWS/Route53",
      metricName: "HealthCheckPercentageHealthy",
      dimensions: { HealthCheckId: "id-us-west-2a" },
      statistic: "Average",
      period: 60,
      comparisonOperator: "LessThanThreshold",
      threshold: 50,
      evaluationPeriods: 3,
      treatMissingData: "missing",
      alarmActions: ["arn of alerts-topic"],
      okActions: ["arn of alerts-topic"],
      tags: undefined,
    });
  });

  it("describes the effect on customers by zone and region", async () => {
    const made = await madeWith();
    const customers = (name: string): string | undefined =>
      String(named(made, name).inputs["alarmDescription"]).split("\n")[1];
    expect(
      [
        "alerts-oregon-us-west-2b",
        "alerts-dublin-eu-west-1a",
        "alerts-oregon-deep",
        "alerts-dublin-deep",
        "alerts-oregon-region",
      ].map(customers),
    ).to.deep.equal([
      "Customers: not affected while us-west-2a serves, but Oregon has no spare zone.",
      "Customers: not affected while Oregon serves, but Dublin is a weaker fallback.",
      "Customers: they move to Dublin, whose own database takes their orders.",
      "Customers: not affected while Oregon serves.",
      "Customers: they are served by Dublin.",
    ]);
  });

  it("monitors each check by its id, including the region's and the metric's", async () => {
    const [oregon, dublin] = regions;
    const made = await madeWith({ regions: [{ ...oregon, metricCheckId: "id-metric" }, dublin] });
    const watched = made
      .filter(({ inputs }) => inputs["metricName"] === "HealthCheckStatus")
      .map(({ name, inputs }) => [
        name,
        (inputs["dimensions"] as { HealthCheckId: string }).HealthCheckId,
      ]);
    expect(watched).to.deep.equal([
      ["alerts-dublin-deep", "id-dublin-deep"],
      ["alerts-dublin-eu-west-1a", "id-eu-west-1a"],
      ["alerts-dublin-eu-west-1b", "id-eu-west-1b"],
      ["alerts-dublin-region", "id-dublin-region"],
      ["alerts-oregon-deep", "id-oregon-deep"],
      ["alerts-oregon-metric", "id-metric"],
      ["alerts-oregon-region", "id-oregon-region"],
      ["alerts-oregon-us-west-2a", "id-us-west-2a"],
      ["alerts-oregon-us-west-2b", "id-us-west-2b"],
    ]);
  });

  it("monitors IPv6 by its own check, and a check of both families once", async () => {
    const zones = ["us-west-2a", "us-west-2b"] as const;
    const oregon = region("oregon", zones, {
      availabilityZones: [
        { availabilityZone: zones[0], checkIds: { A: "id-4", AAAA: "id-6" } },
        { availabilityZone: zones[1], checkIds: { A: "id-name", AAAA: "id-name" } },
      ],
    });
    const made = await madeWith({ regions: [oregon, regions[1]] });
    const ofOregon = made.filter(({ name }) => name.startsWith("alerts-oregon-us"));
    expect(ofOregon.map(({ name }) => name)).to.deep.equal([
      "alerts-oregon-us-west-2a",
      "alerts-oregon-us-west-2a-checkers",
      "alerts-oregon-us-west-2a-ipv6",
      "alerts-oregon-us-west-2a-ipv6-checkers",
      "alerts-oregon-us-west-2b",
      "alerts-oregon-us-west-2b-checkers",
    ]);
    expect(named(made, "alerts-oregon-us-west-2a-ipv6").inputs["alarmDescription"]).to.contain(
      "in us-west-2a over IPv6.",
    );
  });

  it("calls for help when every zone of both regions is down", async () => {
    const { inputs } = named(await madeWith(), "alerts-maintenance-page");
    const zones = [
      "oregon-us-west-2a",
      "oregon-us-west-2b",
      "dublin-eu-west-1a",
      "dublin-eu-west-1b",
    ];
    expect(inputs).to.deep.equal({
      alarmName: "CafeFailoverAlerts-maintenance-page",
      alarmDescription: [
        "No zone of either region answers: only the maintenance page is left.",
        "Customers: all of them see the maintenance page and cannot order.",
        "Automatic: DNS returns to the first zone that answers again, within a minute or two.",
        "Action: this is an outage: call for help now, and restore the zone that needs the least work.",
        "Runbook: https://example.test/runbook.md#maintenance-page-serves",
      ].join("\n"),
      alarmRule: zones.map((zone) => `ALARM("alerts-${zone}-1234567")`).join(" AND "),
      alarmActions: ["arn of alerts-topic"],
      okActions: ["arn of alerts-topic"],
      tags: { Project: "failover", Name: "alerts-maintenance-page" },
    });
  });

  it("has no such alarm if a zone has no check", async () => {
    const zones = ["us-west-2a", "us-west-2b"] as const;
    const oregon = region("oregon", zones, {
      availabilityZones: [
        { availabilityZone: zones[0], checkIds: {} },
        { availabilityZone: zones[1], checkIds: { A: "id" } },
      ],
    });
    const made = await madeWith({ regions: [oregon, regions[1]] });
    expect(made.filter(({ name }) => name === "alerts-maintenance-page")).to.deep.equal([]);
  });

  it("accepts additional alarms, and returns topic and alarms", async () => {
    const all: FailoverAlerts[] = [];
    await resourcesOf(() => all.push(new FailoverAlerts("alerts", { ...args, alarms: [alarm] })));
    const [alerts] = all;
    expect(await promiseOf(alerts?.topicArn)).to.equal("arn of alerts-topic");
    const arns = await promiseOf([...(alerts?.alarmArns ?? [])]);
    expect(arns).to.have.length(16);
    expect(arns[0]).to.equal("arn of alerts-maintenance-page");
    expect(arns.at(-1)).to.equal("arn of alerts-one");
  });

  it("refuses an invalid topic name, and invalid alarms", () => {
    const { errors } = refusalOf(
      () => new FailoverAlerts("a", { ...args, topicName: "Café Alerts", alarms: [alarm, alarm] }),
    );
    expect(errors).to.deep.equal([
      {
        propertyPath: "topicName",
        reason:
          'must be 1 to 80 letters, digits, hyphens or underscores, got "Café Alerts"; for example CafeFailoverAlerts',
      },
      {
        propertyPath: "alarms[1].key",
        reason: 'must be unique, got "one"; give each alarm a unique key',
      },
    ]);
  });
});
