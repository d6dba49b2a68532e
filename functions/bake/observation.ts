/** What a look at a region shows: what runs, what its alarms say, and what Route 53's checkers say. */
export interface RegionObservation {
  readonly groups: readonly SeenGroup[];
  readonly instances: readonly SeenInstance[];
  readonly alarms: readonly SeenAlarm[];
  readonly checks: readonly SeenCheck[];
  /**
   * Whether the internet is led to the zone. Before that nobody comes by name, and a check that does
   * cannot be content.
   */
  readonly isDelegated: boolean;
}

/** An Auto Scaling group that should run a version of its launch template. */
export interface SeenGroup {
  readonly name: string;
  /** The version that it should run. */
  readonly templateVersion: string;
  /** Instances that should run at least; undefined for a group that is not there. */
  readonly instancesMin?: number;
  /** Its instances, without those that are being terminated. */
  readonly members: readonly {
    readonly id: string;
    readonly templateVersion: string;
    /** `InService`, or where it is on its way there. */
    readonly lifecycle: string;
    readonly isHealthy: boolean;
  }[];
  /** The latest instance refresh to that version; absent for a group that was made with it. */
  readonly refresh?: { readonly status: string; readonly reason: string };
}

/** An instance without a group. */
export interface SeenInstance {
  readonly id: string;
  /** Such as `running`; `missing` for one that is not there. */
  readonly state: string;
  /** EC2's own checks of machine and system, `ok` where all is well. */
  readonly statuses: readonly string[];
}

export interface SeenAlarm {
  readonly name: string;
  /** `missing` for an alarm that is not there. */
  readonly state: "OK" | "ALARM" | "INSUFFICIENT_DATA" | "missing";
}

/** A health check of Route 53. */
export interface SeenCheck {
  /** What it watches, such as `eu-west-1a`. */
  readonly name: string;
  /** Whether it goes by a name in the zone. */
  readonly isByName: boolean;
  /** Checkers that reported, and how many of them were content. */
  readonly reports: number;
  readonly content: number;
}
