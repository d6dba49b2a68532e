import { canonical } from "../domainName";
import { InputError } from "../inputError";
import { firstNames, nearestName } from "../knownNames";
import type { DnsZone } from "../model";
import type { Resource } from "./resource";
import type { StackGraph } from "./stackGraph";
import { awsTypes } from "./types";
import { flagOf, listOf, textOf } from "./values";

/** The hosted zones of a stack; a zone with VPCs is private. */
export function hostedZonesOf(graph: StackGraph): readonly DnsZone[] {
  return graph.ofType(awsTypes.zone).map(hostedZoneOf);
}

function hostedZoneOf(resource: Resource): DnsZone {
  const name = textOf(resource, "name");
  return {
    id: resource.urn,
    label: resource.name,
    // `privateZone` is the API's field: a list of zones includes it without the zones' VPCs.
    isPrivate: listOf(resource, "vpcs").length > 0 || flagOf(resource, "privateZone"),
    ...(resource.isWhole ? { isWhole: true } : {}),
    ...(name === undefined ? {} : { name: canonical(name) }),
  };
}

/**
 * The one zone of a stack with a domain name, a resource name or an id.
 *
 * @throws InputError where no zone, or several, match
 */
export function hostedZoneCalled(graph: StackGraph, wanted: string): DnsZone {
  const zones = graph.ofType(awsTypes.zone);
  const found = zones.filter(
    (zone) =>
      [zone.name, zone.urn, zone.id, textOf(zone, "zoneId")].includes(wanted) ||
      canonical(textOf(zone, "name") ?? "") === canonical(wanted),
  );
  const [first] = found;
  if (first && found.length === 1) return hostedZoneOf(first);
  const named = (some: readonly Resource[]): string => some.map(describeZone).join(", ");
  throw new InputError(
    first
      ? `--zone ${wanted}: several zones match, got ${named(found)}; name one by its resource or its id`
      : `--zone ${wanted}: there is no such hosted zone; ${zonesThereAre(wanted, zones)}`,
  );
}

/** The domain that was meant, perhaps, and the first of the zones. */
function zonesThereAre(wanted: string, zones: readonly Resource[]): string {
  if (zones.length === 0) return "there are none";
  const known = zones.flatMap((zone) => [zone.name, canonical(textOf(zone, "name") ?? "")]);
  const near = nearestName(canonical(wanted), known);
  const listed = `here are ${firstNames(zones.map(describeZone))}`;
  return near === undefined ? `t${listed}` : `did you mean ${near}? T${listed}`;
}

function describeZone(zone: Resource): string {
  const { isPrivate, name = "not known" } = hostedZoneOf(zone);
  return `${zone.name} (${name}, ${isPrivate ? "private" : "public"})`;
}
