import type { CostSummary } from "./cost/cost";
import type { QuotaUse } from "./quotas/quota";
import type { TreeNode } from "./report/document";

/**
 * The result of a rehearsal as plain data: `rehearse` computes it, the report shows it, and
 * `failover rehearse --json` prints it. All durations are in seconds.
 */
export interface Rehearsal {
  readonly stacks: readonly StackRehearsal[];
}

/** The story of one stack. */
export interface StackRehearsal {
  readonly stack: string;
  /** The public name. */
  readonly hostname: string;
  /** The places that the story is for, in words; absent where it is the same from everywhere. */
  readonly from?: readonly string[];
  /** The tree of records below it; JSON has its lines. */
  readonly tree: TreeNode;
  /** The steps in order, usually beginning with one without faults. */
  readonly story: readonly StoryStep[];
  readonly objectives: readonly ObjectiveResult[];
  /** The endpoints in the order of the tree, in which failover records take over. */
  readonly servingOrder: readonly ServingTier[];
  /** The result of the proof over every set of faults; absent if it did not run. */
  readonly proof?: ProofSummary;
  /** The results of the policy packs on the stack; absent if they did not run. */
  readonly policies?: readonly PackReport[];
  /** The monthly cost of the stack; absent if not requested. */
  readonly cost?: CostSummary;
  /** The downtime that the TTL of each mode costs; absent if the stack has no modes. */
  readonly ttlModes?: readonly TtlMode[];
  /** All public names by their tree; absent if there is one name. */
  readonly hostnames?: readonly HostnameGroup[];
  /** Default AWS quotas that the stack exceeds or approaches; absent if not counted. */
  readonly quotas?: readonly QuotaUse[];
  /** Names of the same source whose story is not told; of the first name only. Absent if there are none. */
  readonly notPlayed?: readonly string[];
  /** What only Pulumi knows of the program's resources, so that it is unknown here; of the first name only. Absent: nothing. */
  readonly gaps?: readonly string[];
  /** Notes that a reader needs to interpret the figures. */
  readonly notes: readonly string[];
}

/** Endpoints of one region that are next to each other in the tree. */
export interface ServingTier {
  /** AWS region code; absent if unknown, with its name. */
  readonly region?: string;
  readonly name?: string;
  /** Availability zones, or names of what has none. */
  readonly endpoints: readonly string[];
  /**
   * How each endpoint comes to answer: `else` in its turn, where those before it fail, and the first of a name at once;
   * `and` together with the one before it; otherwise the choice of the routing policy in words, such as `90 %`.
   */
  readonly chosen: readonly string[];
}

/** What `failover prove` finds, in a few figures. */
export interface ProofSummary {
  /** `open`: the proof depends on something that was not read. */
  readonly outcome: "proven" | "broken" | "open";
  /** The number of faults; the proof covers every set of them. */
  readonly faults: number;
  /** The properties that are broken or open, a sentence each; objectives are judged apart. */
  readonly reasons: readonly string[];
  /** Expected minutes a year from the assumed fault rates. An outage that nothing notices ends with the repair. */
  readonly minutesPerYear: {
    readonly deadAnswer: number;
    readonly staticPage: number;
    /** What was not read and decides, by name, whether `deadAnswer` is less; absent: nothing. */
    readonly dependsOn?: readonly string[];
  };
}

/** Public names with the same tree, each with its own static page. */
export interface HostnameGroup {
  /** The one that is rehearsed. */
  readonly hostname: string;
  readonly others: readonly string[];
}

/** A TTL that the stack can be switched to, and the worst downtime with it. */
export interface TtlMode {
  readonly mode: "normal" | "maintenance";
  /** Whether the rest of the rehearsal uses it. */
  readonly inForce: boolean;
  readonly ttl: number;
  /** Null if nothing is measured, or if an outage never ends, which `endless` says. */
  readonly downtime: {
    readonly zoneOrRegion: number | null;
    readonly database: number | null;
  };
  /** The causes of which an outage never ends; absent: none. */
  readonly endless?: readonly ("zoneOrRegion" | "database")[];
  /** What was not read and decides, by name, whether `endless` is so; absent: nothing. */
  readonly dependsOn?: readonly string[];
}

/** One step: the current faults, the answers, and the worst duration of the change. */
export interface StoryStep {
  /** The event, in words: "us-west-2a fails". */
  readonly step: string;
  /** All faults in this step, including earlier ones. */
  readonly faults: readonly string[];
  readonly answers: readonly ReportedAnswer[];
  /** What was not read and decides who answers, by name; the answers take it for healthy. Absent: nothing. */
  readonly dependsOn?: readonly string[];
  /** Whether it decides as well whether an answer is dead; absent: no. */
  readonly isDeadOpen?: boolean;
  /** The slowest failure mode, or `returns`; empty if nothing changed. */
  readonly death: string;
  /** Worst time until the checks agree, for that failure mode; null: never, or no failure. */
  readonly detection: number | null;
  /** Worst time until the last client that honours the TTL has moved; null as above. */
  readonly downtime: number | null;
  /** The same for every failure mode, with the terms of the sums. */
  readonly bounds?: readonly ReportedBound[];
}

/** One answer that Route 53 may give. */
export interface ReportedAnswer {
  /** The address, or the target's DNS name. */
  readonly value: string;
  readonly ttl: number;
  /** URN of the resource behind the answer. */
  readonly target: string;
  readonly availabilityZone?: string;
  readonly region?: string;
  /** Share of the clients that use it, 0 to 1: of the values in an answer, a client takes one (C12, C23). */
  readonly probability: number;
  /** Whether that target still serves in this step. */
  readonly alive: boolean;
  /** URNs of its lost databases; absent if there are none. */
  readonly withoutDatabases?: readonly string[];
  /** The assumption under which it counts as alive; absent if there is none. */
  readonly assumption?: string;
  /** Why it never serves; absent for what fails, or is alive. */
  readonly deadBecause?: string;
  /** The records from the public name down to the answer, and why each was chosen. */
  readonly path: readonly Hop[];
}

/** A record on the path to an answer. */
export interface Hop {
  readonly record: string;
  /** Absent on a simple record. */
  readonly setIdentifier?: string;
  readonly reason: string;
}

/** The worst case for one failure mode. */
export interface ReportedBound {
  readonly death: string;
  /** Null: no check ever detects this failure. */
  readonly detection: number | null;
  readonly downtime: number | null;
  /**
   * What is not known and decides the times, by name, such as statuses that were not read. The times are those
   * while such a status is healthy; null is then never at the worst. Absent: nothing.
   */
  readonly dependsOn?: readonly string[];
  /** The terms of the downtime, in order of time; the first ones are the detection. */
  readonly terms: readonly ReportedTerm[];
}

/** A part of a bound. */
export interface ReportedTerm {
  readonly name: string;
  readonly seconds: number;
  /** The formula of the seconds, such as `2 × (10 s + 8 s) of oregon-us-west-2a-check`. */
  readonly formula: string;
  /** The rule behind it, by its number in `docs/route53.md`. */
  readonly source: string;
}

/** A target in the configuration of a stack, and the worst case found. */
export interface ObjectiveResult {
  readonly name: string;
  readonly target: number;
  /** Null if the rehearsal does not measure it, or if it is never over. */
  readonly worst: number | null;
  /** Whether it is never over; absent where it is, and where nothing is measured. */
  readonly isEndless?: true | undefined;
  readonly met: boolean;
  /** What is not known and decides, by name, whether it is never over; absent: nothing. */
  readonly dependsOn?: readonly string[] | undefined;
}

/** The result of a policy pack on a stack. */
export interface PackReport {
  readonly pack: string;
  /** A summary in a few words, ready to print. */
  readonly summary: string;
  /** The number of findings of each kind, which `failover policy` lists one by one. */
  readonly mandatory: number;
  readonly advisory: number;
  /** The rules with advisory findings, and how many. */
  readonly advisoryRules: Readonly<Record<string, number>>;
  readonly unknown: number;
  readonly broken: number;
  /** The findings that would block an update, a sentence each. */
  readonly stops: readonly string[];
  /** The advisory findings, a sentence for those that are alike. */
  readonly advice: readonly string[];
}
