import type { Amounts } from "./amounts";
import { each } from "./amounts";
import type { CostAssumptions } from "./assumptions";
import type { Lookup, TrafficShares } from "./trafficShares";

/** DNS queries of a month. */
export interface Queries {
  /** All that Route 53 answers, and logs where it does. */
  readonly all: Amounts;
  /** Those that it charges: an alias of an AWS resource costs nothing to ask for. */
  readonly charged: Amounts;
  /** Those of them that ask for a type that the hostname does not have, whatever serves it. */
  readonly inVain: Amounts;
}

/**
 * The queries that resolvers send. One that has customers asks again when somebody wants an answer
 * that has expired. Where look-ups arrive at random, that is a mean gap after the TTL is over.
 *
 * @param ttlSeconds instead of the TTL of the stack's own records
 */
export function queriesOf(
  { lookups }: TrafficShares,
  assumptions: CostAssumptions,
  ttlSeconds?: number,
): Queries {
  const { hours, resolvers, lookupGapSeconds, negativeTtlSeconds, drillHours } = assumptions;
  const at = (ttl: number): number => (resolvers * hours * 3600) / (ttl + lookupGapSeconds);
  const answered = ({ answers }: Lookup, isCounted: (answer: Answer) => boolean): number =>
    answers
      .filter(isCounted)
      .reduce(
        (total, { probability, isOwnTtl, ...answer }) =>
          total + probability * at((isOwnTtl ? ttlSeconds : undefined) ?? answer.ttlSeconds),
        0,
      );
  const inVain = ({ answers }: Lookup): number =>
    answers.length === 0 ? at(negativeTtlSeconds) : 0;
  const by = (count: (lookup: Lookup) => number): Amounts => {
    const total = (state: "steady" | "failedOver"): number =>
      lookups[state].reduce((sum, lookup) => sum + count(lookup), 0);
    const [steady, failedOver] = [total("steady"), total("failedOver")];
    return { steady, failedOver, drill: steady + ((failedOver - steady) * drillHours) / hours };
  };
  return {
    all: by((lookup) => answered(lookup, () => true) + inVain(lookup)),
    charged: by((lookup) => answered(lookup, ({ isFree }) => !isFree) + inVain(lookup)),
    inVain: by(inVain),
  };
}

type Answer = Lookup["answers"][number];

/** A figure in millions. */
export function millions(amounts: Amounts): Amounts {
  return each((state) => amounts[state] / 1e6);
}
