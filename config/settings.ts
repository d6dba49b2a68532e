/**
 * The configuration of a stack: the keys of the namespace `failover` in `Pulumi.<stack>.yaml`. A
 * setting without a default is required; an unknown key is an error.
 */
export interface Settings {
  /**
   * Name of the public hosted zone, such as `cafe.com`, which contains all names of the tree. The
   * program looks it up and does not create it; the project in `zone/` does, and is deployed first.
   */
  readonly hostedZone: string;
  /**
   * Public names below the hosted zone, at most 63 characters each, because the bucket of the
   * maintenance page has the same name. The names of the tiers are below the first. Certificates
   * list each name, or from the hundredth on wildcards for those after the first: these must be
   * below at most 98 different names.
   */
  readonly hostnames: readonly [string, ...string[]];
  /**
   * Whether all names have AAAA records as well; each endpoint then has a separate IPv6 check.
   * Default false. Needs a static tier with IPv6: `cloudFront`.
   */
  readonly ipv6: boolean;
  /** TTLs of the records. */
  readonly ttl: TtlSettings;
  /** The two serving regions: `primary` and `standby`, with the same keys. */
  readonly regions: {
    /** Serves while it is healthy. */
    readonly primary: RegionSettings;
    /** Serves while the primary is unhealthy. */
    readonly standby: RegionSettings;
  };
  /** Traffic of the standby region while the primary is healthy. */
  readonly standby: StandbySettings;
  /** How a change reaches the regions, the standby first: docs/runbook.md, "Bake failed". */
  readonly rollout: RolloutSettings;
  /**
   * The compute resources of each zone, the same form in all four. Default `{ kind: instance }`.
   */
  readonly compute: ComputeSettings;
  /**
   * IPv4 and IPv6 blocks to admit besides Route 53's health checkers; at most 5, because the
   * checkers' prefix list uses most of a security group's quota. Default: everyone.
   */
  readonly visitorNetworks?: readonly string[];
  /** The order stores; only with machines of this stack. */
  readonly orders: OrderSettings;
  /** The maintenance page. */
  readonly staticTier: StaticTierSettings;
  /** Health checks. */
  readonly checks: {
    /** The check of each zone's endpoint, by its address: shallow and quick. */
    readonly endpoint: EndpointCheckSettings;
    /** The check of a region, by its own name: deep, and slower than a database failover. */
    readonly region: RegionCheckSettings;
    /** The check on synthetic orders, which are placed from the region of the static tier. */
    readonly metric: MetricCheckSettings;
  };
  /** Objectives; `failover rehearse` compares them with the worst case. */
  readonly objectives: ObjectiveSettings;
  readonly alerts: AlertSettings;
  /** Experiments that break the primary region on purpose. */
  readonly gameDay: GameDaySettings;
  /** Holds traffic in the standby region until the primary has recovered. */
  readonly gate: GateSettings;
  /**
   * Name of the policy that is the permissions boundary of every role of the stack, such as
   * `failover-prod-boundary`. It must exist before the stack: docs/iam/README.md. Default: none; then
   * the deployer can give a role any permission.
   */
  readonly permissionsBoundary?: string;
  /**
   * A region whose API does not respond while the other one is operated: docs/runbook.md, "Operate while a
   * region is gone". Default: none.
   */
  readonly unreachable?: UnreachableSettings;
  /** Assumptions of the bounds that AWS does not publish. */
  readonly assumptions: {
    /**
     * Seconds from the checkers' agreement until every Route 53 name server answers accordingly.
     * Default 10. AWS publishes no figure (T5), so every bound is printed with it.
     */
    readonly propagationSeconds: number;
  };
}

/** TTL of records with addresses, in seconds, 0 to 300. */
export interface TtlSettings {
  /** The mode in force. Default `normal`. */
  readonly mode: "normal" | "maintenance";
  /** Default 60, the longest that AWS recommends for records with health checks (T3). */
  readonly normalSeconds: number;
  /** Set before a planned switch. Default 60. */
  readonly maintenanceSeconds: number;
}

/** A serving region. */
export interface RegionSettings {
  /**
   * Your name for the region, such as `oregon`: a label of its record name, and the prefix of its
   * resources.
   */
  readonly name: string;
  /** AWS region code. */
  readonly region: string;
  /** Two zones of the region, the one that serves first. */
  readonly availabilityZones: readonly [string, string];
  /**
   * IPv4 network, /16 to /24, different from the other region's so that the two can be connected.
   */
  readonly cidrBlock: string;
  /**
   * Graviton instance type of each zone's machines. Default `t4g.micro`, the smallest useful one.
   */
  readonly instanceType: string;
  /**
   * Id of a prebuilt image of this region that contains the packages and the site. Default: the
   * newest of Amazon Linux 2023 when an instance or template is created, prepared at boot.
   */
  readonly imageId?: string;
  /**
   * Two sides with separate machines that split the region's traffic by weight, for a release:
   * docs/runbook.md has the steps. Only for machines of this stack. Default: one side.
   */
  readonly release?: ReleaseSettings;
  /** Fewer running machines than carry the full load. Default: `compute.instancesPerZone` run. */
  readonly capacity?: CapacitySettings;
}

/**
 * The two sides of a region, each at full capacity, because either may have to carry everything.
 */
export interface ReleaseSettings {
  /** Weight of the blue side, which exists without a release as well, 0 to 255. */
  readonly blue: number;
  /** Weight of the green side, 0 to 255; not 0 for both. A side of weight 0 gets no traffic. */
  readonly green: number;
  /** The release of a side instead of the one in `app/`. Default: none. */
  readonly pinned: { readonly blue?: PinnedSide; readonly green?: PinnedSide };
}

/** An older release, for one side. */
export interface PinnedSide {
  /**
   * Id of a release that an earlier update uploaded: the earlier value of the output
   * `release.siteSha256`.
   */
  readonly siteSha256: string;
  /** Its image, if the region uses prebuilt ones. */
  readonly imageId?: string;
}

/**
 * Machines per zone that always run, and machines in an EC2 capacity reservation. A reservation
 * costs as much as running machines, and a machine takes minutes to start: fewer running machines
 * save little, and are refused without a reservation for the rest.
 */
export interface CapacitySettings {
  /** 1 to `compute.instancesPerZone`. */
  readonly runningPerZone: number;
  /** 1 to 100, including running ones: at least `compute.instancesPerZone` if fewer run. */
  readonly reservedPerZone: number;
}

/** Traffic of the standby region while the primary is healthy. */
export interface StandbySettings {
  /**
   * Share of the traffic that it always gets, in percent, 0 to 50: a standby that serves every day
   * is known to work. Default 0. It affects traffic only; each tier runs at full capacity.
   */
  readonly warmPercent: number;
}

/** How a change reaches the primary region; only for machines of this stack. */
export interface RolloutSettings {
  /**
   * Minutes, 0 to 10, in which a change must stay healthy in the standby region after its arrival,
   * before the primary region gets it. Default 5. This does not prove the change under the
   * primary's traffic: use the release's weights for that.
   */
  readonly bakeMinutes: number;
  /**
   * A time in UTC, such as 2026-11-22T18:00Z, at most 24 hours ahead, until which the bake is
   * skipped: for a fix that the primary needs at once. Refused once it has passed. Default: none.
   */
  readonly skipBakeUntil?: string;
}

/** The compute resources of each zone, by kind. */
export type ComputeSettings =
  | {
      /** One instance with an Elastic IP, over HTTP. */
      readonly kind: "instance";
    }
  | {
      /**
       * A balancer per zone with a static address, over HTTP and HTTPS, in front of a group of
       * instances.
       */
      readonly kind: "balancer";
      /**
       * Instances that always run in each zone: as many as carry all traffic, 1 to 100. Default 2.
       */
      readonly instancesPerZone: number;
    }
  | {
      /** External addresses. */
      readonly kind: "addresses";
      /** By availability zone: one key for each of the four. */
      readonly endpoints: Readonly<Record<string, OwnAddresses>>;
    }
  | {
      /** External balancers. Their answers have a TTL of 60 s. */
      readonly kind: "alias";
      /** By availability zone: one key for each of the four. */
      readonly endpoints: Readonly<Record<string, OwnBalancer>>;
    };

/** An external endpoint by its addresses. */
export interface OwnAddresses {
  /** Public IPv4 address. */
  readonly ipv4: string;
  /** Public IPv6 address; required with `ipv6`. */
  readonly ipv6?: string;
}

/** An external endpoint by the name of its balancer, which must be dual-stack with `ipv6`. */
export interface OwnBalancer {
  /** DNS name of an application, network or classic balancer. */
  readonly dnsName: string;
  /** The balancer's own hosted zone id (`CanonicalHostedZoneId`). */
  readonly hostedZoneId: string;
}

/** The last tier. */
export interface StaticTierSettings {
  /** AWS region of the page's bucket: neither of the two serving regions. */
  readonly region: string;
  /**
   * `s3Website` (default): HTTP and IPv4 only. `cloudFront`: HTTPS and IPv6, from a private bucket,
   * with a 503 that is not cached.
   */
  readonly kind: "s3Website" | "cloudFront";
  /** `Retry-After` in seconds, 1 to 3600; sent by `cloudFront` only. Default 300. */
  readonly retryAfterSeconds: number;
}

/** The order stores of each region. */
export interface OrderSettings {
  readonly database: {
    /** Graviton class of RDS. Default `db.t4g.micro`, the smallest. */
    readonly instanceClass: string;
    /**
     * Initial disk size in GiB, 20 to 13000; it grows automatically to five times that. Default 20.
     */
    readonly storageGibibytes: number;
    /** Connections, 29 for each web server, including those of a rollout. Default 100. */
    readonly connectionsMax: number;
  };
  /** Graviton class of ElastiCache. Default `cache.t4g.micro`, the smallest. */
  readonly cacheNodeType: string;
  /**
   * Whether database and cache span both zones. Default false: they are in the second zone, whose
   * loss then takes the region down.
   */
  readonly inBothZones: boolean;
  /** Whether databases and tables are protected from deletion. Default false. */
  readonly isProtected: boolean;
  /**
   * Hours without an order in the primary region that raise an alarm, 1 to 168. Default: no alarm.
   */
  readonly quietHoursMax?: number;
  /** Copies of both databases' backups in a third region (docs/adr/0034). Default: none. */
  readonly backupCopies?: BackupCopySettings;
}

/** Copies of the databases' backups that do not depend on the serving regions. */
export interface BackupCopySettings {
  /** AWS region code: neither of the two serving regions. */
  readonly region: string;
  /** Retention of the copies in days, 1 to 35. Default 35, as with `isProtected`. */
  readonly days: number;
}

/** The check of each zone's endpoint. */
export interface EndpointCheckSettings {
  /**
   * Default `http`. `https` if customers use it: with balancers, or external endpoints; a plain
   * instance has no certificate. The region check uses the same.
   */
  readonly scheme: "http" | "https";
  /** Path without dependencies. Default `/healthcheck`. */
  readonly path: string;
  /** 10 or 30. Default 30; 10 costs extra for each check. */
  readonly intervalSeconds: 10 | 30;
  /** Probes in a row that change a checker's result, 1 to 10. Default 3. */
  readonly failureThreshold: number;
  /** Marker in the body of every healthy answer; not a secret. Default `cafe-orders-ok`. */
  readonly token: string;
}

/** The check of a region; its scheme and token are those of the endpoints. */
export interface RegionCheckSettings {
  /** Path that succeeds only if orders can be written. Default `/health.php`. */
  readonly path: string;
  /** 10 or 30. Default 30. */
  readonly intervalSeconds: 10 | 30;
  /** 1 to 10. Default 6: 30 s × 6 is longer than a Multi-AZ database failover (60–120 s). */
  readonly failureThreshold: number;
}

/** Whether and when failed synthetic orders cause a failover. */
export interface MetricCheckSettings {
  /** Default false. */
  readonly enabled: boolean;
  /**
   * Minutes in a row in which every order must fail, 1 to 30. Default 4: a Multi-AZ database
   * failover within 120 s fails three at most.
   */
  readonly failureMinutes: number;
}

/**
 * Experiments that break the primary region on purpose, with AWS FIS: see docs/runbook.md, "Hold a
 * game day".
 */
export interface GameDaySettings {
  /**
   * Default false. Enabling it tags all of the primary region as a target, which replaces the web
   * servers of each group one by one.
   */
  readonly enabled: boolean;
  /** Duration of each experiment in minutes, 10 to 120. Default 30. */
  readonly durationMinutes: number;
  /** IANA name of the time zone of schedules and blocked windows. Default `UTC`. */
  readonly timeZone: string;
  /** Experiments that start automatically. Default: none. */
  readonly schedules: readonly {
    /**
     * The experiment: a zone of the primary region, that region, or `full-load` on the other one.
     */
    readonly experiment: string;
    /** Its schedule in EventBridge Scheduler's syntax: `cron(0 10 ? * TUE#1 *)`. */
    readonly cron: string;
  }[];
  /** Times in which no scheduled experiment starts. Default: none. */
  readonly blockedWindows: readonly {
    /** Local time, such as `2026-11-23T00:00`. */
    readonly from: string;
    /** Local time after `from`. */
    readonly to: string;
    /** The reason, for whoever asks why nothing started. */
    readonly why: string;
  }[];
}

/**
 * The failback gate: while an object in the standby region exists, Route 53 does not return to the
 * primary region. A controller there writes and deletes it (docs/adr/0054).
 */
export interface GateSettings {
  /**
   * `created` (default): bucket, checks and controller exist, and change no traffic. `attached`: the
   * primary region is healthy only while the latch is released. Attach it once `failover status`
   * shows the latch check as healthy, because an inverted check starts unhealthy. `off`: none of it;
   * first lift the protection of the latch check (docs/runbook.md, "Remove the gate").
   */
  readonly mode: "off" | "created" | "attached";
  /**
   * `manual` (default): a person approves each return. `automatic`: traffic returns by itself after
   * the soak.
   */
  readonly approval: "manual" | "automatic";
  /** People who must approve, 1 or 2. Default 1. */
  readonly approvers: number;
  /**
   * Minutes in which the primary region must be healthy before a return, 1 to 1440. Default 15. The
   * alarms on both regions' orders must be off as long. `journal-oldest` is on when for five minutes an
   * order of 300 s or more is in one region only, `regions-differ` when the regions disagree; both also
   * when there is no data. These limits are no settings.
   */
  readonly soakMinutes: number;
  /** Hours between reminders of a set latch, 1 to 168. Default 4. */
  readonly remindHours: number;
}

/** Values that the program would read from the region's API, taken from the state. */
export interface UnreachableSettings {
  /** AWS region code of one of the two serving regions. */
  readonly region: string;
  /** The image that its machines boot from; required with machines of this stack. */
  readonly imageId?: string;
  /**
   * IPv6 addresses of its balancers by availability zone, those of a release's green side below
   * `green-<zone>`; required with `ipv6` and balancers.
   */
  readonly ipv6Addresses?: Readonly<Record<string, string>>;
  /**
   * AWS's prefix lists of Route 53's checkers by family; that of IPv4 is required with
   * `visitorNetworks`, that of IPv6 with `ipv6` if there are `visitorNetworks` or balancers.
   */
  readonly checkersPrefixListIds?: {
    /** `com.amazonaws.<region>.route53-healthchecks`. */
    readonly ipv4?: string;
    /** `com.amazonaws.<region>.ipv6.route53-healthchecks`. */
    readonly ipv6?: string;
  };
}

/** Alerts. */
export interface AlertSettings {
  /**
   * Recipient of alerts and owner of the resources (their tag `Contact`). AWS asks for
   * confirmation.
   */
  readonly email: string;
  /**
   * Name of the topic in us-east-1, and prefix of the regions' topics. Default
   * `CafeFailoverAlerts`. Must be unique per stack in an account.
   */
  readonly topicName: string;
  /**
   * Where docs/runbook.md is published: each alarm's message links to its section. Default
   * `docs/runbook.md`, the file in the repository.
   */
  readonly runbookUrl: string;
}

/** Worst cases to guarantee, for clients that honour the TTL. */
export interface ObjectiveSettings {
  /** From the failure of a zone or region until its checks agree, in seconds. */
  readonly zoneOrRegionDetectionSeconds: number;
  /** From the failure of a zone or region until the last client has moved, in seconds. */
  readonly zoneOrRegionDowntimeSeconds: number;
  /** The same if a region's database dies and its web servers live. */
  readonly databaseDowntimeSeconds: number;
  /** Lost orders among those answered 201. */
  readonly ordersLost: number;
}
