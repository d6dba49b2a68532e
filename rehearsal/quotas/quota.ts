import type { StackGraph } from "../../routing/graph/stackGraph";

/** What an AWS account may have of something until it asks for more. */
export interface Quota {
  /** What is counted: "records in a hosted zone". */
  readonly what: string;
  /** What AWS allows every account. */
  readonly default: number;
  /** The most that can be asked for: the default where AWS raises nothing; absent: AWS names no end. */
  readonly most?: number;
  /** What to do where it is not enough, beside asking for more. */
  readonly remedy?: string;
  /** Where AWS says so. */
  readonly source: string;
  /** How many a stack has, by what the quota is of: a region, a certificate; "the account". */
  readonly count: (graph: StackGraph) => Counts;
}

/** Numbers by what they are numbers of. */
export type Counts = ReadonlyMap<string, number>;

/** What a quota of the whole account is of. */
export const account = "the account";

/** A quota of AWS that a stack is over, or near. */
export interface QuotaUse {
  /** What is counted: "Elastic IP addresses". */
  readonly what: string;
  /** What the quota is of: a region, a hosted zone, a certificate; "the account". */
  readonly of: string;
  readonly used: number;
  /** What AWS allows every account; a given one may have been allowed more. */
  readonly default: number;
  /** The most that can be asked for; absent where AWS names no end. */
  readonly most?: number;
  readonly state: "over" | "near";
  /** What to do about it, in words. */
  readonly remedy: string;
  /** Where AWS says so. */
  readonly source: string;
}
