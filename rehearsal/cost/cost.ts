import type { Amounts } from "./amounts";
import type { CostAssumptions } from "./assumptions";
import type { CostTier } from "./tier";

/** What a stack costs in a month: what `failover cost --json` prints. Amounts are in US dollars. */
export interface CostReport extends CostSummary {
  /** Every charge, the largest steady amount first within its tier. */
  readonly lines: readonly Line[];
  /** Types that are free, by whose word. */
  readonly free: readonly FreeType[];
}

/** The figures of a report without its lines: what a rehearsal shows. */
export interface CostSummary {
  readonly stack: string;
  readonly currency: "USD";
  /** When the prices were published that the figures rest on: the oldest and the newest. */
  readonly pricedAt: { readonly oldest: string; readonly newest: string };
  readonly totals: Amounts;
  readonly byTier: readonly ({ readonly tier: CostTier } & Amounts)[];
  /** What is charged in each region; `global` for what is in none. */
  readonly byRegion: readonly ({ readonly region: string } & Amounts)[];
  /** What has no price here: it is not free, and not in any total. */
  readonly unknown: readonly Unpriced[];
  readonly ttlCurve: TtlCurve;
  readonly alternatives: readonly Alternative[];
  readonly assumptions: CostAssumptions;
  /** What a reader must know to take the figures for what they are. */
  readonly notes: readonly string[];
}

/** One charge of one resource. */
export interface Line {
  readonly urn: string;
  readonly tier: CostTier;
  readonly item: string;
  /** AWS region code, or `global`. */
  readonly region: string;
  /** Of a steady month, as `monthly` is; below zero where an allowance takes it away. */
  readonly quantity: number;
  readonly unit: string;
  readonly unitPrice: number;
  readonly monthly: number;
  readonly failedOver: LineAmount;
  readonly drill: LineAmount;
  readonly source: string;
  /** When the source was published: ISO date. */
  readonly date: string;
  /** How the price follows from its source, where that does not have the very figure. */
  readonly derived?: string;
}

/** A line in another state than the steady one. */
export interface LineAmount {
  readonly quantity: number;
  readonly monthly: number;
}

/** Something that a resource may be charged for, and why there is no amount. */
export interface Unpriced {
  readonly urn: string;
  readonly why: string;
}

/** A type of the stack that AWS does not charge. */
export interface FreeType {
  readonly type: string;
  readonly count: number;
  readonly why: string;
  readonly source: string;
}

/** What queries cost, and how long an outage lasts, by the TTL of the stack's own records. */
export interface TtlCurve {
  /** The TTL that the stack has now; absent where none of its answers has one of its own. */
  readonly currentSeconds?: number;
  /** The two settings of the stack, where its outputs tell them. */
  readonly modes?: { readonly normalSeconds: number; readonly maintenanceSeconds: number };
  readonly points: readonly TtlPoint[];
}

/** One TTL. */
export interface TtlPoint {
  readonly ttlSeconds: number;
  /** Queries that are charged in a steady month. */
  readonly queries: number;
  /** What they cost, with their lines where queries are logged; allowances are left aside. */
  readonly monthly: number;
  /** Worst time until the last client has left a lost zone or region; null where that is not known. */
  readonly downtimeSeconds: number | null;
}

/** Something that a team would weigh against this. */
export interface Alternative {
  readonly name: string;
  /** What it adds to a steady month; null where a price of it is not known. */
  readonly monthly: number | null;
  /** The charges that make it up, below zero what it saves. */
  readonly lines: readonly {
    readonly item: string;
    readonly quantity: number;
    readonly unit: string;
    readonly unitPrice: number;
    readonly monthly: number;
    readonly source: string;
  }[];
  /** The worst downtime that its maker or this project's bound states; null where nobody does. */
  readonly downtimeSeconds: number | null;
  readonly note: string;
}
