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
} from "./components";
import type { AlarmSpec, HostedZone, Probe, RegionTier, ShownRegion, Tags } from "./components";
import type { RegionSettings, Settings } from "./config";
import type { Exported, StackOutputs } from "./outputs";

/** What all of it needs to know. */
export interface Stack {
  readonly settings: Settings;
  readonly providerOf: (region: string) => aws.Provider;
  readonly entryNameOf: (region: RegionSettings) => string;
  /** What a region is asked, by its entry name. */
  readonly regionProbe: Probe;
  readonly tags: Tags;
}

/** A region that serves. */
export interface Served {
  readonly settings: RegionSettings;
  readonly tier: RegionTier;
}

/** The checks on synthetic orders, by the name of the region that they are for. */
export class OutsideChecks {
  constructor(
    readonly alerts: RegionAlerts,
    private readonly checks: ReadonlyMap<string, MetricCheck>,
  ) {}

  checkIdsOf(regionName: string): readonly pulumi.Output<string>[] {
    const check = this.checks.get(regionName);
    return check ? [check.checkId] : [];
  }

  get alarmArns(): readonly pulumi.Output<string>[] {
    return [...this.checks.values()].flatMap(({ alarmArns }) => alarmArns);
  }
}

/** The only region that has Route 53's metrics. */
const route53Region = "us-east-1";

/**
 * The checks on synthetic orders, or none where they are off. The orders are placed from the region
 * of the static tier, as no region vouches for itself.
 */
export function outsideChecks(stack: Stack): OutsideChecks | undefined {
  const { settings, providerOf, entryNameOf, tags } = stack;
  const { alerts, checks, regions, staticTier } = settings;
  if (!checks.metric.enabled) return undefined;
  const both = [regions.primary, regions.standby];
  const providers = [providerOf(staticTier.region)];
  const outside = new RegionAlerts(
    "outside-alerts",
    {
      ...told(stack),
      topicName: `${alerts.topicName}-outside`,
      alarms: both.map((region) => silentOrdersAlarm(region.name, entryNameOf(region))),
    },
    { providers },
  );
  const metricCheck = (region: RegionSettings): MetricCheck =>
    new MetricCheck(
      `${region.name}-metric`,
      {
        entryName: entryNameOf(region),
        failureMinutes: checks.metric.failureMinutes,
        topicArn: outside.topicArn,
        runbookUrl: alerts.runbookUrl,
        tags,
      },
      { providers },
    );
  return new OutsideChecks(outside, new Map(both.map((one) => [one.name, metricCheck(one)])));
}

/** Everything else: orders are placed once the regions' names exist, and alarms watch what there is. */
export function operate(
  stack: Stack,
  zone: HostedZone,
  outside: OutsideChecks | undefined,
  served: readonly [Served, Served],
): Exported<StackOutputs["alerts"]> {
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
  const regional = new Map(served.map((one) => [one.settings.region, regionAlerts(stack, one)]));
  if (outside) regional.set(staticTier.region, outside.alerts);
  const dashboard = new FailoverDashboard(
    "dashboard",
    {
      dashboardName: `${pulumi.getProject()}-${pulumi.getStack()}`,
      hostname: settings.hostnames[0],
      hostedZoneId: zone.zoneId,
      regions,
      ...(outside ? { syntheticOrders: ordersOf(stack, served) } : {}),
      alarmArns: [failover, ...regional.values(), ...(outside ? [outside] : [])].flatMap(
        ({ alarmArns }) => alarmArns,
      ),
      runbookUrl: alerts.runbookUrl,
    },
    global,
  );
  return {
    topicArn: failover.topicArn,
    regionalTopicArns: Object.fromEntries(
      [...regional].map(([region, { topicArn }]) => [region, topicArn]),
    ),
    dashboard: dashboard.dashboardName,
  };
}

/** What all alerts of a stack share. */
function told({ settings, tags }: Stack): { email: string; runbookUrl: string; tags: Tags } {
  const { email, runbookUrl } = settings.alerts;
  return { email, runbookUrl, tags };
}

function placeOrders(stack: Stack, served: readonly Served[]): void {
  const { settings, providerOf, entryNameOf, regionProbe, tags } = stack;
  const providers = [providerOf(settings.staticTier.region)];
  const code = functionCode(pulumi.getRootDirectory(), "functions/syntheticOrder/handler.ts");
  for (const { settings: region, tier } of served) {
    new SyntheticOrder(
      `${region.name}-order`,
      { entryName: entryNameOf(region), probe: regionProbe, code, tags },
      { providers, dependsOn: [tier.records] },
    );
  }
}

function ordersOf(
  { settings, entryNameOf }: Stack,
  served: readonly Served[],
): { region: string; entryNames: readonly string[] } {
  return {
    region: settings.staticTier.region,
    entryNames: served.map((region) => entryNameOf(region.settings)),
  };
}

/** What a region watches in itself. */
function alarmsIn({ tier }: Served): readonly AlarmSpec[] {
  return [
    ...tier.availabilityZones.flatMap(({ availabilityZone, watched }) =>
      computeAlarms(availabilityZone, watched),
    ),
    ...(tier.orders?.alarms ?? []),
  ];
}

function regionAlerts(stack: Stack, served: Served): RegionAlerts {
  const { name, region } = served.settings;
  return new RegionAlerts(
    `${name}-alerts`,
    {
      ...told(stack),
      topicName: `${stack.settings.alerts.topicName}-${name}`,
      alarms: alarmsIn(served),
    },
    { providers: [stack.providerOf(region)] },
  );
}

function shown(served: Served, outside: OutsideChecks | undefined): ShownRegion {
  const { name, region } = served.settings;
  const { availabilityZones, deepCheckId, checkId } = served.tier;
  const [metricCheckId] = outside?.checkIdsOf(name) ?? [];
  return {
    name,
    region,
    availabilityZones,
    deepCheckId,
    checkId,
    ...(metricCheckId ? { metricCheckId } : {}),
    metrics: Object.fromEntries(alarmsIn(served).map(({ key, metric }) => [key, metric])),
  };
}
