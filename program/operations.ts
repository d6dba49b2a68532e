/** Monitoring: alerts, the dashboard, and synthetic orders. */
import * as pulumi from "@pulumi/pulumi";
import { FailoverAlerts, FailoverDashboard } from "../components";
import type { ShownRegion } from "../components";
import type { Exported, StackOutputs } from "../outputs";
import { regionAlarmsOf, alertArgs } from "./alerts";
import type { DeployedRegion, DeployedRegions } from "./region";
import { globalServicesRegion } from "./stack";
import type { ProgramContext } from "./stack";
import { placeOrders } from "./syntheticOrders";
import type { SyntheticChecks } from "./syntheticOrders";
import type { FoundZone } from "./zone";

/** The monitoring of a stack, for its outputs and experiments. */
export interface Operations {
  readonly alerts: Exported<StackOutputs["alerts"]>;
  /** ARNs of all alarms, of any region. */
  readonly alarmArns: readonly pulumi.Output<string>[];
  readonly dashboardName: pulumi.Output<string>;
}

/** Alarms, the dashboard and synthetic orders for the existing resources. */
export function operate(
  stack: ProgramContext,
  zone: FoundZone,
  { primary, standby }: DeployedRegions,
  outside: SyntheticChecks | undefined,
): Operations {
  const { settings, providerOf } = stack;
  const { alerts, staticTier } = settings;
  const global = { providers: [providerOf(globalServicesRegion)] };
  const both = [primary, standby] as const;
  const regions = [shown(primary, outside), shown(standby, outside)] as const;
  if (outside) placeOrders(stack, both);

  const failover = new FailoverAlerts(
    "alerts",
    { ...alertArgs(stack), topicName: alerts.topicName, regions },
    global,
  );
  const regional = new Map(both.map((one) => [one.settings.region, one.alerts]));
  if (outside) regional.set(staticTier.region, outside.alerts);
  const alarmArns = [
    ...[failover, ...regional.values()].flatMap((all) => all.alarmArns),
    ...both.flatMap((one) => outside?.alarmArnsOf(one.settings.name) ?? []),
  ];
  const dashboard = new FailoverDashboard(
    "dashboard",
    {
      dashboardName: `${pulumi.getProject()}-${pulumi.getStack()}`,
      hostname: settings.hostnames[0],
      hostedZoneId: zone.zoneId,
      regions,
      warmPercent: settings.standby.warmPercent,
      ...(outside ? { syntheticOrders: ordersOf(stack, both) } : {}),
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

function ordersOf(
  { settings, recordNameOf }: ProgramContext,
  both: readonly DeployedRegion[],
): { region: string; entryNames: readonly string[] } {
  return {
    region: settings.staticTier.region,
    entryNames: both.map((region) => recordNameOf(region.settings)),
  };
}

function shown(
  { settings, tier }: DeployedRegion,
  outside: SyntheticChecks | undefined,
): ShownRegion {
  const { name, region, release } = settings;
  const { availabilityZones, deepCheckId, checkId, green } = tier;
  const [metricCheckId] = outside?.checkIdsOf(name) ?? [];
  return {
    name,
    region,
    availabilityZones,
    deepCheckId,
    checkId,
    ...(metricCheckId ? { metricCheckId } : {}),
    ...(green && release ? { green: { ...green, weights: release } } : {}),
    metrics: Object.fromEntries(regionAlarmsOf(tier).map(({ key, metric }) => [key, metric])),
  };
}
