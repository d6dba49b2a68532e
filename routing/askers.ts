import { affinityPlacesIn } from "./affinity";
import type { Asker, AskerPart, Location } from "./asker";
import { askerWords, firstAddressOf, goesByPlace, preferenceOf } from "./asker";
import { InputError } from "./inputError";
import { awsRegions, continentOf } from "./locations";
import type { Group, PlacePolicy, RecordSet } from "./model";

/** The largest number of places that one name is resolved from. */
const askersMax = 2_000;

/**
 * One place for each way in which some records may be answered, over the parts of the place that
 * are not given; a single place where the answer does not depend on it.
 *
 * @throws InputError where there are more places than `askersMax`
 */
export function askersOf(records: readonly RecordSet[], given: Asker = {}): readonly Asker[] {
  const policies = records.map(({ policy }) => policy).filter(goesByPlace);
  const regions = given.region === undefined ? regionsIn(policies) : [];
  const locations = locationsIn(policies, given.location);
  const addresses = given.address === undefined ? addressesIn(policies) : [];
  const zones = affinityPlacesIn(policies, given.vpc);
  const count = [regions, locations, addresses, zones].reduce(
    (product, { length }) => product * Math.max(1, length),
    1,
  );
  if (count > askersMax) {
    throw new InputError(
      `its answer depends on the place in ${count} ways, at most ${askersMax} are shown; give a place with --from-location`,
    );
  }
  let askers: readonly Asker[] = [given];
  const vary = (part: readonly Asker[]): void => {
    if (part.length === 0) return;
    askers = askers.flatMap((asker) => part.map((one) => ({ ...asker, ...one })));
  };
  vary(locations.map((location) => ({ location })));
  vary(regions.map((region) => ({ region })));
  vary(addresses.map((address) => ({ address })));
  vary(zones.map((vpc) => ({ vpc })));
  return askers;
}

/** The regions of latency records; all AWS regions where distance counts. */
function regionsIn(policies: readonly PlacePolicy[]): readonly string[] {
  if (policies.some(({ kind }) => kind === "geoproximity")) return Object.keys(awsRegions);
  const own = policies.flatMap((policy) => (policy.kind === "latency" ? [policy.region] : []));
  return [...new Set(own)];
}

/**
 * Each location that a record is for, the remainder of each country, and null for everywhere else.
 */
function locationsIn(
  policies: readonly PlacePolicy[],
  given: Asker["location"],
): readonly (Location | null)[] {
  const places = policies.flatMap((policy) =>
    policy.kind === "geolocation" && policy.place !== null ? [policy.place] : [],
  );
  const isAsked = policies.some(({ kind }) => kind === "geolocation");
  const found = new Map<string, Location | null>();
  const add = (location: Location | null): void => {
    found.set(JSON.stringify(location), location);
  };
  if (given === null || given?.subdivision !== undefined || !isAsked) return [];
  for (const { continent, country, subdivision } of places) {
    if (given && country !== given.country) continue;
    if (country !== undefined) {
      const here = continent ?? continentOf(country) ?? "";
      add({ continent: here, country, ...(subdivision === undefined ? {} : { subdivision }) });
      // Addresses in the country but outside every subdivision that has a record.
      if (subdivision !== undefined) add({ continent: here, country });
    } else if (continent !== undefined) add({ continent });
  }
  add(given ?? null);
  return [...found.values()];
}

/** One address in each block, and null for an address in no block. */
function addressesIn(policies: readonly PlacePolicy[]): readonly (string | null)[] {
  const blocks = policies.flatMap((policy) =>
    policy.kind === "cidr" ? (policy.blocks ?? []) : [],
  );
  const isAsked = policies.some(({ kind }) => kind === "cidr");
  return isAsked ? [...new Set([...blocks.map(firstAddressOf), null])] : [];
}

/** Places from which a name gets the same answer, whatever fails. */
export interface DistinctPlace {
  /** One of these places. */
  readonly asker: Asker;
  /** All of them in words; empty where every place gets the same answer and no place was given. */
  readonly from: readonly string[];
}

/**
 * The places to distinguish: between them, some group that depends on the place has other members,
 * or prefers them in another order.
 *
 * @param records those that can take part in a name's answer
 * @throws InputError as `askersOf` does
 */
export function placesOf(
  records: readonly RecordSet[],
  groupOf: (record: RecordSet) => Group,
  given: Asker = {},
): readonly DistinctPlace[] {
  const all = askersOf(records, given);
  const byPlace = records.filter(({ policy }) => goesByPlace(policy));
  const groups = [...new Set(byPlace.map(groupOf))];
  const alike = new Map<string, Asker[]>();
  for (const asker of all) {
    const orders = groups.map((group) => preferenceOf(group, asker)?.map(({ id }) => id));
    const key = JSON.stringify(orders);
    alike.set(key, [...(alike.get(key) ?? []), asker]);
  }
  const isSaid = Object.keys(given).length > 0;
  return [...alike.values()].flatMap((some) => {
    const [asker] = some;
    if (!asker) return [];
    const from = alike.size > 1 || isSaid ? shortened(some, all).map(askerWords) : [];
    return [{ asker, from }];
  });
}

/**
 * Removes the parts of some places that are not needed to distinguish them from all other places.
 */
export function shortened(some: readonly Asker[], all: readonly Asker[]): readonly Asker[] {
  const parts: readonly AskerPart[] = ["vpc", "address", "region", "location"];
  let askers = some;
  for (const part of parts) {
    const short = askers.map((asker) => {
      const rest = without(asker, part);
      const like = all.filter((one) => isWithin(one, rest));
      const isEvery = like.every((one) => askers.some((other) => isWithin(one, other)));
      return isEvery && like.length > 1 ? rest : asker;
    });
    askers = [...new Map(short.map((asker) => [JSON.stringify(asker), asker])).values()];
  }
  return askers;
}

function without(asker: Asker, part: AskerPart): Asker {
  return Object.fromEntries(Object.entries(asker).filter(([key]) => key !== part));
}

/** Whether a place has every part of another one. */
function isWithin(asker: Asker, other: Asker): boolean {
  const texts = new Map(Object.entries(asker).map(([key, part]) => [key, JSON.stringify(part)]));
  return Object.entries(other).every(([key, part]) => texts.get(key) === JSON.stringify(part));
}
