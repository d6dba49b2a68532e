import type { Asker } from "../../routing/asker";
import { factsOfResources } from "../../routing/graph/stackOutputs";
import type { PlacedAnswer, FaultState, StackModel } from "../../routing/graph/stackModel";
import { InputError } from "../../routing/inputError";
import { aliasedName, canonicalNameOf } from "../../routing/model";
import type { Amounts } from "./amounts";
import type { Lookup } from "./lookups";
import { askedTypes, lookupsOf } from "./lookups";

/** A public name whose queries and traffic cannot be counted, and why. */
export interface UncountedName {
  readonly name: string;
  readonly why: string;
}

/** What may limit or place the customers of a stack. */
export interface TrafficSettings {
  /** Names that are not to be counted. */
  readonly uncounted?: readonly UncountedName[];
  /** Where all queries come from; default: unknown. */
  readonly asker?: Asker;
}

/** The shares of a stack's customers in each state, according to its records. */
export interface TrafficShares {
  /** The public names that are counted. */
  readonly hostnames: readonly string[];
  /** The others: their shares are in none of the figures. */
  readonly uncounted: readonly UncountedName[];
  /** The counted names whose answers depend on where a query comes from. */
  readonly byPlace: readonly string[];
  /** The primary region; absent if no record points to one. */
  readonly primary?: string;
  /** The share of the customers of a region, 0 to 1. */
  regionShare(region: string): Amounts;
  /** The share of the customers of a balancer or an instance, by URN. */
  targetShare(urn: string): Amounts;
  /** The regions that serve in any state. */
  readonly regions: readonly string[];
  readonly lookups: Readonly<Record<"steady" | "failedOver", readonly Lookup[]>>;
  /** Facts that could not be determined, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * Reads from the records which regions serve without a fault, and after the loss of the primary.
 *
 * @param gameDayShare the part of a month with game days in which the standby serves, 0 to 1
 */
export function trafficSharesOf(
  stackModel: StackModel,
  gameDayShare: number,
  { uncounted: leftOut = [], asker }: TrafficSettings = {},
): TrafficShares {
  const names = publicNamesOf(stackModel);
  const isLeftOut = (name: string): boolean => leftOut.some((one) => one.name === name);
  const steady = stackModel.under([]);
  const before = servingIn(
    stackModel,
    steady,
    names.filter((name) => !isLeftOut(name)),
    asker,
  );
  const regions = sharesOf(before.counted, "regions", names.length);
  const primary = [...regions].sort((a, b) => b[1] - a[1])[0]?.[0];
  const failed = primary === undefined ? steady : stackModel.under(stackModel.faults([primary]));
  const after = servingIn(stackModel, failed, namesIn(before.counted), asker);
  const hostnames = namesIn(after.counted);
  const counted = {
    steady: before.counted.filter(({ name }) => hostnames.includes(name)),
    failedOver: after.counted,
  };
  const shares = {
    regions: bothStates(counted, "regions", names.length),
    targets: bothStates(counted, "targets", names.length),
  };
  const share = (kind: keyof Serving["shares"], name: string): Amounts =>
    blend(shares[kind].steady.get(name) ?? 0, shares[kind].failedOver.get(name) ?? 0, gameDayShare);
  const uncounted = [
    ...leftOut.filter(({ name }) => names.includes(name)),
    ...before.uncounted,
    ...after.uncounted,
  ];
  return {
    hostnames,
    uncounted,
    byPlace: hostnames.filter((name) => isByPlace(stackModel, name)),
    ...(primary === undefined ? {} : { primary }),
    regionShare: (region) => share("regions", region),
    targetShare: (urn) => share("targets", urn),
    regions: [
      ...new Set([...shares.regions.steady.keys(), ...shares.regions.failedOver.keys()]),
    ].sort(),
    lookups: {
      steady: counted.steady.flatMap(({ lookups }) => lookups),
      failedOver: counted.failedOver.flatMap(({ lookups }) => lookups),
    },
    notes:
      primary === undefined && uncounted.length === 0
        ? [
            "No record points to a region of this stack: traffic is not counted, and a failover changes nothing.",
          ]
        : [],
  };
}

/** A figure of the steady state and of the failed-over one; a game day is a part of the latter. */
function blend(steady: number, failedOver: number, gameDayShare: number): Amounts {
  return { steady, failedOver, gameDays: steady + (failedOver - steady) * gameDayShare };
}

/** The types of records of a name that a customer's device looks up. */
const publicTypes = ["A", "AAAA", "CNAME"];

/**
 * The public names in the stack's outputs, otherwise those that no alias or CNAME of the stack leads to. A label with an
 * underscore is no part of a hostname (RFC 8552): such a CNAME proves who owns a domain, or holds a key.
 */
function publicNamesOf(stackModel: StackModel): readonly string[] {
  const { hostnames } = factsOfResources(stackModel.graph.resources);
  if (hostnames.length > 0) return hostnames;
  const { records } = stackModel.route53.dns;
  const behind = new Set(records.flatMap((one) => aliasedName(one) ?? canonicalNameOf(one) ?? []));
  const names = records.filter(({ type }) => publicTypes.includes(type)).map(({ name }) => name);
  return [...new Set(names)].filter((name) => !behind.has(name) && !/(?:^|\.)_/.test(name)).sort();
}

/** Who serves a name in one state. */
interface Serving {
  readonly name: string;
  readonly shares: {
    readonly regions: ReadonlyMap<string, number>;
    readonly targets: ReadonlyMap<string, number>;
  };
  readonly lookups: readonly Lookup[];
}

/** Who serves each name in one state; a name that the model refuses does not hide the others. */
function servingIn(
  stackModel: StackModel,
  faultState: FaultState,
  names: readonly string[],
  asker: Asker | undefined,
): { readonly counted: readonly Serving[]; readonly uncounted: readonly UncountedName[] } {
  const counted: Serving[] = [];
  const uncounted: UncountedName[] = [];
  for (const name of names) {
    try {
      counted.push(servingOf(stackModel, faultState, name, asker));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      uncounted.push({ name, why: error.faults.join("; ") });
    }
  }
  return { counted, uncounted };
}

/** Whether the answers of a name, which the model does not refuse, depend on where it is asked from. */
function isByPlace({ route53 }: StackModel, name: string): boolean {
  return askedTypes.some(
    (type) =>
      route53.group(name, type) !== undefined &&
      route53.dependsOnPlace(route53.rootOf(name, type), type),
  );
}

function servingOf(
  stackModel: StackModel,
  faultState: FaultState,
  name: string,
  asker: Asker | undefined,
): Serving {
  const regions = new Map<string, number>();
  const targets = new Map<string, number>();
  for (const { region, target, probability } of addressesOf(stackModel, faultState, name, asker)) {
    if (region !== undefined) add(regions, region, probability);
    add(targets, target, probability);
  }
  return {
    name,
    shares: { regions, targets },
    lookups: lookupsOf(stackModel, faultState, name, asker),
  };
}

function namesIn(counted: readonly Serving[]): readonly string[] {
  return counted.map(({ name }) => name);
}

function bothStates(
  counted: Readonly<Record<"steady" | "failedOver", readonly Serving[]>>,
  kind: keyof Serving["shares"],
  nameCount: number,
): Readonly<Record<"steady" | "failedOver", ReadonlyMap<string, number>>> {
  return {
    steady: sharesOf(counted.steady, kind, nameCount),
    failedOver: sharesOf(counted.failedOver, kind, nameCount),
  };
}

/** Shares of the customers, equal for all names; those of an uncounted name are in no share. */
function sharesOf(
  counted: readonly Serving[],
  kind: keyof Serving["shares"],
  nameCount: number,
): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { shares } of counted) {
    for (const [key, probability] of shares[kind]) add(sums, key, probability / nameCount);
  }
  return sums;
}

/** The answers with an address: over IPv4, otherwise over IPv6. */
function addressesOf(
  stackModel: StackModel,
  faultState: FaultState,
  hostname: string,
  asker: Asker | undefined,
): readonly PlacedAnswer[] {
  const type = ["A", "AAAA"].find((each) => stackModel.route53.group(hostname, each) !== undefined);
  return type === undefined ? [] : faultState.resolve(hostname, type, asker).answers;
}

function add(map: Map<string, number>, key: string, value: number): void {
  map.set(key, (map.get(key) ?? 0) + value);
}
