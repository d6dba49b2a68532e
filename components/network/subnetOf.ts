/**
 * What the zone at an index has, for a network with one subnet of each kind per zone in their order:
 * its subnet, its route table.
 *
 * @throws Error where there is none: an instance without a subnet would not fail, but land in the
 *   default network of its region.
 */
export function subnetOf<T>(all: readonly T[], index: number, availabilityZone: string): T {
  const found = all[index];
  if (found) return found;
  throw new Error(
    `${availabilityZone}: must have a subnet, got ${all.length} subnets for all zones; look at what awsx.ec2.Vpc made`,
  );
}
