import { join } from "node:path";
import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { siteArchive } from "./app/boot/siteArchive";
import { userData } from "./app/boot/userData";
import { OrderTables, ReleaseBucket, ordersToFillIn, tlsTargetPort } from "./components";
import type { MachineRegion, Tags } from "./components";
import type { RegionSettings, Settings } from "./config";

export interface ApplicationArgs {
  readonly settings: Settings;
  readonly providerOf: (region: string) => aws.Provider;
  readonly tags: Tags;
}

/**
 * The application on machines of this stack's own: the tables that both regions share, a copy of the
 * release in each region, and what each instance is told when it boots. Nothing where the endpoints
 * are a team's own.
 */
export function application({
  settings,
  providerOf,
  tags,
}: ApplicationArgs): (region: RegionSettings) => MachineRegion {
  const { primary, standby } = settings.regions;
  const { kind } = settings.compute;
  if (kind !== "instance" && kind !== "balancer") {
    return ({ name }) => {
      throw new Error(`${name}: must have machines of this stack's own, got ${kind}`);
    };
  }
  const appDirectory = join(pulumi.getRootDirectory(), "app");
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
  return (region) => {
    const bucket = new ReleaseBucket(
      `${region.name}-releases`,
      { release, tags },
      { providers: [providerOf(region.region)] },
    );
    const told = (availabilityZone: string): pulumi.Output<string> =>
      bucket.bucketName.apply((releaseBucket) =>
        userData({
          appDirectory,
          ...bootSettings(settings, region),
          availabilityZone,
          releaseSha256: release.sha256,
          releaseBucket,
          orders: ordersToFillIn,
        }),
      );
    const { database, cacheNodeType, inBothZones, isProtected } = settings.orders;
    return {
      cidrBlock: region.cidrBlock,
      instanceType: region.instanceType,
      ...(region.imageId === undefined ? {} : { imageId: region.imageId }),
      ...(settings.visitorNetworks ? { visitorNetworks: settings.visitorNetworks } : {}),
      userData: Object.fromEntries(region.availabilityZones.map((zone) => [zone, told(zone)])),
      statements: bucket.statements,
      orders: {
        identifier: deploymentOf(region),
        tables: tables.usedFrom(region.region),
        // The region that stands by has no orders for weeks.
        settings:
          region === primary
            ? settings.orders
            : { database, cacheNodeType, inBothZones, isProtected },
      },
    };
  };
}

function bootSettings(
  { checks: { endpoint }, compute, regions: { primary, standby } }: Settings,
  { name, region, imageId }: RegionSettings,
): Omit<
  Parameters<typeof userData>[0],
  "appDirectory" | "availabilityZone" | "releaseSha256" | "releaseBucket" | "orders"
> {
  const deployment = deploymentOf({ name });
  return {
    deployment,
    region,
    otherRegion: region === primary.region ? standby.region : primary.region,
    healthToken: endpoint.token,
    deepHealthToken: endpoint.token,
    https: endpoint.scheme === "https",
    ...(compute.kind === "balancer" ? { tlsPort: tlsTargetPort } : {}),
    logGroup: `/cafe/${deployment}`,
    prebuilt: imageId !== undefined,
  };
}

/** What a region of a stack is called where names of several stacks meet. */
function deploymentOf({ name }: Pick<RegionSettings, "name">): string {
  return `${pulumi.getProject()}-${pulumi.getStack()}-${name}`;
}
