import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import * as rules from "../../constraints/rules";
import { check } from "../common/argumentFaults";
import type { ArgumentFault } from "../common/argumentFaults";
import type { Tags } from "../common/tags";

/** Fewer machines than carry the full load, and room that is held for the rest. */
export interface ReducedCapacity {
  /** Instances of each zone that run all the time. */
  readonly running: number;
  /** Instances of each zone that EC2 holds room for, those that run included. */
  readonly reserved: number;
}

/** Average load of the processors at which more instances are started, in percent. */
const targetCpuPercent = 50;

/**
 * Room for a zone's instances, so that those that do not run yet can be started on the day on which
 * everybody starts some. It is open: any instance of the type in the zone takes a place of it, those
 * that run first, which is why it has to be for all of them.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-capacity-reservations.html
 */
export function capacityReservation(
  name: string,
  args: {
    readonly availabilityZone: string;
    readonly instanceType: pulumi.Input<string>;
    readonly instances: number;
    readonly tags: Tags;
  },
  opts: pulumi.CustomResourceOptions,
): aws.ec2.CapacityReservation {
  const { availabilityZone, instanceType, instances, tags } = args;
  return new aws.ec2.CapacityReservation(
    name,
    {
      availabilityZone,
      instanceType,
      instanceCount: instances,
      instancePlatform: "Linux/UNIX",
      instanceMatchCriteria: "open",
      endDateType: "unlimited",
      tags,
    },
    opts,
  );
}

/** Starts instances of a group as its load grows: without it nobody would use the room. */
export function scaling(
  name: string,
  group: aws.autoscaling.Group,
  opts: pulumi.CustomResourceOptions,
): aws.autoscaling.Policy {
  return new aws.autoscaling.Policy(
    name,
    {
      autoscalingGroupName: group.name,
      policyType: "TargetTrackingScaling",
      targetTrackingConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" },
        targetValue: targetCpuPercent,
      },
    },
    opts,
  );
}

/** What runs is not more than the full load, and what is missing to that has its room held. */
export function capacityFaults(
  at: string,
  capacity: ReducedCapacity | undefined,
  instances: number,
): readonly ArgumentFault[] {
  if (capacity === undefined) return [];
  const { running, reserved } = capacity;
  const least = running < instances ? instances : 1;
  return [
    ...check(`${at}.running`, running, {
      must: `a whole number from 1 to ${instances}, the full load`,
      remedy: "write how many instances always run",
      holds: rules.isWholeNumber(1, instances),
    }),
    ...check(
      `${at}.reserved`,
      reserved,
      rules.wholeNumber({ least }, "reserve capacity for the full load, which a failover brings"),
    ),
  ];
}
