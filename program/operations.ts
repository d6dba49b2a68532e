/** Monitoring: alerts, the dashboard, and synthetic orders. */
import * as pulumi from "@pulumi/pulumi";
import { FailoverAlerts, FailoverDashboard, gateCheckAlarms } from "../components";
import type { FailbackGate, FailoverRecords, ShownRegion } from "../components";
import type { Exported, StackOutputs } from "../outputs";
import { globalRegion } from "../routing/globalRegion";
import { regionAlarmsOf, alertArgs } from "./alerts";
import { gateController, gateSignals, watchedGate } from "./gate";
import type { DeployedRegion, DeployedRegions } from "./region";
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

/** The deployed parts that are monitored. */
export interface Monitored {
  readonly stack: ProgramContext;
  readonly zone: FoundZone;
  readonly regions: DeployedRegions;
  /** The checks on synthetic orders; undefined if those are off. */
  readonly outside: SyntheticChecks | undefined;
  /** The failback gate; undefined if it is off. */
  readonly gate: FailbackGate | undefined;
  /** The records of the public names. */
  readonly published: FailoverRecords;
}

/** Alarms, the dashboard, synthetic orders and the gate's controller for the existing resources. */
export function operate(monitored: Monitored): Operations {
  const { stack, zone, regions: deployed, outside, gate, published } = monitored;
  const { primary, standby } = deployed;
  const { settings, providerOf } = stack;
  const { alerts, staticTier } = settings;
  const global = { providers: [providerOf(globalRegion)] };
  const both = [primary, standby] as const;
  const regions = [shown(primary, outside), shown(standby, outside)] as const;
  if (outside) placeOrders(stack, both);

  const signals = gate && gateSignals(monitored);
  const watched = gate && signals && watchedGate(stack, gate, signals);
  const failover = new FailoverAlerts(
    "alerts",
    {
      ...alertArgs(stack),
      topicName: alerts.topicName,
      regions,
      alarms: watched ? gateCheckAlarms(watched) : [],
    },
    global,
  );
  const controller =
    gate && signals && gateController(monitored, gate, signals, failover.topicArn, [published]);
  const regional = new Map(both.map((one) => [one.settings.region, one.alerts]));
  if (outside) regional.set(staticTier.region, outside.alerts);
  const alarmArns = [
    ...[failover, ...regional.values()].flatMap((all) => all.alarmArns),
    ...both.flatMap((one) => outside?.alarmArnsOf(one.settings.name) ?? []),
    ...(controller?.alarmArns ?? []),
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
      ...(watched ? { gate: watched } : {}),
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
