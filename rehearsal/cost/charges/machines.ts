import type { Resource, Value } from "../../../routing/graph/resource";
import { awsTypes } from "../../../routing/graph/types";
import {
  fieldOf,
  firstOf,
  flagOf,
  listOf,
  numberOf,
  textOf,
  valueOf,
} from "../../../routing/graph/values";
import type { Amounts } from "../amounts";
import { amountsBy, scaledBy } from "../amounts";
import type { Charge, Charger, UnknownCharge, CostInput } from "./charge";
import { charge, chargeBy, unknownCharge } from "./charge";

/**
 * Metrics that EC2 publishes each minute for an instance with detailed monitoring, from its guide.
 */
const detailedMetrics = 7;
/** Baseline of a gp3 volume. */
const gp3 = { iops: 3000, throughputMb: 125 };

/** A standalone instance. */
export const instanceCharges: Charger = (instance, input) => {
  const { hours } = input.assumptions;
  const type = textOf(instance, "instanceType");
  if (type === undefined) return [unknownCharge("its instance type is not known")];
  const root = firstOf(valueOf(instance, "rootBlockDevice"));
  const disks = [root, ...listOf(instance, "ebsBlockDevices")];
  return [
    charge(`ec2 ${type}`, hours),
    ...(root === undefined || root === null ? [unknownCharge("its root volume is not known")] : []),
    ...disks.flatMap((disk) => volumeCharges(disk, 1)),
    ...(flagOf(instance, "monitoring") ? [charge("metric", detailedMetrics)] : []),
    ...addressOfItsOwn(instance, input),
    ...unpricedOptions(instance),
  ];
};

/** A public address that is not an Elastic IP: those are charged as separate resources. */
function addressOfItsOwn(instance: Resource, { model, assumptions }: CostInput): readonly Charge[] {
  const elastic = [
    ...model.graph.referringTo(instance, awsTypes.elasticIp, "instance"),
    ...model.graph.referringTo(instance, awsTypes.elasticIpAssociation, "instanceId"),
  ];
  const hasPublic = flagOf(instance, "associatePublicIpAddress") || textOf(instance, "publicIp");
  return hasPublic && elastic.length === 0 ? [charge("public ipv4", assumptions.hours)] : [];
}

/** A group of instances, at its minimum size. */
export const groupCharges: Charger = (group, input) => {
  const template = templateOf(group, input);
  const type = template && textOf(template, "instanceType");
  if (type === undefined)
    return [unknownCharge("the instance type of its launch template is not known")];
  const running = runningOf(group, input);
  const disks = listOf(template as Resource, "blockDeviceMappings")
    .map((mapping) => firstOf(fieldOf(mapping, "ebs")))
    .filter((disk) => disk !== undefined && disk !== null);
  return [
    chargeBy(`ec2 ${type}`, scaledBy(running, input.assumptions.hours)),
    ...(disks.length === 0
      ? [unknownCharge("the size of its machines' root volumes is not known")]
      : []),
    ...disks.flatMap((disk) => volumeCharges(disk, running)),
    ...unpricedOptions(template as Resource),
    ...(valueOf(group, "mixedInstancesPolicy")
      ? [unknownCharge("it mixes types of instances")]
      : []),
    ...(valueOf(group, "warmPool") ? [unknownCharge("its warm pool")] : []),
  ];
};

/** A capacity reservation: the part that no running instance of the stack uses. */
export const reservationCharges: Charger = (reservation, input) => {
  const [type, count] = [
    textOf(reservation, "instanceType"),
    numberOf(reservation, "instanceCount"),
  ];
  if (type === undefined || count === undefined)
    return [unknownCharge("its reservation is unknown")];
  const { groups, room } = poolOf(type, textOf(reservation, "availabilityZone"), input);
  const taken = groups.map((group) => runningOf(group, input));
  const free = amountsBy((state) =>
    Math.max(0, room - taken.reduce((total, running) => total + running[state], 0)),
  );
  return [
    chargeBy(`ec2 ${type}`, scaledBy(free, (input.assumptions.hours * count) / Math.max(1, room))),
  ];
};

/** A separate disk. */
export const volumeChargesOf: Charger = (volume) =>
  volumeCharges(
    {
      volumeSize: valueOf(volume, "size") ?? null,
      volumeType: valueOf(volume, "type") ?? null,
      iops: valueOf(volume, "iops") ?? null,
      throughput: valueOf(volume, "throughput") ?? null,
    },
    1,
  );

function volumeCharges(
  disk: Value | undefined,
  count: Amounts | number,
): readonly (Charge | UnknownCharge)[] {
  const size = fieldOf(disk, "volumeSize");
  if (disk === undefined || disk === null) return [];
  if (typeof size !== "number") return [unknownCharge("the size of a disk is not known")];
  // EC2's default volume type is gp2 (CreateVolume, VolumeType).
  const type = fieldOf(disk, "volumeType") ?? "gp2";
  const [iops, throughput] = [fieldOf(disk, "iops"), fieldOf(disk, "throughput")];
  const isFaster =
    type === "gp3" &&
    ((typeof iops === "number" && iops > gp3.iops) ||
      (typeof throughput === "number" && throughput > gp3.throughputMb));
  const amounts = typeof count === "number" ? amountsBy(() => count) : count;
  return [
    chargeBy(`ebs ${typeof type === "string" ? type : "?"}`, scaledBy(amounts, size)),
    ...(isFaster ? [unknownCharge("its disk performance beyond the baseline of gp3")] : []),
  ];
}

/** Reasons for a machine to cost more or less than its list price. */
function unpricedOptions(machine: Resource): readonly UnknownCharge[] {
  const tenancy =
    textOf(machine, "tenancy") ?? fieldOf(firstOf(valueOf(machine, "placement")), "tenancy");
  return [
    ...(valueOf(machine, "instanceMarketOptions")
      ? [unknownCharge("it is bought on the spot market")]
      : []),
    ...(tenancy === "dedicated" || tenancy === "host"
      ? [unknownCharge(`its tenancy is ${tenancy}`)]
      : []),
  ];
}

function templateOf(group: Resource, { model }: CostInput): Resource | undefined {
  const [template] = model.graph.follow(group, "launchTemplate", [awsTypes.launchTemplate]);
  const [configuration] = model.graph.follow(group, "launchConfiguration", [
    awsTypes.launchConfiguration,
  ]);
  return template ?? configuration;
}

/**
 * The running instances of a group. A group that gets more customers grows into its part of its
 * zone's reservation, up to its maximum.
 */
function runningOf(group: Resource, input: CostInput): Amounts {
  const least = leastOf(group);
  const share = input.traffic.regionShare(group.region ?? "");
  const failedOver = share.failedOver > share.steady ? mostOf(group, input) : least;
  const { gameDayHours, hours } = input.assumptions;
  return {
    steady: least,
    failedOver,
    gameDays: least + ((failedOver - least) * gameDayHours) / hours,
  };
}

function leastOf(group: Resource): number {
  return Math.max(numberOf(group, "minSize") ?? 0, numberOf(group, "desiredCapacity") ?? 0);
}

function mostOf(group: Resource, input: CostInput): number {
  const template = templateOf(group, input);
  const [zone] = input.model.placements.of(group).availabilityZones;
  const { groups, room } = poolOf(template && textOf(template, "instanceType"), zone, input);
  const least = leastOf(group);
  const all = groups.reduce((total, one) => total + leastOf(one), 0);
  // The rest of the reservation goes to its groups in proportion to their size.
  const grown = all === 0 ? least : Math.max(least, (room * least) / all);
  return Math.min(grown, Math.max(least, numberOf(group, "maxSize") ?? least));
}

/** The reservation for one type of instance in one zone, and the groups that may use it. */
function poolOf(
  type: string | undefined,
  zone: string | undefined,
  input: CostInput,
): { readonly groups: readonly Resource[]; readonly room: number } {
  const { graph, placements } = input.model;
  const isOf = (resource: Resource | undefined): boolean =>
    type !== undefined && resource !== undefined && textOf(resource, "instanceType") === type;
  const reservations = graph
    .ofType("aws:ec2/capacityReservation:CapacityReservation")
    .filter((one) => isOf(one) && textOf(one, "availabilityZone") === zone);
  return {
    groups: graph
      .ofType(awsTypes.autoScalingGroup)
      .filter(
        (group) =>
          zone !== undefined &&
          placements.of(group).availabilityZones.includes(zone) &&
          isOf(templateOf(group, input)),
      ),
    room: reservations.reduce((total, one) => total + (numberOf(one, "instanceCount") ?? 0), 0),
  };
}
