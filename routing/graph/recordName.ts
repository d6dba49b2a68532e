import { canonical, isWithin } from "../domainName";
import { Unknown } from "./resource";
import type { Resource } from "./resource";
import type { StackGraph } from "./stackGraph";
import { awsTypes } from "./types";
import { textOf, valueOf } from "./values";

/** The URN of a record's zone, or the id of a zone outside the stack, of which all unknown ones count as one. */
export function zoneIdOf(graph: StackGraph, resource: Resource): string {
  const [zone] = graph.follow(resource, "zoneId", [awsTypes.zone]);
  if (zone) return zone.urn;
  const id = valueOf(resource, "zoneId");
  return id instanceof Unknown ? `<${id.reason}>` : (textOf(resource, "zoneId") ?? "");
}

/**
 * A record's fully qualified name, lower case, without the trailing dot. A name that does not end
 * with the zone's name is relative to it. Undefined while it is unknown.
 */
export function recordNameOf(graph: StackGraph, resource: Resource): string | undefined {
  const qualified = textOf(resource, "fqdn");
  if (qualified !== undefined) return canonical(qualified);
  const name = valueOf(resource, "name");
  if (typeof name !== "string") return undefined;
  const [zone] = graph.follow(resource, "zoneId", [awsTypes.zone]);
  const suffix = zone && textOf(zone, "name");
  const given = canonical(name);
  if (suffix === undefined) return given;
  const zoneName = canonical(suffix);
  if (given === "") return zoneName;
  return isWithin(given, zoneName) ? given : `${given}.${zoneName}`;
}
