import type * as pulumi from "@pulumi/pulumi";
import type { PerFamily } from "../../routing/route";
import type { AlarmMessage, AlarmMetric, AlarmSpec } from "./alarm";

/** A serving region, reduced to its health checks. */
export interface WatchedRegion<V = pulumi.Input<string>> {
  /** The region's name, such as `oregon`. */
  readonly name: string;
  /** The zone that serves first, then its fallback. */
  readonly availabilityZones: readonly [WatchedAvailabilityZone<V>, WatchedAvailabilityZone<V>];
  /** Id of the check by the region's entry name. */
  readonly deepCheckId: V;
  /** Id of the check on the synthetic orders, if there is one. */
  readonly metricCheckId?: V;
  /** Id of the region's calculated check over the two above. */
  readonly checkId: V;
  /** The second side of a release; absent without a release. */
  readonly green?: WatchedGreen<V>;
}

/** The second side of a release. */
export interface WatchedGreen<V = pulumi.Input<string>> {
  /** Weights of both sides; one of weight 0 gets no traffic. */
  readonly weights: Readonly<Record<"blue" | "green", number>>;
  /** The zone that serves first, then its fallback. */
  readonly availabilityZones: readonly [WatchedAvailabilityZone<V>, WatchedAvailabilityZone<V>];
  /** Id of the check by this side's own name. */
  readonly deepCheckId: V;
}

/** The endpoint of an availability zone. */
export interface WatchedAvailabilityZone<V = pulumi.Input<string>> {
  readonly availabilityZone: string;
  /** Ids of its checks by address family; the same id for both if the check probes a name. */
  readonly checkIds: PerFamily<V>;
}

/**
 * The share of checkers below which an early warning is raised. Route 53 considers an endpoint
 * unhealthy at 18 % (H5); trouble in one checker region removes at most an eighth.
 */
const earlyWarningPercent = 50;
/** Minutes before an early warning, since a single probe may be lost anywhere. */
const earlyWarningMinutes = 3;

/**
 * An alarm for each health check of the primary and the standby region, and an early warning for
 * each check that has checkers.
 * Route 53 always writes its metrics every minute, to us-east-1 only. A status without data is
 * therefore breaching: the check was removed, or is not monitored. The early warnings ignore
 * missing data.
 */
export function failoverAlarms(
  regions: readonly [WatchedRegion, WatchedRegion],
): readonly AlarmSpec[] {
  const [primary, standby] = regions;
  return [...alarmsOf(primary, standby, true), ...alarmsOf(standby, primary, false)];
}

/**
 * Key of the alarm on an endpoint's status; that of the green side starts with `<region>-green`.
 */
export function endpointAlarmKey(side: string, availabilityZone: string, family: string): string {
  return `${side}-${availabilityZone}${family === "AAAA" ? "-ipv6" : ""}`;
}

/**
 * Keys of the alarms on the endpoints that get traffic, over IPv4: when all of them are on, nothing
 * serves. A side of a release that gets no traffic yet does not count.
 */
export function servingAlarmKeys({
  name,
  availabilityZones,
  green,
}: WatchedRegion): readonly string[] {
  const keys = (side: string, zones: WatchedRegion["availabilityZones"]): readonly string[] =>
    zones.map(({ availabilityZone }) => endpointAlarmKey(side, availabilityZone, "A"));
  return [
    ...(green?.weights.blue === 0 ? [] : keys(name, availabilityZones)),
    ...(green && green.weights.green > 0 ? keys(`${name}-green`, green.availabilityZones) : []),
  ];
}

function alarmsOf(
  region: WatchedRegion,
  other: WatchedRegion,
  isPrimary: boolean,
): readonly AlarmSpec[] {
  const { name, deepCheckId, metricCheckId, checkId } = region;
  const next =
    region.green && region.green.weights.green > 0 ? "the release's green side" : undefined;
  const place: Place = { region: titled(name), other: titled(other.name), isPrimary, next };
  const [first, second] = region.availabilityZones;
  return [
    ...endpointAlarms(name, place, first, second, true),
    ...endpointAlarms(name, place, second, first, false),
    ...(region.green ? greenAlarms(name, place, region.green) : []),
    checkStatusAlarm(`${name}-deep`, deepCheckId, deepMessage(place)),
    fewCheckers(`${name}-deep`, deepCheckId, `${place.region}'s deep check`),
    ...(metricCheckId === undefined
      ? []
      : [checkStatusAlarm(`${name}-metric`, metricCheckId, metricMessage(place))]),
    checkStatusAlarm(`${name}-region`, checkId, regionMessage(place)),
  ];
}

/** Names used in the messages. */
interface Place {
  readonly region: string;
  readonly other: string;
  readonly isPrimary: boolean;
  /** The fallback if both zones are down; undefined: the other region. */
  readonly next: string | undefined;
}

/** The alarms of a release's second side; the messages are for the customers on that side. */
function greenAlarms(
  regionName: string,
  { region }: Place,
  { availabilityZones, deepCheckId, weights }: WatchedGreen,
): readonly AlarmSpec[] {
  const name = `${regionName}-green`;
  const serves = weights.green > 0;
  const kept = serves ? "they move to the next zone" : "not affected: it gets no traffic";
  const place = `the green side of ${region}`;
  return [
    ...availabilityZones.flatMap((zone) =>
      byFamily(zone).flatMap(([family, id]) => {
        const key = endpointAlarmKey(name, zone.availabilityZone, family);
        const where = `${zone.availabilityZone}${family === "AAAA" ? " over IPv6" : ""}, ${place}`;
        return [
          checkStatusAlarm(key, id, {
            meaning: `Route 53's checkers get no good answer from the web servers in ${where}.`,
            customers: `${kept}.`,
            system: "DNS leaves it, and returns when it answers again.",
            action: "set the green side to weight 0 if its release is the cause.",
            anchor: "zone-endpoint-unhealthy",
          }),
          fewCheckers(key, id, where),
        ];
      }),
    ),
    checkStatusAlarm(`${name}-deep`, deepCheckId, {
      meaning: `${titled(place)} cannot take orders: the check by its own name fails.`,
      customers: `${kept}.`,
      system:
        "DNS moves to the blue side while that has weight, otherwise away from the region by its own check.",
      action: "set the green side to weight 0, then look for the cause by its own name.",
      anchor: "deep-check-unhealthy",
    }),
    fewCheckers(`${name}-deep`, deepCheckId, `the deep check of ${place}`),
  ];
}

/** The checks of an endpoint, each once: a check of a name covers both families. */
function byFamily({
  checkIds,
}: WatchedAvailabilityZone): readonly (readonly ["A" | "AAAA", pulumi.Input<string>])[] {
  return (["A", "AAAA"] as const).flatMap((family) => {
    const id = checkIds[family];
    const isKnown = id === undefined || (family === "AAAA" && id === checkIds.A);
    return isKnown ? [] : [[family, id] as const];
  });
}

function endpointAlarms(
  regionName: string,
  place: Place,
  watched: WatchedAvailabilityZone,
  { availabilityZone: spare }: WatchedAvailabilityZone,
  servesFirst: boolean,
): readonly AlarmSpec[] {
  const { availabilityZone } = watched;
  return byFamily(watched).flatMap(([family, id]) => {
    const key = endpointAlarmKey(regionName, availabilityZone, family);
    const zone = `${availabilityZone}${family === "AAAA" ? " over IPv6" : ""}`;
    return [
      checkStatusAlarm(key, id, endpointMessage(place, zone, spare, servesFirst)),
      fewCheckers(key, id, zone),
    ];
  });
}

/** The alarm on a check's status. */
export function checkStatusAlarm(
  key: string,
  id: pulumi.Input<string>,
  message: AlarmMessage,
): AlarmSpec {
  return {
    key,
    metric: checkMetric("HealthCheckStatus", "Minimum", id),
    comparison: "LessThanThreshold",
    threshold: 1,
    periods: 1,
    missingData: "breaching",
    message,
  };
}

function fewCheckers(key: string, id: pulumi.Input<string>, subject: string): AlarmSpec {
  return {
    key: `${key}-checkers`,
    metric: checkMetric("HealthCheckPercentageHealthy", "Average", id),
    comparison: "LessThanThreshold",
    threshold: earlyWarningPercent,
    periods: earlyWarningMinutes,
    missingData: "missing",
    message: {
      meaning: `Fewer than half of Route 53's checkers get a good answer from ${subject}.`,
      customers: "some see errors or wait: part of the internet, or some of the requests, fail.",
      system: "none yet; DNS leaves it when 18 % of the checkers or fewer report healthy.",
      action: "look for overload, a half-finished deployment, or an isolated network.",
      anchor: "few-checkers-healthy",
    },
  };
}

function checkMetric(
  name: string,
  statistic: AlarmMetric["statistic"],
  id: pulumi.Input<string>,
): AlarmMetric {
  return {
    namespace: "AWS/Route53",
    name,
    dimensions: { HealthCheckId: id },
    statistic,
    periodSeconds: 60,
  };
}

function endpointMessage(
  { region, other, isPrimary, next = other }: Place,
  zone: string,
  spare: string,
  servesFirst: boolean,
): AlarmMessage {
  const onIt = servesFirst
    ? `they move to ${spare}, or to ${next} if that is down too.`
    : `not affected while ${spare} serves, but ${region} has no spare zone.`;
  return {
    meaning: `Route 53's checkers get no good answer from the web servers of ${region} in ${zone}.`,
    customers: isPrimary
      ? onIt
      : `not affected while ${other} serves, but ${region} is a weaker fallback.`,
    system: `DNS leaves ${zone}, and returns when it answers again.`,
    action: `find the cause before ${spare} fails too; it can wait an hour.`,
    anchor: "zone-endpoint-unhealthy",
  };
}

function deepMessage({ region, other, isPrimary }: Place): AlarmMessage {
  return {
    meaning: `${region} cannot take orders: its deep check fails, although web servers may answer.`,
    customers: isPrimary
      ? `they move to ${other}, whose own database takes their orders.`
      : `not affected while ${other} serves.`,
    system: `DNS leaves ${region} by its region check. If ${other} cannot take orders either, ${isPrimary ? region : other} answers anyway.`,
    action: `check ${region}'s database first, then the last change.`,
    anchor: "deep-check-unhealthy",
  };
}

function metricMessage({ region, other, isPrimary }: Place): AlarmMessage {
  return {
    meaning: `Synthetic orders to ${region} have failed for several minutes in a row.`,
    customers: isPrimary
      ? `they move to ${other}, whose own database takes their orders.`
      : `not affected while ${other} serves.`,
    system: `DNS leaves ${region} by its region check, and returns when orders succeed again.`,
    action: "read the reason in the log of the synthetic orders, and place an order by hand.",
    anchor: "synthetic-orders-fail",
  };
}

function regionMessage({ region, other, isPrimary }: Place): AlarmMessage {
  return {
    meaning: `${region} is unhealthy: one of the checks behind its region check fails.`,
    customers: isPrimary ? `they are served by ${other}.` : `not affected while ${other} serves.`,
    system: `DNS keeps ${region} out while ${other} is healthy, and returns to it when all its checks are healthy.`,
    action: `see which of ${region}'s checks fails, and follow that alarm.`,
    anchor: "region-check-unhealthy",
  };
}

function titled(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
