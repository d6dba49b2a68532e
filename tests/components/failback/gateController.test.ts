import * as aws from "@pulumi/aws";
import { expect } from "chai";
import { FailbackGate } from "../../../components/failback/failbackGate";
import { gateCheckAlarms } from "../../../components/failback/gateAlarms";
import { GateController } from "../../../components/failback/gateController";
import type { GateControllerArgs } from "../../../components/failback/gateController";
import { gateCalls } from "../../../functions/gate/store";
import { functionCode } from "../../../components/common/functionCode";
import { checkerRanges } from "../../../routing/graph/checkerRanges";
import { listOf, policyOf, runbookUrl } from "../alerts/alertSamples";
import { named, refusalOf, resourcesOf } from "../pulumiMocks";
import type { Made } from "../pulumiMocks";
import { tags } from "../samples";

const bucket = "failover-prod-gate-123456789012";
const states = { "aws:s3/bucket:Bucket": { arn: `arn:aws:s3:::${bucket}` } };

/** A controller in Dublin, with an alert topic in Virginia. */
function controller(more: Partial<GateControllerArgs> = {}): void {
  const dublin = new aws.Provider("eu-west-1", { region: "eu-west-1" });
  const virginia = new aws.Provider("us-east-1", { region: "us-east-1" });
  const gate = new FailbackGate("gate", { project: "failover", stack: "prod", tags });
  const entry = new aws.route53.Record("live", { zoneId: "Z1", name: "live", type: "A" });
  new GateController(
    "controller",
    {
      gate,
      functionName: "failover-prod-gate",
      names: {
        live: "live.orders.cafe.com",
        primary: ["oregon.orders.cafe.com"],
        standby: ["dublin.orders.cafe.com"],
        signals: { deep: "deep.gate.orders.cafe.com" },
      },
      nameServers: ["ns-1.test"],
      release: {
        approval: "manual",
        approvers: 2,
        soakMinutes: 15,
        remindHours: 4,
      },
      topic: { arn: "arn:aws:sns:eu-west-1:123456789012:Dublin", keyArn: "key-arn" },
      triggers: {
        alerts: { arn: "arn:aws:sns:us-east-1:123456789012:Alerts", provider: virginia },
        standby: { arn: "arn:aws:sns:eu-west-1:123456789012:Dublin", provider: dublin },
      },
      runbookUrl,
      tags,
      ...more,
    },
    { providers: [dublin], dependsOn: [entry] },
  );
}

let built: Promise<readonly Made[]> | undefined;
const made = (): Promise<readonly Made[]> => (built ??= resourcesOf(controller, states));

describe("GateController", () => {
  it("has exactly these resources", async () => {
    const own = listOf(await made()).filter((line) => line.startsWith("controller >"));
    expect(own).to.deep.equal([
      "controller > controller-alerts-permission aws:lambda/permission:Permission",
      "controller > controller-alerts-subscription aws:sns/topicSubscription:TopicSubscription",
      "controller > controller-dead-letters aws:sqs/queue:Queue",
      "controller > controller-dead-letters-alarm aws:cloudwatch/metricAlarm:MetricAlarm",
      "controller > controller-errors aws:cloudwatch/metricAlarm:MetricAlarm",
      "controller > controller-function aws:lambda/function:Function",
      "controller > controller-log aws:cloudwatch/logGroup:LogGroup",
      "controller > controller-log-key aws:kms/key:Key",
      "controller > controller-ranges aws:cloudwatch/metricAlarm:MetricAlarm",
      "controller > controller-retries aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
      "controller > controller-role aws:iam/role:Role",
      "controller > controller-role-policy aws:iam/rolePolicy:RolePolicy",
      "controller > controller-schedule aws:scheduler/schedule:Schedule",
      "controller > controller-scheduler aws:iam/role:Role",
      "controller > controller-scheduler-policy aws:iam/rolePolicy:RolePolicy",
      "controller > controller-silent aws:cloudwatch/metricAlarm:MetricAlarm",
      "controller > controller-standby-permission aws:lambda/permission:Permission",
      "controller > controller-standby-subscription aws:sns/topicSubscription:TopicSubscription",
    ]);
  });

  it("runs its own code under a known name, on Graviton, for less than a minute", async () => {
    const { inputs } = named(await made(), "controller-function");
    expect(inputs).to.include({ name: "failover-prod-gate", timeout: 45, runtime: "nodejs22.x" });
    expect(inputs["architectures"]).to.deep.equal(["arm64"]);
    const { assets } = inputs["code"] as {
      assets: Promise<Readonly<Record<string, { text: Promise<string> }>>>;
    };
    expect(await (await assets)["index.js"]?.text).to.equal(functionCode("gate"));
  });

  it("gives the function all its settings, within Lambda's limit", async () => {
    const { variables } = named(await made(), "controller-function").inputs["environment"] as {
      variables: Record<string, string>;
    };
    expect(variables).to.deep.equal({
      GATE_BUCKET: bucket,
      NAME_SERVERS: '["ns-1.test"]',
      LIVE_NAME: "live.orders.cafe.com",
      PRIMARY_NAMES: '["oregon.orders.cafe.com"]',
      STANDBY_NAMES: '["dublin.orders.cafe.com"]',
      SIGNAL_NAMES: '{"deep":"deep.gate.orders.cafe.com"}',
      TOPIC_ARN: "arn:aws:sns:eu-west-1:123456789012:Dublin",
      TICK_TOPIC_ARNS:
        '["arn:aws:sns:us-east-1:123456789012:Alerts","arn:aws:sns:eu-west-1:123456789012:Dublin"]',
      APPROVAL: "manual",
      APPROVERS: "2",
      OUTSIDE_RUNS: "3",
      SOAK_SECONDS: "900",
      REMIND_SECONDS: "14400",
      CHECKER_RANGES: JSON.stringify(checkerRanges),
      RUNBOOK: "https://example.test/runbook.md#gate-is-latched",
    });
    expect(JSON.stringify(variables).length).to.be.below(4_096);
  });

  it("lets the controller make each of its calls, and its role has no other action for them", async () => {
    const { Statement } = policyOf(await made(), "controller-role-policy") as {
      Statement: readonly {
        readonly Action: string | readonly string[];
        readonly Resource: unknown;
      }[];
    };
    const granted = Statement.flatMap(({ Action, Resource }) =>
      [Action]
        .flat()
        .flatMap((action) => [Resource].flat().map((one) => `${action} ${String(one)}`)),
    );
    const object = (key: string): string => `arn:aws:s3:::${bucket}/${key}`;
    const needed = gateCalls.flatMap((call) =>
      call.actions.map((action) => {
        if (action === "s3:ListBucket") return `${action} arn:aws:s3:::${bucket}`;
        return `${action} ${"key" in call ? object(call.key) : "arn:aws:sns:eu-west-1:123456789012:Dublin"}`;
      }),
    );
    expect(granted).to.include.members(needed);
    // Lambda fills the queue and the log, and SNS uses the key: none is a call of the controller.
    const ofOthers = granted.filter((one) => /^(kms|logs|sqs):/.test(one));
    expect(granted.filter((one) => !needed.includes(one))).to.deep.equal(ofOthers);
  });

  it("may use its objects, its topic and its queue, and nothing else", async () => {
    const arn = `arn:aws:s3:::${bucket}`;
    const { Statement } = policyOf(await made(), "controller-role-policy") as {
      Statement: readonly Readonly<Record<string, unknown>>[];
    };
    expect(Statement.map(({ Action, Resource }) => [Action, Resource])).to.deep.equal([
      [
        ["s3:GetObject", "s3:PutObject"],
        [`${arn}/latch`, `${arn}/state.json`],
      ],
      ["s3:DeleteObject", [`${arn}/latch`]],
      ["s3:ListBucket", arn],
      ["sns:Publish", "arn:aws:sns:eu-west-1:123456789012:Dublin"],
      [["kms:Decrypt", "kms:GenerateDataKey"], "key-arn"],
      ["sqs:SendMessage", "arn of controller-dead-letters"],
      [["logs:CreateLogStream", "logs:PutLogEvents"], "arn of controller-log:*"],
    ]);
  });

  it("runs each minute once its names exist, without retries, and keeps failed events encrypted", async () => {
    const schedule = named(await made(), "controller-schedule");
    expect(schedule.inputs["scheduleExpression"]).to.equal("rate(1 minute)");
    expect(schedule.dependencies).to.include("live");
    expect(named(await made(), "controller-function").dependencies).not.to.include("live");
    expect(named(await made(), "controller-retries").inputs).to.deep.equal({
      functionName: "controller-function-1234567",
      maximumRetryAttempts: 0,
      maximumEventAgeInSeconds: 60,
      destinationConfig: { onFailure: { destination: "arn of controller-dead-letters" } },
    });
    expect(named(await made(), "controller-dead-letters").inputs).to.include({
      name: "failover-prod-gate-dead-letters",
      sqsManagedSseEnabled: true,
      messageRetentionSeconds: 1_209_600,
    });
  });

  it("runs at messages of exactly its topics, each subscribed in its own region", async () => {
    for (const [trigger, region, topic] of [
      ["alerts", "us-east-1", "arn:aws:sns:us-east-1:123456789012:Alerts"],
      ["standby", "eu-west-1", "arn:aws:sns:eu-west-1:123456789012:Dublin"],
    ] as const) {
      const permission = named(await made(), `controller-${trigger}-permission`);
      expect(permission.inputs).to.include({
        action: "lambda:InvokeFunction",
        principal: "sns.amazonaws.com",
        sourceArn: topic,
      });
      expect(permission.provider).to.equal("eu-west-1");
      const subscription = named(await made(), `controller-${trigger}-subscription`);
      expect(subscription.inputs).to.include({ topic, protocol: "lambda" });
      expect(subscription.provider).to.equal(region);
      expect(subscription.dependencies).to.include(`controller-${trigger}-permission`);
    }
  });

  it("has alarms on failed runs, on silence, on dead letters and on changed ranges", async () => {
    const alarms = (await made()).filter(({ type }) => type.endsWith(":MetricAlarm"));
    expect(
      alarms.map(({ name, inputs }) => [
        name,
        inputs["metricName"],
        inputs["comparisonOperator"],
        inputs["period"],
        inputs["evaluationPeriods"],
        inputs["treatMissingData"],
      ]),
    ).to.deep.equal([
      [
        "controller-dead-letters-alarm",
        "ApproximateNumberOfMessagesVisible",
        "GreaterThanOrEqualToThreshold",
        300,
        1,
        "notBreaching",
      ],
      ["controller-errors", "Errors", "GreaterThanOrEqualToThreshold", 60, 3, "notBreaching"],
      [
        "controller-ranges",
        "CheckerRangesDrifted",
        "GreaterThanOrEqualToThreshold",
        3600,
        1,
        "notBreaching",
      ],
      ["controller-silent", "Invocations", "LessThanThreshold", 300, 1, "breaching"],
    ]);
    for (const { inputs } of alarms) {
      expect(inputs["alarmActions"]).to.deep.equal(["arn:aws:sns:eu-west-1:123456789012:Dublin"]);
    }
  });

  it("refuses all invalid arguments at once", () => {
    const { errors } = refusalOf(() => {
      controller({
        names: { live: "live", primary: [], standby: [], signals: {} },
        release: {
          approval: "manual",
          approvers: 3,
          soakMinutes: 0,
          remindHours: 0,
        },
      });
    });
    expect(
      (errors as readonly { propertyPath: string }[]).map((one) => one.propertyPath),
    ).to.deep.equal([
      "names.live",
      "release.approvers",
      "release.soakMinutes",
      "release.remindHours",
    ]);
  });
});

describe("the alarms on the gate's checks", () => {
  const watched = {
    latchCheckId: "id-latch",
    readableCheckId: "id-readable",
    guarded: "oregon",
    alarmCheckIds: { "capacity-us-west-2a": "id-capacity" },
  };

  it("are one for each check, and the same whether the gate is attached or not", () => {
    const specs = gateCheckAlarms(watched);
    expect(specs.map(({ key, metric }) => [key, metric.dimensions])).to.deep.equal([
      ["gate-latch", { HealthCheckId: "id-latch" }],
      ["gate-readable", { HealthCheckId: "id-readable" }],
      ["gate-capacity-us-west-2a", { HealthCheckId: "id-capacity" }],
    ]);
    expect(specs[0]?.message.customers).to.equal(
      "if the gate is attached, they are served by the standby region, whatever the state of oregon.",
    );
  });
});
