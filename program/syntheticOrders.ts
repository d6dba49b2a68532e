/**
 * Synthetic orders, placed each minute from a third region, and the checks on them. Only the region
 * checks depend on them.
 */
import * as pulumi from "@pulumi/pulumi";
import { MetricCheck, RegionAlerts, SyntheticOrder, silentOrdersAlarm } from "../components";
import type { RegionSettings } from "../config";
import { alertArgs } from "./alerts";
import { orderSecretName } from "./orderSecret";
import type { DeployedRegion } from "./region";
import type { ProgramContext } from "./stack";

/** The checks on synthetic orders, by the name of their region. */
export class SyntheticChecks {
  readonly #checks = new Map<string, MetricCheck>();

  constructor(
    readonly alerts: RegionAlerts,
    private readonly make: (region: RegionSettings, waitsFor: pulumi.Resource[]) => MetricCheck,
  ) {}

  /** Creates the check of a region, after its dependencies. */
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

/**
 * Creates the checks on synthetic orders, or nothing if those are off. The orders are placed from
 * the region of the static tier, because a region cannot test itself reliably.
 */
export function syntheticChecks(stack: ProgramContext): SyntheticChecks | undefined {
  const { settings, providerOf, recordNameOf, tags } = stack;
  const { alerts, checks, regions, staticTier } = settings;
  if (!checks.metric.enabled) return undefined;
  const both = [regions.primary, regions.standby];
  const providers = [providerOf(staticTier.region)];
  const outside = new RegionAlerts(
    "outside-alerts",
    {
      ...alertArgs(stack),
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
  return new SyntheticChecks(outside, metricCheck);
}

/** Places orders at each region, once its names exist. */
export function placeOrders(stack: ProgramContext, regions: readonly DeployedRegion[]): void {
  const { settings, providerOf, recordNameOf, regionProbe, permissionsBoundary, tags } = stack;
  const providers = [providerOf(settings.staticTier.region)];
  for (const { settings: region, tier } of regions) {
    new SyntheticOrder(
      `${region.name}-order`,
      {
        entryName: recordNameOf(region),
        orderName: tier.entry.name,
        probe: regionProbe,
        permissionsBoundary,
        secretName: orderSecretName(),
        tags,
      },
      { providers, dependsOn: [tier.records] },
    );
  }
}
