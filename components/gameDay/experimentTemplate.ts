import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Tags } from "../common/tags";
import type { Action, Experiment, ExperimentTarget } from "./experiment";
import { reportPrefixes } from "./reportBucket";

export interface ExperimentTemplateArgs {
  readonly drill: Experiment;
  readonly region: string;
  /** What is done, by name. */
  readonly actions: Readonly<Record<string, Action>>;
  /** Tags that all targets have that are not named. */
  readonly targetTags: Tags;
  readonly roleArn: pulumi.Input<string>;
  /** Where logs and reports go. */
  readonly bucketName: pulumi.Input<string>;
  readonly dashboardArn: pulumi.Input<string>;
  readonly tags: Tags;
}

/** The schema of logs; 2 says what each target was. */
const logSchemaVersion = 2;
/** What a report shows before and after: the calm, and the way back. */
const reportMinutes = { before: 10, after: 20 };

/** What an experiment shows, in a sentence. */
const descriptions: Readonly<Record<Experiment["kind"], (experiment: Experiment) => string>> = {
  availabilityZone: ({ key }) => `Game day: ${key} loses its power`,
  region: ({ key }) => `Game day: ${key} is cut off from the world and from the other region`,
  fullLoad: () => "Game day: the other region carries the full load",
};

/**
 * An experiment as FIS takes it. Actions whose targets are not there are left out: a database that is in the
 * other zone at the time is not to be moved into the one that loses its power.
 */
export function experimentTemplate(
  name: string,
  args: ExperimentTemplateArgs,
  opts: pulumi.CustomResourceOptions,
): aws.fis.ExperimentTemplate {
  const {
    drill: experiment,
    region,
    actions,
    targetTags,
    roleArn,
    bucketName,
    dashboardArn,
    tags,
  } = args;
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
 * An alarm that FIS will take. It accepts any ARN when a template is made, and refuses one of another
 * region when an experiment starts.
 *
 * @returns the ARN, which fails with an InputPropertyError when it is of another region
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
      reason: `must be alarms of ${region}, got "${text}"; FIS takes those of its own region only`,
    });
  });
}
