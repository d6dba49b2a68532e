import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { metricAlarm } from "../alerts/alarm";
import { refuse } from "../common/argumentFaults";
import { tagged } from "../common/tags";
import { experimentActionsOf } from "./experiment";
import type { Experiment } from "./experiment";
import { experimentStarter } from "./experimentStarter";
import type { ScheduledStart } from "./experimentStarter";
import { experimentRole } from "./experimentRole";
import { experimentTemplate } from "./experimentTemplate";
import type { GameDayArgs } from "./gameDayArgs";
import { gameDayFaults } from "./gameDayFaults";
import { reportBucket, reportPrefixes } from "./reportBucket";

/**
 * Experiments of one region: for each an FIS experiment template with its own role and stop alarms;
 * a bucket for logs and reports; and a starter for the schedules. Its provider is given by
 * `providers` and must be of `region`.
 * Children: `<name>-<experiment>` and `<name>-<experiment>-role`, `<name>-reports…`, and if an
 * experiment has a schedule `<name>-starter…`.
 *
 * @throws pulumi.InputPropertyError or InputPropertiesError when plain arguments are invalid, for
 * example an experiment without a stop alarm.
 */
export class GameDay extends pulumi.ComponentResource {
  /** Ids of the experiment templates, by experiment key. */
  readonly templateIds: Readonly<Record<string, pulumi.Output<string>>>;
  /** Name of the bucket for logs and reports. */
  readonly reportBucket: pulumi.Output<string>;

  constructor(name: string, args: GameDayArgs, opts?: pulumi.ComponentResourceOptions) {
    refuse(`GameDay "${name}"`, gameDayFaults(args));
    super("failover:index:GameDay", name, {}, opts);
    const parent = { parent: this };

    const bucket = reportBucket(`${name}-reports`, args.tags, parent);
    const templates = new Map(
      args.experiments.map((experiment) => [
        experiment,
        templateOf(name, experiment, args, bucket, parent),
      ]),
    );
    this.scheduled(name, args, templates);

    this.reportBucket = bucket.bucket;
    this.templateIds = Object.fromEntries(
      [...templates].map(([{ key }, { id }]) => [key, id] as const),
    );
    this.registerOutputs({ templateIds: this.templateIds, reportBucket: this.reportBucket });
  }

  /** The starter of scheduled experiments; none without schedules. */
  private scheduled(
    name: string,
    args: GameDayArgs,
    templates: ReadonlyMap<Experiment, aws.fis.ExperimentTemplate>,
  ): void {
    const parent = { parent: this };
    const starts = [...templates].flatMap(([experiment, { id }]): [string, ScheduledStart][] =>
      experiment.cron === undefined
        ? []
        : [
            [
              experiment.key,
              { cron: experiment.cron, templateId: id, event: eventOf(experiment, args) },
            ],
          ],
    );
    if (starts.length === 0) return;
    const { region, logGroupName, timeZone, topicArn, runbookUrl, permissionsBoundary } = args;
    const starter = `${name}-starter`;
    const tags = tagged(args.tags, "region", starter);
    const { accountId } = aws.getCallerIdentityOutput({}, parent);
    const spec = experimentStarter(
      starter,
      {
        region,
        accountId,
        logGroupName,
        timeZone,
        starts: Object.fromEntries(starts),
        permissionsBoundary,
        tags,
      },
      parent,
    );
    metricAlarm(`${starter}-fails`, spec, { topicArn, runbookUrl, tags }, parent);
  }
}

function templateOf(
  name: string,
  experiment: Experiment,
  args: GameDayArgs,
  bucket: aws.s3.Bucket,
  parent: pulumi.CustomResourceOptions,
): aws.fis.ExperimentTemplate {
  const { region, targetTags, groupNamePrefix, durationMinutes, dashboardArn } = args;
  const { accountId } = aws.getCallerIdentityOutput({}, parent);
  const own = `${name}-${experiment.key}`;
  const actions = experimentActionsOf(
    experiment,
    durationMinutes,
    (table) => pulumi.interpolate`arn:aws:dynamodb:${region}:${accountId}:table/${table}`,
  );
  const role = experimentRole(
    `${own}-role`,
    Object.values(actions).map(({ actionId }) => actionId),
    {
      region,
      accountId,
      targetTags,
      groupNamePrefix,
      faults: experiment,
      reports: { bucketArn: bucket.arn, prefix: reportPrefixes.reports, dashboardArn },
      permissionsBoundary: args.permissionsBoundary,
      tags: tagged(args.tags, "region", `${own}-role`),
    },
    parent,
  );
  return experimentTemplate(
    own,
    {
      experiment,
      region,
      actions,
      targetTags,
      roleArn: role.arn,
      bucketName: bucket.bucket,
      dashboardArn,
      tags: tagged(args.tags, "region", own),
    },
    // FIS checks its permissions when a template is created.
    { ...parent, dependsOn: [role.policy] },
  );
}

/** The event of an experiment (functions/gameDay/experimentEvent.ts). */
function eventOf(
  { stopAlarmArns }: Experiment,
  { durationMinutes, blockedWindows = [], steadyAlarmArns }: GameDayArgs,
): ScheduledStart["event"] {
  return { durationMinutes, blockedWindows, stopAlarmArns, steadyAlarmArns };
}
