/**
 * One price of AWS's public list, in US dollars before tax, without any discount that an account may
 * have. A figure that no source gives is not here: what needs it is listed as unknown.
 */
export interface Price {
  /** What is charged, such as `ec2 t4g.small`: what a charge names. */
  readonly item: string;
  /** AWS region code; `any` where AWS has one price for all commercial regions. */
  readonly region: string;
  /** What one of it is, such as `hour` or `GB-month`. */
  readonly unit: string;
  readonly usd: number;
  /** The quantity of a month from which this price counts; 0 for all but the later steps of a scale. */
  readonly from: number;
  readonly source: PriceSource;
  /** How the figure follows from the source; absent where the source has the very figure. */
  readonly derived?: string;
}

/** Where figures were read. */
export interface PriceSource {
  /** The place, precise enough to look the figures up again. */
  readonly name: string;
  /** When AWS published them, or where that is not said, when they were read: ISO date. */
  readonly date: string;
}

/** A price in all regions that a source gives it for, by AWS region code or `any`. */
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

/** A price that falls with the quantity of a month, in the same regions at every step. */
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
