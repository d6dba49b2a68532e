/**
 * What watches a stack and tells people: alerts, the dashboard, and synthetic orders. Nothing that
 * serves depends on it but the region checks, where synthetic orders are on.
 */
import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  FailoverAlerts,
  FailoverDashboard,
  MetricCheck,
  RegionAlerts,
  SyntheticOrder,
  computeAlarms,
  functionCode,
  silentOrdersAlarm,
} from "../components";
import type { AlarmSpec, HostedZone, Probe, RegionTier, ShownRegion, Tags } from "../components";
import type { RegionSettings, Settings } from "../config";
import type { Exported, StackOutputs } from "../outputs";

/** What all of it needs to know. */
export interface Stack {
  readonly settings: Settings;
  readonly providerOf: (region: string) => aws.Provider;
  /** The record name of a region's own, which stays whatever a release does. */
  readonly recordNameOf: (region: RegionSettings) => string;
  /** What a region is asked, by its entry name. */
  readonly regionProbe: Probe;
  readonly tags: Tags;
}

/** A region that serves. */
export interface Serving {
  readonly settings: RegionSettings;
  readonly tier: RegionTier;
}

/** The same with its own alerts. */
export interface Served extends Serving {
  readonly alerts: RegionAlerts;
}

/** The checks on synthetic orders, by the name of the region that they are for. */
export class OutsideChecks {
  readonly #checks = new Map<string, MetricCheck>();

  constructor(
    readonly alerts: RegionAlerts,
    private readonly make: (region: RegionSettings, waitsFor: pulumi.Resource[]) => MetricCheck,
  ) {}

  /** Makes the check of a region, after what it is to wait for. */
  watch(region: RegionSettings, waitsFor: pulumi.Resource[]): readonly [pulumi.Output<string>] {
    const check = this.make(region, waitsFor);
    this.#checks.set(region.name, check);
    return [check.checkId];
  }

  checkIdsOf(regionName: string): readonly pulumi.Output<string>[] {
    const check = this.#checks.get(regionName);
    return check ? [check.checkId] : [];
  }

  alarmArnsOf(regionName: string): readonly pulumi.Output<string>[] {
    return this.#checks.get(regionName)?.alarmArns ?? [];
  }
}

/** What watches a stack, for the outputs and for who looks whether all is well. */
export interface Operations {
  readonly alerts: Exported<StackOutputs["alerts"]>;
  /** ARNs of all alarms, of any region. */
  readonly alarmArns: readonly pulumi.Output<string>[];
  readonly dashboardName: pulumi.Output<string>;
}

/** The only region that has Route 53's metrics. */
const route53Region = "us-east-1";

/**
 * What makes the checks on synthetic orders, or nothing where they are off. The orders are placed from
 * the region of the static tier, as no region vouches for itself.
 */
export function outsideChecks(stack: Stack): OutsideChecks | undefined {
  const { settings, providerOf, recordNameOf, tags } = stack;
  const { alerts, checks, regions, staticTier } = settings;
  if (!checks.metric.enabled) return undefined;
  const both = [regions.primary, regions.standby];
  const providers = [providerOf(staticTier.region)];
  const outside = new RegionAlerts(
    "outside-alerts",
    {
      ...told(stack),
      topicName: `${alerts.topicName}-outside`,
      alarms: both.map((region) => silentOrdersAlarm(region.name, recordNameOf(region))),
    },
    { providers },
  );
  const metricCheck = (region: RegionSettings, dependsOn: pulumi.Resource[]): MetricCheck =>
    new MetricCheck(
      `${region.name}-metric`,
      {
        entryName: recordNameOf(region),
        failureMinutes: checks.metric.failureMinutes,
        topicArn: outside.topicArn,
        runbookUrl: alerts.runbookUrl,
        tags,
      },
      { providers, dependsOn },
    );
  return new OutsideChecks(outside, metricCheck);
}

/** Everything else: orders are placed once the regions' names exist, and alarms watch what there is. */
export function operate(
  stack: Stack,
  zone: HostedZone,
  outside: OutsideChecks | undefined,
  served: readonly [Served, Served],
): Operations {
  const { settings, providerOf } = stack;
  const { alerts, staticTier } = settings;
  const global = { providers: [providerOf(route53Region)] };
  const [primary, standby] = served;
  const regions = [shown(primary, outside), shown(standby, outside)] as const;
  if (outside) placeOrders(stack, served);

  const failover = new FailoverAlerts(
    "alerts",
    { ...told(stack), topicName: alerts.topicName, regions, alarms: zone.alarms },
    global,
  );
  const regional = new Map(served.map((one) => [one.settings.region, one.alerts]));
  if (outside) regional.set(staticTier.region, outside.alerts);
  const alarmArns = [
    ...[failover, ...regional.values()].flatMap((all) => all.alarmArns),
    ...served.flatMap((one) => outside?.alarmArnsOf(one.settings.name) ?? []),
  ];
  const dashboard = new FailoverDashboard(
    "dashboard",
    {
      dashboardName: `${pulumi.getProject()}-${pulumi.getStack()}`,
      hostname: settings.hostnames[0],
      hostedZoneId: zone.zoneId,
      regions,
      warmPercent: settings.standby.warmPercent,
      ...(outside ? { syntheticOrders: ordersOf(stack, served) } : {}),
      alarmArns,
      runbookUrl: alerts.runbookUrl,
    },
    global,
  );
  const outputs = {
    topicArn: failover.topicArn,
    regionalTopicArns: Object.fromEntries(
      [...regional].map(([region, { topicArn }]) => [region, topicArn]),
    ),
    dashboard: dashboard.dashboardName,
  };
  return { alerts: outputs, alarmArns, dashboardName: dashboard.dashboardName };
}

/** What all alerts of a stack share. */
function told({ settings, tags }: Stack): { email: string; runbookUrl: string; tags: Tags } {
  const { email, runbookUrl } = settings.alerts;
  return { email, runbookUrl, tags };
}

function placeOrders(stack: Stack, served: readonly Served[]): void {
  const { settings, providerOf, recordNameOf, regionProbe, tags } = stack;
  const providers = [providerOf(settings.staticTier.region)];
  const code = functionCode(pulumi.getRootDirectory(), "functions/syntheticOrder/handler.ts");
  for (const { settings: region, tier } of served) {
    new SyntheticOrder(
      `${region.name}-order`,
      {
        entryName: recordNameOf(region),
        orderName: tier.entry.name,
        probe: regionProbe,
        code,
        tags,
      },
      { providers, dependsOn: [tier.records] },
    );
  }
}

function ordersOf(
  { settings, recordNameOf }: Stack,
  served: readonly Served[],
): { region: string; entryNames: readonly string[] } {
  return {
    region: settings.staticTier.region,
    entryNames: served.map((region) => recordNameOf(region.settings)),
  };
}

/** What a region watches in itself. */
function alarmsIn({ tier }: Serving): readonly AlarmSpec[] {
  return [
    ...tier.availabilityZones.flatMap(({ availabilityZone, watched }) =>
      computeAlarms(availabilityZone, watched),
    ),
    ...(tier.green?.availabilityZones ?? []).flatMap(({ availabilityZone, watched }) =>
      computeAlarms(availabilityZone, watched, "green"),
    ),
    ...(tier.orders?.alarms ?? []),
  ];
}

/** The alerts of a region on itself, made after what they are to wait for. */
export function regionAlerts(
  stack: Stack,
  served: Serving,
  dependsOn: pulumi.Resource[],
): RegionAlerts {
  const { name, region } = served.settings;
  return new RegionAlerts(
    `${name}-alerts`,
    {
      ...told(stack),
      topicName: `${stack.settings.alerts.topicName}-${name}`,
      alarms: alarmsIn(served),
    },
    { providers: [stack.providerOf(region)], dependsOn },
  );
}

function shown(served: Served, outside: OutsideChecks | undefined): ShownRegion {
  const { name, region, release } = served.settings;
  const { availabilityZones, deepCheckId, checkId, green } = served.tier;
  const [metricCheckId] = outside?.checkIdsOf(name) ?? [];
  return {
    name,
    region,
    availabilityZones,
    deepCheckId,
    checkId,
    ...(metricCheckId ? { metricCheckId } : {}),
    ...(green && release ? { green: { ...green, weights: release } } : {}),
    metrics: Object.fromEntries(alarmsIn(served).map(({ key, metric }) => [key, metric])),
  };
}
