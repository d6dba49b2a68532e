import { canonical } from "../domainName";
import { InputError } from "../inputError";
import type { HostedZone } from "../model";
import type { Resource } from "./resource";
import type { StackGraph } from "./stackGraph";
import { awsTypes } from "./types";
import { flagOf, listOf, textOf } from "./values";

/** The hosted zones of a stack; a private one is one that has VPCs. */
export function hostedZonesOf(graph: StackGraph): readonly HostedZone[] {
  return graph.ofType(awsTypes.zone).map(hostedZoneOf);
}

function hostedZoneOf(resource: Resource): HostedZone {
  const name = textOf(resource, "name");
  return {
    id: resource.urn,
    label: resource.name,
    // What the API calls it: a list of zones says so without their VPCs.
    isPrivate: listOf(resource, "vpcs").length > 0 || flagOf(resource, "privateZone"),
    ...(name === undefined ? {} : { name: canonical(name) }),
  };
}

/**
 * The one zone of a stack that goes by a domain name, by the name of its resource, or by its id.
 *
 * @throws InputError where there is none or several
 */
export function hostedZoneCalled(graph: StackGraph, wanted: string): HostedZone {
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
      ? `--zone ${wanted}: several zones are called so, got ${named(found)}; name one by its resource or its id`
      : `--zone ${wanted}: there is no such hosted zone; there are ${named(zones) || "none"}`,
  );
}

function describeZone(zone: Resource): string {
  const { isPrivate, name = "not known" } = hostedZoneOf(zone);
  return `${zone.name} (${name}, ${isPrivate ? "private" : "public"})`;
}
