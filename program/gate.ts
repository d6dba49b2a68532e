/** The failback gate of the primary region (docs/adr/0054); none of it if the gate is off. */
import * as pulumi from "@pulumi/pulumi";
import { FailbackGate, GateController, GateSignals } from "../components";
import type { AvailabilityZoneTier, SignalAlarm, WatchedGate } from "../components";
import type { AlarmSpec } from "../components/alerts/alarm";
import { capacityAlarmKey } from "../components/alerts/computeAlarms";
import { currentTtlSeconds } from "../config";
import type { Exported, StackOutputs } from "../outputs";
import { gateNamesOf } from "../routing/gateNames";
import { globalRegion } from "../routing/globalRegion";
import { regionAlarmsOf } from "./alerts";
import type { DeployedRegion, DeployedRegions } from "./region";
import type { ProgramContext } from "./stack";
import type { SyntheticChecks } from "./syntheticOrders";
import type { FoundZone } from "./zone";

/** The latch and its checks: made before the regions, whose check may depend on it. */
export function failbackGate({
  settings,
  providerOf,
  tags,
}: ProgramContext): FailbackGate | undefined {
  if (settings.gate.mode === "off") return undefined;
  return new FailbackGate(
    "gate",
    { project: pulumi.getProject(), stack: pulumi.getStack(), tags },
    { providers: [providerOf(settings.regions.standby.region)] },
  );
}

/** What the gate adds to the checks that the primary region's health depends on. */
export function gatingCheckIds(
  { settings }: ProgramContext,
  gate: FailbackGate | undefined,
): readonly pulumi.Output<string>[] {
  return gate && settings.gate.mode === "attached" ? [gate.latchCheckId] : [];
}

/** The primary region as the gate sees it. */
interface Guarded {
  readonly stack: ProgramContext;
  readonly zone: FoundZone;
  readonly regions: DeployedRegions;
  readonly outside: SyntheticChecks | undefined;
}

/** The checks of the primary region that the controller reads by DNS. */
export function gateSignals({ stack, zone, regions, outside }: Guarded): GateSignals {
  const { settings, tree, providerOf, tags } = stack;
  const { primary, standby } = regions;
  const sides = servingSides(primary);
  const [metricCheckId] = outside?.checkIdsOf(primary.settings.name) ?? [];
  return new GateSignals(
    "gate-signals",
    {
      zoneId: zone.zoneId,
      parentName: `gate.${tree}`,
      ttlSeconds: currentTtlSeconds(settings.ttl),
      checkIds: {
        ...Object.fromEntries(sides.flatMap(endpointChecksOf)),
        deep: primary.tier.deepCheckId,
        ...(metricCheckId ? { metric: metricCheckId } : {}),
      },
      alarms: Object.fromEntries([
        ...sides.flatMap((side) => capacityAlarmsOf(primary, side)),
        ...(runsOurApplication(settings) ? [primary, standby].flatMap(orderAlarmsOf) : []),
      ]),
      tags,
    },
    { providers: [providerOf(standby.settings.region)] },
  );
}

/** The gate in the alarms and on the dashboard. */
export function watchedGate(
  { settings }: ProgramContext,
  { latchCheckId, readableCheckId }: FailbackGate,
  { alarmCheckIds }: GateSignals,
): WatchedGate<pulumi.Output<string>> {
  return {
    latchCheckId,
    readableCheckId,
    guarded: settings.regions.primary.name,
    alarmCheckIds,
  };
}

/** The controller, which runs once the names that it asks for exist. */
export function gateController(
  { stack, zone, regions }: Guarded,
  gate: FailbackGate,
  signals: GateSignals,
  alertTopicArn: pulumi.Output<string>,
  dependsOn: pulumi.Resource[],
): GateController {
  const { settings, tree, providerOf, permissionsBoundary, tags } = stack;
  const { primary, standby } = regions;
  const provider = providerOf(standby.settings.region);
  const { topicArn, topicKeyArn } = standby.alerts;
  return new GateController(
    "gate-controller",
    {
      gate,
      functionName: functionName(),
      names: {
        live: `live.${tree}`,
        primary: entryNames(stack, primary),
        standby: entryNames(stack, standby),
        signals: signals.recordNames,
      },
      nameServers: zone.nameServers,
      release: settings.gate,
      topic: { arn: topicArn, keyArn: topicKeyArn },
      triggers: {
        alerts: { arn: alertTopicArn, provider: providerOf(globalRegion) },
        standby: { arn: topicArn, provider },
      },
      runbookUrl: settings.alerts.runbookUrl,
      permissionsBoundary,
      tags,
    },
    { providers: [provider], dependsOn: [signals, ...dependsOn] },
  );
}

/** The gate in the stack's outputs. */
export function gateOutputs(
  { settings }: ProgramContext,
  { bucketName, latchCheckId, readableCheckId }: FailbackGate,
): Exported<NonNullable<StackOutputs["gate"]>> {
  return {
    bucket: bucketName,
    region: settings.regions.standby.region,
    functionName: functionName(),
    latchCheckId,
    readableCheckId,
    mode: settings.gate.mode === "attached" ? "attached" : "created",
  };
}

function functionName(): string {
  // The account is in the bucket's name only.
  return gateNamesOf({ project: pulumi.getProject(), stack: pulumi.getStack(), accountId: "" })
    .functionName;
}

/** A side of the primary region that gets traffic. */
interface ServingSide {
  readonly side: "blue" | "green";
  readonly availabilityZones: readonly AvailabilityZoneTier[];
}

function servingSides({ tier, settings: { release } }: DeployedRegion): readonly ServingSide[] {
  const blue: ServingSide = { side: "blue", availabilityZones: tier.availabilityZones };
  if (!tier.green || !release) return [blue];
  const green: ServingSide = { side: "green", availabilityZones: tier.green.availabilityZones };
  return [blue, green].filter(({ side }) => release[side] > 0);
}

/** A zone in the keys of signals. */
function keyOf(side: ServingSide["side"], availabilityZone: string): string {
  return side === "blue" ? availabilityZone : `green-${availabilityZone}`;
}

function endpointChecksOf({
  side,
  availabilityZones,
}: ServingSide): readonly (readonly [string, pulumi.Output<string>])[] {
  return availabilityZones.flatMap(({ availabilityZone, checkIds: { A, AAAA } }) => {
    const key = keyOf(side, availabilityZone);
    // The check of a name covers both families.
    const isOwn = AAAA !== undefined && AAAA !== A;
    return [[key, A] as const, ...(isOwn ? [[`${key}-ipv6`, AAAA] as const] : [])];
  });
}

/** The alarms on the groups of a side; none where the machines are in no group. */
function capacityAlarmsOf(
  { tier, alerts }: DeployedRegion,
  { side, availabilityZones }: ServingSide,
): readonly (readonly [string, SignalAlarm])[] {
  const specs = regionAlarmsOf(tier);
  return availabilityZones.flatMap(({ availabilityZone, watched }) => {
    const key = capacityAlarmKey(availabilityZone, watched, side);
    if (key === undefined) return [];
    const spec = specOf(specs, key, availabilityZone);
    return [
      [`capacity-${keyOf(side, availabilityZone)}`, { alarm: alerts.alarmOf(key), spec }] as const,
    ];
  });
}

/** Names that answer with the endpoints of a region, on each of its sides. */
function entryNames(
  { recordNameOf }: ProgramContext,
  { settings, tier }: DeployedRegion,
): readonly string[] {
  return [recordNameOf(settings), ...(tier.green ? [tier.green.recordName] : [])];
}

function runsOurApplication({ compute: { kind } }: ProgramContext["settings"]): boolean {
  return kind === "instance" || kind === "balancer";
}

/**
 * The alarms on a region's orders that a release waits for: orders that are in one region only, and
 * regions that differ. Without data they are alarms as well: unknown counts as old.
 */
function orderAlarmsOf({
  tier,
  alerts,
  settings: { name },
}: DeployedRegion): readonly (readonly [string, SignalAlarm])[] {
  const specs = regionAlarmsOf(tier);
  const keys = { orders: "journal-oldest", differ: "regions-differ" };
  return Object.entries(keys).map(([signal, key]) => {
    const spec = specOf(specs, key, name);
    return [`${signal}-${name}`, { alarm: alerts.alarmOf(key), spec }] as const;
  });
}

/**
 * The definition of an alarm that a release waits for. Left out, the release would not wait.
 *
 * @internal
 * @throws Error when the place has no such alarm
 */
export function specOf(specs: readonly AlarmSpec[], key: string, place: string): AlarmSpec {
  const spec = specs.find((one) => one.key === key);
  if (spec) return spec;
  throw new Error(
    `${place}: must have the alarm ${key}, which the gate's release waits for, got none; define it, or set failover:gate.mode to off`,
  );
}
