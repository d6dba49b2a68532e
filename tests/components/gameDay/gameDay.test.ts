import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import type { Experiment } from "../../../components/gameDay/experiment";
import { stopAlarm } from "../../../components/gameDay/experimentTemplate";
import { GameDay } from "../../../components/gameDay/gameDay";
import type { GameDayArgs } from "../../../components/gameDay/gameDayArgs";
import { experimentEvent } from "../../../functions/gameDay/experimentEvent";
import { listOf, policyOf, runbookUrl } from "../alerts/alertSamples";
import { promiseOf } from "../promiseOf";
import { named, refusalOf, resourcesOf } from "../pulumiMocks";
import type { Made } from "../pulumiMocks";
import { tags } from "../samples";

const alarmArn = (name: string, region = "us-west-2"): string =>
  `arn:aws:cloudwatch:${region}:123456789012:alarm:${name}`;

const zone: Experiment = {
  kind: "availabilityZone",
  key: "us-west-2a",
  availabilityZone: "us-west-2a",
  hasGroups: true,
  stores: { database: "orders", cache: "sessions" },
  stopAlarmArns: [alarmArn("other-zone")],
  cron: "cron(0 10 ? * TUE#1 *)",
};
const region: Experiment = {
  kind: "region",
  key: "us-west-2",
  subnetTypes: ["Public", "Private"],
  tableNames: ["journal"],
  stopAlarmArns: [alarmArn("customers"), alarmArn("survivor")],
};
const load: Experiment = {
  kind: "fullLoad",
  key: "full-load",
  stopAlarmArns: [alarmArn("survivor")],
};

const args: GameDayArgs = {
  region: "us-west-2",
  targetTags: { Project: "failover", AzImpairmentPower: "Ready" },
  groupNamePrefix: "oregon-",
  experiments: [zone, region, load],
  durationMinutes: 30,
  timeZone: "America/Los_Angeles",
  blockedWindows: [{ from: "2026-11-23T00:00", to: "2026-12-01T00:00", why: "Thanksgiving" }],
  steadyAlarmArns: [alarmArn("database"), alarmArn("dublin", "eu-west-1")],
  dashboardArn: "arn:aws:cloudwatch::123456789012:dashboard/failover-test",
  logGroupName: "/failover/failover-test/game-day",
  topicArn: "arn:aws:sns:us-west-2:123456789012:topic",
  runbookUrl,
  tags,
};

let built: Promise<readonly Made[]> | undefined;
const made = (): Promise<readonly Made[]> =>
  (built ??= resourcesOf(() => new GameDay("game-day", args)));

/** The inputs of a resource. */
const inputsOf = async (name: string): Promise<Readonly<Record<string, unknown>>> =>
  named(await made(), name).inputs;

describe("GameDay", () => {
  it("has exactly these resources", async () => {
    const list = listOf(await made()).map((line) => line.replace("game-day > game-day-", "> "));
    expect(list).to.deep.equal([
      " > game-day failover:index:GameDay",
      ...templateOf("full-load"),
      "> reports aws:s3/bucket:Bucket",
      "> reports-access aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
      "> reports-encryption aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      "> reports-expiry aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      "> reports-ownership aws:s3/bucketOwnershipControls:BucketOwnershipControls",
      "> reports-policy aws:s3/bucketPolicy:BucketPolicy",
      "> starter-fails aws:cloudwatch/metricAlarm:MetricAlarm",
      "> starter-function aws:lambda/function:Function",
      "> starter-log aws:cloudwatch/logGroup:LogGroup",
      "> starter-log-key aws:kms/key:Key",
      "> starter-retries aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
      "> starter-role aws:iam/role:Role",
      "> starter-role-policy aws:iam/rolePolicy:RolePolicy",
      "> starter-schedule-us-west-2a aws:scheduler/schedule:Schedule",
      "> starter-scheduler aws:iam/role:Role",
      "> starter-scheduler-policy aws:iam/rolePolicy:RolePolicy",
      ...templateOf("us-west-2"),
      ...templateOf("us-west-2a"),
    ]);
  });

  it("breaks a zone: machines, network, launches, database and cache", async () => {
    const { actions, targets, stopConditions, experimentOptions, description, roleArn } =
      await inputsOf("game-day-us-west-2a");
    expect({ description, roleArn, stopConditions, experimentOptions }).to.deep.equal({
      description: "Game day: us-west-2a loses power",
      roleArn: "arn of game-day-us-west-2a-role",
      stopConditions: [{ source: "aws:cloudwatch:alarm", value: alarmArn("other-zone") }],
      experimentOptions: { accountTargeting: "single-account", emptyTargetResolutionMode: "skip" },
    });
    expect(idsOf(actions)).to.deep.equal({
      "stop-instances": "aws:ec2:stop-instances",
      "cut-off-network": "aws:network:disrupt-connectivity",
      "refuse-launches": "aws:ec2:asg-insufficient-instance-capacity-error",
      "fail-over-database": "aws:rds:reboot-db-instances",
      "interrupt-cache": "aws:elasticache:replicationgroup-interrupt-az-power",
    });
    const resourceTags = [
      { key: "Project", value: "failover" },
      { key: "AzImpairmentPower", value: "Ready" },
    ];
    const common = { selectionMode: "ALL", resourceTags };
    const inZones = { availabilityZoneIdentifiers: "us-west-2a" };
    const inZone = { availabilityZoneIdentifier: "us-west-2a" };
    expect(targets).to.deep.equal([
      {
        name: "stop-instances",
        resourceType: "aws:ec2:instance",
        ...common,
        filters: [
          { path: "Placement.AvailabilityZone", values: ["us-west-2a"] },
          { path: "State.Name", values: ["running"] },
        ],
      },
      { name: "cut-off-network", resourceType: "aws:ec2:subnet", ...common, parameters: inZone },
      {
        name: "refuse-launches",
        resourceType: "aws:ec2:autoscaling-group",
        ...common,
        filters: [{ path: "AvailabilityZones", values: ["us-west-2a"] }],
      },
      { name: "fail-over-database", resourceType: "aws:rds:db", ...common, parameters: inZones },
      {
        name: "interrupt-cache",
        resourceType: "aws:elasticache:replicationgroup",
        ...common,
        parameters: inZone,
      },
    ]);
  });

  it("omits actions on resources that the stack does not have in a zone", async () => {
    const least: Experiment = {
      kind: "availabilityZone",
      key: "us-west-2a",
      availabilityZone: "us-west-2a",
      hasGroups: false,
      stopAlarmArns: [alarmArn("other-zone")],
    };
    const other = await resourcesOf(() => new GameDay("a", { ...args, experiments: [least] }));
    expect(idsOf(named(other, "a-us-west-2a").inputs["actions"])).to.deep.equal({
      "stop-instances": "aws:ec2:stop-instances",
      "cut-off-network": "aws:network:disrupt-connectivity",
    });
    const policy = JSON.stringify(policyOf(other, "a-us-west-2a-role-policy"));
    expect(policy).not.to.match(/rds:|elasticache:|autoscaling:|dynamodb:/);
    // Without a schedule there is no starter, and no alarm on it.
    expect(other.filter(({ name }) => name.includes("starter"))).to.deep.equal([]);
  });

  it("isolates a region from the internet and from the other region", async () => {
    const { actions, targets } = await inputsOf("game-day-us-west-2");
    expect(idsOf(actions)).to.deep.equal({
      "cut-off-public": "aws:network:disrupt-connectivity",
      "cut-off-private": "aws:network:disrupt-connectivity",
      "pause-replication": "aws:dynamodb:global-table-pause-replication",
    });
    expect((targets as readonly object[])[2]).to.deep.equal({
      name: "pause-replication",
      resourceType: "aws:dynamodb:global-table",
      selectionMode: "ALL",
      resourceArns: ["arn:aws:dynamodb:us-west-2:123456789012:table/journal"],
    });
  });

  it("puts the full load on the other region by isolating only this region's public subnets", async () => {
    const { actions, targets } = await inputsOf("game-day-full-load");
    expect(actions).to.deep.equal([
      {
        name: "cut-off-public",
        actionId: "aws:network:disrupt-connectivity",
        parameters: [
          { key: "duration", value: "PT30M" },
          { key: "scope", value: "vpc" },
        ],
        target: { key: "Subnets", value: "cut-off-public" },
      },
    ]);
    expect(targets).to.have.nested.property("[0].resourceTags[2]").that.deep.equals({
      key: "SubnetType",
      value: "Public",
    });
  });

  it("creates a template after the permissions that FIS checks", async () => {
    const { dependencies } = named(await made(), "game-day-us-west-2");
    expect(dependencies).to.include("game-day-us-west-2-role-policy");
  });

  it("keeps reports for a year and a month in a closed bucket that accepts logs", async () => {
    expect(await inputsOf("game-day-reports")).to.deep.equal({
      tags: { ...tags, Tier: "region", Name: "game-day-reports" },
    });
    expect(await inputsOf("game-day-reports-expiry")).to.have.nested.property(
      "rules[0].expiration.days",
      396,
    );
    const { Statement } = policyOf(await made(), "game-day-reports-policy") as {
      Statement: readonly Readonly<Record<string, unknown>>[];
    };
    const own = { "aws:SourceAccount": "123456789012" };
    const ofLogs = { "aws:SourceArn": "arn:aws:logs:us-east-2:123456789012:*" };
    expect(
      Statement.map(({ Sid, Effect, Resource, Condition }) => [Sid, Effect, Resource, Condition]),
    ).to.deep.equal([
      [
        "LogsAreDelivered",
        "Allow",
        "arn of game-day-reports/logs/AWSLogs/123456789012/*",
        {
          StringEquals: { ...own, "s3:x-amz-acl": "bucket-owner-full-control" },
          ArnLike: ofLogs,
        },
      ],
      [
        "DeliveryLooksFirst",
        "Allow",
        "arn of game-day-reports",
        { StringEquals: own, ArnLike: ofLogs },
      ],
      [
        "NobodyComesInTheClear",
        "Deny",
        ["arn of game-day-reports", "arn of game-day-reports/*"],
        { Bool: { "aws:SecureTransport": "false" } },
      ],
    ]);
  });

  it("leaves the bucket with its settings in the account, and nothing else", async () => {
    const kept = (await made()).filter(({ retainOnDelete }) => retainOnDelete);
    const suffixes = ["", "-ownership", "-encryption", "-access", "-expiry", "-policy"];
    expect(kept.map(({ name }) => name)).to.have.members(
      suffixes.map((suffix) => `game-day-reports${suffix}`),
    );
  });

  it("returns the ids of the templates", async () => {
    const all: GameDay[] = [];
    await resourcesOf(() => all.push(new GameDay("game-day", args)));
    expect(await promiseOf(all[0]?.templateIds ?? {})).to.deep.equal({
      "us-west-2a": "id of game-day-us-west-2a",
      "us-west-2": "id of game-day-us-west-2",
      "full-load": "id of game-day-full-load",
    });
  });
});

describe("the starter of experiments", () => {
  it("is invoked at the scheduled times, to the minute, in the time zone", async () => {
    const { target, ...schedule } = await inputsOf("game-day-starter-schedule-us-west-2a");
    expect(schedule).to.deep.equal({
      description: "Requests the experiment us-west-2a",
      scheduleExpression: "cron(0 10 ? * TUE#1 *)",
      scheduleExpressionTimezone: "America/Los_Angeles",
      flexibleTimeWindow: { mode: "OFF" },
    });
    expect({ ...(target as object), input: undefined }).to.deep.equal({
      arn: "arn of game-day-starter-function",
      roleArn: "arn of game-day-starter-scheduler",
      input: undefined,
      retryPolicy: { maximumRetryAttempts: 2, maximumEventAgeInSeconds: 300 },
    });
  });

  it("receives the event that its function reads, with the scheduler's time", async () => {
    const { target } = await inputsOf("game-day-starter-schedule-us-west-2a");
    const input = JSON.parse((target as { input: string }).input) as Record<string, unknown>;
    expect(input["scheduledAt"]).to.equal("<aws.scheduler.scheduled-time>");
    const event = experimentEvent({ ...input, scheduledAt: "2026-12-01T18:00:00Z" });
    expect(event).to.deep.equal({
      experiment: "us-west-2a",
      templateId: "id of game-day-us-west-2a",
      scheduledAt: new Date("2026-12-01T18:00:00Z"),
      cron: "cron(0 10 ? * TUE#1 *)",
      timeZone: "America/Los_Angeles",
      durationMinutes: 30,
      blockedWindows: args.blockedWindows,
      stopAlarmArns: [alarmArn("other-zone")],
      steadyAlarmArns: args.steadyAlarmArns,
    });
  });

  it("may start only templates with a schedule", async () => {
    expect(policyOf(await made(), "game-day-starter-role-policy")).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "StartsExperiments",
          Effect: "Allow",
          Action: "fis:StartExperiment",
          Resource: [
            "arn:aws:fis:us-west-2:123456789012:experiment-template/id of game-day-us-west-2a",
            "arn:aws:fis:us-west-2:123456789012:experiment/*",
          ],
        },
        {
          Sid: "LetsFisWatch",
          Effect: "Allow",
          Action: "iam:CreateServiceLinkedRole",
          Resource:
            "arn:aws:iam::123456789012:role/aws-service-role/fis.amazonaws.com/AWSServiceRoleForFIS",
          Condition: { StringEquals: { "iam:AWSServiceName": "fis.amazonaws.com" } },
        },
        {
          Sid: "SeesWhatGoesOn",
          Effect: "Allow",
          Action: ["cloudwatch:DescribeAlarms", "fis:ListExperiments"],
          Resource: "*",
        },
        {
          Sid: "WritesItsLog",
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: "arn of game-day-starter-log:*",
        },
      ],
    });
  });
});

describe("GameDay refuses", () => {
  const pathsOf = (more: Partial<GameDayArgs>): unknown =>
    refusalOf(() => new GameDay("a", { ...args, ...more })).errors;

  it("an experiment that nothing stops, scheduled or not", () => {
    for (const fisExperiment of [zone, load]) {
      expect(pathsOf({ experiments: [{ ...fisExperiment, stopAlarmArns: [] }] })).to.deep.equal([
        {
          propertyPath: "experiments[0].stopAlarmArns",
          reason:
            "must be 1 to 5 alarms, got 0; name alarms on what has to survive: without one, nothing stops the experiment",
        },
      ]);
    }
  });

  it("all faults at once", () => {
    const { errors } = refusalOf(
      () =>
        new GameDay("a", {
          ...args,
          experiments: [
            { ...zone, key: "A", availabilityZone: "eu-west-1a", cron: "rate(7 days)" },
            { ...region, tableNames: [] },
            { ...load, key: "us-west-2", stopAlarmArns: Array<string>(6).fill(alarmArn("a")) },
          ],
          durationMinutes: 5,
          timeZone: "PST",
          blockedWindows: [
            { from: "2026-12-01T00:00", to: "2026-11-23T00:00", why: "" },
            { from: "tomorrow", to: "2026-11-31T00:00", why: "x" },
          ],
        }),
    );
    const paths = (errors as readonly { propertyPath: string }[]).map(
      ({ propertyPath }) => propertyPath,
    );
    expect(paths).to.deep.equal([
      "experiments[0].key",
      "experiments[0].cron",
      "experiments[0].availabilityZone",
      "experiments[1].tableNames",
      "experiments[2].stopAlarmArns",
      "experiments[2].key",
      "durationMinutes",
      "timeZone",
      "blockedWindows[0].to",
      "blockedWindows[0].why",
      "blockedWindows[1].from",
      "blockedWindows[1].to",
    ]);
  });

  it("a game day without an experiment", () => {
    expect(pathsOf({ experiments: [] })).to.deep.equal([
      {
        propertyPath: "experiments",
        reason: "must be at least 1 experiment, got 0; name what to break, or omit the game day",
      },
    ]);
  });

  it("an alarm of another region, as soon as that is known", async () => {
    const right = alarmArn("survivor");
    expect(await promiseOf(stopAlarm("us-west-2", "full-load", right))).to.equal(right);
    const wrong = alarmArn("survivor", "eu-west-1");
    const refusal: unknown = await promiseOf(
      stopAlarm("us-west-2", "full-load", pulumi.output(wrong)),
    ).catch((error: unknown) => error);
    expect(pulumi.InputPropertyError.isInstance(refusal)).to.equal(true);
    expect(refusal).to.include({
      propertyPath: "experiments.full-load.stopAlarmArns",
      reason: `must be alarms of us-west-2, got "${wrong}"; FIS accepts only alarms of its own region`,
    });
  });
});

/** A template and its role, as lines of the list. */
function templateOf(fisExperiment: string): readonly string[] {
  return [
    `> ${fisExperiment} aws:fis/experimentTemplate:ExperimentTemplate`,
    `> ${fisExperiment}-role aws:iam/role:Role`,
    `> ${fisExperiment}-role-policy aws:iam/rolePolicy:RolePolicy`,
  ];
}

/** The ids of actions by their names. */
function idsOf(actions: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    (actions as readonly { name: string; actionId: string }[]).map(({ name, actionId }) => [
      name,
      actionId,
    ]),
  );
}
