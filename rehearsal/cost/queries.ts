import type { Amounts } from "./amounts";
import { amountsBy } from "./amounts";
import type { CostAssumptions } from "./assumptions";
import type { Lookup, LookupAnswer } from "./lookups";
import type { TrafficShares } from "./trafficShares";

/** DNS queries of a month. */
export interface Queries {
  /** All queries that Route 53 answers, and logs if enabled. */
  readonly all: Amounts;
  /** The charged queries: those for aliases of AWS resources are free. */
  readonly charged: Amounts;
  /** The queries without an answer, such as for a type that the name does not have. */
  readonly inVain: Amounts;
}

/**
 * The queries that resolvers send. A resolver with customers queries again when a client needs an
 * expired answer. With random look-ups, that is a mean gap after the TTL has expired.
 *
 * @param ttlSeconds instead of the TTL of the stack's own records
 */
export function queriesOf(
  { lookups }: TrafficShares,
  assumptions: CostAssumptions,
  ttlSeconds?: number,
): Queries {
  const { hours, resolvers, lookupGapSeconds, negativeTtlSeconds, gameDayHours } = assumptions;
  const at = (ttl: number): number => (resolvers * hours * 3600) / (ttl + lookupGapSeconds);
  const answered = ({ answers }: Lookup, isCounted: (answer: LookupAnswer) => boolean): number =>
    answers
      .filter(isCounted)
      .reduce(
        (total, { probability, isOwnTtl, ...answer }) =>
          total + probability * at((isOwnTtl ? ttlSeconds : undefined) ?? answer.ttlSeconds),
        0,
      );
  const inVain = ({ unanswered }: Lookup): number => unanswered * at(negativeTtlSeconds);
  const by = (count: (lookup: Lookup) => number): Amounts => {
    const total = (state: "steady" | "failedOver"): number =>
      lookups[state].reduce((sum, lookup) => sum + count(lookup), 0);
    const [steady, failedOver] = [total("steady"), total("failedOver")];
    return {
      steady,
      failedOver,
      gameDays: steady + ((failedOver - steady) * gameDayHours) / hours,
    };
  };
  return {
    all: by((lookup) => answered(lookup, () => true) + inVain(lookup)),
    charged: by((lookup) => answered(lookup, ({ isFree }) => !isFree) + inVain(lookup)),
    inVain: by(inVain),
  };
}

/** A figure in millions. */
export function millions(amounts: Amounts): Amounts {
  return amountsBy((state) => amounts[state] / 1e6);
}
