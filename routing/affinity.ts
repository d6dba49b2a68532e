import { awsRegions } from "./locations";
import type { PlacePolicy } from "./model";

/**
 * The place in AWS that a query comes from, as the resolver of its VPC reports it (C22), from the
 * largest part to the smallest, as far as known. An absent part is one that no record is for.
 */
export interface VpcPlace {
  readonly partition: string;
  readonly region?: string;
  readonly zoneGroup?: string;
  /** Its id, such as `use1-az1`: the name of a zone means a different zone in each account. */
  readonly availabilityZoneId?: string;
}

export type AffinityPolicy = Extract<PlacePolicy, { kind: "azAffinity" }>;

/** The kinds of location, the smallest first (API:AZAffinity.LocationType). */
export const affinityLocations = [
  "AvailabilityZone",
  "AvailabilityZoneGroup",
  "Region",
  "Partition",
  "Global",
] as const;

/**
 * The smallest location that contains the asker ranks first (C22); null is an asker in no known
 * zone.
 */
export function affinityRank({ location, id }: AffinityPolicy, place: VpcPlace | null): number {
  const held = {
    AvailabilityZone: place?.availabilityZoneId,
    AvailabilityZoneGroup: place?.zoneGroup,
    Region: place?.region,
    Partition: place?.partition,
    Global: id,
  };
  return held[location] === id ? affinityLocations.indexOf(location) : Infinity;
}

/** The place that an id names, a zone or a zone group; undefined for any other id. */
export function vpcPlaceOf(id: string): VpcPlace | undefined {
  const zoneCode = /^(.+)-az\d+$/.exec(id)?.[1];
  const isZone = zoneCode !== undefined;
  const region = isZone ? regionOfCode(zoneCode) : /^(.+)-zg-\d+$/.exec(id)?.[1];
  if (region === undefined || !(region in awsRegions)) return undefined;
  return {
    partition: partitionOf(region),
    region,
    ...(isZone ? { availabilityZoneId: id } : { zoneGroup: id }),
  };
}

/**
 * One place in each location that a record is for, and null for a place in none. For a given zone
 * without its group: the zone in each group that it may be in.
 */
export function affinityPlacesIn(
  policies: readonly PlacePolicy[],
  given: VpcPlace | null | undefined,
): readonly (VpcPlace | null)[] {
  const own = policies.filter((policy): policy is AffinityPolicy => policy.kind === "azAffinity");
  const groups = own.filter(({ location }) => location === "AvailabilityZoneGroup");
  /**
   * AWS does not publish which group a zone is in: it may be in any group of its region, or in
   * none.
   */
  const inGroups = (place: VpcPlace): readonly VpcPlace[] =>
    place.availabilityZoneId === undefined
      ? [place]
      : [
          place,
          ...groups
            .filter(({ id }) => vpcPlaceOf(id)?.region === place.region)
            .map(({ id }) => ({ ...place, zoneGroup: id })),
        ];
  if (given !== undefined) {
    const places = given === null || given.zoneGroup !== undefined ? [] : inGroups(given);
    return places.length > 1 ? places : [];
  }
  const found = own.flatMap(({ location, id }): readonly VpcPlace[] => {
    switch (location) {
      case "Region":
        return [{ partition: partitionOf(id), region: id }];
      case "Partition":
        return [{ partition: id }];
      case "Global":
        return [];
      default: {
        const place = vpcPlaceOf(id);
        return place ? inGroups(place) : [];
      }
    }
  });
  const places = new Map(found.map((place) => [JSON.stringify(place), place]));
  return own.length === 0 ? [] : [...places.values(), null];
}

/** A place in words. */
export function vpcPlaceWords(place: VpcPlace | null): string {
  if (place === null) return "no known zone of AWS";
  const { partition, region, zoneGroup, availabilityZoneId: zone } = place;
  if (zone !== undefined) return zoneGroup === undefined ? zone : `${zone} in ${zoneGroup}`;
  if (zoneGroup !== undefined) return `elsewhere in ${zoneGroup}`;
  return region === undefined ? `another region of ${partition}` : `elsewhere in ${region}`;
}

/** The region of a code in zone ids: `use1` is us-east-1, `apse2` ap-southeast-2 (AWS, "AZ IDs"). */
function regionOfCode(code: string): string | undefined {
  return Object.keys(awsRegions).find((region) => codeOf(region) === code);
}

function codeOf(region: string): string {
  const [area = "", direction = "", number = ""] = region.split("-");
  const short = direction.replace(
    /^(north|south)?(.).*$/,
    (_, side: string | undefined, first: string) =>
      side === undefined ? first : `${side.charAt(0)}${first}`,
  );
  return `${area}${short}${number}`;
}

/** The partition of a region (AWS, "Partitions"). */
function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
