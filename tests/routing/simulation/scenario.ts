import type { HealthCheck, RecordSet } from "../../../routing/model";

export type Death = "refused" | "synDropped" | "connectsThenHangs" | "hangsInBody" | "drains";

export interface Scenario {
  readonly name: string;
  readonly records: readonly RecordSet[];
  readonly checks: readonly HealthCheck[];
  /** Checks whose endpoints or alarms die at 0, or come back, and balancers whose targets do. */
  readonly affected: readonly string[];
  /** Values that are dead all the time. */
  readonly dead?: readonly string[];
  /** Checks by name, in an order in which each watches names of those before it only. */
  readonly watching?: readonly WatchingCheck[];
  readonly balancers?: readonly Balancer[];
  readonly happens: Death | "returns";
  /** Values that the client is not to be on. */
  readonly bad: (value: string) => boolean;
  readonly propagationMs: number;
}

export interface WatchingCheck {
  readonly id: string;
  readonly name: string;
  /** What the check says long before, and in the end. */
  readonly was: boolean;
  readonly is: boolean;
}

/** A balancer with one target group, which checks each target once an interval, whatever that takes. */
export interface Balancer {
  readonly id: string;
  readonly targetsCount: number;
  readonly minimumHealthy: number;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}
