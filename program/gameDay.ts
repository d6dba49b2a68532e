/**
 * Experiments of the primary region (docs/adr/0015-experiments-stop-on-harm-elsewhere.md): faults,
 * stop conditions and schedules. None exist unless game days are on.
 */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { GameDay, OrderWitness } from "../components";
import { outageAlarmKeys } from "../components/alerts/computeAlarms";
import { stopMinutes } from "../constraints/gameDayRules";
import type {
  AvailabilityZoneTier,
  Experiment,
  FailoverRecords,
  RegionTier,
  Tags,
} from "../components";
import type { RegionSettings, Settings } from "../config";
import type { Operations } from "./operations";
import { orderSecretName } from "./orderSecret";
import type { DeployedRegions } from "./region";
import type { ProgramContext } from "./stack";
import type { Exported, StackOutputs } from "../outputs";

/**
 * The tag of possible targets: AWS's own, so that AWS's scenarios select the same resources. It is
 * not sufficient alone, because all stacks of an account have it.
 *
 * @see https://docs.aws.amazon.com/fis/latest/userguide/az-availability-scenario.html
 */
const experimentTag = { AzImpairmentPower: "Ready" };

/** Failed synthetic orders in a row at a healthy region: any single one may be lost. */
const survivorMinutes = 3;

/**
 * The tags of everything in a region: those of the stack, and in the primary also those of
 * experiments.
 */
export function experimentTags(
  { gameDay, regions }: Settings,
  region: RegionSettings,
  tags: Tags,
): Tags {
  return gameDay.enabled && region === regions.primary ? { ...tags, ...experimentTag } : tags;
}

/** Experiments of the primary region; none if they are off. */
export function holdGameDays(
  stack: ProgramContext,
  regions: DeployedRegions,
  operations: Operations,
  published: FailoverRecords,
): Exported<NonNullable<StackOutputs["gameDay"]>> | undefined {
  const { settings, providerOf, permissionsBoundary, tags } = stack;
  const { gameDay, alerts } = settings;
  if (!gameDay.enabled) return undefined;
  const { primary } = regions;
  const { region, name } = primary.settings;
  const providers = [providerOf(region)];
  const { accountId } = aws.getCallerIdentityOutput({}, { provider: providerOf(region) });
  const deployment = `${pulumi.getProject()}-${pulumi.getStack()}`;
  const { templateIds, reportBucket } = new GameDay(
    "game-day",
    {
      region,
      targetTags: {
        Project: tags["Project"] ?? "",
        Environment: tags["Environment"] ?? "",
        ...experimentTag,
      },
      groupNamePrefix: `${name}-`,
      experiments: experimentsOf(stack, regions, published),
      durationMinutes: gameDay.durationMinutes,
      timeZone: gameDay.timeZone,
      blockedWindows: gameDay.blockedWindows,
      steadyAlarmArns: operations.alarmArns,
      dashboardArn: pulumi.interpolate`arn:aws:cloudwatch::${accountId}:dashboard/${operations.dashboardName}`,
      logGroupName: `/failover/${deployment}/game-day`,
      topicArn: primary.alerts.topicArn,
      runbookUrl: alerts.runbookUrl,
      permissionsBoundary,
      tags,
    },
    { providers },
  );
  return { templateIds, reportBucket };
}

/**
 * A power interruption in each zone; and, if synthetic orders from outside can monitor the
 * survivor, the faults of the region.
 */
function experimentsOf(
  stack: ProgramContext,
  regions: DeployedRegions,
  published: FailoverRecords,
): readonly Experiment[] {
  const { settings: region, tier, alerts } = regions.primary;
  const { gameDay, compute, orders, visitorNetworks } = stack.settings;
  const cronOf = (experiment: string): { cron?: string } => {
    const schedule = gameDay.schedules.find((one) => one.experiment === experiment);
    return schedule ? { cron: schedule.cron } : {};
  };
  // Synthetic orders are not admitted, so only the other zone's alarms can stop an experiment.
  const witnesses = visitorNetworks ? undefined : witnessesOf(stack, regions, published);
  const stores = orders.inBothZones && tier.orders ? tier.orders.databaseIdentifier : undefined;
  const zones = tier.availabilityZones.map(({ availabilityZone }): Experiment => ({
    kind: "availabilityZone",
    key: availabilityZone,
    availabilityZone,
    hasGroups: compute.kind === "balancer",
    ...(stores === undefined ? {} : { stores: { database: stores, cache: stores } }),
    stopAlarmArns: [
      ...(witnesses ? [witnesses.customersOfDatabase] : []),
      ...outageKeysBeside(tier, availabilityZone).map((key) => alerts.arnOf(key)),
    ],
    ...cronOf(availabilityZone),
  }));
  if (!witnesses) return zones;
  const stopAlarmArns = [witnesses.customers, witnesses.survivor];
  return [
    ...zones,
    {
      kind: "region",
      key: region.region,
      subnetTypes: compute.kind === "balancer" ? ["Public", "Private"] : ["Public"],
      tableNames: tier.orders ? [tier.orders.use.journalTable, tier.orders.use.sessionsTable] : [],
      stopAlarmArns,
      ...cronOf(region.region),
    },
    { kind: "fullLoad", key: "full-load", stopAlarmArns, ...cronOf("full-load") },
  ];
}

/**
 * Keys of the alarms that signal that a region's other zone is down, on either side of a release.
 */
function outageKeysBeside(tier: RegionTier, struck: string): readonly string[] {
  const keysOf = (zones: readonly AvailabilityZoneTier[], side: "blue" | "green"): string[] =>
    zones
      .filter(({ availabilityZone }) => availabilityZone !== struck)
      .flatMap(({ availabilityZone, watched }) => outageAlarmKeys(availabilityZone, watched, side));
  return [
    ...keysOf(tier.availabilityZones, "blue"),
    ...keysOf(tier.green?.availabilityZones ?? [], "green"),
  ];
}

/**
 * ARNs of alarms in the primary region on synthetic orders at the public name, and at the surviving
 * region.
 */
interface Witnesses {
  /** They fail for longer than the objective for the loss of a zone or region. */
  readonly customers: pulumi.Output<string>;
  /** The same for the loss of a database. */
  readonly customersOfDatabase: pulumi.Output<string>;
  readonly survivor: pulumi.Output<string>;
}

function witnessesOf(
  { settings, providerOf, recordNameOf, regionProbe, permissionsBoundary, tags }: ProgramContext,
  { primary, standby }: DeployedRegions,
  published: FailoverRecords,
): Witnesses {
  const { alerts, hostnames, objectives } = settings;
  const providers = [providerOf(primary.settings.region)];
  const shared = {
    probe: regionProbe,
    secretName: orderSecretName(),
    topicArn: primary.alerts.topicArn,
    runbookUrl: alerts.runbookUrl,
    permissionsBoundary,
    tags,
  };
  const customers = new OrderWitness(
    "game-day-customers",
    {
      ...shared,
      who: "Customers",
      entryName: hostnames[0],
      failureMinutes: {
        place: stopMinutes(objectives.zoneOrRegionDowntimeSeconds),
        database: stopMinutes(objectives.databaseDowntimeSeconds),
      },
    },
    { providers, dependsOn: [published] },
  );
  const survivor = new OrderWitness(
    "game-day-survivor",
    {
      ...shared,
      who: `Customers of ${standby.settings.name}`,
      entryName: recordNameOf(standby.settings),
      orderName: standby.tier.entry.name,
      failureMinutes: { orders: survivorMinutes },
    },
    { providers, dependsOn: [standby.tier.records] },
  );
  return {
    customers: customers.arnOf("place"),
    customersOfDatabase: customers.arnOf("database"),
    survivor: survivor.arnOf("orders"),
  };
}
