import type { StackGraph } from "../../routing/graph/stackGraph";

/** A default quota of an AWS account. */
export interface Quota {
  /** The counted items: "records in a hosted zone". */
  readonly what: string;
  /** The default for every account. */
  readonly default: number;
  /**
   * The maximum on request: the default if AWS does not raise it; absent: no documented maximum.
   */
  readonly most?: number;
  /** The remedy besides requesting an increase. */
  readonly remedy?: string;
  /** The source. */
  readonly source: string;
  /** The number in a stack, by the scope of the quota: a region, a certificate; "the account". */
  readonly count: (graph: StackGraph) => Counts;
}

/** Numbers by scope. */
export type Counts = ReadonlyMap<string, number>;

/** The scope of an account-wide quota. */
export const account = "the account";

/** A quota that a stack exceeds or approaches. */
export interface QuotaUse {
  /** The counted items: "Elastic IP addresses". */
  readonly what: string;
  /** The scope: a region, a hosted zone, a certificate; "the account". */
  readonly of: string;
  readonly used: number;
  /** The default; an account may have a higher one. */
  readonly default: number;
  /** The maximum on request; absent if AWS documents none. */
  readonly most?: number;
  readonly state: "over" | "near";
  /** The remedy, in words. */
  readonly remedy: string;
  /** The source. */
  readonly source: string;
}
