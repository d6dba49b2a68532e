import type { Asker } from "../../routing/asker";
import { askerWords } from "../../routing/asker";
import type { Resource } from "../../routing/graph/resource";
import { factsOfResources } from "../../routing/graph/stackOutputs";
import { StackModel } from "../../routing/graph/stackModel";
import { InputError } from "../../routing/inputError";
import { withThousands } from "../report/figures";
import type { ReportedOutageBound } from "../outageBounds";
import { addressTypesOf, outageBoundsOf } from "../outageBounds";
import { alternativesOf } from "./alternatives";
import type { Amounts } from "./amounts";
import { amountsBy, sum } from "./amounts";
import type { CostAssumptions } from "./assumptions";
import { defaultCostAssumptions } from "./assumptions";
import type { CostInput } from "./charges/charge";
import { customMetricsOf } from "./charges/customMetrics";
import type { CostReport, CostSummary, Line } from "./cost";
import { allowanceLines } from "./freeAllowances";
import { amountsOf, roundedFigure, priceResources, urnOfStack } from "./lines";
import { PriceBook } from "./priceBook";
import { queriesOf } from "./queries";
import type { TrafficSettings } from "./trafficShares";
import { trafficSharesOf } from "./trafficShares";
import { tiers } from "./tier";
import { ttlCurveOf } from "./ttlCurve";

/** Inputs of a bill that may be known already. */
export interface BillOptions extends TrafficSettings {
  readonly assumptions?: CostAssumptions;
  /** The model of the stack, if it has been built already. */
  readonly model?: StackModel;
  /** The worst cases of its hostname, if they have been computed. */
  readonly bounds?: readonly ReportedOutageBound[];
}

/**
 * The monthly cost of a stack at AWS's list prices: per resource, tier and state.
 *
 * @param stack the stack's name, for the report
 */
export function billOf(
  stack: string,
  resources: readonly Resource[],
  options: BillOptions = {},
): CostReport {
  const { assumptions = defaultCostAssumptions } = options;
  const model = options.model ?? new StackModel(resources, factsOfResources(resources).assumptions);
  const traffic = trafficSharesOf(
    model,
    Math.min(1, assumptions.gameDayHours / assumptions.hours),
    options,
  );
  const queries = queriesOf(traffic, assumptions);
  const customMetrics = customMetricsOf(resources);
  const input = { model, assumptions, traffic, queries, customMetrics };
  const book = new PriceBook();
  const { lines: charged, unknown, free } = priceResources(input, book);
  const credits = allowanceLines(charged, urnOfStack(resources), assumptions.allowances);
  const lines = [...charged, ...credits].sort(byTierAndAmount);
  const unread = unreadBehind(model, traffic.hostnames);
  const curve = ttlCurveOf(input, book, options.bounds ?? boundsOf(input));
  return {
    stack,
    currency: "USD",
    pricedAt: publicationOf(lines),
    totals: totalOf(lines),
    byTier: tiers.flatMap((tier) => {
      const own = lines.filter((line) => line.tier === tier);
      return own.length === 0 ? [] : [{ tier, ...totalOf(own) }];
    }),
    byRegion: [...new Set(lines.map(({ region }) => region))]
      .sort()
      .map((region) => ({ region, ...totalOf(lines.filter((line) => line.region === region)) })),
    unknown,
    ...(unread.length > 0 ? { unread } : {}),
    ...(traffic.uncounted.length > 0 ? { uncounted: traffic.uncounted } : {}),
    ...(traffic.byPlace.length > 0 ? { fromLocation: askerWords(options.asker ?? {}) } : {}),
    ttlCurve: curve,
    alternatives: alternativesOf(input, book, curve),
    assumptions,
    notes: notesOf(input, lines, options.asker),
    lines,
    free,
  };
}

/** A report without its lines. */
export function costSummaryOf(report: CostReport): CostSummary {
  const { stack, currency, pricedAt, totals, byTier, byRegion, unknown, unread, uncounted } =
    report;
  const { ttlCurve, alternatives, assumptions, notes } = report;
  return {
    ...{ stack, currency, pricedAt, totals, byTier, byRegion, unknown },
    ...(unread ? { unread } : {}),
    ...(uncounted ? { uncounted } : {}),
    ...{ ttlCurve, alternatives, assumptions, notes },
  };
}

/** The addresses and names that public names lead to, and no resource was read for. */
function unreadBehind(model: StackModel, hostnames: readonly string[]): readonly string[] {
  const found = hostnames.flatMap((name) =>
    addressTypesOf(model, name).flatMap((type) =>
      model.route53.reachable(name, type).flatMap((record) => model.outsideOf(record)),
    ),
  );
  return [...new Set(found)];
}

function boundsOf({ model, traffic }: CostInput): readonly ReportedOutageBound[] {
  const [hostname] = traffic.hostnames;
  try {
    return hostname === undefined ? [] : outageBoundsOf(model, hostname);
  } catch (error) {
    // A tree that the model refuses still has a price; the curve then has no downtime.
    if (error instanceof InputError) return [];
    throw error;
  }
}

function byTierAndAmount(a: Line, b: Line): number {
  const order = tiers.indexOf(a.tier) - tiers.indexOf(b.tier);
  if (order !== 0) return order;
  if (a.monthly !== b.monthly) return b.monthly - a.monthly;
  return identityOf(a) < identityOf(b) ? -1 : 1;
}

function identityOf({ urn, item, region, unitPrice }: Line): string {
  return [urn, item, region, unitPrice].join(" ");
}

function totalOf(lines: readonly Line[]): Amounts {
  const total = sum(lines.map(amountsOf));
  return amountsBy((state) => Math.round(total[state] * 100) / 100);
}

function publicationOf(lines: readonly Line[]): CostReport["pricedAt"] {
  const dates = lines.map(({ date }) => date).sort();
  return { oldest: dates[0] ?? "", newest: dates.at(-1) ?? "" };
}

function notesOf(
  { traffic, assumptions }: CostInput,
  lines: readonly Line[],
  asker: Asker = {},
): readonly string[] {
  const derived = lines.filter((line) => line.derived !== undefined);
  const credits = lines.filter(({ tier }) => tier === "allowances");
  const saved = roundedFigure(-sum(credits.map(amountsOf)).steady);
  return [
    "On-demand list prices before tax, without discounts, credits or a support plan.",
    ...(derived.length === 0
      ? []
      : [
          `${derived.length === 1 ? "1 line uses" : `${withThousands(derived.length)} lines use`} a price derived from another one; ${derived.length === 1 ? "it" : "each"} says how.`,
        ]),
    assumptions.allowances === 0
      ? "Free allowances of the account are not counted."
      : `Free allowances of the account are counted once, at ${Math.round(assumptions.allowances * 100)} %: they save ${saved.toFixed(2)} USD.`,
    ...(traffic.byPlace.length === 0
      ? []
      : [
          `All queries and customers are taken to come from ${askerWords(asker)}: who answers for ${traffic.byPlace.join(", ")} depends on it.`,
        ]),
    ...traffic.notes,
  ];
}
