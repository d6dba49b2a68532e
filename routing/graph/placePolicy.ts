import { affinityLocations } from "../affinity";
import type { PlacePolicy, RoutingPolicy } from "../model";
import type { Resource, Value } from "./resource";
import type { StackGraph } from "./stackGraph";
import { awsTypes } from "./types";
import { fieldOf, firstOf, isList, listOf, numberIn, textOf, valueOf } from "./values";

type Unsupported = Extract<RoutingPolicy, { kind: "unsupported" }>;

/**
 * A record's policy if its answer depends on where a query comes from; undefined for any other
 * policy.
 */
export function placePolicyOf(
  graph: StackGraph,
  resource: Resource,
): PlacePolicy | Unsupported | undefined {
  for (const [property, read] of Object.entries(readers)) {
    const value = firstOf(valueOf(resource, property)) ?? null;
    if (value !== null) return read(value, graph, resource) ?? unsupported(property, value);
  }
  return undefined;
}

const readers: Readonly<
  Record<
    string,
    (value: Value, graph: StackGraph, resource: Resource) => PlacePolicy | Unsupported | undefined
  >
> = {
  latencyRoutingPolicies: latency,
  geolocationRoutingPolicies: geolocation,
  geoproximityRoutingPolicy: geoproximity,
  cidrRoutingPolicy: cidr,
  azAffinityRoutingPolicy: azAffinity,
};

function unsupported(property: string, value: Value): Unsupported {
  const of = property.replace(/Routing.*/, "");
  return notModelled(of, `${of} ${JSON.stringify(value)}`);
}

/** @param policy the policy as it is written */
export function notModelled(of: string, policy: string): Unsupported {
  const why = `${policy} routing is not modelled; ask for a name that does not use it`;
  return { kind: "unsupported", of, why };
}

function latency(value: Value): PlacePolicy | undefined {
  const region = fieldOf(value, "region");
  return typeof region === "string" ? { kind: "latency", region } : undefined;
}

/** An asterisk is the country of the default (API:GeoLocation.CountryCode). */
function geolocation(value: Value): PlacePolicy | undefined {
  const [continent, country, subdivision] = ["continent", "country", "subdivision"].map((field) =>
    code(fieldOf(value, field)),
  );
  if (country === "*") return { kind: "geolocation", place: null };
  if (country === undefined && continent === undefined) return undefined;
  return {
    kind: "geolocation",
    place: {
      ...(continent === undefined ? {} : { continent }),
      ...(country === undefined ? {} : { country }),
      ...(subdivision === undefined ? {} : { subdivision }),
    },
  };
}

function code(value: Value | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value.toUpperCase() : undefined;
}

function geoproximity(value: Value): PlacePolicy | undefined {
  const bias = numberIn(fieldOf(value, "bias")) ?? 0;
  const region = fieldOf(value, "awsRegion");
  if (typeof region === "string" && region !== "") {
    return { kind: "geoproximity", place: region, bias };
  }
  const coordinates = firstOf(fieldOf(value, "coordinates"));
  const [latitude, longitude] = ["latitude", "longitude"].map((field) => {
    const degrees = fieldOf(coordinates, field);
    return degrees === undefined || degrees === "" ? NaN : Number(degrees);
  }) as [number, number];
  return Number.isFinite(latitude) && Number.isFinite(longitude)
    ? { kind: "geoproximity", place: { latitude, longitude }, bias }
    : undefined;
}

function cidr(
  value: Value,
  graph: StackGraph,
  record: Resource,
): PlacePolicy | Unsupported | undefined {
  const collection = collectionOf(
    graph,
    record,
    "cidrRoutingPolicy",
    fieldOf(value, "collectionId"),
  );
  const location = fieldOf(value, "locationName");
  if (collection === undefined || typeof location !== "string") return undefined;
  if (location === "*") return { kind: "cidr", collection, location, blocks: null };
  const blocks = blocksOf(graph, collection, location);
  if (blocks) return { kind: "cidr", collection, location, blocks };
  const why = `the blocks of its CIDR location are not part of what was read, got ${location} of collection ${collection}; add that location`;
  return { kind: "unsupported", of: "cidr", why };
}

function azAffinity(value: Value): PlacePolicy | undefined {
  const [type, id] = ["locationType", "locationId"].map((field) => fieldOf(value, field));
  const location = affinityLocations.find((one) => one === type);
  return location === undefined || typeof id !== "string"
    ? undefined
    : { kind: "azAffinity", location, id };
}

/** The collection of a record or a location: its resource's name, else its id. */
function collectionOf(
  graph: StackGraph,
  resource: Resource,
  property: string,
  id: Value | undefined,
): string | undefined {
  const types = [awsTypes.cidrCollection];
  const [made] =
    typeof id === "string"
      ? graph.byValue(id, types)
      : graph.dependenciesOf(resource, property, types);
  return made?.name ?? (typeof id === "string" ? id : undefined);
}

/**
 * The blocks of a location, which is a resource of its own, or in aws-native a part of its
 * collection; undefined where one of them, or the location, was not read.
 */
function blocksOf(
  graph: StackGraph,
  collection: string,
  location: string,
): readonly string[] | undefined {
  const own = graph
    .ofType(awsTypes.cidrLocation)
    .filter(
      (one) =>
        textOf(one, "name") === location &&
        collectionOf(graph, one, "cidrCollectionId", valueOf(one, "cidrCollectionId")) ===
          collection,
    )
    .map((one) => valueOf(one, "cidrBlocks"));
  const parts = graph
    .ofType(awsTypes.cidrCollection)
    .filter(({ name }) => name === collection)
    .flatMap((one) => listOf(one, "locations"))
    .filter((one) => fieldOf(one, "locationName") === location)
    .map((one) => fieldOf(one, "cidrList"));
  const [blocks] = [...own, ...parts];
  return isList(blocks) && blocks.every((block) => typeof block === "string") ? blocks : undefined;
}
