import type { FailureMode } from "../../routing/checker";

/**
 * A drill as data: what was drilled, and everything that happened. A drill in progress sends it to
 * the page, event by event; a saved run is this object as JSON.
 *
 * All times are drill time: seconds since the start, real seconds times `speed`.
 */
export interface DrillRun {
  readonly drill: DrillSubject;
  readonly events: readonly DrillEvent[];
}

/** What answers at the endpoints: servers of the drill that store nothing, or the real application. */
export type DrillApp = "embedded" | "lamp";

/** What is drilled; fixed before the start. */
export interface DrillSubject {
  readonly schemaVersion: 1;
  /** A stack's name or a source's title. */
  readonly title: string;
  /** The name and type that customers ask for. */
  readonly name: string;
  readonly type: string;
  /** When it started, as ISO 8601. */
  readonly startedAt: string;
  readonly app: DrillApp;
  /** How many drill seconds pass in a real second. */
  readonly speed: number;
  readonly seed: number;
  readonly nameServer: { readonly address: string; readonly port: number };
  /** The tree of records; members in order of preference. */
  readonly tree: DrillGroup;
  readonly endpoints: readonly DrillEndpoint[];
  readonly checks: readonly DrillCheck[];
  /** What can be made to fail. */
  readonly faults: readonly DrillFault[];
  readonly predictions: readonly DrillPrediction[];
  readonly objectives: readonly { readonly name: string; readonly targetSeconds: number }[];
  /** What the drill depends on and was not read, with what it was taken to be, in sentences; absent if nothing. */
  readonly unread?: readonly string[];
  /** What this drill does not do as AWS would, in sentences. */
  readonly differences: readonly string[];
}

/** The records of one name and type. */
export interface DrillGroup {
  /** Unique in the tree. */
  readonly id: string;
  readonly name: string;
  readonly members: readonly DrillMember[];
}

/** One record of a group. */
export interface DrillMember {
  /** The record's id. */
  readonly record: string;
  /** `PRIMARY`, `weight 90` …, for people. */
  readonly role: string;
  /** The id of a check, if it has one. */
  readonly check?: string;
  /** The group that it leads to; a group that occurs twice is given in full both times. */
  readonly group?: DrillGroup;
  /** Ids of the endpoints that it answers, if it leads to no group. */
  readonly endpoints: readonly string[];
}

/** A server of the drill that stands for an endpoint. */
export interface DrillEndpoint {
  /** The URN of its resource, or its address where no resource stands for it. */
  readonly id: string;
  readonly label: string;
  readonly availabilityZone?: string;
  readonly region?: string;
  /** The address or name in the records. */
  readonly declared: string;
  /** Where it listens on this machine: `127.x.y.z`. */
  readonly address: string;
  readonly port: number;
}

/** A health check; its checkers probe in the drill, or it is computed from others. */
export interface DrillCheck {
  readonly id: string;
  readonly label: string;
  readonly isProbed: boolean;
}

/** Something that can be made to fail. */
export interface DrillFault {
  /** As `--fail` takes it: `us-west-2a`, `us-west-2`, a resource's name, `check:<name>`. */
  readonly name: string;
  /** For a button: `us-west-2a`, `Oregon (us-west-2)`, `Oregon's database`. */
  readonly label: string;
  readonly kind: "availabilityZone" | "region" | "database" | "endpoint" | "check";
}

/** What the proof says of an outage: the worst case, and the range that its simulation found. */
export interface Predicted {
  readonly detection: PredictedSeconds;
  readonly downtime: PredictedSeconds;
}

/** What the proof says of a fault alone. */
export interface DrillPrediction extends Predicted {
  /** Name of the fault. */
  readonly fault: string;
  readonly death: FailureMode;
}

/** Null where it never ends. */
export interface PredictedSeconds {
  readonly bound: number | null;
  /** The least and the most of the simulated runs, if they were simulated. */
  readonly simulated?: { readonly low: number; readonly high: number };
}

/** What happened, with the time in drill seconds. */
export type DrillEvent = { readonly atSeconds: number } & (
  | {
      readonly kind: "fault";
      /** `fail` and `return` change what is broken; all that is broken afterwards is in `broken`. */
      readonly action: "fail" | "return";
      readonly names: readonly string[];
      readonly death?: string;
      readonly broken: readonly string[];
    }
  /** What Route 53 concludes of a check; `healthyCheckers` only where checkers probe. */
  | {
      readonly kind: "check";
      readonly check: string;
      readonly isHealthy: boolean;
      readonly checkers?: { readonly healthy: number; readonly all: number };
    }
  /** What the name servers answer from now on, and the records on the way. */
  | {
      readonly kind: "answer";
      readonly answers: readonly DrillAnswer[];
      /** Ids of the records on the answering path, and of the records that are healthy. */
      readonly path: readonly string[];
      readonly healthyRecords: readonly string[];
      readonly lastResort: boolean;
    }
  /** As SNS would send it. */
  | { readonly kind: "alert"; readonly subject: string; readonly text: string }
  | {
      readonly kind: "gate";
      readonly phase: string;
      readonly isLatched: boolean;
      readonly text: string;
    }
  /** Counts since the last event of this kind; customers report each second. */
  | ({ readonly kind: "customers" } & CustomerCounts)
  /** The end of an outage that a fault began: what was measured, beside what was predicted. */
  | {
      readonly kind: "measured";
      readonly fault: string;
      readonly detectionSeconds: number | null;
      readonly downtimeSeconds: number | null;
      /** What was predicted of it, from what was broken already; absent where nothing was. */
      readonly predicted?: Predicted;
      /** Whether each is within its bound; absent where nothing was predicted, or while that is open. */
      readonly isWithinBound?: boolean;
      /** What left its bound or the range of simulated runs, and at which end; absent with `isWithinBound`. */
      readonly outside?: readonly string[];
    }
  | { readonly kind: "note"; readonly text: string }
  | { readonly kind: "end"; readonly isGood: boolean; readonly reasons: readonly string[] }
);

/** An answer of the name servers. */
export interface DrillAnswer {
  readonly value: string;
  /** Id of the endpoint; absent where none stands for it. */
  readonly endpoint?: string;
  readonly ttlSeconds: number;
  /** Share of the queries, from 0 to 1. */
  readonly share: number;
}

/** Orders of customers, by outcome. */
export interface CustomerCounts {
  readonly served: number;
  /** No answer, or an error. */
  readonly failed: number;
  /** Of the failed: sent to an endpoint that the name servers no longer answer. */
  readonly stale: number;
  /** Of the failed: told by the static page that they cannot order now. */
  readonly page: number;
  /** Orders that were confirmed (201) and are gone; known at the end, with `--app lamp`. */
  readonly lost: number;
}
