/**
 * The rollout order of a change (docs/adr/0012-a-change-reaches-the-standby-first.md): the standby
 * region first, and the primary after a successful bake.
 */
import * as pulumi from "@pulumi/pulumi";
import { Bake } from "../components";
import type { AvailabilityZoneTier, Machines } from "../components";
import type { DeployedRegion } from "./region";
import type { ProgramContext } from "./stack";
import type { FoundZone } from "./zone";

/**
 * The dependency of all of the primary region: the bake of the standby region, or that region
 * itself if nothing of this stack runs there; none if the bake is skipped.
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

/** All zone tiers of a region, on both sides of a release, by keys that never change. */
function zonesOf({ tier }: DeployedRegion): Readonly<Record<string, AvailabilityZoneTier>> {
  return Object.fromEntries([
    ...tier.availabilityZones.map((one) => [one.availabilityZone, one] as const),
    ...(tier.green?.availabilityZones ?? []).map(
      (one) => [`green-${one.availabilityZone}`, one] as const,
    ),
  ]);
}
