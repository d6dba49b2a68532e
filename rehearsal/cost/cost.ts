import type { Amounts } from "./amounts";
import type { CostAssumptions } from "./assumptions";
import type { CostTier } from "./tier";
import type { UncountedName } from "./trafficShares";

/** The monthly cost of a stack: the output of `failover cost --json`. Amounts are in US dollars. */
export interface CostReport extends CostSummary {
  /** Where all queries are taken to come from; absent if the answers of no counted name depend on it. */
  readonly fromLocation?: string;
  /** Every charge, the largest steady amount first within its tier. */
  readonly lines: readonly Line[];
  /** Free types, with the source. */
  readonly free: readonly FreeType[];
}

/** The figures of a report without its lines: what a rehearsal shows. */
export interface CostSummary {
  readonly stack: string;
  readonly currency: "USD";
  /** Publication dates of the prices used: the oldest and the newest. */
  readonly pricedAt: { readonly oldest: string; readonly newest: string };
  readonly totals: Amounts;
  readonly byTier: readonly ({ readonly tier: CostTier } & Amounts)[];
  /** Charges by region; `global` for resources in none. */
  readonly byRegion: readonly ({ readonly region: string } & Amounts)[];
  /** Resources without a price here: not free, and not in any total. */
  readonly unknown: readonly Unpriced[];
  /** The addresses and names that public names lead to, and no resource was read for: in no total; absent if there are none. */
  readonly unread?: readonly string[];
  /** Public names whose queries and traffic are not known, and in no total; absent if there are none. */
  readonly uncounted?: readonly UncountedName[];
  readonly ttlCurve: TtlCurve;
  readonly alternatives: readonly Alternative[];
  readonly assumptions: CostAssumptions;
  /** Notes that a reader needs to interpret the figures. */
  readonly notes: readonly string[];
}

/** One charge of one resource. */
export interface Line {
  readonly urn: string;
  readonly tier: CostTier;
  readonly item: string;
  /** AWS region code, or `global`. */
  readonly region: string;
  /** Of a steady month, like `monthly`; negative for an allowance. */
  readonly quantity: number;
  readonly unit: string;
  readonly unitPrice: number;
  readonly monthly: number;
  readonly failedOver: LineAmount;
  readonly gameDays: LineAmount;
  readonly source: string;
  /** When the source was published: ISO date. */
  readonly date: string;
  /** How the price is derived, if the source does not have the exact figure. */
  readonly derived?: string;
}

/** A line in another state than the steady one. */
export interface LineAmount {
  readonly quantity: number;
  readonly monthly: number;
}

/** A possible charge of a resource, and why there is no amount. */
export interface Unpriced {
  readonly urn: string;
  readonly why: string;
}

/** A type of the stack that AWS does not charge for. */
export interface FreeType {
  readonly type: string;
  readonly count: number;
  readonly why: string;
  readonly source: string;
}

/** The cost of queries, and the duration of an outage, by the TTL of the stack's own records. */
export interface TtlCurve {
  /** The current TTL; absent if none of its answers has its own. */
  readonly currentSeconds?: number;
  /** The two settings of the stack, if its outputs have them. */
  readonly modes?: { readonly normalSeconds: number; readonly maintenanceSeconds: number };
  /** Set if some zone or region may be lost without an end of the downtime, whatever the TTL. */
  readonly isEndless?: true;
  readonly points: readonly TtlPoint[];
}

/** One TTL. */
export interface TtlPoint {
  readonly ttlSeconds: number;
  /** Charged queries of a steady month. */
  readonly queries: number;
  /** Their cost, including their log lines if queries are logged; without allowances. */
  readonly monthly: number;
  /** Worst time until the last client has left a lost zone or region; null if unknown, or endless. */
  readonly downtimeSeconds: number | null;
}

/** An alternative to consider. */
export interface Alternative {
  readonly name: string;
  /** What it adds to a steady month; null if one of its prices is unknown. */
  readonly monthly: number | null;
  /** Its charges, negative for savings. */
  readonly lines: readonly {
    readonly item: string;
    readonly quantity: number;
    readonly unit: string;
    readonly unitPrice: number;
    readonly monthly: number;
    readonly source: string;
  }[];
  /**
   * The worst downtime according to its vendor or to this project's bound; null if neither gives
   * one.
   */
  readonly downtimeSeconds: number | null;
  readonly note: string;
}
