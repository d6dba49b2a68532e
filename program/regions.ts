/** The serving regions, each with its own alerts, in rollout order. */
import type * as pulumi from "@pulumi/pulumi";
import { RegionTier } from "../components";
import type { FailbackGate, ReducedCapacity, RegionCompute } from "../components";
import { currentTtlSeconds } from "../config";
import type { CapacitySettings, RegionSettings } from "../config";
import { application } from "./application";
import type { Application } from "./application";
import type { CertificateArnIn } from "./certificates";
import { experimentTags } from "./gameDay";
import { gatingCheckIds } from "./gate";
import { regionAlerts } from "./alerts";
import { orderSecret } from "./orderSecret";
import type { DeployedRegion, DeployedRegions } from "./region";
import { standbyFirst } from "./rollout";
import type { ProgramContext } from "./stack";
import { syntheticChecks } from "./syntheticOrders";
import type { SyntheticChecks } from "./syntheticOrders";
import type { FoundZone } from "./zone";

export interface Regions extends DeployedRegions {
  /** The checks on synthetic orders; absent if those are off. */
  readonly outside?: SyntheticChecks;
  /** Id of the release in `app/`; absent for external endpoints. */
  readonly siteSha256?: string;
}

/** The inputs of both regions. */
interface Parts {
  readonly stack: ProgramContext;
  readonly zone: FoundZone;
  readonly certificateArnIn: CertificateArnIn;
  readonly outside: SyntheticChecks | undefined;
  readonly gate: FailbackGate | undefined;
  readonly machinesIn: Application["machinesIn"];
}

/** A change reaches the standby region first; the primary follows after a successful bake. */
export function serveRegions(
  stack: ProgramContext,
  zone: FoundZone,
  certificateArnIn: CertificateArnIn,
  gate: FailbackGate | undefined,
): Regions {
  const { settings, providerOf, tags } = stack;
  const outside = syntheticChecks(stack);
  orderSecret(stack);
  const { machinesIn, siteSha256 } = application({ settings, providerOf, tags });
  const parts = { stack, zone, certificateArnIn, outside, gate, machinesIn };
  const standby = serve(parts, settings.regions.standby, []);
  const primary = serve(parts, settings.regions.primary, standbyFirst(stack, zone, standby));
  return {
    primary,
    standby,
    ...(outside ? { outside } : {}),
    ...(siteSha256 === undefined ? {} : { siteSha256 }),
  };
}

/** A region with its alerts, all created after their dependencies. */
function serve(parts: Parts, region: RegionSettings, waitsFor: pulumi.Resource[]): DeployedRegion {
  const { stack, zone, outside, gate } = parts;
  const { settings, providerOf, recordNameOf, regionProbe, tags } = stack;
  const tier = new RegionTier(
    region.name,
    {
      recordName: recordNameOf(region),
      zoneId: zone.zoneId,
      ttlSeconds: currentTtlSeconds(settings.ttl),
      availabilityZones: region.availabilityZones,
      compute: computeOf(parts, region, waitsFor),
      ipv6: settings.ipv6,
      endpointProbe: settings.checks.endpoint,
      regionProbe,
      furtherCheckIds: [
        ...(outside?.watch(region, waitsFor) ?? []),
        ...(region === settings.regions.primary ? gatingCheckIds(stack, gate) : []),
      ],
      tags: experimentTags(settings, region, tags),
    },
    { providers: [providerOf(region.region)], dependsOn: waitsFor },
  );
  const alerts = regionAlerts(stack, region, tier, waitsFor);
  return { settings: region, tier, alerts };
}

function computeOf(
  { stack, machinesIn, certificateArnIn }: Parts,
  region: RegionSettings,
  waitsFor: pulumi.Resource[],
): RegionCompute {
  const { compute } = stack.settings;
  if (compute.kind === "addresses" || compute.kind === "alias") return compute;
  const { permissionsBoundary } = stack;
  const machines = { ...machinesIn(region, waitsFor), permissionsBoundary };
  if (compute.kind === "instance") return { kind: "instance", ...machines };
  return {
    ...compute,
    ...(region.capacity ? { capacity: capacityOf(region.capacity) } : {}),
    certificateArn: certificateArnIn(region.region),
    ...machines,
  };
}

function capacityOf({ runningPerZone, reservedPerZone }: CapacitySettings): ReducedCapacity {
  return { running: runningPerZone, reserved: reservedPerZone };
}
