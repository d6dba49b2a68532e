/**
 * The tags for the place of a resource, or of what it watches: for a health check of an endpoint
 * outside the stack, and for a resource that AWS places by a subnet that is not known yet.
 */
export const placementTags = { availabilityZone: "AvailabilityZone", region: "Region" } as const;
