/**
 * The item of the zone at an index, such as its subnet or route table, for a network with one
 * subnet of each kind per zone, in zone order.
 *
 * @throws Error if there is none: an instance without a subnet would not fail, but be created in
 * the default network of its region.
 */
export function subnetOf<T>(all: readonly T[], index: number, availabilityZone: string): T {
  const found = all[index];
  if (found) return found;
  throw new Error(
    `${availabilityZone}: must have a subnet, got ${all.length} subnets for all zones; check the subnets that awsx.ec2.Vpc created`,
  );
}
