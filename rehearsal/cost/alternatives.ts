import type { CostInput } from "./charges/charge";
import type { Alternative, TtlCurve } from "./cost";
import { roundedFigure } from "./lines";
import type { PriceBook } from "./priceBook";

/**
 * Longest time in which Global Accelerator leaves a dead region, in seconds, from AWS's workshop on
 * it.
 */
const acceleratorSeconds = 60;

/** Alternatives to failover by DNS records alone, with what each adds to the bill. */
export function alternativesOf(
  input: CostInput,
  book: PriceBook,
  curve: TtlCurve,
): readonly Alternative[] {
  const { hours, dataOutGb } = input.assumptions;
  const now = curve.points.find(({ ttlSeconds }) => ttlSeconds === curve.currentSeconds);
  const downtimeSeconds = now?.downtimeSeconds ?? null;
  const { charged, inVain } = input.queries;
  const queries = (charged.steady - inVain.steady) / 1e6;
  const isCounted = input.traffic.uncounted.length === 0;
  const offers: readonly Offer[] = [
    {
      name: "Global Accelerator",
      downtimeSeconds: acceleratorSeconds,
      charges: [
        ["global accelerator", hours],
        ["global accelerator data", dataOutGb],
        // Its records are aliases of an AWS resource; queries for those are free.
        ["dns query", -queries],
      ],
      isKnown: isCounted,
      note: "Fixed addresses instead of TTLs: resolvers that cache too long do no harm. Its checks do not replace the deep checks of the regions.",
    },
    {
      name: "ARC routing control",
      downtimeSeconds,
      charges: [["routing control cluster", hours]],
      note: "A manual switch that depends on no single region; the TTL still applies.",
    },
    {
      name: "ARC region switch",
      downtimeSeconds: null,
      charges: [["region switch plan", 1]],
      note: "Runs a predefined plan for leaving a region; the time depends on the plan.",
    },
  ];
  return offers.map((offer) => alternativeOf(offer, book));
}

/** An alternative without its prices. */
interface Offer extends Pick<Alternative, "name" | "downtimeSeconds" | "note"> {
  readonly charges: readonly (readonly [item: string, quantity: number])[];
  /** Whether the quantities are known; default: true. */
  readonly isKnown?: boolean;
}

function alternativeOf(
  { name, downtimeSeconds, note, charges, isKnown = true }: Offer,
  book: PriceBook,
): Alternative {
  const lines = charges.flatMap(([item, quantity]) =>
    book
      .stepsOf(item, "")
      .slice(0, 1)
      .map(({ unit, usd, source }) => ({
        item,
        quantity: roundedFigure(quantity),
        unit,
        unitPrice: usd,
        monthly: roundedFigure(quantity * usd),
        source: source.name,
      })),
  );
  const isWhole = isKnown && lines.length === charges.length;
  const monthly = isWhole
    ? roundedFigure(lines.reduce((total, line) => total + line.monthly, 0))
    : null;
  return { name, monthly, lines, downtimeSeconds, note };
}
