import { closest } from "fastest-levenshtein";
import { InputError } from "../inputError";
import type { Losses } from "./need";
import { isLost } from "./need";
import type { Placements } from "./placement";
import type { Resource } from "./resource";
import type { StackGraph } from "./stackGraph";
import { awsTypes } from "./types";

/** What fails, by the name that people know it by. */
export type Fault =
  | { readonly kind: "availabilityZone" | "region"; readonly name: string }
  /** A resource of that name, and what is below it where it is a component. */
  | { readonly kind: "resource"; readonly name: string; readonly urns: readonly string[] }
  /** A health check turns unhealthy, whatever it watches. */
  | { readonly kind: "check"; readonly name: string; readonly urns: readonly string[] };

const checkPrefix = "check:";

/**
 * Faults from their names: an availability zone, a region, a resource's name or URN, or
 * `check:<name>`.
 *
 * @throws InputError with a line per name that the stack does not have.
 */
export function parseFaults(
  graph: StackGraph,
  placements: Placements,
  names: readonly string[],
): readonly Fault[] {
  const problems: string[] = [];
  const faults = names.flatMap((name) => {
    const fault = parseFault(graph, placements, name);
    if (fault === undefined) problems.push(unknownFault(graph, placements, name));
    return fault ?? [];
  });
  if (problems.length > 0) throw new InputError(problems);
  return faults;
}

function parseFault(graph: StackGraph, placements: Placements, name: string): Fault | undefined {
  const matching = (candidates: readonly Resource[], wanted: string): readonly string[] =>
    candidates
      .filter((resource) => resource.name === wanted || resource.urn === wanted)
      .map(({ urn }) => urn);
  if (name.startsWith(checkPrefix)) {
    const urns = matching(graph.ofType(awsTypes.healthCheck), name.slice(checkPrefix.length));
    return urns.length > 0 ? { kind: "check", name, urns } : undefined;
  }
  const place = placements.kindOf(name);
  if (place !== undefined) return { kind: place, name };
  const urns = matching(graph.resources, name);
  return urns.length > 0 ? { kind: "resource", name, urns } : undefined;
}

function unknownFault(graph: StackGraph, placements: Placements, name: string): string {
  const { regions, availabilityZones } = placements;
  const checks = graph.ofType(awsTypes.healthCheck).map((check) => checkPrefix + check.name);
  const resources = graph.resources.map((resource) => resource.name);
  const known = [...regions, ...availabilityZones, ...checks, ...resources];
  const near = known.length > 0 ? `; did you mean ${closest(name, known)}?` : "";
  return `--fail ${name}: the stack has nothing of that name${near} It has the regions ${list(regions)}, the availability zones ${list(availabilityZones)} and the checks ${list(checks)}; a resource goes by its name`;
}

function list(names: readonly string[]): string {
  return names.length > 0 ? names.join(", ") : "(none)";
}

/** All that the faults take away. */
export function lossesOf(
  graph: StackGraph,
  placements: Placements,
  faults: readonly Fault[],
): Losses {
  const named = (kind: Fault["kind"]): ReadonlySet<string> =>
    new Set(faults.filter((fault) => fault.kind === kind).map(({ name }) => name));
  const regions = named("region");
  const availabilityZones = named("availabilityZone");
  const taken = new Set(
    faults
      .flatMap((fault) => (fault.kind === "resource" ? fault.urns : []))
      .flatMap((urn) => subtreeOf(graph, urn)),
  );
  const has = (urn: string): boolean => {
    if (taken.has(urn)) return true;
    const resource = graph.get(urn);
    return resource ? isLost(placements.of(resource), { regions, availabilityZones }) : false;
  };
  return { resources: { has }, regions, availabilityZones };
}

function subtreeOf(graph: StackGraph, urn: string): readonly string[] {
  const resource = graph.get(urn);
  return resource ? graph.subtree(resource).map((each) => each.urn) : [];
}

/** The URNs of the checks that the faults turn unhealthy. */
export function failedChecks(faults: readonly Fault[]): ReadonlySet<string> {
  return new Set(faults.flatMap((fault) => (fault.kind === "check" ? fault.urns : [])));
}
