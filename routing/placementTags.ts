/**
 * The tags by which a resource says where it is, or where what it watches is: for a health check of
 * an endpoint that is outside the stack, and for what AWS places by a subnet that is not known yet.
 */
export const placementTags = { availabilityZone: "AvailabilityZone", region: "Region" } as const;
