import * as pulumi from "@pulumi/pulumi";
import type { KeyPolicyStatement } from "../common/encryptionKey";
import { serviceRole } from "../common/serviceRole";
import type { BoundedRoles, ServiceRole } from "../common/serviceRole";
import type { Tags } from "../common/tags";
import type { ActionId, ExperimentFaults } from "./experiment";

/** The scope of an experiment's permissions. */
export interface Reach extends BoundedRoles {
  readonly region: string;
  readonly accountId: pulumi.Input<string>;
  /** Tags that all possible targets have. */
  readonly targetTags: Tags;
  /** Prefix of the names of the Auto Scaling groups. */
  readonly groupNamePrefix: string;
  readonly faults: ExperimentFaults;
  /** Destination of reports and logs. */
  readonly reports: {
    readonly bucketArn: pulumi.Input<string>;
    readonly prefix: string;
    readonly dashboardArn: pulumi.Input<string>;
  };
  readonly tags: Tags;
}

/** The tag of resources that FIS creates for the duration of an action. */
const ofFis = { managedByFIS: "true" };

/**
 * The role that FIS assumes for one experiment, for experiments of this account and region only:
 * the actions of that experiment, on resources with the tags of its targets or named explicitly.
 * Makes `<name>` and `<name>-policy`.
 * Each action's permissions are from its entry in the actions reference; possible restrictions are
 * from the service authorization reference and AWS's managed policies for FIS.
 *
 * @see https://docs.aws.amazon.com/fis/latest/userguide/fis-actions-reference.html
 */
export function experimentRole(
  name: string,
  actionIds: readonly ActionId[],
  reach: Reach,
  opts: pulumi.CustomResourceOptions,
): ServiceRole {
  const { region, accountId, permissionsBoundary, tags } = reach;
  const statements = [...new Set(actionIds)].flatMap((id) => statementsOf[id](reach));
  return serviceRole(
    name,
    {
      service: "fis.amazonaws.com",
      condition: {
        StringEquals: { "aws:SourceAccount": accountId },
        ArnLike: {
          "aws:SourceArn": pulumi.interpolate`arn:aws:fis:${region}:${accountId}:experiment/*`,
        },
      },
      statements: [...unrepeated(statements), ...reportStatements(reach)],
      permissionsBoundary,
      tags,
    },
    opts,
  );
}

const allow = (
  Sid: string,
  Action: readonly string[],
  Resource: unknown,
  Condition?: object,
): KeyPolicyStatement => ({
  Sid,
  Effect: "Allow",
  Action,
  Resource,
  ...(Condition === undefined ? {} : { Condition }),
});

function arn(
  { region, accountId }: Reach,
  service: string,
  rest: pulumi.Input<string>,
): pulumi.Output<string> {
  return pulumi.interpolate`arn:aws:${service}:${region}:${accountId}:${rest}`;
}

/** Condition: the resource has the tags of the targets. */
function marked({ targetTags }: Reach): object {
  return { StringEquals: underKey("aws:ResourceTag", targetTags) };
}

function underKey(key: string, tags: Tags): Tags {
  return Object.fromEntries(Object.entries(tags).map(([tag, value]) => [`${key}/${tag}`, value]));
}

/** Resolving targets by tags, which cannot be restricted to resources. */
const resolving = allow("ResolvesTargets", ["tag:GetResources"], "*");

const statementsOf: Readonly<Record<ActionId, (reach: Reach) => readonly KeyPolicyStatement[]>> = {
  "aws:ec2:stop-instances": (reach) => [
    allow(
      "StopsAndStarts",
      ["ec2:StopInstances", "ec2:StartInstances"],
      arn(reach, "ec2", "instance/*"),
      marked(reach),
    ),
    allow("LooksAtInstances", ["ec2:DescribeInstances"], "*"),
    // Starting an instance with an encrypted disk needs a KMS grant that EC2 creates.
    allow("StartsWithEncryptedDisks", ["kms:CreateGrant"], arn(reach, "kms", "key/*"), {
      StringEquals: { "kms:ViaService": `ec2.${reach.region}.amazonaws.com` },
      Bool: { "kms:GrantIsForAWSResource": "true" },
    }),
  ],
  "aws:ec2:asg-insufficient-instance-capacity-error": (reach) => [
    allow("RefusesLaunches", ["ec2:InjectApiError"], "*", {
      StringEquals: { "ec2:FisActionId": "aws:ec2:asg-insufficient-instance-capacity-error" },
      "ForAllValues:ArnLike": {
        "ec2:FisTargetArns": arn(
          reach,
          "autoscaling",
          `autoScalingGroup:*:autoScalingGroupName/${reach.groupNamePrefix}*`,
        ),
      },
    }),
    allow("LooksAtGroups", ["autoscaling:DescribeAutoScalingGroups"], "*"),
  ],
  "aws:network:disrupt-connectivity": networkStatements,
  "aws:rds:reboot-db-instances": (reach) => [
    allow(
      "FailsOverTheDatabase",
      ["rds:RebootDBInstance"],
      arn(reach, "rds", `db:${storesOf(reach).database}`),
    ),
    allow("LooksAtDatabases", ["rds:DescribeDBInstances"], arn(reach, "rds", "db:*")),
    resolving,
  ],
  "aws:elasticache:replicationgroup-interrupt-az-power": (reach) => [
    allow(
      "InterruptsTheCache",
      ["elasticache:InterruptClusterAzPower"],
      arn(reach, "elasticache", `replicationgroup:${storesOf(reach).cache}`),
    ),
    allow(
      "LooksAtCaches",
      ["elasticache:DescribeReplicationGroups"],
      arn(reach, "elasticache", "replicationgroup:*"),
    ),
    resolving,
  ],
  "aws:dynamodb:global-table-pause-replication": (reach) => [
    allow(
      "PausesReplication",
      ["Put", "Get", "Delete"]
        .map((verb) => `dynamodb:${verb}ResourcePolicy`)
        .concat("dynamodb:DescribeTable"),
      // The action denies the stream too, because replication uses it.
      tableNamesOf(reach).flatMap((table) => [
        arn(reach, "dynamodb", pulumi.interpolate`table/${table}`),
        arn(reach, "dynamodb", pulumi.interpolate`table/${table}/stream/*`),
      ]),
    ),
    resolving,
  ],
};

/** FIS replaces the subnet's network ACL temporarily. */
function networkStatements(reach: Reach): readonly KeyPolicyStatement[] {
  const acls = arn(reach, "ec2", "network-acl/*");
  const asked = underKey("aws:RequestTag", ofFis);
  return [
    allow("MakesAcls", ["ec2:CreateNetworkAcl"], acls, { StringEquals: asked }),
    allow("MakesAclsHere", ["ec2:CreateNetworkAcl"], arn(reach, "ec2", "vpc/*"), marked(reach)),
    allow("TagsItsAcls", ["ec2:CreateTags"], acls, {
      StringEquals: { ...asked, "ec2:CreateAction": "CreateNetworkAcl" },
    }),
    allow("ChangesItsAcls", ["ec2:CreateNetworkAclEntry", "ec2:DeleteNetworkAcl"], acls, {
      StringEquals: underKey("aws:ResourceTag", ofFis),
    }),
    allow(
      "CutsOffSubnets",
      ["ec2:ReplaceNetworkAclAssociation"],
      arn(reach, "ec2", "subnet/*"),
      marked(reach),
    ),
    // FIS's own ACL, and afterwards the previous one, which has other tags.
    allow("ExchangesAcls", ["ec2:ReplaceNetworkAclAssociation"], acls),
    allow(
      "LooksAtNetworks",
      ["ManagedPrefixLists", "NetworkAcls", "Subnets", "Vpcs"].map((of) => `ec2:Describe${of}`),
      "*",
    ),
    allow(
      "LooksAtPrefixLists",
      ["ec2:GetManagedPrefixListEntries"],
      arn(reach, "ec2", "prefix-list/*"),
    ),
  ];
}

/**
 * Its log, and its report with the dashboard.
 *
 * @see https://docs.aws.amazon.com/fis/latest/userguide/experiment-report-configuration.html
 */
function reportStatements({ reports }: Reach): readonly KeyPolicyStatement[] {
  const { bucketArn, prefix, dashboardArn } = reports;
  return [
    allow("Logs", ["logs:CreateLogDelivery"], "*"),
    allow(
      "Reports",
      ["s3:PutObject", "s3:GetObject"],
      pulumi.interpolate`${bucketArn}/${prefix}/*`,
    ),
    allow("ReadsTheDashboard", ["cloudwatch:GetDashboard"], dashboardArn),
    allow("DrawsTheDashboard", ["cloudwatch:GetMetricWidgetImage"], "*"),
  ];
}

/** Statements by id: permissions that two actions need appear once. */
function unrepeated(statements: readonly KeyPolicyStatement[]): readonly KeyPolicyStatement[] {
  return [...new Map(statements.map((statement) => [statement["Sid"], statement])).values()];
}

function storesOf({ faults }: Reach): { readonly database: string; readonly cache: string } {
  if (faults.kind === "availabilityZone" && faults.stores) return faults.stores;
  throw new Error(`${faults.kind}: must have stores for an action on them`);
}

function tableNamesOf({ faults }: Reach): readonly pulumi.Input<string>[] {
  return faults.kind === "region" ? faults.tableNames : [];
}
