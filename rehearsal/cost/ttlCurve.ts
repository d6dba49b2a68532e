import { factsOfResources } from "../../routing/graph/stackOutputs";
import type { ReportedOutageBound } from "../outageBounds";
import { amountsBy } from "./amounts";
import type { CostInput } from "./charges/charge";
import { queryLogType } from "./charges/operations";
import type { TtlCurve, TtlPoint } from "./cost";
import { roundedFigure } from "./lines";
import type { PriceBook } from "./priceBook";
import { partsOf } from "./priceBook";
import { millions, queriesOf } from "./queries";

/** Typical TTLs, in seconds; those of the stack are added. */
const considered = [0, 1, 5, 10, 30, 60, 120, 300];

/**
 * The cost of queries and the duration of an outage by TTL, with everything else unchanged.
 *
 * @param bounds the current worst cases of the stack's hostname; empty if unknown
 */
export function ttlCurveOf(
  input: CostInput,
  book: PriceBook,
  bounds: readonly ReportedOutageBound[],
): TtlCurve {
  const currentSeconds = currentTtl(input);
  const modes = modesOf(input);
  const wanted = [
    ...considered,
    ...(currentSeconds === undefined ? [] : [currentSeconds]),
    ...Object.values(modes ?? {}),
  ];
  // Of no name at all, the queries are unknown and not none.
  const isKnown = input.traffic.hostnames.length > 0 || input.traffic.uncounted.length === 0;
  const lost = bounds.filter(({ cause }) => cause === "zoneOrRegion");
  return {
    ...(currentSeconds === undefined ? {} : { currentSeconds }),
    ...(modes === undefined ? {} : { modes }),
    ...(lost.some(isEndless) ? { isEndless: true as const } : {}),
    points: [...new Set(isKnown ? wanted : [])]
      .sort((a, b) => a - b)
      .map((ttl) => pointAt(ttl, input, book, downtimeAt(ttl, currentSeconds, lost))),
  };
}

/** Without an end, whatever the health of what was not read. */
function isEndless({ downtimeSeconds, unread }: ReportedOutageBound): boolean {
  return downtimeSeconds === undefined && unread === undefined;
}

/** The TTLs of the stack's modes, if its outputs have them. */
function modesOf({ model }: CostInput): TtlCurve["modes"] {
  const { ttl } = factsOfResources(model.graph.resources);
  if (ttl === undefined) return undefined;
  const { normal, maintenance } = ttl.seconds;
  return { normalSeconds: normal, maintenanceSeconds: maintenance };
}

/** The TTL of the addresses that most look-ups end with. */
function currentTtl({ traffic }: CostInput): number | undefined {
  const own = traffic.lookups.steady
    .filter(({ type }) => type !== "CNAME")
    .flatMap(({ answers }) => answers)
    .filter(({ isOwnTtl }) => isOwnTtl);
  return [...own].sort((a, b) => b.probability - a.probability)[0]?.ttlSeconds;
}

function pointAt(
  ttlSeconds: number,
  input: CostInput,
  book: PriceBook,
  downtimeSeconds: number | null,
): TtlPoint {
  const queries = queriesOf(input.traffic, input.assumptions, ttlSeconds);
  const asked = costOf(book, "dns query", "", millions(queries.charged).steady);
  return {
    ttlSeconds,
    queries: Math.round(queries.charged.steady),
    monthly: roundedFigure(asked + logCost(input, book, queries.all.steady)),
    downtimeSeconds,
  };
}

/** The cost of the log lines of all queries, if the stack logs them. */
function logCost({ model, assumptions }: CostInput, book: PriceBook, queries: number): number {
  const groups = model.graph
    .ofType(queryLogType)
    .flatMap((log) =>
      model.graph.follow(log, "cloudwatchLogGroupArn", ["aws:cloudwatch/logGroup:LogGroup"]),
    );
  const gb = (queries * assumptions.queryLogBytes) / 1e9;
  return groups.reduce(
    (total, { region = "" }) => total + costOf(book, "log ingestion", region, gb),
    0,
  );
}

function costOf(book: PriceBook, item: string, region: string, quantity: number): number {
  return partsOf(
    book.stepsOf(item, region),
    amountsBy(() => quantity),
  ).reduce((total, part) => total + part.quantity.steady * part.price.usd, 0);
}

/**
 * The worst case at another TTL: only the last term of each bound is the TTL of the dead answer,
 * and only that of the stack's own records can be set.
 */
function downtimeAt(
  ttl: number,
  current: number | undefined,
  bounds: readonly ReportedOutageBound[],
): number | null {
  if (bounds.length === 0 || current === undefined) return null;
  const downtimes = bounds.map(({ downtimeSeconds, terms }) => {
    if (downtimeSeconds === undefined) return null;
    const own = terms.find(({ name }) => name === "ttl")?.seconds;
    return own === current ? downtimeSeconds - current + ttl : downtimeSeconds;
  });
  const known = downtimes.filter((downtime) => downtime !== null);
  return known.length === downtimes.length ? Math.max(...known) : null;
}
