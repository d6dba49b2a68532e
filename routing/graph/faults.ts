import { canonical } from "../domainName";
import { InputError } from "../inputError";
import { nearestName } from "../knownNames";
import { booleans } from "../logic";
import type { Logic } from "../logic";
import { regionIn } from "./awsNames";
import type { Losses } from "./need";
import { isZoneOf } from "./need";
import { outsideNameOf } from "./outside";
import type { Placement, Placements } from "./placement";
import type { Resource } from "./resource";
import type { StackGraph } from "./stackGraph";
import { awsTypes } from "./types";
import { fieldOf, listOf, valueOf } from "./values";

/** A failure, with the name that people know it by. */
export type Fault =
  | { readonly kind: "availabilityZone" | "region"; readonly name: string }
  /** The resources with that name, and everything below a component. */
  | { readonly kind: "resource"; readonly name: string; readonly urns: readonly string[] }
  /** An address or name that no resource stands for; everything that leads to it or probes it shares it. */
  | { readonly kind: "outside"; readonly name: string }
  /** A health check reports unhealthy, or healthy, or nobody knows what, whatever it watches. */
  | {
      readonly kind: "check";
      readonly name: string;
      readonly urns: readonly string[];
      /** Default: unhealthy. */
      readonly says?: "healthy" | "unhealthy" | { readonly unknownBecause: string };
    };

const checkPrefix = "check:";
/** After a check's name: the check reports healthy. */
const healthySuffix = "=healthy";

/** What faults can happen to. */
export interface Fallible {
  readonly graph: StackGraph;
  readonly placements: Placements;
  /** The addresses and names that no resource stands for. */
  readonly outsideNames: ReadonlySet<string>;
  /** The resource that has an address. */
  readonly resourceAt: (address: string) => Resource | undefined;
  /** What can fail behind a name of the zones, as it is given here. */
  readonly partsBehind: (name: string) => readonly string[];
}

/**
 * Faults from their names: an availability zone, a region, an address or name that no resource stands for, a
 * resource's name, URN or address, `check:<name>` for a check that reports unhealthy, or
 * `check:<name>=healthy`.
 *
 * @throws InputError with one line per name that the stack does not have, and per check with two statuses
 */
export function parseFaults(stack: Fallible, names: readonly string[]): readonly Fault[] {
  const problems: string[] = [];
  const faults = names.flatMap((name) => {
    const fault = parseFault(stack, name);
    if (fault === undefined) problems.push(unknownFault(stack, name));
    return fault ?? [];
  });
  problems.push(...contradictions(stack, faults));
  if (problems.length > 0) throw new InputError(problems);
  return faults;
}

/** One line for each check that reports healthy and unhealthy at once. */
function contradictions({ graph }: Fallible, faults: readonly Fault[]): readonly string[] {
  const reported = (says: "healthy" | undefined): readonly string[] =>
    faults.flatMap((fault) => (fault.kind === "check" && fault.says === says ? fault.urns : []));
  const isUp = new Set(reported("healthy"));
  const both = new Set(reported(undefined).filter((urn) => isUp.has(urn)));
  return [...both].map((urn) => {
    const name = checkPrefix + (graph.get(urn)?.name ?? urn);
    return `--fail ${name}: it reports healthy or unhealthy, got both; give ${name} or ${name}${healthySuffix}`;
  });
}

function parseFault(stack: Fallible, name: string): Fault | undefined {
  const { graph, placements, outsideNames } = stack;
  const matching = (candidates: readonly Resource[], wanted: string): readonly string[] =>
    candidates
      .filter((resource) => resource.name === wanted || resource.urn === wanted)
      .map(({ urn }) => urn);
  if (name.startsWith(checkPrefix)) {
    const urns = matching(graph.ofType(awsTypes.healthCheck), checkNamed(name));
    if (urns.length === 0) return undefined;
    const isUp = healthyIn(name) !== "";
    return { kind: "check", name, urns, ...(isUp ? { says: "healthy" as const } : {}) };
  }
  const place = placements.kindOf(name);
  if (place !== undefined) return { kind: place, name };
  if (regionsOfNames(graph).includes(name)) return { kind: "region", name };
  // Before resources: a record whose value is not known yet gives its name to what it leads to.
  const outside = [name, outsideNameOf(name)].find((one) => outsideNames.has(one));
  if (outside !== undefined) return { kind: "outside", name: outside };
  // A check is no part that fails: it reports, which has a fault of its own.
  const urns = matching(
    graph.resources.filter(({ type }) => type !== awsTypes.healthCheck),
    name,
  );
  const at = urns.length > 0 ? undefined : stack.resourceAt(outsideNameOf(name));
  const all = at ? [at.urn] : urns;
  return all.length > 0 ? { kind: "resource", name, urns: all } : undefined;
}

/** The check that a fault names, with or without `check:`. */
function checkNamed(fault: string): string {
  const end = fault.length - healthyIn(fault).length;
  return fault.slice(fault.startsWith(checkPrefix) ? checkPrefix.length : 0, end);
}

/** `=healthy`, if a fault ends in it. */
function healthyIn(fault: string): string {
  return fault.endsWith(healthySuffix) ? healthySuffix : "";
}

/** The regions in AWS names that records and checks contain. */
function regionsOfNames(graph: StackGraph): readonly string[] {
  const named = [
    ...graph
      .ofType(awsTypes.record)
      .flatMap((one) => [
        ...listOf(one, "aliases").map((alias) => fieldOf(alias, "name")),
        ...listOf(one, "records"),
      ]),
    ...graph.ofType(awsTypes.healthCheck).map((one) => valueOf(one, "fqdn")),
  ];
  const found = named.flatMap((name) =>
    typeof name === "string" ? (regionIn(canonical(name)) ?? []) : [],
  );
  return [...new Set(found)];
}

function unknownFault(stack: Fallible, name: string): string {
  const behind = stack.partsBehind(name);
  if (behind.length > 0) {
    return `--fail ${name}: a record does not fail, but what it leads to; give ${list(behind, " or ")}`;
  }
  const { graph, placements, outsideNames } = stack;
  const { availabilityZones } = placements;
  const regions = [...new Set([...placements.regions, ...regionsOfNames(graph)])].sort();
  const healthChecks = graph.ofType(awsTypes.healthCheck);
  const meant = healthChecks.find((one) => [one.name, one.urn, one.id].includes(checkNamed(name)));
  const checks = healthChecks.map((check) => checkPrefix + check.name);
  const resources = graph.resources.map((resource) => resource.name);
  const outside = [...outsideNames].sort();
  const known = [...regions, ...availabilityZones, ...outside, ...checks, ...resources];
  const near = meant ? checkPrefix + meant.name + healthyIn(name) : nearestName(name, known);
  const has = near === undefined ? "it has" : `did you mean ${near}? It has`;
  const addresses = outside.length > 0 ? `, the outside addresses ${list(outside)}` : "";
  return `--fail ${name}: no such fault in the stack; ${has} the regions ${list(regions)}, the availability zones ${list(availabilityZones)}${addresses} and the checks ${list(checks)}; a resource is given by its name`;
}

/** The most names of a kind that a message lists. */
const namesMax = 8;

function list(names: readonly string[], separator = ", "): string {
  const more = names.length - namesMax;
  if (more > 0) return `${names.slice(0, namesMax).join(separator)} (and ${more} more)`;
  return names.length > 0 ? names.join(separator) : "(none)";
}

/** A fault, and whether it happens; evaluated only when something depends on it. */
export interface PossibleFault<B> {
  readonly fault: Fault;
  readonly happens: () => B;
}

/** Everything that the faults take away. */
export function lossesOf(
  graph: StackGraph,
  placements: Placements,
  faults: readonly Fault[],
): Losses<boolean> {
  const happening = faults.map((fault) => ({ fault, happens: () => true }));
  return possibleLosses(booleans, { graph, placements }, happening);
}

/** What each fault takes away when it happens. The loss of a region includes its zones. */
export function possibleLosses<B>(
  logic: Logic<B>,
  { graph, placements }: { readonly graph: StackGraph; readonly placements: Placements },
  faults: readonly PossibleFault<B>[],
): Losses<B> {
  const byName = (kind: Fault["kind"]): Map<string, () => B> =>
    new Map(
      faults
        .filter(({ fault }) => fault.kind === kind)
        .map(({ fault, happens }) => [fault.name, happens]),
    );
  const regions = byName("region");
  const availabilityZones = byName("availabilityZone");
  const outside = byName("outside");
  const takenBy = new Map<string, (() => B)[]>();
  for (const { fault, happens } of faults) {
    if (fault.kind !== "resource") continue;
    for (const urn of fault.urns.flatMap((one) => subtreeOf(graph, one))) {
      takenBy.set(urn, [...(takenBy.get(urn) ?? []), happens]);
    }
  }
  const none = logic.constant(false);
  const noPlaces = regions.size + availabilityZones.size === 0;
  const regionLost = (region: string): B => regions.get(region)?.() ?? none;
  const zones = new Map<string, B>();
  const zoneLost = (zone: string): B => {
    let lost = zones.get(zone);
    if (lost === undefined) {
      lost = logic.or(
        logic.some(
          [...regions.keys()].filter((region) => isZoneOf(zone, region)),
          regionLost,
        ),
        () => availabilityZones.get(zone)?.() ?? none,
      );
      zones.set(zone, lost);
    }
    return lost;
  };
  const placeLost = ({ region, availabilityZones: places }: Placement): B =>
    logic.or(region === undefined ? none : regionLost(region), () =>
      places.length === 0 ? none : logic.every(places, zoneLost),
    );
  const resourceLost = (urn: string): B => {
    const resource = noPlaces ? undefined : graph.get(urn);
    return logic.or(resource ? placeLost(placements.of(resource)) : none, () =>
      logic.some(takenBy.get(urn) ?? [], (happens) => happens()),
    );
  };
  return {
    logic,
    resource: resourceLost,
    place: placeLost,
    outside: (name) => outside.get(name)?.() ?? none,
  };
}

function subtreeOf(graph: StackGraph, urn: string): readonly string[] {
  const resource = graph.get(urn);
  return resource ? graph.subtree(resource).map((each) => each.urn) : [];
}
