import { IPv4 } from "ipaddr.js";
import * as rules from "../constraints/rules";
import type { Constraint } from "../constraints/rules";
import { certifiedNames, furtherNamesMax } from "../routing/certifiedNames";

/**
 * What is wrong between values of a stack's configuration that are right by themselves. It reads the
 * values as they were given, so that these faults are told together with those of other values.
 */
export function relationFaults(raw: unknown): readonly string[] {
  const find = (rule: Constraint, ...path: Path): readonly Found[] => {
    const value = valueAt(raw, path);
    return typeof value === "string" && rule.holds(value) ? [{ path: pathOf(path), value }] : [];
  };
  const both = (rule: Constraint, key: string): readonly Found[] => [
    ...find(rule, "regions", "primary", key),
    ...find(rule, "regions", "standby", key),
  ];
  const zonesOf = (side: string): readonly Found[] =>
    [0, 1].flatMap((at) => find(rules.availabilityZone, "regions", side, "availabilityZones", at));
  const list = valueAt(raw, ["hostnames"]);
  const hostnames = Array.isArray(list)
    ? list.flatMap((_, at) => find(rules.hostname, "hostnames", at))
    : [];
  const names = both(rules.regionName, "name");
  const regions = both(rules.region, "region");
  return [
    ...repetitions(hostnames, "a name that fails over once is enough"),
    ...find(rules.zoneName, "hostedZone").flatMap((zone) => foreignNames(hostnames, zone)),
    ...tierNames(hostnames, names),
    ...roomFaults(raw, hostnames),
    ...repetitions(names, "each region has a record name of its own"),
    ...repetitions(
      [...regions, ...find(rules.region, "staticTier", "region")],
      "a tier cannot stand in for one that fails with it",
    ),
    ...["primary", "standby"].flatMap((side) => [
      ...repetitions(zonesOf(side), "a zone cannot stand in for itself"),
      ...find(rules.region, "regions", side, "region").flatMap((region) =>
        foreignZones(zonesOf(side), region),
      ),
    ]),
    ...overlaps(both(rules.cidrBlock, "cidrBlock")),
    ...unvisitedFaults(raw),
  ];
}

/** Synthetic orders that nobody lets in would take every region out of the answers. */
function unvisitedFaults(raw: unknown): readonly string[] {
  const isOn = valueAt(raw, ["checks", "metric", "enabled"]) === true;
  if (!isOn || valueAt(raw, ["visitorNetworks"]) === undefined) return [];
  const must = "false with visitorNetworks";
  const remedy = "synthetic orders come from addresses of AWS that change";
  return [`checks.metric.enabled: ${rules.reasonOf({ must, remedy }, true)}`];
}

/** More names than a certificate can tell apart, where TLS ends here. */
function roomFaults(raw: unknown, hostnames: readonly Found[]): readonly string[] {
  const endsTls =
    valueAt(raw, ["compute", "kind"]) === "balancer" ||
    valueAt(raw, ["staticTier", "kind"]) === "cloudFront";
  const further = certifiedNames(hostnames.map(({ value }) => value)).length - 1;
  if (!endsTls || further <= furtherNamesMax) return [];
  const must = `names below ${furtherNamesMax} others at most, which is what a certificate has room for`;
  const remedy = "choose names that are directly below the same one";
  return [`hostnames: ${rules.reasonOf({ must, remedy }, further)}`];
}

type Path = readonly (string | number)[];

/** A value that is right by itself. */
interface Found {
  readonly path: string;
  readonly value: string;
}

function fault({ path, value }: Found, must: string, remedy: string): string {
  return `${path}: ${rules.reasonOf({ must, remedy }, value)}`;
}

function repetitions(found: readonly Found[], remedy: string): readonly string[] {
  return found.flatMap((one, index) => {
    const earlier = found.slice(0, index).find(({ value }) => value === one.value);
    return earlier ? [fault(one, `different from ${earlier.path}`, remedy)] : [];
  });
}

function foreignNames(hostnames: readonly Found[], zone: Found): readonly string[] {
  return hostnames
    .filter(({ value }) => !value.endsWith(`.${zone.value}`))
    .map((one) =>
      fault(one, `a name below ${zone.path} ${zone.value}`, "the zone's own name has no tree"),
    );
}

/** Later hostnames that the tree of the first one needs for itself. */
function tierNames(hostnames: readonly Found[], regions: readonly Found[]): readonly string[] {
  const [first, ...others] = hostnames;
  if (!first) return [];
  const names = regions.map(({ value }) => value);
  const sides = names.flatMap((name) => [`release.${name}`, `green.${name}`]);
  const labels = [...rules.treeLabels, ...names, ...sides];
  return others
    .filter(({ value }) => labels.some((label) => value === `${label}.${first.value}`))
    .map((one) => fault(one, `no name of a tier below ${first.path}`, "give it another name"));
}

function foreignZones(zones: readonly Found[], region: Found): readonly string[] {
  return zones
    .filter(({ value }) => value.slice(0, -1) !== region.value)
    .map((zone) => fault(zone, `a zone of ${region.path} ${region.value}`, "name a zone of it"));
}

function overlaps([one, other]: readonly Found[]): readonly string[] {
  if (!one || !other) return [];
  const [[a, bits], [b, otherBits]] = [IPv4.parseCIDR(one.value), IPv4.parseCIDR(other.value)];
  return a.match(b, Math.min(bits, otherBits))
    ? [fault(other, `apart from ${one.path} ${one.value}`, "give it a block of its own")]
    : [];
}

/** The value at a path, however much of the path there is. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, step) =>
      typeof at === "object" && at !== null && Object.hasOwn(at, step)
        ? (at as Readonly<Record<string | number, unknown>>)[step]
        : undefined,
    value,
  );
}

/** `["regions", "primary", "availabilityZones", 1]` as it is written in messages. */
export function pathOf(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`))
    .join("")
    .replace(/^\./, "");
}
