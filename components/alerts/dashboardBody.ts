import type * as pulumi from "@pulumi/pulumi";
import { globalRegion } from "../../routing/globalRegion";
import type { AlarmMetric } from "./alarm";
import { gridWidth, stacked } from "./dashboardWidgets";
import type { DashboardBody, MetricProperties, MetricRow, Unplaced } from "./dashboardWidgets";
import type { WatchedRegion } from "./failoverAlarms";
import { syntheticMetric } from "./syntheticMetric";
import { whoServes } from "./whoServes";

/** The contents of a dashboard. `V` is the type of values that are filled in later. */
export interface DashboardPlan<V> {
  /** The public name. */
  readonly hostname: string;
  readonly hostedZoneId: V;
  /** The primary region, then the standby. */
  readonly regions: readonly [ShownRegion<V>, ShownRegion<V>];
  /** Share of the traffic that goes to the standby first, in percent. */
  readonly warmPercent: number;
  /** The region that synthetic orders are placed from; absent if there are none. */
  readonly syntheticOrders?: {
    /** AWS region. */
    readonly region: string;
    readonly entryNames: readonly string[];
  };
  /** The failback gate; absent if there is none. */
  readonly gate?: ShownGate<V>;
  /** ARNs of all alarms, of any region. */
  readonly alarmArns: readonly V[];
  /** Address of the runbook. */
  readonly runbookUrl: string;
}

/** A serving region. */
export interface ShownRegion<V = pulumi.Input<string>> extends WatchedRegion<V> {
  /** AWS region code. */
  readonly region: string;
  /** The region's resources, each with a label. */
  readonly metrics: Readonly<Record<string, AlarmMetric<V>>>;
}

/** The failback gate, by its checks. */
export interface ShownGate<V = pulumi.Input<string>> {
  readonly latchCheckId: V;
  readonly readableCheckId: V;
  /** Ids of the checks on alarms that a release waits for, by signal. */
  readonly alarmCheckIds: Readonly<Record<string, V>>;
}

/**
 * The share of healthy checkers at which Route 53 considers an endpoint unhealthy, in percent (H5).
 */
const givenUpPercent = 18;
/** An alarm widget shows at most a hundred alarms. */
const alarmsMax = 100;

/**
 * The dashboard of a failover, from the public name down the tiers: the serving regions, then each
 * region's checks, its zone checks, and its resources.
 */
export function dashboardBody(plan: DashboardPlan<string>): DashboardBody {
  const { regions, syntheticOrders, gate } = plan;
  return {
    start: "-PT3H",
    periodOverride: "inherit",
    widgets: stacked([
      [heading(plan)],
      [serving(plan), queries(plan), alarms(plan)],
      [tier("Region tier", "A region is left when its region check is 0.")],
      regions.map(regionChecks),
      ...(syntheticOrders ? [[orders(syntheticOrders)]] : []),
      ...(gate ? [[latch(gate)]] : []),
      [tier("Availability-zone tier", "A zone is left when its check is 0.")],
      regions.flatMap((region) => [endpointChecks(region), checkers(region)]),
      ...(regions.some(({ metrics }) => Object.keys(metrics).length > 0)
        ? [regions.map(machines)]
        : []),
      [
        tier(
          "Static tier",
          "The maintenance page has no check, because it is the last tier. It serves when all zones above are 0.",
        ),
      ],
    ]),
  };
}

function heading({ hostname, runbookUrl }: DashboardPlan<string>): Unplaced {
  const markdown = [
    `# Failover of ${hostname}`,
    `Tiers from top to bottom, in failover order. A check is 1 while it is healthy. Runbook: ${runbookUrl}`,
  ].join("\n");
  return { type: "text", width: gridWidth, height: 3, properties: { markdown } };
}

function tier(title: string, text: string): Unplaced {
  const markdown = `## ${title}\n${text}`;
  return { type: "text", width: gridWidth, height: 2, properties: { markdown } };
}

function serving({ regions, warmPercent }: DashboardPlan<string>): Unplaced {
  return graph(12, {
    title: "Serving regions, according to the checks (IPv4)",
    stacked: true,
    stat: "Minimum",
    metrics: whoServes(regions, warmPercent, "maintenance page"),
    yAxis: { left: { min: 0, max: 1 } },
  });
}

function queries({ hostedZoneId }: DashboardPlan<string>): Unplaced {
  return graph(6, {
    title: "DNS queries per minute",
    stat: "Sum",
    metrics: [["AWS/Route53", "DNSQueries", "HostedZoneId", hostedZoneId, { label: "queries" }]],
    yAxis: { left: { min: 0 } },
  });
}

function alarms({ alarmArns }: DashboardPlan<string>): Unplaced {
  return {
    type: "alarm",
    width: 6,
    height: graphHeight,
    properties: {
      title: "Alarms, active ones first",
      alarms: alarmArns.slice(0, alarmsMax),
      sortBy: "stateUpdatedTimestamp",
    },
  };
}

function regionChecks({
  name,
  region,
  deepCheckId,
  metricCheckId,
  checkId,
  green,
}: ShownRegion<string>): Unplaced {
  return graph(gridWidth / 2, {
    title: `${name} (${region}): region check and its children`,
    stat: "Minimum",
    metrics: [
      statusRow(checkId, "region check"),
      statusRow(deepCheckId, "deep check"),
      ...(metricCheckId === undefined ? [] : [statusRow(metricCheckId, "synthetic orders")]),
      ...(green ? [statusRow(green.deepCheckId, "deep check of green")] : []),
    ],
    yAxis: { left: { min: 0, max: 1 } },
  });
}

function orders({
  region,
  entryNames,
}: NonNullable<DashboardPlan<string>["syntheticOrders"]>): Unplaced {
  const { namespace, name, dimension } = syntheticMetric;
  return graph(gridWidth, {
    title: `Successful synthetic orders, placed from ${region}`,
    region,
    stat: "Average",
    metrics: entryNames.map((entry): MetricRow => [
      namespace,
      name,
      dimension,
      entry,
      { label: entry },
    ]),
    yAxis: { left: { min: 0, max: 1 } },
  });
}

function latch(gate: ShownGate<string>): Unplaced {
  const { latchCheckId, readableCheckId, alarmCheckIds } = gate;
  return graph(gridWidth, {
    title: "Failback gate, which moves traffic only if it is attached",
    stat: "Minimum",
    metrics: [
      statusRow(latchCheckId, "released; 0 is latched"),
      statusRow(readableCheckId, "readable by the checkers"),
      ...Object.entries(alarmCheckIds).map(([signal, id]) => statusRow(id, signal)),
    ],
    yAxis: { left: { min: 0, max: 1 } },
  });
}

/** The checks of all endpoints of a region, each with its label. */
function zoneChecks({
  availabilityZones,
  green,
}: ShownRegion<string>): readonly (readonly [id: string, label: string])[] {
  const sides = [
    ["", availabilityZones] as const,
    [" green", green?.availabilityZones ?? []] as const,
  ];
  return sides.flatMap(([suffix, zones]) =>
    zones.flatMap(({ availabilityZone, checkIds }) =>
      (["A", "AAAA"] as const).flatMap((family) => {
        const id = checkIds[family];
        const label = `${availabilityZone}${suffix}${family === "A" ? "" : " IPv6"}`;
        return id === undefined ? [] : [[id, label] as const];
      }),
    ),
  );
}

function endpointChecks(region: ShownRegion<string>): Unplaced {
  const { name } = region;
  return graph(gridWidth / 4, {
    title: `${name}: zone checks`,
    stat: "Minimum",
    metrics: zoneChecks(region).map(([id, label]) => statusRow(id, label)),
    yAxis: { left: { min: 0, max: 1 } },
  });
}

function checkers(region: ShownRegion<string>): Unplaced {
  const { name, deepCheckId } = region;
  const share = (id: string, label: string): MetricRow => [
    "AWS/Route53",
    "HealthCheckPercentageHealthy",
    "HealthCheckId",
    id,
    { label },
  ];
  return graph(gridWidth / 4, {
    title: `${name}: healthy checkers, in percent`,
    stat: "Average",
    metrics: [
      ...zoneChecks(region).map(([id, label]) => share(id, label)),
      share(deepCheckId, "deep check"),
    ],
    yAxis: { left: { min: 0, max: 100 } },
    annotations: { horizontal: [{ label: "failover threshold", value: givenUpPercent }] },
  });
}

function machines({ name, region, metrics }: ShownRegion<string>): Unplaced {
  return graph(gridWidth / 2, {
    title: `${name}: instances and stores`,
    region,
    stat: "Maximum",
    metrics: Object.entries(metrics).map(([label, metric]): MetricRow => [
      metric.namespace,
      metric.name,
      ...Object.entries(metric.dimensions).flat(),
      { label, stat: metric.statistic },
    ]),
    yAxis: { left: { min: 0 } },
  });
}

function statusRow(id: string, label: string): MetricRow {
  return ["AWS/Route53", "HealthCheckStatus", "HealthCheckId", id, { label }];
}

const graphHeight = 6;

function graph(
  width: number,
  properties: Omit<MetricProperties, "region" | "view" | "stacked" | "period"> &
    Partial<Pick<MetricProperties, "region" | "stacked">>,
): Unplaced {
  return {
    type: "metric",
    width,
    height: graphHeight,
    properties: {
      region: globalRegion,
      view: "timeSeries",
      stacked: false,
      period: 60,
      ...properties,
    },
  };
}
