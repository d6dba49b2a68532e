/**
 * The subnet of the zone at an index, for a network with one subnet per zone in their order.
 *
 * @throws Error where there is none: an instance without a subnet would not fail, but land in the
 *   default network of its region.
 */
export function subnetOf(ids: readonly string[], index: number, availabilityZone: string): string {
  const id = ids[index];
  if (id) return id;
  throw new Error(
    `${availabilityZone}: must have a subnet, got ${ids.length} subnets for all zones; look at what awsx.ec2.Vpc made`,
  );
}
