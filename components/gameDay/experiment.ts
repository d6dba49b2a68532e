import type * as pulumi from "@pulumi/pulumi";

/** One fault to inject, and its stop conditions. */
export type Experiment = ExperimentBase & ExperimentFaults;

interface ExperimentBase {
  /** Name of the experiment, such as `us-west-2a`: what it removes. Used in resource names. */
  readonly key: string;
  /**
   * ARNs of the alarms that stop it, 1 to 5, all in the experiment's own region: FIS accepts no
   * others. They must monitor what has to survive; an alarm that the experiment itself sets off
   * would stop it at once.
   */
  readonly stopAlarmArns: readonly pulumi.Input<string>[];
  /** Its schedule in the syntax of EventBridge Scheduler. Default: none, started by hand. */
  readonly cron?: string;
}

/** The fault of an experiment; plain, because it decides its actions. */
export type ExperimentFaults =
  | {
      /** A zone loses power: machines stop, new ones cannot launch, its subnets are isolated. */
      readonly kind: "availabilityZone";
      readonly availabilityZone: string;
      /** Whether machines are in Auto Scaling groups. */
      readonly hasGroups: boolean;
      /** Database and cache that span both zones, and so fail over to the other one. */
      readonly stores?: MultiZoneStores;
    }
  | {
      /** The region's network is isolated, and its tables do not replicate. */
      readonly kind: "region";
      /** Kinds of subnets with a route to the internet. */
      readonly subnetTypes: readonly TaggedSubnetType[];
      /** Names of global tables with a replica in the region, 1 to 5. */
      readonly tableNames: readonly pulumi.Input<string>[];
    }
  | {
      /** The region gets no traffic but keeps running: the other region carries the full load. */
      readonly kind: "fullLoad";
    };

export interface MultiZoneStores {
  /** Identifier in RDS. */
  readonly database: string;
  /** Id of the replication group in ElastiCache. */
  readonly cache: string;
}

/** The tag that `awsx.ec2.Vpc` sets on subnets for their kind. */
export type TaggedSubnetType = "Public" | "Private";

/** The FIS actions used here, by id. */
export type ActionId =
  | "aws:dynamodb:global-table-pause-replication"
  | "aws:ec2:asg-insufficient-instance-capacity-error"
  | "aws:ec2:stop-instances"
  | "aws:elasticache:replicationgroup-interrupt-az-power"
  | "aws:network:disrupt-connectivity"
  | "aws:rds:reboot-db-instances";

/** An action on a target; both have the same name, because each target has one action. */
export interface Action {
  readonly actionId: ActionId;
  readonly parameters: Readonly<Record<string, string>>;
  /** The action's name for its target. */
  readonly targetKey: string;
  readonly target: ExperimentTarget;
}

export interface ExperimentTarget {
  readonly resourceType: string;
  /** By ARN, at most 5; otherwise by the tags of all targets plus these. */
  readonly arns?: readonly pulumi.Input<string>[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly filters?: Readonly<Record<string, string>>;
}

/**
 * The actions of an experiment, by name; all run at the same time.
 *
 * @param tableArn ARN of a table of the region by its name
 * @see https://docs.aws.amazon.com/fis/latest/userguide/fis-actions-reference.html
 */
export function experimentActionsOf(
  faults: ExperimentFaults,
  durationMinutes: number,
  tableArn: (name: pulumi.Input<string>) => pulumi.Output<string>,
): Readonly<Record<string, Action>> {
  const duration = `PT${durationMinutes}M`;
  switch (faults.kind) {
    case "availabilityZone":
      return zoneActions(faults, duration);
    case "region":
      return {
        ...cutOff(faults.subnetTypes, duration),
        "pause-replication": {
          actionId: "aws:dynamodb:global-table-pause-replication",
          parameters: { duration },
          targetKey: "Tables",
          target: {
            resourceType: "aws:dynamodb:global-table",
            arns: faults.tableNames.map(tableArn),
          },
        },
      };
    case "fullLoad":
      return cutOff(["Public"], duration);
  }
}

type ZoneFaults = Extract<ExperimentFaults, { kind: "availabilityZone" }>;

function zoneActions(
  { availabilityZone, hasGroups, stores }: ZoneFaults,
  duration: string,
): Readonly<Record<string, Action>> {
  return {
    "stop-instances": {
      actionId: "aws:ec2:stop-instances",
      parameters: {
        startInstancesAfterDuration: duration,
        // A group replaces its stopped instances itself.
        completeIfInstancesTerminated: "true",
      },
      targetKey: "Instances",
      target: {
        resourceType: "aws:ec2:instance",
        filters: {
          "Placement.AvailabilityZone": availabilityZone,
          "State.Name": "running",
        },
      },
    },
    "cut-off-network": {
      actionId: "aws:network:disrupt-connectivity",
      parameters: { duration, scope: "all" },
      targetKey: "Subnets",
      target: {
        resourceType: "aws:ec2:subnet",
        parameters: { availabilityZoneIdentifier: availabilityZone },
      },
    },
    ...(hasGroups ? { "refuse-launches": refusedLaunches(availabilityZone, duration) } : {}),
    ...(stores ? storeActions(availabilityZone, duration) : {}),
  };
}

function refusedLaunches(availabilityZone: string, duration: string): Action {
  return {
    actionId: "aws:ec2:asg-insufficient-instance-capacity-error",
    parameters: { duration, availabilityZoneIdentifiers: availabilityZone, percentage: "100" },
    targetKey: "AutoScalingGroups",
    target: {
      resourceType: "aws:ec2:autoscaling-group",
      filters: { AvailabilityZones: availabilityZone },
    },
  };
}

/** Each only if the database, or the cache's first node, is in the zone at that time. */
function storeActions(
  availabilityZone: string,
  duration: string,
): Readonly<Record<string, Action>> {
  return {
    "fail-over-database": {
      actionId: "aws:rds:reboot-db-instances",
      parameters: { forceFailover: "true" },
      targetKey: "DBInstances",
      target: {
        resourceType: "aws:rds:db",
        parameters: { availabilityZoneIdentifiers: availabilityZone },
      },
    },
    "interrupt-cache": {
      actionId: "aws:elasticache:replicationgroup-interrupt-az-power",
      parameters: { duration },
      targetKey: "ReplicationGroups",
      target: {
        resourceType: "aws:elasticache:replicationgroup",
        parameters: { availabilityZoneIdentifier: availabilityZone },
      },
    },
  };
}

/**
 * Isolates subnets from everything outside their network. Balancers still reach their servers, so
 * no group replaces healthy servers.
 */
function cutOff(
  kinds: readonly TaggedSubnetType[],
  duration: string,
): Readonly<Record<string, Action>> {
  return Object.fromEntries(
    kinds.map((kind): [string, Action] => [
      `cut-off-${kind.toLowerCase()}`,
      {
        actionId: "aws:network:disrupt-connectivity",
        parameters: { duration, scope: "vpc" },
        targetKey: "Subnets",
        target: { resourceType: "aws:ec2:subnet", tags: { SubnetType: kind } },
      },
    ]),
  );
}
