/** The stack's outputs for other teams: the contract of `outputs.ts`. */
import type {
  AvailabilityZoneTier,
  FailbackGate,
  RegionTier,
  StaticFallbackTier,
} from "../components";
import { currentTtlSeconds } from "../config";
import type { RegionSettings } from "../config";
import { schemaVersion } from "../outputs";
import type { EndpointOutputs, Exported, RegionOutputs, StackOutputs } from "../outputs";
import { gateOutputs } from "./gate";
import type { Operations } from "./operations";
import type { Regions } from "./regions";
import type { ProgramContext } from "./stack";
import type { FoundZone } from "./zone";

export interface Published {
  readonly zone: FoundZone;
  readonly regions: Regions;
  readonly page: StaticFallbackTier;
  readonly operations: Operations;
  readonly gameDay: Exported<StackOutputs["gameDay"]> | undefined;
  readonly gate: FailbackGate | undefined;
}

export function outputsOf(
  stack: ProgramContext,
  { zone, regions, page, operations, gameDay, gate }: Published,
): Exported<StackOutputs> {
  const { settings, tree } = stack;
  const { primary, standby, siteSha256 } = regions;
  return {
    schemaVersion,
    hostname: tree,
    hostnames: settings.hostnames,
    hostedZone: {
      id: zone.zoneId,
      name: settings.hostedZone,
      nameServers: zone.nameServers,
    },
    regions: {
      primary: regionOutputs(primary.settings, primary.tier),
      standby: regionOutputs(standby.settings, standby.tier),
    },
    staticTier: { region: settings.staticTier.region, websites: page.websites },
    alerts: operations.alerts,
    ...(gameDay ? { gameDay } : {}),
    ...(gate ? { gate: gateOutputs(stack, gate) } : {}),
    ttlSeconds: currentTtlSeconds(settings.ttl),
    ttl: settings.ttl,
    ...(siteSha256 === undefined ? {} : { release: { siteSha256 } }),
    objectives: settings.objectives,
    assumptions: settings.assumptions,
  };
}

function regionOutputs(region: RegionSettings, tier: RegionTier): Exported<RegionOutputs> {
  const { green, entry, checkId, availabilityZones } = tier;
  return {
    name: region.name,
    region: region.region,
    entryName: entry.name,
    checkId,
    endpoints: availabilityZones.map(endpointOutputs),
    ...(green
      ? {
          green: {
            recordName: green.recordName,
            endpoints: green.availabilityZones.map(endpointOutputs),
          },
        }
      : {}),
  };
}

function endpointOutputs({
  availabilityZone,
  addresses,
  checkIds,
  dnsName,
}: AvailabilityZoneTier): Exported<EndpointOutputs> {
  return {
    availabilityZone,
    ...(addresses.A ? { address: addresses.A } : {}),
    ...(addresses.AAAA ? { ipv6Address: addresses.AAAA } : {}),
    ...(dnsName ? { dnsName } : {}),
    checkId: checkIds.A,
    ...(checkIds.AAAA ? { ipv6CheckId: checkIds.AAAA } : {}),
  };
}
