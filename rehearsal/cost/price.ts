/**
 * One price of AWS's public list, in US dollars before tax, without an account's discounts. A
 * figure that no source gives is not here: resources that need it are listed as unknown.
 */
export interface Price {
  /** The charged item, such as `ec2 t4g.small`; charges refer to it. */
  readonly item: string;
  /** AWS region code; `any` if AWS has one price for all commercial regions. */
  readonly region: string;
  /** Its unit, such as `hour` or `GB-month`. */
  readonly unit: string;
  readonly usd: number;
  /**
   * The monthly quantity from which this price applies; 0 except for the later steps of a scale.
   */
  readonly from: number;
  readonly source: PriceSource;
  /** How the figure is derived; absent if the source has the exact figure. */
  readonly derived?: string;
}

/** The source of a figure. */
export interface PriceSource {
  /** The location, precise enough to look the figure up again. */
  readonly name: string;
  /** Its publication date, or the date on which it was read: ISO date. */
  readonly date: string;
}

/** A price in all regions for which a source gives it, by AWS region code or `any`. */
export function priced(
  item: string,
  unit: string,
  source: PriceSource,
  byRegion: Readonly<Record<string, number>>,
  derived?: string,
): readonly Price[] {
  return Object.entries(byRegion).map(([region, usd]) => ({
    item,
    region,
    unit,
    usd,
    from: 0,
    source,
    ...(derived === undefined ? {} : { derived }),
  }));
}

/** A price that decreases with the monthly quantity, with the same regions at every step. */
export function stepped(
  item: string,
  unit: string,
  source: PriceSource,
  regions: readonly string[],
  steps: readonly (readonly [from: number, usd: number])[],
): readonly Price[] {
  return regions.flatMap((region) =>
    steps.map(([from, usd]) => ({ item, region, unit, usd, from, source })),
  );
}
