import { IPv4 } from "ipaddr.js";
import * as rules from "../constraints/rules";
import { certifiedNames, furtherNamesMax } from "../routing/certifiedNames";
import type { Conflict, Known } from "./parse";
import type { Path } from "./paths";
import { pathOf, valueAt } from "./paths";
import type { Settings } from "./settings";

/** Conflicts between names, regions, zones and networks that are valid on their own. */
export function nameConflicts(known: Known<Settings>): readonly Conflict[] {
  const both = (key: string): readonly TextAt[] =>
    sides.flatMap((side) => textsAt(known, "regions", side, key));
  const hostnames = textsIn(known, "hostnames");
  const names = both("name");
  return [
    ...repetitions(hostnames, "list each name once"),
    ...textsAt(known, "hostedZone").flatMap((zone) => foreignNames(hostnames, zone)),
    ...tierNames(hostnames, names),
    ...crowdedCertificates(known, hostnames),
    ...repetitions(names, "each region needs its own record name"),
    ...repetitions(
      [...both("region"), ...textsAt(known, "staticTier", "region")],
      "a standby must not share a failure domain with its primary",
    ),
    ...textsAt(known, "orders", "backupCopies", "region").flatMap(({ path, value }) =>
      both("region")
        .filter((one) => one.value === value)
        .map((one) => ({
          path,
          must: `different from ${pathOf(one.path)}`,
          remedy: "a copy in the region of its original is lost with it",
        })),
    ),
    ...sides.flatMap((side) => {
      const zones = textsIn(known, "regions", side, "availabilityZones");
      return [
        ...repetitions(zones, "a zone cannot be its own standby"),
        ...textsAt(known, "regions", side, "region").flatMap((one) => foreignZones(zones, one)),
      ];
    }),
    ...overlaps(both("cidrBlock")),
    ...unvisited(known),
    ...lateDetection(known),
  ];
}

/** The keys of `regions`. */
export const sides = ["primary", "standby"] as const;

/** A text and its path. */
export interface TextAt {
  readonly path: Path;
  readonly value: string;
}

/** The text at a path, if it is known. */
export function textsAt(known: unknown, ...path: Path): readonly TextAt[] {
  const value = valueAt(known, path);
  return typeof value === "string" ? [{ path, value }] : [];
}

/** The known texts of a list. */
export function textsIn(known: unknown, ...path: Path): readonly TextAt[] {
  const list = valueAt(known, path);
  return Array.isArray(list) ? list.flatMap((_, index) => textsAt(known, ...path, index)) : [];
}

/** Texts that occur earlier in the list. */
export function repetitions(found: readonly TextAt[], remedy: string): readonly Conflict[] {
  return found.flatMap(({ path, value }, index) => {
    const earlier = found.slice(0, index).find((one) => one.value === value);
    return earlier ? [{ path, must: `different from ${pathOf(earlier.path)}`, remedy }] : [];
  });
}

/** A downtime begins with its detection, so an objective for it that is longer has no effect. */
function lateDetection({ objectives }: Known<Settings>): readonly Conflict[] {
  const detection = objectives?.zoneOrRegionDetectionSeconds;
  const downtime = objectives?.zoneOrRegionDowntimeSeconds;
  if (detection === undefined || downtime === undefined || detection <= downtime) return [];
  return [
    {
      path: ["objectives", "zoneOrRegionDetectionSeconds"],
      must: `at most objectives.zoneOrRegionDowntimeSeconds, ${downtime}`,
      remedy: "detection is a part of the downtime",
    },
  ];
}

/** Synthetic orders that are not admitted would make every region unhealthy. */
function unvisited({ checks, visitorNetworks }: Known<Settings>): readonly Conflict[] {
  if (checks?.metric?.enabled !== true || visitorNetworks === undefined) return [];
  const remedy = "synthetic orders come from changing AWS addresses";
  return [{ path: ["checks", "metric", "enabled"], must: "false with visitorNetworks", remedy }];
}

/** More names than one certificate can cover, if this stack terminates TLS. */
function crowdedCertificates(
  { compute, staticTier }: Known<Settings>,
  hostnames: readonly TextAt[],
): readonly Conflict[] {
  const endsTls = compute?.kind === "balancer" || staticTier?.kind === "cloudFront";
  const further = certifiedNames(hostnames.map(({ value }) => value)).length - 1;
  if (!endsTls || further <= furtherNamesMax) return [];
  const must = `names below at most ${furtherNamesMax} others, the limit of a certificate`;
  const remedy = "choose names directly below the same parent";
  return [{ path: ["hostnames"], must, remedy, got: further }];
}

function foreignNames(hostnames: readonly TextAt[], zone: TextAt): readonly Conflict[] {
  return hostnames
    .filter(({ value }) => !value.endsWith(`.${zone.value}`))
    .map(({ path }) => ({
      path,
      must: `a name below ${pathOf(zone.path)} ${zone.value}`,
      remedy: "the zone's apex has no tree",
    }));
}

/** Later hostnames that the tree of the first one uses. */
function tierNames(hostnames: readonly TextAt[], regions: readonly TextAt[]): readonly Conflict[] {
  const [first, ...others] = hostnames;
  if (!first) return [];
  const names = regions.map(({ value }) => value);
  const releases = names.flatMap((name) => [`release.${name}`, `green.${name}`]);
  const labels = [...rules.treeLabels, ...names, ...releases];
  const must = `not a name of a tier below ${pathOf(first.path)}`;
  return others
    .filter(({ value }) => labels.some((label) => value === `${label}.${first.value}`))
    .map(({ path }) => ({ path, must, remedy: "give it another name" }));
}

function foreignZones(zones: readonly TextAt[], region: TextAt): readonly Conflict[] {
  const must = `a zone of ${pathOf(region.path)} ${region.value}`;
  return zones
    .filter(({ value }) => value.slice(0, -1) !== region.value)
    .map(({ path }) => ({ path, must, remedy: "name one of its zones" }));
}

function overlaps([one, other]: readonly TextAt[]): readonly Conflict[] {
  if (!one || !other) return [];
  const [[a, bits], [b, otherBits]] = [IPv4.parseCIDR(one.value), IPv4.parseCIDR(other.value)];
  const must = `apart from ${pathOf(one.path)} ${one.value}`;
  return a.match(b, Math.min(bits, otherBits))
    ? [{ path: other.path, must, remedy: "give it a separate block" }]
    : [];
}
