import { BlockList, isIPv6 } from "node:net";
import type { VpcPlace } from "./affinity";
import { affinityRank, vpcPlaceWords } from "./affinity";
import { awsRegions, continentOf, kilometresBetween } from "./locations";
import type { Coordinates } from "./locations";
import type { Group, PlacePolicy, RecordSet, RoutingPolicy } from "./model";

/**
 * The place that a query comes from, as far as known. Each policy that depends on the place uses
 * another part of it. An absent part is unknown; null means that it is known to match no place in
 * the zone.
 */
export interface Asker {
  /** The AWS region whose network it comes from, or the nearest one: C18, C20. */
  readonly region?: string;
  /** The location that Route 53 assigns to its address: C19. */
  readonly location?: Location | null;
  /** Its own address, or its resolver's: C21. */
  readonly address?: string | null;
  /** The AWS availability zone it comes from: C22. */
  readonly vpc?: VpcPlace | null;
}

/** A continent, a country, or a subdivision of a country. */
export interface Location {
  readonly continent: string;
  readonly country?: string;
  readonly subdivision?: string;
}

/** The part of an asker that a policy uses. */
export type AskerPart = keyof Asker;

/** Whether a policy depends on where a query comes from. */
export function goesByPlace(policy: RoutingPolicy): policy is PlacePolicy {
  return ["latency", "geolocation", "geoproximity", "cidr", "azAffinity"].includes(policy.kind);
}

/** Whether a policy is for every place that no other record of its group is for. */
export function isDefault(policy: RoutingPolicy): boolean {
  switch (policy.kind) {
    case "geolocation":
      return policy.place === null;
    case "cidr":
      return policy.blocks === null;
    case "azAffinity":
      return policy.location === "Global";
    default:
      return false;
  }
}

/** The part of an asker that must be known for a policy; undefined for a policy that uses none. */
export function partFor(policy: RoutingPolicy): AskerPart | undefined {
  switch (policy.kind) {
    case "latency":
    case "geoproximity":
      return "region";
    case "geolocation":
      return "location";
    case "cidr":
      return "address";
    case "azAffinity":
      return "vpc";
    default:
      return undefined;
  }
}

/**
 * The members of a group that can answer an asker, in the order in which Route 53 prefers them
 * while they are healthy (C18 to C22); undefined where the part of the asker that matters is
 * unknown.
 */
export function preferenceOf(group: Group, asker: Asker): readonly RecordSet[] | undefined {
  const ranked = group.map((record) => ({ record, rank: rankOf(record, asker) }));
  if (ranked.some(({ rank }) => rank === undefined)) return undefined;
  return ranked
    .filter((one): one is { record: RecordSet; rank: number } => (one.rank ?? Infinity) < Infinity)
    .sort((a, b) => a.rank - b.rank)
    .map(({ record }) => record);
}

/**
 * Lower is better; infinite where a record is not for this asker, undefined where that is unknown.
 */
function rankOf({ policy }: RecordSet, asker: Asker): number | undefined {
  switch (policy.kind) {
    case "latency":
      return asker.region === undefined ? undefined : latencyRank(policy.region, asker.region);
    case "geolocation":
      return asker.location === undefined ? undefined : locationRank(policy, asker.location);
    case "geoproximity":
      return asker.region === undefined ? undefined : proximityRank(policy, asker.region);
    case "cidr":
      return asker.address === undefined ? undefined : blockRank(policy, asker.address);
    case "azAffinity":
      return asker.vpc === undefined ? undefined : affinityRank(policy, asker.vpc);
    default:
      return 0;
  }
}

/**
 * The asker's own region has the lowest latency; that latency grows with distance is an assumption
 * (C18).
 */
function latencyRank(region: string, from: string): number | undefined {
  if (region === from) return -1;
  const [there, here] = [awsRegions[region], awsRegions[from]];
  return there && here && kilometresBetween(there, here);
}

/** The smallest location comes first, the default last (C19). */
function locationRank(
  policy: Extract<RoutingPolicy, { kind: "geolocation" }>,
  location: Location | null,
): number {
  const { place } = policy;
  if (place === null) return 3;
  if (location === null) return Infinity;
  const { continent, country, subdivision } = place;
  if (country === undefined) return continent === location.continent ? 2 : Infinity;
  if (country !== location.country) return Infinity;
  if (subdivision === undefined) return 1;
  return subdivision === location.subdivision ? 0 : Infinity;
}

/** The biased distance (DG routing-policy-geoproximity). */
function proximityRank(
  { place, bias }: Extract<RoutingPolicy, { kind: "geoproximity" }>,
  from: string,
): number | undefined {
  const here = awsRegions[from];
  const there: Coordinates | undefined = typeof place === "string" ? awsRegions[place] : place;
  if (!here || !there) return undefined;
  const kilometres = kilometresBetween(there, here);
  return bias >= 0 ? kilometres * (1 - bias / 100) : kilometres / (1 + bias / 100);
}

/** The longest block comes first, the default location last (C21). */
function blockRank(
  { blocks }: Extract<RoutingPolicy, { kind: "cidr" }>,
  address: string | null,
): number {
  if (blocks === null) return 0;
  const lengths = blocks.flatMap((block) => (address === null ? [] : matchedBits(block, address)));
  return lengths.length === 0 ? Infinity : -Math.max(...lengths);
}

function matchedBits(block: string, address: string): readonly number[] {
  const [network = "", bits] = block.split("/");
  const family = (one: string): "ipv4" | "ipv6" => (isIPv6(one) ? "ipv6" : "ipv4");
  const list = new BlockList();
  list.addSubnet(network, Number(bits), family(network));
  return list.check(address, family(address)) ? [Number(bits)] : [];
}

/** The Route 53 location of an AWS region. */
export function locationOfRegion(region: string): Location | undefined {
  const { country, subdivision } = awsRegions[region] ?? {};
  const continent = country === undefined ? undefined : continentOf(country);
  return continent === undefined || country === undefined
    ? undefined
    : { continent, country, ...(subdivision === undefined ? {} : { subdivision }) };
}

/** The first address of a block. */
export function firstAddressOf(block: string): string {
  return block.replace(/\/.*/, "");
}

/** The known parts of a place, in words. */
export function askerWords({ region, location, address, vpc }: Asker): string {
  const words = [
    ...(vpc === undefined ? [] : [vpcPlaceWords(vpc)]),
    ...(location === undefined
      ? []
      : [location === null ? "anywhere else" : locationWords(location)]),
    ...(region === undefined ? [] : [region]),
    ...(address === undefined ? [] : [address ?? "any other address"]),
  ];
  return words.length > 0 ? words.join(", ") : "anywhere";
}

/** The place of a geolocation record, as codes. */
export function recordedPlace({
  continent = "",
  ...place
}: NonNullable<Extract<RoutingPolicy, { kind: "geolocation" }>["place"]>): string {
  return locationWords({ continent, ...place }).replace("elsewhere in ", "");
}

/** A location as codes. */
function locationWords({ continent, country, subdivision }: Location): string {
  if (country === undefined) return `elsewhere in ${continent}`;
  return subdivision === undefined ? country : `${country}-${subdivision}`;
}
