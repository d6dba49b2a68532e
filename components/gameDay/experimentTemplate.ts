import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Tags } from "../common/tags";
import type { Action, Experiment, ExperimentTarget } from "./experiment";
import { reportPrefixes } from "./reportBucket";

export interface ExperimentTemplateArgs {
  readonly experiment: Experiment;
  readonly region: string;
  /** The actions, by name. */
  readonly actions: Readonly<Record<string, Action>>;
  /** Tags that all targets have that are not selected by ARN. */
  readonly targetTags: Tags;
  readonly roleArn: pulumi.Input<string>;
  /** Destination of logs and reports. */
  readonly bucketName: pulumi.Input<string>;
  readonly dashboardArn: pulumi.Input<string>;
  readonly tags: Tags;
}

/** The version of the log schema; 2 includes the state of each target. */
const logSchemaVersion = 2;
/** The metrics of a report start before the experiment and end after it. */
const reportMinutes = { before: 10, after: 20 };

/** The description of an experiment. */
const descriptions: Readonly<Record<Experiment["kind"], (experiment: Experiment) => string>> = {
  availabilityZone: ({ key }) => `Game day: ${key} loses power`,
  region: ({ key }) => `Game day: ${key} is isolated from the internet and from the other region`,
  fullLoad: () => "Game day: the other region carries the full load",
};

/**
 * An experiment as an FIS template. Actions without targets are skipped: a database that is in the
 * other zone at the time must not be moved into the zone that loses power.
 */
export function experimentTemplate(
  name: string,
  args: ExperimentTemplateArgs,
  opts: pulumi.CustomResourceOptions,
): aws.fis.ExperimentTemplate {
  const { experiment, region, actions, targetTags, roleArn, bucketName, dashboardArn, tags } = args;
  const { logs, reports } = reportPrefixes;
  return new aws.fis.ExperimentTemplate(
    name,
    {
      description: descriptions[experiment.kind](experiment),
      roleArn,
      actions: Object.entries(actions).map(([action, { actionId, parameters, targetKey }]) => ({
        name: action,
        actionId,
        parameters: pairs(parameters),
        target: { key: targetKey, value: action },
      })),
      targets: Object.entries(actions).map(([action, { target }]) => ({
        name: action,
        ...targetArgs(target, targetTags),
      })),
      stopConditions: experiment.stopAlarmArns.map((arn) => ({
        source: "aws:cloudwatch:alarm",
        value: stopAlarm(region, experiment.key, arn),
      })),
      experimentOptions: { accountTargeting: "single-account", emptyTargetResolutionMode: "skip" },
      logConfiguration: { logSchemaVersion, s3Configuration: { bucketName, prefix: logs } },
      experimentReportConfiguration: {
        dataSources: { cloudwatchDashboards: [{ dashboardArn }] },
        outputs: { s3Configuration: { bucketName, prefix: reports } },
        preExperimentDuration: `PT${reportMinutes.before}M`,
        postExperimentDuration: `PT${reportMinutes.after}M`,
      },
      tags,
    },
    opts,
  );
}

function targetArgs(
  { resourceType, arns, tags = {}, parameters, filters = {} }: ExperimentTarget,
  targetTags: Tags,
): Omit<aws.types.input.fis.ExperimentTemplateTarget, "name"> {
  const filterArgs = Object.entries(filters).map(([path, value]) => ({ path, values: [value] }));
  return {
    resourceType,
    selectionMode: "ALL",
    ...(arns ? { resourceArns: [...arns] } : { resourceTags: pairs({ ...targetTags, ...tags }) }),
    ...(parameters ? { parameters } : {}),
    ...(filterArgs.length > 0 ? { filters: filterArgs } : {}),
  };
}

function pairs<T>(values: Readonly<Record<string, T>>): { key: string; value: T }[] {
  return Object.entries(values).map(([key, value]) => ({ key, value }));
}

/**
 * An alarm that FIS will accept. FIS accepts any ARN when a template is created, and rejects one of
 * another region when an experiment starts.
 *
 * @returns the ARN, which fails with an InputPropertyError if it is of another region
 */
export function stopAlarm(
  region: string,
  experiment: string,
  arn: pulumi.Input<string>,
): pulumi.Output<string> {
  return pulumi.output(arn).apply((text) => {
    if (text.split(":")[3] === region) return text;
    throw new pulumi.InputPropertyError({
      propertyPath: `experiments.${experiment}.stopAlarmArns`,
      reason: `must be alarms of ${region}, got "${text}"; FIS accepts only alarms of its own region`,
    });
  });
}
