import { factsOfResources } from "../../routing/graph/stackOutputs";
import type { PlacedAnswer, FaultState, StackModel } from "../../routing/graph/stackModel";
import { InputError } from "../../routing/inputError";
import { aliasedName } from "../../routing/model";
import type { Amounts } from "./amounts";
import { amountsBy } from "./amounts";

/**
 * The record types that a customer's device queries: addresses, and connection parameters (RFC
 * 9460).
 */
const askedTypes = ["A", "AAAA", "HTTPS"] as const;

/** The possible answers of one look-up. */
export interface Lookup {
  readonly hostname: string;
  readonly type: string;
  /** Empty if the hostname has no record of this type. */
  readonly answers: readonly {
    readonly ttlSeconds: number;
    readonly probability: number;
    /** Whether it is an alias of an AWS resource, which Route 53 does not charge for. */
    readonly isFree: boolean;
    /** Whether the TTL is the record's own, so that a setting can change it. */
    readonly isOwnTtl: boolean;
  }[];
}

/** The shares of a stack's customers in each state, according to its records. */
export interface TrafficShares {
  /** The public names. */
  readonly hostnames: readonly string[];
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
export function trafficSharesOf(stackModel: StackModel, gameDayShare: number): TrafficShares {
  const hostnames = publicNamesOf(stackModel);
  try {
    const steady = stackModel.under([]);
    const before = sharesIn(stackModel, steady, hostnames);
    const primary = [...before.regions].sort((a, b) => b[1] - a[1])[0]?.[0];
    const failed = primary === undefined ? steady : stackModel.under(stackModel.faults([primary]));
    const after = sharesIn(stackModel, failed, hostnames);
    const share = (kind: "regions" | "targets", name: string): Amounts =>
      blend(before[kind].get(name) ?? 0, after[kind].get(name) ?? 0, gameDayShare);
    return {
      hostnames,
      ...(primary === undefined ? {} : { primary }),
      regionShare: (region) => share("regions", region),
      targetShare: (urn) => share("targets", urn),
      regions: [...new Set([...before.regions.keys(), ...after.regions.keys()])].sort(),
      lookups: {
        steady: lookupsIn(stackModel, steady, hostnames),
        failedOver: lookupsIn(stackModel, failed, hostnames),
      },
      notes:
        primary === undefined
          ? [
              "No record points to a region of this stack: traffic is not counted, and a failover changes nothing.",
            ]
          : [],
    };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return nobodyKnows(hostnames, error.message);
  }
}

/** A figure of the steady state and of the failed-over one; a game day is a part of the latter. */
function blend(steady: number, failedOver: number, gameDayShare: number): Amounts {
  return { steady, failedOver, gameDays: steady + (failedOver - steady) * gameDayShare };
}

/** A stack whose records the model refuses still has a price, except for its traffic. */
function nobodyKnows(hostnames: readonly string[], why: string): TrafficShares {
  const none = amountsBy(() => 0);
  return {
    hostnames,
    regionShare: () => none,
    targetShare: () => none,
    regions: [],
    lookups: { steady: [], failedOver: [] },
    notes: [
      `The serving tier cannot be determined, so traffic and queries are not counted: ${why}`,
    ],
  };
}

/**
 * The public names in the stack's outputs, otherwise those that no alias of the stack points to.
 */
function publicNamesOf(stackModel: StackModel): readonly string[] {
  const { hostnames } = factsOfResources(stackModel.graph.resources);
  if (hostnames.length > 0) return hostnames;
  const { records } = stackModel.route53.dns;
  const behind = new Set(records.map(aliasedName));
  const names = records.filter(({ type }) => type === "A" || type === "AAAA");
  return [...new Set(names.map(({ name }) => name))].filter((name) => !behind.has(name)).sort();
}

interface Shares {
  readonly regions: ReadonlyMap<string, number>;
  readonly targets: ReadonlyMap<string, number>;
}

/** Shares of the customers, equal for all hostnames. */
function sharesIn(
  stackModel: StackModel,
  faultState: FaultState,
  hostnames: readonly string[],
): Shares {
  const regions = new Map<string, number>();
  const targets = new Map<string, number>();
  for (const hostname of hostnames) {
    for (const { region, target, probability } of addressesOf(stackModel, faultState, hostname)) {
      const part = probability / hostnames.length;
      if (region !== undefined) add(regions, region, part);
      add(targets, target, part);
    }
  }
  return { regions, targets };
}

/** The answers with an address: over IPv4, otherwise over IPv6. */
function addressesOf(
  stackModel: StackModel,
  faultState: FaultState,
  hostname: string,
): readonly PlacedAnswer[] {
  const type = ["A", "AAAA"].find((each) => stackModel.route53.group(hostname, each) !== undefined);
  return type === undefined ? [] : faultState.resolve(hostname, type).answers;
}

function add(map: Map<string, number>, key: string, value: number): void {
  map.set(key, (map.get(key) ?? 0) + value);
}

function lookupsIn(
  stackModel: StackModel,
  faultState: FaultState,
  hostnames: readonly string[],
): readonly Lookup[] {
  return hostnames.flatMap((hostname) =>
    askedTypes.map((type) => ({
      hostname,
      type,
      answers:
        stackModel.route53.group(hostname, type) === undefined
          ? []
          : faultState.resolve(hostname, type).answers.map(lookupAnswer),
    })),
  );
}

function lookupAnswer({
  record,
  ttlSeconds,
  probability,
}: PlacedAnswer): Lookup["answers"][number] {
  const { target } = record;
  const isAlias = target.kind === "alias";
  return { ttlSeconds, probability, isFree: isAlias, isOwnTtl: !isAlias };
}
