/**
 * In which order a change reaches the regions (docs/adr/0012-a-change-reaches-the-standby-first.md):
 * the one that stands by first, and the primary when it has done well there.
 */
import * as pulumi from "@pulumi/pulumi";
import { Bake } from "../components";
import type { AvailabilityZoneTier, Machines } from "../components";
import type { DeployedRegion } from "./region";
import type { ProgramContext } from "./stack";
import type { FoundZone } from "./zone";

/**
 * What all of the primary region waits for: the bake of the standby region, or that region alone where
 * nothing of this stack's own runs; nothing in an emergency.
 */
export function standbyFirst(
  stack: ProgramContext,
  zone: FoundZone,
  standby: DeployedRegion,
): pulumi.Resource[] {
  const { settings, providerOf, recordNameOf, permissionsBoundary, tags } = stack;
  const { tier, alerts, settings: region } = standby;
  const all = [tier, alerts];
  const zones = Object.entries(zonesOf(standby));
  const machines: readonly (readonly [string, Machines])[] = zones.flatMap(([key, one]) =>
    one.machines ? [[key, one.machines] as const] : [],
  );
  const isSkipped = settings.rollout.skipBakeUntil !== undefined;
  if (machines.length === 0) return isSkipped ? [] : all;
  const bake = new Bake(
    `${region.name}-bake`,
    {
      recordName: recordNameOf(region),
      machines: Object.fromEntries(machines),
      alarmNames: alerts.ownAlarmNames,
      checkIds: Object.fromEntries(
        zones.flatMap(([key, { checkIds }]) => [
          [key, checkIds.A],
          ...(checkIds.AAAA ? [[`${key} over IPv6`, checkIds.AAAA]] : []),
        ]),
      ) as Readonly<Record<string, pulumi.Output<string>>>,
      checkIdsByName: {
        "of orders": tier.deepCheckId,
        ...(tier.green ? { "of orders, green": tier.green.deepCheckId } : {}),
      },
      zone: { name: settings.hostedZone, nameServers: zone.nameServers },
      soakMinutes: settings.rollout.bakeMinutes,
      isSkipped,
      runbookUrl: settings.alerts.runbookUrl,
      permissionsBoundary,
      tags,
    },
    { providers: [providerOf(region.region)], dependsOn: all },
  );
  return isSkipped ? [] : [bake];
}

/** All zone tiers of a region, both sides of a release, by keys that never change. */
function zonesOf({ tier }: DeployedRegion): Readonly<Record<string, AvailabilityZoneTier>> {
  return Object.fromEntries([
    ...tier.availabilityZones.map((one) => [one.availabilityZone, one] as const),
    ...(tier.green?.availabilityZones ?? []).map(
      (one) => [`green-${one.availabilityZone}`, one] as const,
    ),
  ]);
}
