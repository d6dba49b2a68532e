/** The two regions by their role. */
export type GateSide = "primary" | "standby";

/** The state of the world at a run. Every part may be unknown. */
export interface GateObservation {
  /** The region that Route 53 answers with; "neither" for other endpoints. */
  readonly serving: GateSide | "neither" | "unknown";
  /** Route 53's view of the primary's checks, by signal. */
  readonly signals: Readonly<Record<string, "healthy" | "unhealthy" | "unknown">>;
  /** Orders that wait, by region; absent if the endpoints do not run our application. */
  readonly backlog?: Readonly<Record<GateSide, RegionBacklog>>;
  readonly latchObject: "present" | "absent";
}

/** A region's report of its orders, or why there is none. */
export type RegionBacklog =
  | {
      readonly kind: "seen";
      /** Age of the oldest row, in seconds; undefined if the region does not know it. */
      readonly outboxSeconds?: number;
      readonly journalSeconds?: number;
      /** Whether the last comparison found that the regions differ; undefined if unknown. */
      readonly regionsDiffer?: boolean;
    }
  | { readonly kind: "unknown"; readonly reason: string };
