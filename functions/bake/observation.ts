/** The state of a region at a poll: machines, alarms, and Route 53's checkers. */
export interface RegionObservation {
  readonly groups: readonly SeenGroup[];
  readonly instances: readonly SeenInstance[];
  readonly alarms: readonly SeenAlarm[];
  readonly checks: readonly SeenCheck[];
  /**
   * Whether the zone is delegated. Before that names do not resolve, and a check by name cannot be
   * healthy.
   */
  readonly isDelegated: boolean;
}

/** An Auto Scaling group with its target version of the launch template. */
export interface SeenGroup {
  readonly name: string;
  /** The target version. */
  readonly templateVersion: string;
  /** Minimum number of running instances; undefined for a group that does not exist. */
  readonly instancesMin?: number;
  /** Its instances, except terminating ones. */
  readonly members: readonly {
    readonly id: string;
    readonly templateVersion: string;
    /** `InService`, or a state on the way there. */
    readonly lifecycle: string;
    readonly isHealthy: boolean;
  }[];
  /** The latest instance refresh to that version; absent for a group that was created with it. */
  readonly refresh?: { readonly status: string; readonly reason: string };
}

/** An instance without a group. */
export interface SeenInstance {
  readonly id: string;
  /** Such as `running`; `missing` for one that does not exist. */
  readonly state: string;
  /** EC2's instance and system status checks, `ok` if healthy. */
  readonly statuses: readonly string[];
}

export interface SeenAlarm {
  readonly name: string;
  /** `missing` for an alarm that does not exist. */
  readonly state: "OK" | "ALARM" | "INSUFFICIENT_DATA" | "missing";
}

/** A health check of Route 53. */
export interface SeenCheck {
  /** Its label, such as `eu-west-1a`. */
  readonly name: string;
  /** Whether it probes a name in the zone. */
  readonly isByName: boolean;
  /** Checkers that reported, and the healthy ones among them. */
  readonly reports: number;
  readonly content: number;
}
