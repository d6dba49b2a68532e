import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as gateRules from "../../constraints/gateRules";
import * as rules from "../../constraints/rules";
import { gateObjects } from "../../routing/gateNames";
import { alarmFaults, metricAlarm } from "../alerts/alarm";
import { check, refuse } from "../common/argumentFaults";
import { encryptedLogGroup } from "../common/encryptedLogGroup";
import type { KeyPolicyStatement } from "../common/encryptionKey";
import { everyMinute, lateSecondsMax } from "../common/everyMinute";
import { serviceFunction } from "../common/serviceFunction";
import type { BoundedRoles } from "../common/serviceRole";
import { tagged } from "../common/tags";
import type { Tags } from "../common/tags";
import type { FailbackGate } from "./failbackGate";
import { controllerAlarms, latchedAnchor } from "./gateAlarms";

/** When traffic returns. */
export interface ReleaseRules {
  readonly approval: "manual" | "automatic";
  /** People who must approve, 1 or 2. */
  readonly approvers: number;
  /** Minutes in which the guarded region must be healthy before a return. */
  readonly soakMinutes: number;
  /** Hours between reminders of a set latch. */
  readonly remindHours: number;
}

/** A topic whose messages start a run. */
export interface TriggeringTopic {
  readonly arn: pulumi.Input<string>;
  /** The provider of its region, which may differ from the controller's. */
  readonly provider: aws.Provider;
}

export interface GateControllerArgs extends BoundedRoles {
  readonly gate: FailbackGate;
  /** Name of the function; plain and explicit, because its alarms and the command line use it. */
  readonly functionName: string;
  /** Names to ask the zone's name servers for; plain. */
  readonly names: {
    /** The failover between the regions: `live.orders.cafe.com`. */
    readonly live: string;
    /** Names that answer with the guarded region's endpoints. */
    readonly primary: readonly string[];
    /** The same for the standby region. */
    readonly standby: readonly string[];
    /** Names of the TXT records of the guarded region's checks, by signal. */
    readonly signals: Readonly<Record<string, string>>;
  };
  readonly nameServers: pulumi.Input<readonly string[]>;
  readonly release: ReleaseRules;
  /** The topic for its messages, in its own region, and the key of the topic. */
  readonly topic: {
    readonly arn: pulumi.Input<string>;
    readonly keyArn: pulumi.Input<string>;
  };
  /** Topics whose messages start a run at once, by a key that never changes. */
  readonly triggers: Readonly<Record<string, TriggeringTopic>>;
  /** Address of the runbook, without an anchor. */
  readonly runbookUrl: string;
  readonly tags: Tags;
}

/** Runs in a row that see traffic outside the guarded region before the latch is set. */
const outsideRuns = 3;
/** Less than a minute, so that the runs of the schedule do not overlap. */
const timeoutSeconds = 45;
/** Who held and who released a failback, for an audit. */
const logRetentionDays = 365;
/** SQS's maximum: 14 days. */
const deadLetterSeconds = 1_209_600;

/**
 * The controller of a failback gate: a function that runs each minute and at each message of an
 * alert topic, sets the latch when Route 53 has left the guarded region, and removes it once the
 * region has recovered. It asks no API of Route 53 and none of the guarded region. Its provider is
 * given by `providers` and must be that of the gate.
 * The schedule waits for the resources in `dependsOn`, which should be the records of the names.
 * Children: `<name>-log`, `<name>-log-key`, `<name>-role`, `<name>-role-policy`, `<name>-function`,
 * `<name>-dead-letters`, `<name>-retries`, `<name>-scheduler`, `<name>-scheduler-policy`,
 * `<name>-schedule`; for each trigger `<name>-<trigger>-permission` and
 * `<name>-<trigger>-subscription`; and the alarms `<name>-errors`, `<name>-silent` and
 * `<name>-dead-letters-alarm`.
 *
 * @throws pulumi.InputPropertyError or InputPropertiesError when plain arguments are invalid.
 */
export class GateController extends pulumi.ComponentResource {
  /** Name of the function. */
  readonly functionName: pulumi.Output<string>;
  /** ARNs of the alarms. */
  readonly alarmArns: readonly pulumi.Output<string>[];

  constructor(name: string, args: GateControllerArgs, opts?: pulumi.ComponentResourceOptions) {
    const { functionName, names, release, runbookUrl } = args;
    refuse(`GateController "${name}"`, [
      ...check("names.live", names.live, rules.recordName),
      ...check("release.approvers", release.approvers, gateRules.approvers),
      ...check("release.soakMinutes", release.soakMinutes, gateRules.soakMinutes),
      ...check("release.remindHours", release.remindHours, gateRules.remindHours),
      ...check("runbookUrl", runbookUrl, rules.runbookUrl),
      ...alarmFaults("alarms", controllerAlarms(functionName, ""), runbookUrl),
    ]);
    super("failover:index:GateController", name, {}, opts);
    const parent = { parent: this };
    const tags = tagged(args.tags, "region", name);

    const deadLetters = new aws.sqs.Queue(
      `${name}-dead-letters`,
      {
        name: `${functionName}-dead-letters`,
        messageRetentionSeconds: deadLetterSeconds,
        sqsManagedSseEnabled: true,
        tags: { ...tags, Name: `${name}-dead-letters` },
      },
      parent,
    );
    const controller = controllerFunction(name, args, deadLetters, tags, parent);
    everyMinute(
      name,
      {
        description: "A run of the failback gate each minute",
        target: controller,
        statementId: "RunsTheGate",
        permissionsBoundary: args.permissionsBoundary,
        tags,
      },
      parent,
      opts?.dependsOn ?? [],
    );
    for (const [trigger, topic] of Object.entries(args.triggers)) {
      runsAtMessages(`${name}-${trigger}`, controller, topic, parent);
    }
    this.functionName = controller.name;
    this.alarmArns = controllerAlarms(functionName, deadLetters.name).map(
      (spec) =>
        metricAlarm(
          `${name}-${spec.key}${spec.key === "dead-letters" ? "-alarm" : ""}`,
          spec,
          { topicArn: args.topic.arn, runbookUrl, tags },
          // An alarm on a controller that does not run yet would go on at once.
          { ...parent, dependsOn: [controller] },
        ).arn,
    );
    this.registerOutputs({ functionName: this.functionName, alarmArns: this.alarmArns });
  }
}

function controllerFunction(
  name: string,
  args: GateControllerArgs,
  deadLetters: aws.sqs.Queue,
  tags: Tags,
  opts: pulumi.CustomResourceOptions,
): aws.lambda.Function {
  const logGroup = encryptedLogGroup(
    `${name}-log`,
    {
      logGroupName: `/failover/${args.names.live}/gate`,
      retentionDays: logRetentionDays,
      tags,
    },
    opts,
  );
  const controller = serviceFunction(
    name,
    {
      functionName: args.functionName,
      description: `Holds the failback of ${args.names.live} until its primary region has recovered`,
      runs: "gate",
      statements: permissions(args, deadLetters),
      variables: variables(args),
      timeoutSeconds,
      logGroup,
      permissionsBoundary: args.permissionsBoundary,
      tags,
    },
    opts,
  );
  new aws.lambda.FunctionEventInvokeConfig(
    `${name}-retries`,
    {
      functionName: controller.name,
      // The next minute's run repairs whatever this one missed.
      maximumRetryAttempts: 0,
      maximumEventAgeInSeconds: lateSecondsMax,
      destinationConfig: { onFailure: { destination: deadLetters.arn } },
    },
    opts,
  );
  return controller;
}

/** Exactly its three kinds of calls, and the queue that Lambda fills for it. */
function permissions(
  { gate, topic }: GateControllerArgs,
  deadLetters: aws.sqs.Queue,
): readonly KeyPolicyStatement[] {
  const objects = (...keys: readonly string[]): readonly pulumi.Output<string>[] =>
    keys.map((key) => pulumi.interpolate`${gate.bucketArn}/${key}`);
  const { latch, state } = gateObjects;
  return [
    {
      Sid: "ReadsAndWritesItsObjects",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject"],
      Resource: objects(latch, state),
    },
    {
      Sid: "ReleasesTheLatch",
      Effect: "Allow",
      Action: "s3:DeleteObject",
      Resource: objects(latch),
    },
    {
      // Without it S3 answers 403 for an object that does not exist, as for one that is denied.
      Sid: "TellsAbsentFromDenied",
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: gate.bucketArn,
    },
    { Sid: "Reports", Effect: "Allow", Action: "sns:Publish", Resource: topic.arn },
    {
      // SNS encrypts with the publisher's permissions.
      Sid: "EncryptsItsReports",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: topic.keyArn,
    },
    {
      Sid: "KeepsFailedEvents",
      Effect: "Allow",
      Action: "sqs:SendMessage",
      Resource: deadLetters.arn,
    },
  ];
}

/** The environment that functions/gate/settings.ts reads. */
function variables(args: GateControllerArgs): Readonly<Record<string, pulumi.Input<string>>> {
  const { gate, names, nameServers, release, topic, triggers, runbookUrl } = args;
  return {
    GATE_BUCKET: gate.bucketName,
    NAME_SERVERS: pulumi.jsonStringify(nameServers),
    LIVE_NAME: names.live,
    PRIMARY_NAMES: JSON.stringify(names.primary),
    STANDBY_NAMES: JSON.stringify(names.standby),
    SIGNAL_NAMES: JSON.stringify(names.signals),
    TOPIC_ARN: topic.arn,
    TICK_TOPIC_ARNS: pulumi.jsonStringify(Object.values(triggers).map(({ arn }) => arn)),
    APPROVAL: release.approval,
    APPROVERS: String(release.approvers),
    OUTSIDE_RUNS: String(outsideRuns),
    SOAK_SECONDS: String(60 * release.soakMinutes),
    REMIND_SECONDS: String(3600 * release.remindHours),
    CHECKER_RANGES: pulumi.jsonStringify(gate.checkerRanges),
    RUNBOOK: `${runbookUrl}#${latchedAnchor}`,
  };
}

/**
 * A run at each message of a topic, of any region: an alarm starts one before the minute is over.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-cross-region-delivery.html
 */
function runsAtMessages(
  name: string,
  target: aws.lambda.Function,
  { arn, provider }: TriggeringTopic,
  opts: pulumi.CustomResourceOptions,
): void {
  const permission = new aws.lambda.Permission(
    `${name}-permission`,
    {
      action: "lambda:InvokeFunction",
      function: target.name,
      principal: "sns.amazonaws.com",
      sourceArn: arn,
    },
    opts,
  );
  new aws.sns.TopicSubscription(
    `${name}-subscription`,
    { topic: arn, protocol: "lambda", endpoint: target.arn },
    pulumi.mergeOptions(opts, { provider, dependsOn: [permission] }),
  );
}
