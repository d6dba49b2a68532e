/** The two regions by their role. */
export type GateSide = "primary" | "standby";

/** The state of the world at a run. Every part may be unknown. */
export interface GateObservation {
  /** The region that Route 53 answers with; "neither" for other endpoints. */
  readonly serving: GateSide | "neither" | "unknown";
  /**
   * Route 53's view of what a release waits for, by signal: the primary's checks and capacity, and the
   * orders of both regions.
   */
  readonly signals: Readonly<Record<string, "healthy" | "unhealthy" | "unknown">>;
  readonly latchObject: "present" | "absent";
}
