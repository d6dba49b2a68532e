import type { Conflict, Known } from "./parse";
import type { Path } from "./paths";
import { valueAt } from "./paths";
import { sides } from "./relations";
import type { RegionSettings, Settings } from "./settings";

/** Values that the program would request from an unreachable region, and that the settings lack. */
export function unreachableConflicts(known: Known<Settings>, raw: unknown): readonly Conflict[] {
  const { regions, unreachable } = known;
  if (unreachable?.region === undefined) return [];
  const both = sides.flatMap((side) => regions?.[side] ?? []);
  const region = both.find((one) => one.region === unreachable.region);
  if (region === undefined) {
    const must = both.flatMap((one) => one.region ?? []).join(" or ");
    const remedy = "name the region whose API does not respond";
    return [{ path: ["unreachable", "region"], must, remedy }];
  }
  const remedy = "take it from the state: docs/runbook.md";
  return asked(known, region)
    .map((path): Path => ["unreachable", ...path])
    .filter((path) => valueAt(raw, path) === undefined)
    .map((path) => ({ path, must: "there", remedy }));
}

/** The values that the program requests from a region's API, as paths below `unreachable`. */
function asked(
  { compute, ipv6, visitorNetworks }: Known<Settings>,
  { availabilityZones, imageId, release }: Known<RegionSettings>,
): readonly Path[] {
  if (compute?.kind !== "instance" && compute?.kind !== "balancer") return [];
  const colours = release === undefined ? [""] : ["", "green-"];
  const endpoints = (availabilityZones ?? []).flatMap((zone = "") =>
    colours.map((colour) => `${colour}${zone}`),
  );
  const isAskedByIpv6 = compute.kind === "balancer" && ipv6 === true;
  return [
    ...(imageId === undefined ? [["imageId"]] : []),
    ...(isAskedByIpv6 ? endpoints.map((key) => ["ipv6Addresses", key]) : []),
    ...(visitorNetworks === undefined ? [] : [["checkersPrefixListIds", "ipv4"]]),
    // With IPv6, balancers have a port for the checkers only, whoever else is admitted.
    ...(isAskedByIpv6 || (visitorNetworks !== undefined && ipv6 === true)
      ? [["checkersPrefixListIds", "ipv6"]]
      : []),
  ];
}
