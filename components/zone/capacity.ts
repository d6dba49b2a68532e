import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import * as rules from "../../constraints/rules";
import { check } from "../common/argumentFaults";
import type { ArgumentFault } from "../common/argumentFaults";
import type { Tags } from "../common/tags";

/** Fewer running machines than the full load needs, and reserved capacity for the rest. */
export interface ReducedCapacity {
  /** Instances of each zone that always run. */
  readonly running: number;
  /** Instances of each zone with reserved capacity in EC2, including those that run. */
  readonly reserved: number;
}

/** Average CPU load above which more instances start, in percent. */
const targetCpuPercent = 50;

/**
 * Reserved capacity for a zone's instances, so that those that do not run yet can start when a
 * failure makes all customers of AWS start some. The reservation is open: any instance of the type
 * in the zone uses it, running ones first, so it must cover all of them.
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

/** Starts instances of a group as its load grows; otherwise the reservation would stay unused. */
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

/** At most the full load runs, and if less runs, the reservation covers the full load. */
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
