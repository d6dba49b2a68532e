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
import { each, times } from "../amounts";
import type { Charge, Charger, Gap, Scene } from "./charge";
import { charge, chargeBy, gap } from "./charge";

/** Metrics that EC2 publishes each minute for an instance with detailed monitoring, in its guide. */
const detailedMetrics = 7;
/** What a gp3 volume brings along. */
const gp3 = { iops: 3000, throughputMb: 125 };

/** An instance of its own. */
export const instanceCharges: Charger = (instance, scene) => {
  const { hours } = scene.assumptions;
  const type = textOf(instance, "instanceType");
  if (type === undefined) return [gap("its instance type is not known")];
  const root = firstOf(valueOf(instance, "rootBlockDevice"));
  const disks = [root, ...listOf(instance, "ebsBlockDevices")];
  return [
    charge(`ec2 ${type}`, hours),
    ...(root === undefined || root === null ? [gap("its root volume is not known")] : []),
    ...disks.flatMap((disk) => volumeCharges(disk, 1)),
    ...(flagOf(instance, "monitoring") ? [charge("metric", detailedMetrics)] : []),
    ...addressOfItsOwn(instance, scene),
    ...oddities(instance),
  ];
};

/** A public address that no Elastic IP gives: those are charged as resources of their own. */
function addressOfItsOwn(instance: Resource, { world, assumptions }: Scene): readonly Charge[] {
  const elastic = [
    ...world.graph.referringTo(instance, awsTypes.elasticIp, "instance"),
    ...world.graph.referringTo(instance, awsTypes.elasticIpAssociation, "instanceId"),
  ];
  const hasPublic = flagOf(instance, "associatePublicIpAddress") || textOf(instance, "publicIp");
  return hasPublic && elastic.length === 0 ? [charge("public ipv4", assumptions.hours)] : [];
}

/** A group of instances, as many as it keeps running. */
export const groupCharges: Charger = (group, scene) => {
  const template = templateOf(group, scene);
  const type = template && textOf(template, "instanceType");
  if (type === undefined) return [gap("the instance type of its launch template is not known")];
  const running = runningOf(group, scene);
  const disks = listOf(template as Resource, "blockDeviceMappings")
    .map((mapping) => firstOf(fieldOf(mapping, "ebs")))
    .filter((disk) => disk !== undefined && disk !== null);
  return [
    chargeBy(`ec2 ${type}`, times(running, scene.assumptions.hours)),
    ...(disks.length === 0 ? [gap("the size of its machines' root volumes is not known")] : []),
    ...disks.flatMap((disk) => volumeCharges(disk, running)),
    ...oddities(template as Resource),
    ...(valueOf(group, "mixedInstancesPolicy") ? [gap("it mixes types of instances")] : []),
    ...(valueOf(group, "warmPool") ? [gap("its warm pool")] : []),
  ];
};

/** Room that is held for instances: its part of what no running instance of the stack takes. */
export const reservationCharges: Charger = (reservation, scene) => {
  const [type, count] = [
    textOf(reservation, "instanceType"),
    numberOf(reservation, "instanceCount"),
  ];
  if (type === undefined || count === undefined) return [gap("what it reserves is not known")];
  const { groups, room } = poolOf(type, textOf(reservation, "availabilityZone"), scene);
  const taken = groups.map((group) => runningOf(group, scene));
  const free = each((state) =>
    Math.max(0, room - taken.reduce((total, running) => total + running[state], 0)),
  );
  return [
    chargeBy(`ec2 ${type}`, times(free, (scene.assumptions.hours * count) / Math.max(1, room))),
  ];
};

/** A disk of its own. */
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
): readonly (Charge | Gap)[] {
  const size = fieldOf(disk, "volumeSize");
  if (disk === undefined || disk === null) return [];
  if (typeof size !== "number") return [gap("the size of a disk is not known")];
  // EC2's default where none is named is gp2 (CreateVolume, VolumeType).
  const type = fieldOf(disk, "volumeType") ?? "gp2";
  const [iops, throughput] = [fieldOf(disk, "iops"), fieldOf(disk, "throughput")];
  const isFaster =
    type === "gp3" &&
    ((typeof iops === "number" && iops > gp3.iops) ||
      (typeof throughput === "number" && throughput > gp3.throughputMb));
  const amounts = typeof count === "number" ? each(() => count) : count;
  return [
    chargeBy(`ebs ${typeof type === "string" ? type : "?"}`, times(amounts, size)),
    ...(isFaster ? [gap("what its disks do beyond the baseline of gp3")] : []),
  ];
}

/** What makes a machine cost something else than its list price. */
function oddities(machine: Resource): readonly Gap[] {
  const tenancy =
    textOf(machine, "tenancy") ?? fieldOf(firstOf(valueOf(machine, "placement")), "tenancy");
  return [
    ...(valueOf(machine, "instanceMarketOptions") ? [gap("it is bought on the spot market")] : []),
    ...(tenancy === "dedicated" || tenancy === "host" ? [gap(`its tenancy is ${tenancy}`)] : []),
  ];
}

function templateOf(group: Resource, { world }: Scene): Resource | undefined {
  const [template] = world.graph.follow(group, "launchTemplate", [awsTypes.launchTemplate]);
  const [configuration] = world.graph.follow(group, "launchConfiguration", [
    awsTypes.launchConfiguration,
  ]);
  return template ?? configuration;
}

/**
 * The instances that a group runs. One whose customers become more grows into its part of the room
 * that is held in its zone, as far as its limit allows.
 */
function runningOf(group: Resource, scene: Scene): Amounts {
  const least = leastOf(group);
  const share = scene.serving.regionShare(group.region ?? "");
  const failedOver = share.failedOver > share.steady ? mostOf(group, scene) : least;
  const { drillHours, hours } = scene.assumptions;
  return { steady: least, failedOver, drill: least + ((failedOver - least) * drillHours) / hours };
}

function leastOf(group: Resource): number {
  return Math.max(numberOf(group, "minSize") ?? 0, numberOf(group, "desiredCapacity") ?? 0);
}

function mostOf(group: Resource, scene: Scene): number {
  const template = templateOf(group, scene);
  const [zone] = scene.world.placements.of(group).availabilityZones;
  const { groups, room } = poolOf(template && textOf(template, "instanceType"), zone, scene);
  const least = leastOf(group);
  const all = groups.reduce((total, one) => total + leastOf(one), 0);
  // What is left of the room goes to its groups as they are in size.
  const grown = all === 0 ? least : Math.max(least, (room * least) / all);
  return Math.min(grown, Math.max(least, numberOf(group, "maxSize") ?? least));
}

/** The room for one type of instance in one zone, and the groups that may run in it. */
function poolOf(
  type: string | undefined,
  zone: string | undefined,
  scene: Scene,
): { readonly groups: readonly Resource[]; readonly room: number } {
  const { graph, placements } = scene.world;
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
          isOf(templateOf(group, scene)),
      ),
    room: reservations.reduce((total, one) => total + (numberOf(one, "instanceCount") ?? 0), 0),
  };
}
