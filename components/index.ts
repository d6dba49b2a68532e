/**
 * The building blocks of a failover: tiers that yield routes, the records that routes become, and
 * what tells people how they do.
 */
export type { AlarmSpec } from "./alarm";
export { AvailabilityZoneTier } from "./availabilityZoneTier";
export type { AvailabilityZoneTierArgs, ZoneCompute } from "./availabilityZoneTier";
export { tlsTargetPort } from "./balancerEndpoint";
export { computeAlarms } from "./computeAlarms";
export type { ShownRegion } from "./dashboardBody";
export { EndpointCheck } from "./endpointCheck";
export type { EndpointCheckArgs, Probe, ProbeTarget } from "./endpointCheck";
export type { WatchedRegion } from "./failoverAlarms";
export { FailoverAlerts } from "./failoverAlerts";
export type { FailoverAlertsArgs } from "./failoverAlerts";
export { FailoverDashboard } from "./failoverDashboard";
export type { FailoverDashboardArgs } from "./failoverDashboard";
export { FailoverRecords } from "./failoverRecords";
export type { FailoverRecordsArgs } from "./failoverRecords";
export { functionCode } from "./functionCode";
export { hostedZone } from "./hostedZone";
export type { HostedZone, HostedZoneArgs } from "./hostedZone";
export { MetricCheck } from "./metricCheck";
export type { MetricCheckArgs } from "./metricCheck";
export { RegionAlerts } from "./regionAlerts";
export type { RegionAlertsArgs } from "./regionAlerts";
export { OrderTables } from "./orderTables";
export type { OrderTablesArgs } from "./orderTables";
export { RegionCheck } from "./regionCheck";
export type { RegionCheckArgs } from "./regionCheck";
export type { MachineRegion, RegionCompute } from "./regionCompute";
export { ordersToFillIn } from "./regionOrders";
export type { OrdersSettings } from "./regionOrders";
export { RegionTier } from "./regionTier";
export type { RegionTierArgs } from "./regionTier";
export { ReleaseBucket } from "./releaseBucket";
export type { ReleaseBucketArgs } from "./releaseBucket";
export { StaticFallbackTier } from "./staticFallbackTier";
export type { StaticFallbackTierArgs, StaticWebsite } from "./staticFallbackTier";
export { silentOrdersAlarm } from "./syntheticMetric";
export { SyntheticOrder } from "./syntheticOrder";
export type { SyntheticOrderArgs } from "./syntheticOrder";
export type { Tags } from "./tags";
export { TlsCertificates } from "./tlsCertificates";
export type { TlsCertificatesArgs } from "./tlsCertificates";
export type { WatchedEndpoint } from "./zoneEndpoint";
