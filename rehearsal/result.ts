import type { CostSummary } from "./cost/cost";
import type { QuotaUse } from "./quotas/quota";
import type { TreeNode } from "./report/document";

/**
 * What a rehearsal found out, as plain data: `rehearse` makes it, the report shows it, and
 * `failover rehearse --json` prints it. All durations are in seconds.
 */
export interface Rehearsal {
  readonly stacks: readonly StackRehearsal[];
}

/** The story of one stack. */
export interface StackRehearsal {
  readonly stack: string;
  /** The public name that customers use. */
  readonly hostname: string;
  /** The tree of records below it; JSON has its lines. */
  readonly tree: TreeNode;
  /** The steps in order, usually beginning with one in which nothing has failed. */
  readonly story: readonly StoryStep[];
  readonly objectives: readonly ObjectiveResult[];
  /** What the policy packs say of the stack; absent where they were not asked. */
  readonly policies?: readonly PackReport[];
  /** What the stack costs in a month; absent where it was not asked. */
  readonly cost?: CostSummary;
  /** What the TTL of each mode costs in downtime; absent where the stack tells no modes. */
  readonly ttlModes?: readonly TtlMode[];
  /** All public names by the tree below them; absent where there is one. */
  readonly hostnames?: readonly HostnameGroup[];
  /** Default quotas of AWS that the stack is over or near; absent where nobody counted. */
  readonly quotas?: readonly QuotaUse[];
  /** What a reader must know to take the figures for what they are. */
  readonly notes: readonly string[];
}

/** Public names that have the same tree, each with a static page of its own. */
export interface HostnameGroup {
  /** The one that is looked at. */
  readonly hostname: string;
  readonly others: readonly string[];
}

/** A TTL that the stack can be switched to, and the worst downtime with it. */
export interface TtlMode {
  readonly mode: "normal" | "maintenance";
  /** Whether it is the one that the rest of the rehearsal is about. */
  readonly inForce: boolean;
  readonly ttl: number;
  /** Null where nothing is measured, or where an outage is never over. */
  readonly downtime: {
    readonly zoneOrRegion: number | null;
    readonly database: number | null;
  };
}

/** One step: what has failed by now, who answers then, and how long the change took at worst. */
export interface StoryStep {
  /** What happens, in words: "us-west-2a dies". */
  readonly step: string;
  /** All faults that are present in this step, the earlier ones included. */
  readonly faults: readonly string[];
  readonly answers: readonly ReportedAnswer[];
  /** The way of dying that takes longest, or `returns`; empty where nothing changed. */
  readonly death: string;
  /** Worst time until the checks agree, for that death; null: never, or there is no death. */
  readonly detection: number | null;
  /** Worst time until the last client that obeys the TTL has moved; null as above. */
  readonly downtime: number | null;
  /** The same for every way of dying, with the terms that the figures are the sum of. */
  readonly bounds?: readonly ReportedBound[];
}

/** One answer that Route 53 may give. */
export interface ReportedAnswer {
  /** The address, or the target's DNS name. */
  readonly value: string;
  readonly ttl: number;
  /** URN of the resource that the answer leads to. */
  readonly target: string;
  readonly availabilityZone?: string;
  readonly region?: string;
  /** Share of the queries that get this answer, 0 to 1. */
  readonly probability: number;
  /** Whether that target still serves in this step. */
  readonly alive: boolean;
  /** URNs of the databases that it uses and that are lost; absent where there are none. */
  readonly withoutDatabases?: readonly string[];
  /** The records from the public name down to the answer, and why each was taken. */
  readonly path: readonly Hop[];
}

/** A record on the way to an answer. */
export interface Hop {
  readonly record: string;
  /** Absent on a simple record. */
  readonly setIdentifier?: string;
  readonly reason: string;
}

/** The worst case for one way of dying. */
export interface ReportedBound {
  readonly death: string;
  /** Null: no check ever notices this death. */
  readonly detection: number | null;
  readonly downtime: number | null;
  /** What the downtime is the sum of, in order of time; the first ones make up the detection. */
  readonly terms: readonly ReportedTerm[];
}

/** A part of a bound. */
export interface ReportedTerm {
  readonly name: string;
  readonly seconds: number;
  /** How the seconds come about, such as `2 × (10 s + 8 s) of oregon-us-west-2a-check`. */
  readonly formula: string;
  /** The rule that says so, by its number in `docs/route53.md`. */
  readonly source: string;
}

/** A target that the configuration of a stack promises, and the worst case found. */
export interface ObjectiveResult {
  readonly name: string;
  readonly target: number;
  /** Null where nothing in the rehearsal measures it. */
  readonly worst: number | null;
  readonly met: boolean;
}

/** What a policy pack says of a stack. */
export interface PackReport {
  readonly pack: string;
  /** All of it in a few words, ready to print. */
  readonly summary: string;
  /** How many findings there are of each kind, as `failover policy` tells them one by one. */
  readonly mandatory: number;
  readonly advisory: number;
  readonly unknown: number;
  readonly broken: number;
  /** The findings that would stop an update, a sentence each. */
  readonly stops: readonly string[];
}
