import { IPv4 } from "ipaddr.js";
import * as rules from "../constraints/rules";
import { certifiedNames, furtherNamesMax } from "../routing/certifiedNames";
import type { Conflict, Known } from "./parse";
import type { Path } from "./paths";
import { pathOf, valueAt } from "./paths";
import type { Settings } from "./settings";

/** What goes wrong between names, regions, zones and networks that are right by themselves. */
export function nameConflicts(known: Known<Settings>): readonly Conflict[] {
  const both = (key: string): readonly Found[] =>
    sides.flatMap((side) => textsAt(known, "regions", side, key));
  const hostnames = textsIn(known, "hostnames");
  const names = both("name");
  return [
    ...repetitions(hostnames, "a name that fails over once is enough"),
    ...textsAt(known, "hostedZone").flatMap((zone) => foreignNames(hostnames, zone)),
    ...tierNames(hostnames, names),
    ...crowdedCertificates(known, hostnames),
    ...repetitions(names, "each region has a record name of its own"),
    ...repetitions(
      [...both("region"), ...textsAt(known, "staticTier", "region")],
      "a tier cannot stand in for one that fails with it",
    ),
    ...sides.flatMap((side) => {
      const zones = textsIn(known, "regions", side, "availabilityZones");
      return [
        ...repetitions(zones, "a zone cannot stand in for itself"),
        ...textsAt(known, "regions", side, "region").flatMap((one) => foreignZones(zones, one)),
      ];
    }),
    ...overlaps(both("cidrBlock")),
    ...unvisited(known),
  ];
}

/** Where regions are in `regions`. */
export const sides = ["primary", "standby"] as const;

/** A text and where it is. */
export interface Found {
  readonly path: Path;
  readonly value: string;
}

/** A text, where it is known. */
export function textsAt(known: unknown, ...path: Path): readonly Found[] {
  const value = valueAt(known, path);
  return typeof value === "string" ? [{ path, value }] : [];
}

/** The texts of a list that are known. */
export function textsIn(known: unknown, ...path: Path): readonly Found[] {
  const list = valueAt(known, path);
  return Array.isArray(list) ? list.flatMap((_, index) => textsAt(known, ...path, index)) : [];
}

/** Texts that are there already. */
export function repetitions(found: readonly Found[], remedy: string): readonly Conflict[] {
  return found.flatMap(({ path, value }, index) => {
    const earlier = found.slice(0, index).find((one) => one.value === value);
    return earlier ? [{ path, must: `different from ${pathOf(earlier.path)}`, remedy }] : [];
  });
}

/** Synthetic orders that nobody lets in would take every region out of the answers. */
function unvisited({ checks, visitorNetworks }: Known<Settings>): readonly Conflict[] {
  if (checks?.metric?.enabled !== true || visitorNetworks === undefined) return [];
  const remedy = "synthetic orders come from addresses of AWS that change";
  return [{ path: ["checks", "metric", "enabled"], must: "false with visitorNetworks", remedy }];
}

/** More names than a certificate can tell apart, where TLS ends here. */
function crowdedCertificates(
  { compute, staticTier }: Known<Settings>,
  hostnames: readonly Found[],
): readonly Conflict[] {
  const endsTls = compute?.kind === "balancer" || staticTier?.kind === "cloudFront";
  const further = certifiedNames(hostnames.map(({ value }) => value)).length - 1;
  if (!endsTls || further <= furtherNamesMax) return [];
  const must = `names below ${furtherNamesMax} others at most, which is what a certificate has room for`;
  const remedy = "choose names that are directly below the same one";
  return [{ path: ["hostnames"], must, remedy, got: further }];
}

function foreignNames(hostnames: readonly Found[], zone: Found): readonly Conflict[] {
  return hostnames
    .filter(({ value }) => !value.endsWith(`.${zone.value}`))
    .map(({ path }) => ({
      path,
      must: `a name below ${pathOf(zone.path)} ${zone.value}`,
      remedy: "the zone's own name has no tree",
    }));
}

/** Later hostnames that the tree of the first one needs for itself. */
function tierNames(hostnames: readonly Found[], regions: readonly Found[]): readonly Conflict[] {
  const [first, ...others] = hostnames;
  if (!first) return [];
  const names = regions.map(({ value }) => value);
  const releases = names.flatMap((name) => [`release.${name}`, `green.${name}`]);
  const labels = [...rules.treeLabels, ...names, ...releases];
  const must = `no name of a tier below ${pathOf(first.path)}`;
  return others
    .filter(({ value }) => labels.some((label) => value === `${label}.${first.value}`))
    .map(({ path }) => ({ path, must, remedy: "give it another name" }));
}

function foreignZones(zones: readonly Found[], region: Found): readonly Conflict[] {
  const must = `a zone of ${pathOf(region.path)} ${region.value}`;
  return zones
    .filter(({ value }) => value.slice(0, -1) !== region.value)
    .map(({ path }) => ({ path, must, remedy: "name a zone of it" }));
}

function overlaps([one, other]: readonly Found[]): readonly Conflict[] {
  if (!one || !other) return [];
  const [[a, bits], [b, otherBits]] = [IPv4.parseCIDR(one.value), IPv4.parseCIDR(other.value)];
  const must = `apart from ${pathOf(one.path)} ${one.value}`;
  return a.match(b, Math.min(bits, otherBits))
    ? [{ path: other.path, must, remedy: "give it a block of its own" }]
    : [];
}
