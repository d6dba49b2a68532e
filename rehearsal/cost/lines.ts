import type { Resource } from "../../routing/graph/resource";
import { stackResourceOf } from "../../routing/graph/stackOutputs";
import { InputError } from "../../routing/inputError";
import type { Amounts } from "./amounts";
import { amountsBy, states, sum } from "./amounts";
import type { Charge, Charger, FreeOfCharge, UnknownCharge, CostInput } from "./charges/charge";
import { unknownCharge } from "./charges/charge";
import { chargers } from "./charges/chargers";
import { stackCharges } from "./charges/stack";
import { unknownArguments } from "./charges/unknownArguments";
import type { FreeType, Line, Unpriced } from "./cost";
import type { Price } from "./price";
import type { PriceBook } from "./priceBook";
import { partsOf } from "./priceBook";
import type { FreeReason } from "./prices/freeTypes";
import { freeTypes } from "./prices/freeTypes";
import type { CostTier } from "./tier";
import { CostTiers } from "./tier";

/** The cost of a stack's resources, before allowances. */
export interface Priced {
  readonly lines: readonly Line[];
  readonly unknown: readonly Unpriced[];
  readonly free: readonly FreeType[];
}

/** Prices every resource of a stack: charged, listed as free, or unknown. */
export function priceResources(input: CostInput, book: PriceBook): Priced {
  const tiers = new CostTiers(input.model);
  const lines: Line[] = [];
  const unknown: Unpriced[] = [];
  const free = new Map<string, FreeType>();
  const add = (urn: string, tier: CostTier, region: string, charge: Charge): void => {
    const found = linesOf(urn, tier, region, charge, book);
    if (found.length === 0) unknown.push({ urn, why: noPrice(charge, region) });
    lines.push(...found);
  };
  for (const resource of input.model.graph.resources) {
    if (!resource.custom) continue;
    const charger = chargers.get(resource.type);
    if (!charger) {
      const word = freeTypes.find(({ types }) =>
        types.some((type) => matchesType(type, resource.type)),
      );
      if (word) countFree(free, resource.type, word.why, word.source.name);
      else unknown.push({ urn: resource.urn, why: `no price is known for ${resource.type}` });
      continue;
    }
    const { charges, gaps, words } = merged([
      ...chargesOf(charger, resource, input),
      ...unknownArguments(resource),
    ]);
    for (const { why, source } of words) countFree(free, resource.type, why, source.name);
    if (charges.length + gaps.length + words.length === 0) gaps.push("no source states its price");
    for (const why of gaps) unknown.push({ urn: resource.urn, why });
    for (const charge of charges) {
      add(resource.urn, tiers.of(resource), resource.region ?? "", charge);
    }
  }
  const stack = urnOfStack(input.model.graph.resources);
  for (const { tier, ...charge } of stackCharges(input)) add(stack, tier, "", charge);
  return { lines, unknown, free: [...free.values()].sort((a, b) => (a.type < b.type ? -1 : 1)) };
}

/** Where the model refuses what a charge depends on, the resource has no known price, and others do. */
function chargesOf(
  charger: Charger,
  resource: Resource,
  input: CostInput,
): readonly (Charge | UnknownCharge | FreeOfCharge)[] {
  try {
    return charger(resource, input);
  } catch (error) {
    if (error instanceof InputError) return [unknownCharge(error.faults.join("; "))];
    throw error;
  }
}

/** The charges of a resource, each item once: two disks of a machine are one line. */
function merged(found: readonly (Charge | UnknownCharge | FreeOfCharge)[]): {
  readonly charges: readonly Charge[];
  readonly gaps: string[];
  readonly words: readonly FreeReason[];
} {
  const charges = new Map<string, Charge>();
  const gaps: string[] = [];
  const words: FreeReason[] = [];
  for (const one of found) {
    if ("why" in one) {
      gaps.push(one.why);
      continue;
    }
    if ("free" in one) {
      words.push(one.free);
      continue;
    }
    const key = `${one.region ?? ""} ${one.item}`;
    const before = charges.get(key);
    const quantity = before ? sum([before.quantity, one.quantity]) : one.quantity;
    charges.set(key, { ...one, quantity });
  }
  return { charges: [...charges.values()], gaps, words };
}

/** The URN of the stack itself, for charges of no single resource. */
export function urnOfStack(resources: readonly Resource[]): string {
  return stackResourceOf(resources)?.urn ?? "stack";
}

function matchesType(named: string, type: string): boolean {
  return /[/:]$/.test(named) ? type.startsWith(named) : named === type;
}

function countFree(free: Map<string, FreeType>, type: string, why: string, source: string): void {
  free.set(type, { type, count: (free.get(type)?.count ?? 0) + 1, why, source });
}

function noPrice({ item, region }: Charge, own: string): string {
  const place = region ?? own;
  return `no price is known for "${item}"${place === "" ? "" : ` in ${place}`}`;
}

/** The lines of one charge, one for each price step that is reached. */
function linesOf(
  urn: string,
  tier: CostTier,
  own: string,
  { item, region, quantity }: Charge,
  book: PriceBook,
): readonly Line[] {
  const steps = book.stepsOf(item, region ?? own);
  return partsOf(steps, quantity)
    .filter(
      ({ price, quantity: part }) => price.from === 0 || states.some((state) => part[state] > 0),
    )
    .map(({ price, quantity: part }) => ({
      urn,
      tier,
      item,
      region: price.region === "any" ? "global" : price.region,
      ...lineFigures(price, part),
    }));
}

/** The figures of a line from its price and its quantity in each state. */
export function lineFigures(
  { unit, usd, source, derived }: Pick<Price, "unit" | "usd" | "source" | "derived">,
  quantity: Amounts,
): Pick<
  Line,
  | "quantity"
  | "unit"
  | "unitPrice"
  | "monthly"
  | "failedOver"
  | "gameDays"
  | "source"
  | "date"
  | "derived"
> {
  const exact = amountsBy((state) => roundedFigure(quantity[state]));
  const at = (state: keyof Amounts): Line["gameDays"] => ({
    quantity: exact[state],
    monthly: roundedFigure(quantity[state] * usd),
  });
  return {
    quantity: exact.steady,
    unit,
    unitPrice: usd,
    monthly: at("steady").monthly,
    failedOver: at("failedOver"),
    gameDays: at("gameDays"),
    source: source.name,
    date: source.date,
    ...(derived === undefined ? {} : { derived }),
  };
}

/** A figure without binary rounding noise. */
export function roundedFigure(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

/** The amount of a line in each state. */
export function amountsOf({ monthly, failedOver, gameDays }: Line): Amounts {
  return { steady: monthly, failedOver: failedOver.monthly, gameDays: gameDays.monthly };
}

/** The quantity of a line in each state. */
export function quantitiesOf({ quantity, failedOver, gameDays }: Line): Amounts {
  return { steady: quantity, failedOver: failedOver.quantity, gameDays: gameDays.quantity };
}
