import type { Resource } from "../../../routing/graph/resource";
import { templateInputs } from "./fisInputs";
import type { NamedAction, NamedTarget, TemplateInputs } from "./fisInputs";

/** The requirements of FIS on an action, which its API does not describe. */
interface ActionRule {
  readonly target: string;
  readonly resourceType: string;
  readonly required: readonly string[];
  readonly optional?: readonly string[];
  /** The permissions that the experiment's role needs. */
  readonly permissions: readonly string[];
}

/**
 * The actions in use: "AWS FIS Actions reference" of the FIS User Guide, read in November 2026.
 * Names of targets are those of `aws fis get-action`.
 */
export const actionRules: Readonly<Record<string, ActionRule>> = {
  "aws:ec2:stop-instances": {
    target: "Instances",
    resourceType: "aws:ec2:instance",
    required: [],
    optional: ["startInstancesAfterDuration", "completeIfInstancesTerminated"],
    permissions: [
      "ec2:StopInstances",
      "ec2:StartInstances",
      "ec2:DescribeInstances",
      "kms:CreateGrant",
    ],
  },
  "aws:ec2:asg-insufficient-instance-capacity-error": {
    target: "AutoScalingGroups",
    resourceType: "aws:ec2:autoscaling-group",
    required: ["duration", "availabilityZoneIdentifiers"],
    optional: ["percentage"],
    permissions: ["ec2:InjectApiError", "autoscaling:DescribeAutoScalingGroups"],
  },
  "aws:network:disrupt-connectivity": {
    target: "Subnets",
    resourceType: "aws:ec2:subnet",
    required: ["duration", "scope"],
    optional: ["prefixListIdentifier"],
    permissions: [
      "ec2:CreateNetworkAcl",
      "ec2:CreateNetworkAclEntry",
      "ec2:CreateTags",
      "ec2:DeleteNetworkAcl",
      "ec2:DescribeManagedPrefixLists",
      "ec2:DescribeNetworkAcls",
      "ec2:DescribeSubnets",
      "ec2:DescribeVpcs",
      "ec2:GetManagedPrefixListEntries",
      "ec2:ReplaceNetworkAclAssociation",
    ],
  },
  "aws:rds:reboot-db-instances": {
    target: "DBInstances",
    resourceType: "aws:rds:db",
    required: [],
    optional: ["forceFailover"],
    permissions: ["rds:RebootDBInstance", "rds:DescribeDBInstances", "tag:GetResources"],
  },
  "aws:elasticache:replicationgroup-interrupt-az-power": {
    target: "ReplicationGroups",
    resourceType: "aws:elasticache:replicationgroup",
    required: ["duration"],
    permissions: [
      "elasticache:InterruptClusterAzPower",
      "elasticache:DescribeReplicationGroups",
      "tag:GetResources",
    ],
  },
  "aws:dynamodb:global-table-pause-replication": {
    target: "Tables",
    resourceType: "aws:dynamodb:global-table",
    required: ["duration"],
    permissions: [
      "dynamodb:PutResourcePolicy",
      "dynamodb:DeleteResourcePolicy",
      "dynamodb:GetResourcePolicy",
      "dynamodb:DescribeTable",
      "tag:GetResources",
    ],
  },
};

/** Permissions for a log and a report ("Experiment logging" and "report configurations" there). */
export const reportPermissions: readonly string[] = [
  "logs:CreateLogDelivery",
  "s3:PutObject",
  "s3:GetObject",
  "cloudwatch:GetDashboard",
  "cloudwatch:GetMetricWidgetImage",
];

/** Parameters of targets ("Targets for AWS FIS", resource parameters), by the type of resource. */
const targetParameters: Readonly<Record<string, readonly string[]>> = {
  "aws:ec2:subnet": ["availabilityZoneIdentifier", "vpc"],
  "aws:rds:db": ["availabilityZoneIdentifiers"],
  "aws:elasticache:replicationgroup": ["availabilityZoneIdentifier"],
};
/** Those that a target must have. */
const requiredParameters: Readonly<Record<string, readonly string[]>> = {
  "aws:elasticache:replicationgroup": ["availabilityZoneIdentifier"],
};

/** Quotas of FIS that no account can raise (AWS General Reference, FIS endpoints and quotas). */
const quotas = { actions: 20, parallelActions: 10, stopConditions: 5 };
/** Subnets that an experiment finds by tags, with the default quota (L-1F59732D). */
export const subnetsByTagsMax = 5;

const scopes = ["all", "availability-zone", "dynamodb", "prefix-list", "s3", "s3express", "vpc"];

/** A duration in ISO 8601 of 1 minute to 12 hours, in whole minutes. */
function isDuration(text: string): boolean {
  const minutes = Number(/^PT(\d+)M$/.exec(text)?.[1]);
  return minutes >= 1 && minutes <= 12 * 60;
}

/** The faults for which FIS would refuse a template's actions and targets. */
export function actionFaults(template: Resource): readonly string[] {
  const inputs = templateInputs(template);
  const { actions, targets, stopConditions } = inputs;
  const used = actions.map(({ target }) => target?.value);
  const first = actions.filter(({ startAfters = [] }) => startAfters.length === 0);
  return [
    ...actions.flatMap((action) => faultsOfAction(action, inputs)),
    ...targets.flatMap(faultsOfTarget),
    ...targets.filter(({ name }) => !used.includes(name)).map(({ name }) => `${name}: is not used`),
    ...(actions.length > quotas.actions ? ["actions: are too many"] : []),
    ...(first.length > quotas.parallelActions ? ["actions: are too many at once"] : []),
    ...(stopConditions.length > quotas.stopConditions ? ["stopConditions: are too many"] : []),
  ];
}

function faultsOfAction(
  { name, actionId, parameters = [], target }: NamedAction,
  { targets }: TemplateInputs,
): readonly string[] {
  const rule = actionRules[actionId];
  if (!rule) return [`${name}: no action ${actionId}`];
  const { required, optional = [], resourceType } = rule;
  const keys = parameters.map(({ key }) => key);
  const meant = targets.find((one) => one.name === target?.value);
  return [
    ...required.filter((key) => !keys.includes(key)).map((key) => `${name}: needs ${key}`),
    ...keys
      .filter((key) => !required.includes(key) && !optional.includes(key))
      .map((key) => `${name}: has no ${key}`),
    ...parameters
      .filter(({ key, value }) => /duration$/i.test(key) && !isDuration(value))
      .map(({ key, value }) => `${name}: ${key} is no duration, ${value}`),
    ...parameters
      .filter(({ key, value }) => key === "scope" && !scopes.includes(value))
      .map(({ value }) => `${name}: no scope ${value}`),
    ...(target?.key === rule.target ? [] : [`${name}: has no target ${target?.key ?? "none"}`]),
    ...(meant?.resourceType === resourceType ? [] : [`${name}: wants ${resourceType}`]),
  ];
}

function faultsOfTarget(target: NamedTarget): readonly string[] {
  const { name, resourceType, resourceArns = [], resourceTags = [], filters = [] } = target;
  const keys = Object.keys(target.parameters ?? {});
  const known = targetParameters[resourceType] ?? [];
  const required = requiredParameters[resourceType] ?? [];
  const byArn = resourceArns.length > 0;
  return [
    ...keys.filter((key) => !known.includes(key)).map((key) => `${name}: has no ${key}`),
    ...required.filter((key) => !keys.includes(key)).map((key) => `${name}: needs ${key}`),
    ...(byArn === resourceTags.length > 0 ? [`${name}: is by ARN, or else by tags`] : []),
    ...(byArn && filters.length > 0 ? [`${name}: is filtered, and by ARN`] : []),
    ...(/^(ALL|COUNT\(\d+\)|PERCENT\(\d+\))$/.test(target.selectionMode)
      ? []
      : [`${name}: no selection ${target.selectionMode}`]),
  ];
}
