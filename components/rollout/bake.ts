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
  /** Record name of the region, unique among stacks, used in the log group's name. */
  readonly recordName: string;
  /** The versions running in the region, by a key that never changes, such as `eu-west-1a`. */
  readonly machines: Readonly<Record<string, Machines>>;
  /** Names of the region's alarms that a change there can set off. */
  readonly alarmNames: readonly pulumi.Input<string>[];
  /** Ids of the region's Route 53 checks by address, by label; none calculated (K4). */
  readonly checkIds: Readonly<Record<string, pulumi.Input<string>>>;
  /** Ids of its checks by name, which are meaningless before the zone is delegated. */
  readonly checkIdsByName: Readonly<Record<string, pulumi.Input<string>>>;
  /** The zone of those names. */
  readonly zone: {
    readonly name: string;
    readonly nameServers: pulumi.Input<readonly string[]>;
  };
  /** How long everything must stay healthy, in minutes, 0 to 10. */
  readonly soakMinutes: number;
  /** Whether to skip the bake this time: the function remains, but is not invoked. */
  readonly isSkipped: boolean;
  /** Address of the runbook, without an anchor. */
  readonly runbookUrl: string;
  readonly tags: Tags;
}

/** Lambda's timeout in seconds; each phase of the bake is a separate invocation. */
const timeoutSeconds = 900;
const logRetentionDays = 30;
const runbookAnchor = "bake-failed";

/**
 * The bake of a region: resources that have it in `dependsOn` wait until the region runs the change
 * and has been healthy for a while. A read-only function checks machines, alarms and checks.
 * `pulumi up` invokes it, in two phases, whenever the versions have changed, and fails with its
 * error if a phase fails. The next update repeats a failed phase, but not a passed one. Its
 * provider is given by `providers` and decides the region.
 * It waits for the resources in `dependsOn`, which should be everything that a change touches in
 * the region.
 * Children: `<name>-log`, `<name>-log-key`, `<name>-role`, `<name>-role-policy`, `<name>-function`,
 * `<name>-arrival`, `<name>-soak`.
 *
 * @throws pulumi.InputPropertyError or InputPropertiesError when plain arguments are invalid.
 */
export class Bake extends pulumi.ComponentResource {
  /** Name of the function. */
  readonly functionName: pulumi.Output<string>;
  /** Name of the log group, with a line for each poll. */
  readonly logGroupName: pulumi.Output<string>;

  constructor(name: string, args: BakeArgs, opts?: pulumi.ComponentResourceOptions) {
    refuse(`Bake "${name}"`, [
      ...check("recordName", args.recordName, rules.recordName),
      ...check("soakMinutes", args.soakMinutes, rules.bakeMinutes),
      ...check("runbookUrl", args.runbookUrl, rules.runbookUrl),
      ...check("machines", Object.keys(args.machines), {
        must: "at least one machine",
        remedy: "omit the bake if this stack runs no machines",
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
        description: `Waits until a change is healthy in ${args.recordName}`,
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
 * One phase of the bake: an invocation whose failure fails the update. Under `CREATE_ONLY`, the
 * provider's default, it runs when the resource is created or replaced, so neither `destroy` nor a
 * refresh runs it. A failed invocation creates nothing, so the next update repeats it. `triggers`
 * contain the versions, and a change of them replaces the resource. The state keeps input, triggers
 * and result, which contain no secret.
 *
 * @see
 * https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/lambda/invocation.go
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
      // The event that functions/bake/settings.ts reads.
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
 * Read permissions for this region and these checks. AWS can restrict reads of machines only to a
 * region, and reads of alarms only to an account's alarms in a region.
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

/**
 * The environment that functions/bake/settings.ts reads; not in the event, so that a change of it
 * causes no invocation.
 */
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
