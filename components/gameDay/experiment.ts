import type * as pulumi from "@pulumi/pulumi";

/** One thing that is broken on purpose, and what stops it. */
export type Experiment = ExperimentBase & ExperimentFaults;

interface ExperimentBase {
  /** What people call it, such as `us-west-2a`: what it takes away; names its resources. */
  readonly key: string;
  /**
   * ARNs of the alarms that stop it, 1 to 5, all of the experiment's own region: FIS takes no other ones.
   * They have to watch what must survive; one that the experiment itself sets off would end it at once.
   */
  readonly stopAlarmArns: readonly pulumi.Input<string>[];
  /** When it recurs, as EventBridge Scheduler has it. Default: never, people start it. */
  readonly cron?: string;
}

/** What an experiment breaks; plain, because it decides which actions there are. */
export type ExperimentFaults =
  | {
      /** A zone loses its power: machines stop, none can be had, its subnets are cut off. */
      readonly kind: "availabilityZone";
      readonly availabilityZone: string;
      /** Whether machines are in Auto Scaling groups. */
      readonly hasGroups: boolean;
      /** Database and cache that stand in both zones, and so fail over to the other one. */
      readonly stores?: MultiZoneStores;
    }
  | {
      /** Nothing comes in or goes out of the region's network, and its tables do not replicate. */
      readonly kind: "region";
      /** Kinds of subnets that have a way to the internet. */
      readonly subnetTypes: readonly TaggedSubnetType[];
      /** Names of global tables with a replica in the region, 1 to 5. */
      readonly tableNames: readonly pulumi.Input<string>[];
    }
  | {
      /** No traffic comes to the region, which is well otherwise: the other one carries it all. */
      readonly kind: "fullLoad";
    };

export interface MultiZoneStores {
  /** Identifier in RDS. */
  readonly database: string;
  /** Id of the replication group in ElastiCache. */
  readonly cache: string;
}

/** The tag that `awsx.ec2.Vpc` gives subnets by their kind. */
export type TaggedSubnetType = "Public" | "Private";

/** Actions of FIS that are used here, by their ids. */
export type ActionId =
  | "aws:dynamodb:global-table-pause-replication"
  | "aws:ec2:asg-insufficient-instance-capacity-error"
  | "aws:ec2:stop-instances"
  | "aws:elasticache:replicationgroup-interrupt-az-power"
  | "aws:network:disrupt-connectivity"
  | "aws:rds:reboot-db-instances";

/** An action on a target; both of one name, since each target is struck once. */
export interface Action {
  readonly actionId: ActionId;
  readonly parameters: Readonly<Record<string, string>>;
  /** What the action calls its target. */
  readonly targetKey: string;
  readonly target: ExperimentTarget;
}

export interface ExperimentTarget {
  readonly resourceType: string;
  /** By ARN, at most 5; else by the tags of all targets, and these. */
  readonly arns?: readonly pulumi.Input<string>[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly filters?: Readonly<Record<string, string>>;
}

/**
 * What is done in an experiment, by name; all of it at the same time.
 *
 * @param tableArn ARN of a table of the region by its name
 * @see https://docs.aws.amazon.com/fis/latest/userguide/fis-actions-reference.html
 */
export function actionsOf(
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
        // A group does away with a stopped instance of its own.
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

/** Both only where the database, or the cache's first node, is in the zone at that time. */
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
 * Subnets that nothing enters or leaves but from within their network: balancers go on reaching their
 * servers, so that no group replaces servers that are well.
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
