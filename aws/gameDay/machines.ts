import type { EC2, Filter, Instance } from "@aws-sdk/client-ec2";
import { allOf } from "../clients";

/** An EC2 instance. */
export interface LiveMachine {
  readonly id: string;
  /** EC2's word: `pending`, `running`, `stopping`, `stopped`, `shutting-down` or `terminated`. */
  readonly state: string;
  readonly availabilityZone: string;
}

/** The instances of a region; every failure is an `AwsError`. */
export interface LiveMachines {
  /** Those with all of some tags. */
  tagged(tags: Readonly<Record<string, string>>): Promise<readonly LiveMachine[]>;
  /** Those of some ids; one that EC2 no longer knows is missing. */
  withIds(ids: readonly string[]): Promise<readonly LiveMachine[]>;
  stop(ids: readonly string[]): Promise<void>;
  start(ids: readonly string[]): Promise<void>;
}

/** The calls that are made. */
export type MachineCalls = Pick<EC2, "describeInstances" | "startInstances" | "stopInstances">;

export function machinesOf(ec2: MachineCalls): LiveMachines {
  const matching = async (filters: Filter[]): Promise<readonly LiveMachine[]> => {
    const reservations = await allOf(
      (NextToken) => ec2.describeInstances({ Filters: filters, NextToken }),
      (page) => page.Reservations,
      (page) => page.NextToken,
    );
    return reservations.flatMap(({ Instances = [] }) => Instances.map(machineOf));
  };
  return {
    tagged: (tags) =>
      matching(
        Object.entries(tags).map(([key, value]) => ({ Name: `tag:${key}`, Values: [value] })),
      ),
    // A filter, since a call by ids fails as a whole if one of them is gone.
    withIds: (ids) => matching([{ Name: "instance-id", Values: [...ids] }]),
    async stop(ids) {
      await ec2.stopInstances({ InstanceIds: [...ids] });
    },
    async start(ids) {
      await ec2.startInstances({ InstanceIds: [...ids] });
    },
  };
}

function machineOf({ InstanceId = "", State, Placement }: Instance): LiveMachine {
  return {
    id: InstanceId,
    state: State?.Name ?? "unknown",
    availabilityZone: Placement?.AvailabilityZone ?? "",
  };
}
