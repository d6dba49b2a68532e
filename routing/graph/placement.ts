import { placementTags } from "../placementTags";
import type { Resource, Value } from "./resource";
import type { StackGraph } from "./stackGraph";
import { awsTypes } from "./types";
import { fieldOf, flagOf, isList, listOf, textOf, valueOf } from "./values";

/** Services that are in no single region, so that no region's loss affects them. */
const globalServices = ["route53", "cloudfront", "iam", "globalaccelerator"];

/** Properties by which resources refer to their subnets. */
const subnetProperties = [
  "subnetId",
  "subnets",
  "subnetIds",
  "subnetMappings",
  "vpcZoneIdentifiers",
  // A block of a container service, with its subnets.
  "networkConfiguration",
];

/** The place of a resource, with which it is lost. */
export interface Placement {
  /** Absent for a resource of a global service, which no region's loss affects. */
  readonly region?: string;
  /** The availability zones that it spans: it is lost when all of them are lost. */
  readonly availabilityZones: readonly string[];
}

/** The placements of a stack's resources, each computed on first use. */
export class Placements {
  private readonly known = new Map<string, Placement>();
  private places: Places | undefined;

  constructor(private readonly graph: StackGraph) {}

  /** The regions of the stack's resources, sorted. */
  get regions(): readonly string[] {
    return this.allPlaces().regions;
  }

  /** The availability zones of the stack's resources, sorted. */
  get availabilityZones(): readonly string[] {
    return this.allPlaces().availabilityZones;
  }

  /** The kind of place with this name; undefined where the stack has nothing there. */
  kindOf(name: string): "region" | "availabilityZone" | undefined {
    for (const resource of this.graph.rarestFirst()) {
      for (const { region, availabilityZones } of this.allOf(resource)) {
        if (region === name) return "region";
        if (availabilityZones.includes(name)) return "availabilityZone";
      }
    }
    return undefined;
  }

  of(resource: Resource): Placement {
    let placement = this.known.get(resource.urn);
    if (!placement) {
      placement = placementOf(this.graph, resource);
      this.known.set(resource.urn, placement);
    }
    return placement;
  }

  private allPlaces(): Places {
    this.places ??= placesOf(this.graph.resources.flatMap((one) => this.allOf(one)));
    return this.places;
  }

  private allOf(resource: Resource): readonly Placement[] {
    const declared = declaredPlacement(resource);
    return declared ? [this.of(resource), declared] : [this.of(resource)];
  }
}

/** All places in a stack. */
interface Places {
  readonly regions: readonly string[];
  readonly availabilityZones: readonly string[];
}

function placesOf(placements: readonly Placement[]): Places {
  return {
    regions: sorted(placements.flatMap(({ region }) => region ?? [])),
    availabilityZones: sorted(placements.flatMap(({ availabilityZones }) => availabilityZones)),
  };
}

/** A resource's place, from its own properties, its tags and its subnets. */
export function placementOf(graph: StackGraph, resource: Resource): Placement {
  const service = /^aws:([^/]+)\//.exec(resource.type)?.[1];
  const isRegional = service !== undefined && !globalServices.includes(service);
  return {
    availabilityZones: isRegional ? availabilityZonesOf(graph, resource) : [],
    ...(isRegional && resource.region !== undefined ? { region: resource.region } : {}),
  };
}

/** The place that a resource's tags declare; undefined where they declare none. */
export function declaredPlacement(resource: Resource): Placement | undefined {
  const tags = valueOf(resource, "tags");
  const [zone, region] = [placementTags.availabilityZone, placementTags.region].map((tag) =>
    tagOf(tags, tag),
  );
  if (typeof zone !== "string" && typeof region !== "string") return undefined;
  return {
    availabilityZones: typeof zone === "string" ? [zone] : [],
    ...(typeof region === "string" ? { region } : {}),
  };
}

/** A tag's value. Tags are a mapping, except on a group of instances, where they are a list. */
function tagOf(tags: Value | undefined, tag: string): Value | undefined {
  if (!isList(tags)) return fieldOf(tags, tag);
  return fieldOf(
    tags.find((one) => fieldOf(one, "key") === tag),
    "value",
  );
}

function availabilityZonesOf(graph: StackGraph, resource: Resource): readonly string[] {
  // With a standby in another zone, its own zone is only its current one.
  const hasStandby = resource.type === awsTypes.database && flagOf(resource, "multiAz");
  const own = hasStandby ? undefined : textOf(resource, "availabilityZone");
  if (own !== undefined) return [own];
  const declared = declaredPlacement(resource)?.availabilityZones ?? [];
  if (declared.length > 0) return declared;
  const subnet = graph.follow(resource, "subnetId", [awsTypes.subnet]);
  // Before deployment, several subnets may be possible: then the zone is unknown.
  if (subnet.length > 1) return [];
  const holders = hasStandby
    ? graph
        .follow(resource, "dbSubnetGroupName", [awsTypes.databaseSubnetGroup])
        .filter(({ region }) => region === resource.region)
    : [resource];
  const zones = holders
    .flatMap((holder) => subnetProperties.flatMap((name) => subnetsIn(graph, holder, name)))
    .flatMap((subnet) => textOf(subnet, "availabilityZone") ?? []);
  return [...new Set(zones)];
}

/** The subnets in a list; empty where there are more candidates than list items. */
function subnetsIn(graph: StackGraph, resource: Resource, property: string): readonly Resource[] {
  const subnets = graph.follow(resource, property, [awsTypes.subnet]);
  const places = listOf(resource, property).length;
  return places > 0 && subnets.length > places ? [] : subnets;
}

function sorted(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}
