import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { AlarmSpec } from "../alerts/alarm";
import { encryptedLogGroup } from "../common/encryptedLogGroup";
import type { KeyPolicyStatement } from "../common/encryptionKey";
import { schedulerRole } from "../common/schedulerRole";
import { serviceFunction } from "../common/serviceFunction";
import type { BoundedRoles } from "../common/serviceRole";
import type { Tags } from "../common/tags";

export interface ExperimentStarterArgs extends BoundedRoles {
  /** AWS region of the experiments. */
  readonly region: string;
  readonly accountId: pulumi.Input<string>;
  /** Name of the log group. */
  readonly logGroupName: string;
  /** IANA name of the time zone of the schedules. */
  readonly timeZone: string;
  /** The experiments to start, by key. */
  readonly starts: Readonly<Record<string, ScheduledStart>>;
  readonly tags: Tags;
}

export interface ScheduledStart {
  readonly cron: string;
  readonly templateId: pulumi.Input<string>;
  /** The event besides the id and the time (functions/gameDay/experimentEvent.ts). */
  readonly event: Readonly<Record<string, unknown>>;
}

/** A few AWS calls, each of which may take 10 s. */
const timeoutSeconds = 60;
const logRetentionDays = 365;
/** The function also refuses an event that is later than this. */
const lateSecondsMax = 300;
const retriesMax = 2;

/** EventBridge Scheduler replaces this word: the same value in every delivery of an event. */
const scheduledTime = "<aws.scheduler.scheduled-time>";

/**
 * Starts experiments: a function that checks whether an experiment may start, and a schedule for
 * each that invokes it. Makes `<name>-function`, `<name>-retries`, `<name>-log`, `<name>-log-key`,
 * `<name>-role` and `<name>-scheduler` with a `-policy` each, and `<name>-schedule-<experiment>`.
 *
 * @returns the alarms on the function
 * @see
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
 */
export function experimentStarter(
  name: string,
  args: ExperimentStarterArgs,
  opts: pulumi.CustomResourceOptions,
): AlarmSpec {
  const starter = starterFunction(name, args, opts);
  const { region, accountId, timeZone, starts, permissionsBoundary, tags } = args;
  const scheduler = schedulerRole(
    `${name}-scheduler`,
    {
      accountId,
      region,
      target: starter,
      statementId: "RequestsExperiments",
      permissionsBoundary,
      tags,
    },
    opts,
  );
  for (const [experiment, { cron, templateId, event }] of Object.entries(starts)) {
    new aws.scheduler.Schedule(
      `${name}-schedule-${experiment}`,
      {
        description: `Requests the experiment ${experiment}`,
        scheduleExpression: cron,
        scheduleExpressionTimezone: timeZone,
        flexibleTimeWindow: { mode: "OFF" },
        target: {
          arn: starter.arn,
          roleArn: scheduler.arn,
          input: pulumi.jsonStringify({
            experiment,
            templateId,
            scheduledAt: scheduledTime,
            cron,
            timeZone,
            ...event,
          }),
          retryPolicy: {
            maximumRetryAttempts: retriesMax,
            maximumEventAgeInSeconds: lateSecondsMax,
          },
        },
      },
      { ...opts, dependsOn: [scheduler.policy] },
    );
  }
  return starterFails(starter.name);
}

function starterFunction(
  name: string,
  args: ExperimentStarterArgs,
  opts: pulumi.CustomResourceOptions,
): aws.lambda.Function {
  const { logGroupName, permissionsBoundary, tags } = args;
  const logGroup = encryptedLogGroup(
    `${name}-log`,
    { logGroupName, retentionDays: logRetentionDays, tags },
    opts,
  );
  const starter = serviceFunction(
    name,
    {
      description: "Starts a game day experiment unless a condition forbids it",
      runs: "gameDay",
      statements: permissions(args),
      timeoutSeconds,
      logGroup,
      permissionsBoundary,
      tags,
    },
    opts,
  );
  new aws.lambda.FunctionEventInvokeConfig(
    `${name}-retries`,
    {
      functionName: starter.name,
      maximumRetryAttempts: retriesMax,
      maximumEventAgeInSeconds: lateSecondsMax,
    },
    opts,
  );
  return starter;
}

/** Permissions to start these templates and to read the current state. */
function permissions({
  region,
  accountId,
  starts,
}: ExperimentStarterArgs): readonly KeyPolicyStatement[] {
  const fis = (rest: pulumi.Input<string>): pulumi.Output<string> =>
    pulumi.interpolate`arn:aws:fis:${region}:${accountId}:${rest}`;
  const templates = Object.values(starts).map(({ templateId }) =>
    fis(pulumi.interpolate`experiment-template/${templateId}`),
  );
  return [
    {
      Sid: "StartsExperiments",
      Effect: "Allow",
      Action: "fis:StartExperiment",
      Resource: [...templates, fis("experiment/*")],
    },
    {
      // The service-linked role of FIS for stop conditions, created at the first experiment of an
      // account.
      Sid: "LetsFisWatch",
      Effect: "Allow",
      Action: "iam:CreateServiceLinkedRole",
      Resource: pulumi.interpolate`arn:aws:iam::${accountId}:role/aws-service-role/fis.amazonaws.com/AWSServiceRoleForFIS`,
      Condition: { StringEquals: { "iam:AWSServiceName": "fis.amazonaws.com" } },
    },
    {
      // Neither can be restricted to resources.
      Sid: "SeesWhatGoesOn",
      Effect: "Allow",
      Action: ["cloudwatch:DescribeAlarms", "fis:ListExperiments"],
      Resource: "*",
    },
  ];
}

function starterFails(functionName: pulumi.Input<string>): AlarmSpec {
  return {
    key: "starter",
    metric: {
      namespace: "AWS/Lambda",
      name: "Errors",
      dimensions: { FunctionName: functionName },
      statistic: "Sum",
      periodSeconds: 300,
    },
    comparison: "GreaterThanOrEqualToThreshold",
    threshold: 1,
    periods: 1,
    // It runs on game days only.
    missingData: "notBreaching",
    message: {
      meaning:
        "A scheduled experiment was due, but the starter could not determine whether it may start.",
      customers: "not affected: the experiment is skipped.",
      system: "the scheduler retries twice within five minutes.",
      action: "read the log of the starter; run the experiment by hand if you need it.",
      anchor: "game-day-starter-fails",
    },
  };
}
