import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as rules from "../../constraints/rules";
import { check, refuse } from "../common/argumentFaults";
import { encryptedLogGroup } from "../common/encryptedLogGroup";
import type { KeyPolicyStatement } from "../common/encryptionKey";
import { serviceFunction } from "../common/serviceFunction";
import type { BoundedRoles } from "../common/serviceRole";
import { tagged } from "../common/tags";
import type { Tags } from "../common/tags";
import type { Machines } from "../zone/zoneEndpoint";

export interface BakeArgs extends BoundedRoles {
  /** Record name of the region, which is unique among stacks: its log goes by it. */
  readonly recordName: string;
  /** What runs in the region, by a key that never changes, such as `eu-west-1a`. */
  readonly machines: Readonly<Record<string, Machines>>;
  /** Names of the region's alarms that a change there can set off. */
  readonly alarmNames: readonly pulumi.Input<string>[];
  /** Ids of Route 53's checks of the region by addresses, by what they watch; none calculated (K4). */
  readonly checkIds: Readonly<Record<string, pulumi.Input<string>>>;
  /** Ids of its checks by names, which say nothing before the zone is delegated. */
  readonly checkIdsByName: Readonly<Record<string, pulumi.Input<string>>>;
  /** The zone of those names. */
  readonly zone: {
    readonly name: string;
    readonly nameServers: pulumi.Input<readonly string[]>;
  };
  /** How long all must be well, in minutes, 0 to 10. */
  readonly soakMinutes: number;
  /** Whether nobody waits this time: the function stays, and is not called. */
  readonly isSkipped: boolean;
  /** Address of the runbook, without an anchor. */
  readonly runbookUrl: string;
  readonly tags: Tags;
}

/** The longest that Lambda runs a function, in seconds; each half of the bake has it for itself. */
const timeoutSeconds = 900;
const logRetentionDays = 30;
const runbookAnchor = "bake-failed";

/**
 * The bake of a region: whoever has it in `dependsOn` waits until what the region runs has arrived
 * there and has been well for a while. A function that only reads looks at machines, alarms and
 * checks; `pulumi up` calls it, in two halves, whenever what runs has changed, and ends with its error
 * when a half fails. A half that failed is called again by the next update, and one that passed is
 * not. Its provider comes by `providers` and decides the region.
 *
 * It waits for what is in `dependsOn`, which should be all that a change touches in the region.
 *
 * Children: `<name>-log`, `<name>-log-key`, `<name>-role`, `<name>-role-policy`, `<name>-function`,
 * `<name>-arrival`, `<name>-soak`.
 *
 * @throws pulumi.InputPropertyError or InputPropertiesError when plain arguments are wrong.
 */
export class Bake extends pulumi.ComponentResource {
  /** Name of the function. */
  readonly functionName: pulumi.Output<string>;
  /** Name of the log group, with a line for each look. */
  readonly logGroupName: pulumi.Output<string>;

  constructor(name: string, args: BakeArgs, opts?: pulumi.ComponentResourceOptions) {
    refuse(`Bake "${name}"`, [
      ...check("recordName", args.recordName, rules.recordName),
      ...check("soakMinutes", args.soakMinutes, rules.bakeMinutes),
      ...check("runbookUrl", args.runbookUrl, rules.runbookUrl),
      ...check("machines", Object.keys(args.machines), {
        must: "something that runs",
        remedy: "leave the bake out where this stack runs no machines",
        holds: (keys) => Array.isArray(keys) && keys.length > 0,
      }),
    ]);
    super("failover:index:Bake", name, {}, opts);
    const parent = { parent: this };
    const tags = tagged(args.tags, "region", name);

    const logGroup = encryptedLogGroup(
      `${name}-log`,
      {
        logGroupName: `/failover/${args.recordName}/bake`,
        retentionDays: logRetentionDays,
        tags,
      },
      parent,
    );
    const looking = serviceFunction(
      name,
      {
        description: `Waits until a change has done well in ${args.recordName}`,
        runs: "bake",
        statements: permissions(args, parent),
        variables: variables(args),
        timeoutSeconds,
        logGroup,
        permissionsBoundary: args.permissionsBoundary,
        tags,
      },
      parent,
    );
    if (!args.isSkipped) {
      const waits = pulumi.mergeOptions(parent, { dependsOn: opts?.dependsOn ?? [] });
      const arrival = half(name, "arrival", looking, args.machines, waits);
      half(name, "soak", looking, args.machines, { ...parent, dependsOn: [arrival] });
    }

    this.functionName = looking.name;
    this.logGroupName = logGroup.name;
    this.registerOutputs({ functionName: this.functionName, logGroupName: this.logGroupName });
  }
}

/**
 * One half of the bake: a call whose failure fails the update. Under `CREATE_ONLY`, the provider's
 * default, the call is made when the resource is created or replaced, so that neither `destroy` nor a
 * refresh makes one; a call that fails creates nothing, so that the next update makes it again. What
 * runs is in `triggers`, which replace the resource. Both are kept in the state: no secret is in them.
 *
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/lambda/invocation.go
 */
function half(
  name: string,
  phase: "arrival" | "soak",
  looking: aws.lambda.Function,
  machines: BakeArgs["machines"],
  opts: pulumi.CustomResourceOptions,
): aws.lambda.Invocation {
  const all = Object.values(machines);
  return new aws.lambda.Invocation(
    `${name}-${phase}`,
    {
      functionName: looking.name,
      lifecycleScope: "CREATE_ONLY",
      triggers: Object.fromEntries(
        Object.entries(machines).map(([key, one]) => [key, versionOf(one)]),
      ),
      // What functions/bake/settings.ts reads.
      input: pulumi.jsonStringify({
        phase,
        groups: all.flatMap((one) =>
          one.kind === "group"
            ? [{ name: one.groupName, templateVersion: one.templateVersion }]
            : [],
        ),
        instances: all.flatMap((one) => (one.kind === "instance" ? [one.instanceId] : [])),
      }),
    },
    opts,
  );
}

function versionOf(machines: Machines): pulumi.Output<string> {
  return machines.kind === "group"
    ? pulumi.interpolate`${machines.groupName} ${machines.templateVersion}`
    : pulumi.interpolate`${machines.instanceId} ${machines.bootSha256}`;
}

/**
 * Reads of this region and of these checks. AWS limits the reads of machines to
 * nothing smaller than a region, and those of alarms to all of an account's in a region.
 */
function permissions(
  { machines, checkIds, checkIdsByName }: BakeArgs,
  opts: pulumi.InvokeOptions,
): readonly KeyPolicyStatement[] {
  const { accountId } = aws.getCallerIdentityOutput({}, opts);
  const { region } = aws.getRegionOutput({}, opts);
  const inRegion = (Sid: string, Action: readonly string[]): KeyPolicyStatement => ({
    Sid,
    Effect: "Allow",
    Action,
    Resource: "*",
    Condition: { StringEquals: { "aws:RequestedRegion": region } },
  });
  const kinds = Object.values(machines).map(({ kind }) => kind);
  const ids = [...Object.values(checkIds), ...Object.values(checkIdsByName)];
  return [
    ...(kinds.includes("group")
      ? [
          inRegion("ReadsGroups", [
            "autoscaling:DescribeAutoScalingGroups",
            "autoscaling:DescribeInstanceRefreshes",
          ]),
        ]
      : []),
    ...(kinds.includes("instance")
      ? [inRegion("ReadsInstances", ["ec2:DescribeInstanceStatus"])]
      : []),
    {
      Sid: "ReadsAlarms",
      Effect: "Allow",
      Action: "cloudwatch:DescribeAlarms",
      Resource: pulumi.interpolate`arn:aws:cloudwatch:${region}:${accountId}:alarm:*`,
    },
    {
      Sid: "ReadsChecks",
      Effect: "Allow",
      Action: "route53:GetHealthCheckStatus",
      Resource: ids.map((id) => pulumi.interpolate`arn:aws:route53:::healthcheck/${id}`),
    },
  ];
}

/** What functions/bake/settings.ts reads; here and not in the call, so that it makes no call. */
function variables({
  soakMinutes,
  alarmNames,
  checkIds,
  checkIdsByName,
  zone,
  runbookUrl,
}: BakeArgs): Readonly<Record<string, pulumi.Input<string>>> {
  return {
    SOAK_SECONDS: String(60 * soakMinutes),
    ALARM_NAMES: pulumi.jsonStringify(alarmNames),
    CHECK_IDS: pulumi.jsonStringify(checkIds),
    CHECK_IDS_BY_NAME: pulumi.jsonStringify(checkIdsByName),
    ZONE_NAME: zone.name,
    NAME_SERVERS: pulumi.jsonStringify(zone.nameServers),
    RUNBOOK: `${runbookUrl}#${runbookAnchor}`,
  };
}
