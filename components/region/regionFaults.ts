import * as rules from "../../constraints/rules";
import { check } from "../common/argumentFaults";
import type { ArgumentFault } from "../common/argumentFaults";
import { computeFaults } from "../zone/availabilityZoneTier";
import { capacityFaults } from "../zone/capacity";
import { probeFaults } from "../zone/endpointCheck";
import type { Probe } from "../zone/endpointCheck";
import type { MachineRegion, RegionCompute } from "./regionCompute";
import type { RegionTierArgs } from "./regionTierArgs";

/** Faults of the plain arguments of a region tier. */
export function regionFaults(args: RegionTierArgs): readonly ArgumentFault[] {
  const { compute, availabilityZones } = args;
  const [first, second] = availabilityZones;
  const same: ArgumentFault = {
    propertyPath: "availabilityZones[1]",
    reason: rules.reasonOf(
      { must: "a different zone from the first", remedy: "a zone cannot be its own standby" },
      second,
    ),
  };
  return [
    ...check("recordName", args.recordName, rules.recordName),
    ...check("ttlSeconds", args.ttlSeconds, rules.ttlSeconds),
    ...check("availabilityZones[0]", first, rules.availabilityZone),
    ...check("availabilityZones[1]", second, rules.availabilityZone),
    ...(first === second ? [same] : []),
    ...regionComputeFaults(compute, availabilityZones, args.ipv6 ?? false),
    ...probeFaults("endpointProbe", args.endpointProbe),
    ...servedFaults("endpointProbe", args.endpointProbe, compute),
    ...probeFaults("regionProbe", args.regionProbe),
    ...servedFaults("regionProbe", args.regionProbe, compute),
  ];
}

function regionComputeFaults(
  compute: RegionCompute,
  availabilityZones: readonly string[],
  ipv6: boolean,
): readonly ArgumentFault[] {
  if (compute.kind === "addresses" || compute.kind === "alias") {
    return [
      ...missingEntries("compute.endpoints", compute.endpoints, availabilityZones),
      ...availabilityZones.flatMap((zone) => {
        const endpoint = compute.endpoints[zone];
        if (endpoint === undefined) return [];
        const own = { kind: compute.kind, ...endpoint } as Parameters<typeof computeFaults>[1];
        return computeFaults(`compute.endpoints.${zone}`, own, ipv6);
      }),
    ];
  }
  return [
    ...missingEntries("compute.userData", compute.userData, availabilityZones),
    ...releaseFaults(compute, availabilityZones),
    ...check("compute.cidrBlock", compute.cidrBlock, rules.cidrBlock),
    ...(compute.kind === "balancer"
      ? [
          ...check("compute.instancesPerZone", compute.instancesPerZone, rules.instances),
          ...capacityFaults("compute.capacity", compute.capacity, compute.instancesPerZone),
        ]
      : []),
    ...(compute.visitorNetworks ?? []).flatMap((block, index) =>
      check(`compute.visitorNetworks[${index}]`, block, rules.network),
    ),
  ];
}

function missingEntries(
  at: string,
  entries: Readonly<Record<string, unknown>>,
  availabilityZones: readonly string[],
): readonly ArgumentFault[] {
  return availabilityZones
    .filter((zone) => rules.availabilityZone.holds(zone) && entries[zone] === undefined)
    .map((zone) => ({
      propertyPath: `${at}.${zone}`,
      reason: rules.reasonOf({ must: "there", remedy: "give one per zone" }, undefined),
    }));
}

function releaseFaults(
  { release }: MachineRegion,
  availabilityZones: readonly string[],
): readonly ArgumentFault[] {
  if (release === undefined) return [];
  const { weights, green } = release;
  const at = "compute.release";
  return [
    ...check(`${at}.weights.blue`, weights.blue, rules.weight),
    ...check(`${at}.weights.green`, weights.green, rules.weight),
    ...check(`${at}.weights`, weights, {
      must: "other than 0 for both sides",
      remedy: "give the serving side a weight, such as 100",
      holds: () => weights.blue !== 0 || weights.green !== 0,
    }),
    ...missingEntries(`${at}.green.userData`, green.userData, availabilityZones),
  ];
}

/** The ports that each form of our own serves; external endpoints serve any. */
const served: Readonly<Record<string, readonly string[]>> = {
  instance: ["http:80"],
  balancer: ["http:80", "https:443"],
};

/** A probe of a port that is not served would exclude the tier permanently. */
function servedFaults(
  at: string,
  { scheme, port }: Probe,
  { kind }: RegionCompute,
): readonly ArgumentFault[] {
  const known = served[kind];
  if (known?.includes(`${scheme}:${port ?? (scheme === "https" ? 443 : 80)}`) !== false) return [];
  const must = kind === "instance" ? "HTTP on port 80" : "HTTP on port 80, or HTTPS on port 443";
  const remedy = `${kind === "instance" ? "the instances" : "the balancers"} serve no other port`;
  return [{ propertyPath: at, reason: rules.reasonOf({ must, remedy }, { scheme, port }) }];
}
