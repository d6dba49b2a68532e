import type { HealthCheck, RecordSet } from "../../../routing/model";

export type Death = "refused" | "synDropped" | "connectsThenHangs" | "hangsInBody" | "drains";

export interface Scenario {
  readonly name: string;
  readonly records: readonly RecordSet[];
  readonly checks: readonly HealthCheck[];
  /** Checks whose endpoints or alarms die or recover at 0, and balancers whose targets do. */
  readonly affected: readonly string[];
  /** Values that are dead all the time. */
  readonly dead?: readonly string[];
  /** Checks by name, ordered so that each depends only on the checks before it. */
  readonly watching?: readonly WatchingCheck[];
  readonly balancers?: readonly Balancer[];
  readonly happens: Death | "returns";
  /** Values that the client must leave. */
  readonly bad: (value: string) => boolean;
  readonly propagationMs: number;
}

export interface WatchingCheck {
  readonly id: string;
  readonly name: string;
  /** The status of the check long before the event, and in the end. */
  readonly was: boolean;
  readonly is: boolean;
}

/** A balancer with one target group, which starts a check of each target at every interval. */
export interface Balancer {
  readonly id: string;
  readonly targetsCount: number;
  readonly minimumHealthy: number;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}
