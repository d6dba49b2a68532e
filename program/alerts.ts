/** The alerts of each region; they do not depend on another region. */
import type * as pulumi from "@pulumi/pulumi";
import { RegionAlerts, computeAlarms } from "../components";
import type { AlarmSpec, RegionTier, Tags } from "../components";
import type { RegionSettings } from "../config";
import type { ProgramContext } from "./stack";

/** The arguments shared by all alerts of a stack. */
export function alertArgs({ settings, tags }: ProgramContext): {
  email: string;
  runbookUrl: string;
  tags: Tags;
} {
  const { email, runbookUrl } = settings.alerts;
  return { email, runbookUrl, tags };
}

/** The alarms of a region on its own resources. */
export function regionAlarmsOf(tier: RegionTier): readonly AlarmSpec[] {
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

/** The alerts of a region on itself, created after their dependencies. */
export function regionAlerts(
  stack: ProgramContext,
  { name, region }: RegionSettings,
  tier: RegionTier,
  dependsOn: pulumi.Resource[],
): RegionAlerts {
  return new RegionAlerts(
    `${name}-alerts`,
    {
      ...alertArgs(stack),
      topicName: `${stack.settings.alerts.topicName}-${name}`,
      alarms: regionAlarmsOf(tier),
    },
    { providers: [stack.providerOf(region)], dependsOn },
  );
}
