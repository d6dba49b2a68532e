/** The building blocks of a failover: tiers that yield routes, and the records that routes become. */
export { AvailabilityZoneTier } from "./availabilityZoneTier";
export type { AvailabilityZoneTierArgs } from "./availabilityZoneTier";
export { EndpointCheck } from "./endpointCheck";
export type { EndpointCheckArgs, Probe, ProbeTarget } from "./endpointCheck";
export { FailoverRecords } from "./failoverRecords";
export type { FailoverRecordsArgs } from "./failoverRecords";
export { RegionCheck } from "./regionCheck";
export type { RegionCheckArgs } from "./regionCheck";
export { RegionTier } from "./regionTier";
export type { RegionTierArgs } from "./regionTier";
export { StaticFallbackTier } from "./staticFallbackTier";
export type { StaticFallbackTierArgs, StaticWebsite } from "./staticFallbackTier";
export type { Tags } from "./tags";
