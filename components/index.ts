/**
 * The building blocks of a failover: tiers that yield routes, the records that routes become, and
 * what tells people how they do.
 */
export type { AlarmSpec } from "./alerts/alarm";
export { AvailabilityZoneTier } from "./zone/availabilityZoneTier";
export type { AvailabilityZoneTierArgs, ZoneCompute } from "./zone/availabilityZoneTier";
export { tlsTargetPort } from "./zone/balancerEndpoint";
export type { Capacity } from "./zone/capacity";
export { computeAlarms, outageAlarmKeys } from "./alerts/computeAlarms";
export type { ShownRegion } from "./alerts/dashboardBody";
export { EndpointCheck } from "./zone/endpointCheck";
export type { EndpointCheckArgs, Probe, ProbeTarget } from "./zone/endpointCheck";
export type { WatchedRegion } from "./alerts/failoverAlarms";
export { FailoverAlerts } from "./alerts/failoverAlerts";
export type { FailoverAlertsArgs } from "./alerts/failoverAlerts";
export { FailoverDashboard } from "./alerts/failoverDashboard";
export type { FailoverDashboardArgs } from "./alerts/failoverDashboard";
export { FailoverRecords } from "./dns/failoverRecords";
export type { FailoverRecordsArgs } from "./dns/failoverRecords";
export { functionCode } from "./common/functionCode";
export { GameDay } from "./gameDay/gameDay";
export type { BlockedWindow, GameDayArgs } from "./gameDay/gameDay";
export type { Drill } from "./gameDay/drill";
export { stopMinutes } from "./gameDay/gameDayRules";
export { OrderWitness } from "./gameDay/orderWitness";
export type { OrderWitnessArgs } from "./gameDay/orderWitness";
export { hostedZone } from "./dns/hostedZone";
export type { HostedZone, HostedZoneArgs } from "./dns/hostedZone";
export { MetricCheck } from "./alerts/metricCheck";
export type { MetricCheckArgs } from "./alerts/metricCheck";
export { Bake } from "./rollout/bake";
export type { BakeArgs } from "./rollout/bake";
export { RegionAlerts } from "./alerts/regionAlerts";
export type { RegionAlertsArgs } from "./alerts/regionAlerts";
export { OrderTables } from "./orders/orderTables";
export type { OrderTablesArgs } from "./orders/orderTables";
export { RegionCheck } from "./region/regionCheck";
export type { RegionCheckArgs } from "./region/regionCheck";
export type {
  MachineRegion,
  RegionCompute,
  Release,
  Side,
  SideMachines,
} from "./region/regionCompute";
export { ordersToFillIn } from "./orders/regionOrders";
export type { OrdersSettings } from "./orders/regionOrders";
export { RegionTier } from "./region/regionTier";
export type { GreenSide, RegionTierArgs } from "./region/regionTier";
export { ReleaseBucket } from "./region/releaseBucket";
export type { ReleaseBucketArgs } from "./region/releaseBucket";
export { StaticFallbackTier } from "./fallback/staticFallbackTier";
export type { StaticFallbackTierArgs, StaticWebsite } from "./fallback/staticFallbackTier";
export { silentOrdersAlarm } from "./alerts/syntheticMetric";
export { SyntheticOrder } from "./alerts/syntheticOrder";
export type { SyntheticOrderArgs } from "./alerts/syntheticOrder";
export type { Tags } from "./common/tags";
export { TlsCertificates } from "./dns/tlsCertificates";
export type { TlsCertificatesArgs } from "./dns/tlsCertificates";
export type { Machines, WatchedEndpoint } from "./zone/zoneEndpoint";
