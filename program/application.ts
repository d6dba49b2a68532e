import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { appDirectory, siteArchive, userData } from "../app";
import { OrderTables, ReleaseBucket, ordersToFillIn, readsOrderSecret } from "../components";
import type { MachineRegion, Side, SideMachines, Tags } from "../components";
import { healthTargetPort, tlsTargetPort } from "../components/zone/balancerEndpoint";
import { orderSecretName } from "./orderSecret";
import type { PinnedSide, RegionSettings, Settings } from "../config";

export interface ApplicationArgs {
  readonly settings: Settings;
  readonly providerOf: (region: string) => aws.Provider;
  readonly tags: Tags;
}

/**
 * Maintenance windows of the order stores: never both regions on one day, and the standby first, so
 * that a bad upgrade shows there.
 */
const maintenance = {
  standby: { database: "tue", cache: "wed" },
  primary: { database: "thu", cache: "fri" },
} as const;

/** The application on machines of this stack. */
export interface Application {
  /**
   * The machines of a region, whose release is uploaded after the dependencies; absent for external
   * endpoints.
   */
  readonly machinesIn: (region: RegionSettings, waitsFor: pulumi.Resource[]) => MachineRegion;
  /** Id of the release in `app/`; absent for external endpoints. */
  readonly siteSha256?: string;
}

/**
 * The application on machines of this stack: the tables that both regions share, a copy of the
 * release in each region, and each instance's user data. Absent for external endpoints.
 */
export function application({ settings, providerOf, tags }: ApplicationArgs): Application {
  const { primary, standby } = settings.regions;
  const { kind } = settings.compute;
  if (kind !== "instance" && kind !== "balancer") {
    return {
      machinesIn: ({ name }) => {
        throw new Error(`${name}: must have machines managed by this stack, got ${kind}`);
      },
    };
  }
  const release = siteArchive(appDirectory);
  const tables = new OrderTables(
    "orders-tables",
    {
      region: primary.region,
      otherRegion: standby.region,
      isProtected: settings.orders.isProtected,
      tags,
    },
    { providers: [providerOf(primary.region)] },
  );
  const machinesIn = (region: RegionSettings, waitsFor: pulumi.Resource[]): MachineRegion => {
    const bucket = new ReleaseBucket(
      `${region.name}-releases`,
      { release, tags },
      { providers: [providerOf(region.region)], dependsOn: waitsFor },
    );
    const machinesOf = (side: Side): SideMachines =>
      sideMachines(settings, region, runBy(region, side, release.sha256), bucket.bucketName);
    const { database, cacheNodeType, inBothZones, isProtected, quietHoursMax, backupCopies } =
      settings.orders;
    return {
      cidrBlock: region.cidrBlock,
      instanceType: region.instanceType,
      ...machinesOf("blue"),
      ...(region.release
        ? {
            release: {
              weights: { blue: region.release.blue, green: region.release.green },
              green: machinesOf("green"),
            },
          }
        : {}),
      ...(settings.visitorNetworks ? { visitorNetworks: settings.visitorNetworks } : {}),
      ...(settings.unreachable?.region === region.region ? { answered: settings.unreachable } : {}),
      statements: [...bucket.statements, orderSecretStatement(region, providerOf)],
      orders: {
        identifier: deploymentOf(region),
        tables: tables.usedFrom(region.region),
        settings: {
          ...{ database, cacheNodeType, inBothZones, isProtected },
          maintenance: region === primary ? maintenance.primary : maintenance.standby,
          // The standby region has no orders for weeks.
          ...(region === primary && quietHoursMax !== undefined ? { quietHoursMax } : {}),
          ...(backupCopies
            ? {
                backupCopies: {
                  days: backupCopies.days,
                  provider: providerOf(backupCopies.region),
                },
              }
            : {}),
        },
      },
    };
  };
  return { machinesIn, siteSha256: release.sha256 };
}

/** Permission to read the secret that signs synthetic orders. */
function orderSecretStatement(
  { region }: RegionSettings,
  providerOf: ApplicationArgs["providerOf"],
): ReturnType<typeof readsOrderSecret> {
  const { accountId } = aws.getCallerIdentityOutput({}, { provider: providerOf(region) });
  return readsOrderSecret(orderSecretName(), region, accountId);
}

/** The image and user data of the machines of one side. */
function sideMachines(
  settings: Settings,
  region: RegionSettings,
  run: PinnedSide,
  bucketName: pulumi.Output<string>,
): SideMachines {
  const told = (availabilityZone: string): pulumi.Output<string> =>
    bucketName.apply((releaseBucket) =>
      userData({
        appDirectory,
        ...bootSettings(settings, region, run),
        availabilityZone,
        releaseBucket,
        // Also without synthetic orders, so that enabling them later replaces no machine.
        orders: { ...ordersToFillIn, syntheticSecretId: orderSecretName() },
      }),
    );
  return {
    ...(run.imageId === undefined ? {} : { imageId: run.imageId }),
    userData: Object.fromEntries(region.availabilityZones.map((zone) => [zone, told(zone)])),
  };
}

/** The release of a side: the pinned one, otherwise the one in `app/`. */
function runBy({ imageId, release }: RegionSettings, side: Side, newest: string): PinnedSide {
  const pinned = release?.pinned[side];
  if (pinned) return pinned;
  return { siteSha256: newest, ...(imageId === undefined ? {} : { imageId }) };
}

function bootSettings(
  { checks: { endpoint }, compute, regions: { primary, standby } }: Settings,
  { name, region }: RegionSettings,
  { siteSha256, imageId }: PinnedSide,
): Omit<
  Parameters<typeof userData>[0],
  "appDirectory" | "availabilityZone" | "releaseBucket" | "orders"
> {
  const deployment = deploymentOf({ name });
  return {
    deployment,
    region,
    otherRegion: region === primary.region ? standby.region : primary.region,
    healthToken: endpoint.token,
    deepHealthToken: endpoint.token,
    https: endpoint.scheme === "https",
    ...(compute.kind === "balancer"
      ? { tlsPort: tlsTargetPort, healthPort: healthTargetPort }
      : {}),
    logGroup: `/cafe/${deployment}`,
    releaseSha256: siteSha256,
    prebuilt: imageId !== undefined,
  };
}

/** A region's name, for names that must be unique among stacks. */
function deploymentOf({ name }: Pick<RegionSettings, "name">): string {
  return `${pulumi.getProject()}-${pulumi.getStack()}-${name}`;
}
