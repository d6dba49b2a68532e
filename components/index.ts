/**
 * The building blocks of a failover: tiers that yield routes, the algebra that composes routes, the
 * records that they compile to, and monitoring.
 */

// The algebra: which answer, in which order.
export { checked, endpoint, failover, fixed, published, weighted } from "../routing/route";
export type { Branch, Endpoint, Failover, Node, Route, Static, Weighted } from "../routing/route";

// The tiers.
export { AvailabilityZoneTier } from "./zone/availabilityZoneTier";
export type { AvailabilityZoneTierArgs, ZoneCompute } from "./zone/availabilityZoneTier";
export type { ReducedCapacity } from "./zone/capacity";
export type { Machines, WatchedEndpoint } from "./zone/zoneEndpoint";
export { RegionTier } from "./region/regionTier";
export type { GreenSide, RegionTierArgs } from "./region/regionTier";
export type {
  MachineRegion,
  RegionCompute,
  Release,
  Side,
  SideMachines,
} from "./region/regionCompute";
export { ReleaseBucket } from "./region/releaseBucket";
export type { ReleaseBucketArgs } from "./region/releaseBucket";
export { StaticFallbackTier } from "./fallback/staticFallbackTier";
export type { StaticFallbackTierArgs, StaticWebsite } from "./fallback/staticFallbackTier";

// DNS: zone, records and certificates.
export { FailoverRecords } from "./dns/failoverRecords";
export type { FailoverRecordsArgs } from "./dns/failoverRecords";
export { hostedZone } from "./dns/hostedZone";
export type { HostedZone, HostedZoneArgs } from "./dns/hostedZone";
export { TlsCertificates } from "./dns/tlsCertificates";
export type { TlsCertificatesArgs } from "./dns/tlsCertificates";

// Health checks.
export { EndpointCheck } from "./zone/endpointCheck";
export type { EndpointCheckArgs, Probe, ProbeTarget } from "./zone/endpointCheck";
export { RegionCheck } from "./region/regionCheck";
export type { RegionCheckArgs } from "./region/regionCheck";
export { MetricCheck } from "./alerts/metricCheck";
export type { MetricCheckArgs } from "./alerts/metricCheck";
export { OrderSecret, readsOrderSecret } from "./alerts/orderSecret";
export type { OrderSecretArgs } from "./alerts/orderSecret";
export { SyntheticOrder } from "./alerts/syntheticOrder";
export type { SyntheticOrderArgs } from "./alerts/syntheticOrder";

// Alarms and dashboards.
export type { AlarmSpec } from "./alerts/alarm";
export { computeAlarms } from "./alerts/computeAlarms";
export { silentOrdersAlarm } from "./alerts/syntheticMetric";
export type { ShownRegion } from "./alerts/dashboardBody";
export type { WatchedRegion } from "./alerts/failoverAlarms";
export { FailoverAlerts } from "./alerts/failoverAlerts";
export type { FailoverAlertsArgs } from "./alerts/failoverAlerts";
export { FailoverDashboard } from "./alerts/failoverDashboard";
export type { FailoverDashboardArgs } from "./alerts/failoverDashboard";
export { RegionAlerts } from "./alerts/regionAlerts";
export type { RegionAlertsArgs } from "./alerts/regionAlerts";

// Orders.
export { OrderTables } from "./orders/orderTables";
export type { OrderTablesArgs } from "./orders/orderTables";
export { ordersToFillIn } from "./orders/regionOrders";
export type { OrdersSettings } from "./orders/regionOrders";

// The failback gate.
export { FailbackGate } from "./failback/failbackGate";
export type { FailbackGateArgs } from "./failback/failbackGate";
export { gateCheckAlarms } from "./failback/gateAlarms";
export { GateController } from "./failback/gateController";
export type { GateControllerArgs, ReleaseRules, TriggeringTopic } from "./failback/gateController";
export { GateSignals } from "./failback/gateSignals";
export type { GateSignalsArgs, SignalAlarm } from "./failback/gateSignals";
export type { WatchedGate } from "./failback/gateAlarms";

// Rollout and game days.
export { Bake } from "./rollout/bake";
export type { BakeArgs } from "./rollout/bake";
export { GameDay } from "./gameDay/gameDay";
export type { BlockedWindow, GameDayArgs } from "./gameDay/gameDayArgs";
export type { Experiment } from "./gameDay/experiment";
export { OrderWitness } from "./gameDay/orderWitness";
export type { OrderWitnessArgs } from "./gameDay/orderWitness";

export type { BoundedRoles } from "./common/serviceRole";
export type { Tags } from "./common/tags";
