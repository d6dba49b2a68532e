/**
 * The configuration of a stack: the keys of the namespace `failover` in `Pulumi.<stack>.yaml`. A
 * setting without a default is required; a key that is not here is refused.
 */
export interface Settings {
  /**
   * Name of the public hosted zone, such as `cafe.com`. All names of the tree are in it. It is looked up,
   * whoever made it: the project in `zone/` does, which is deployed first.
   */
  readonly hostedZone: string;
  /**
   * Public names, below the hosted zone, 63 characters at most each, since the bucket of the
   * maintenance page has the same name. The names of the tiers hang below the first. Certificates have
   * each of them, or from the hundredth on wildcards for those after the first: then they are to be below
   * 98 different names at most.
   */
  readonly hostnames: readonly [string, ...string[]];
  /**
   * Whether all names have AAAA records as well, each endpoint then with a check of its own over IPv6.
   * Default false. Needs a static tier that has IPv6: `cloudFront`.
   */
  readonly ipv6: boolean;
  /** How long resolvers may keep an answer. */
  readonly ttl: TtlSettings;
  /** The two regions that serve. */
  readonly regions: {
    /** Serves while it is healthy. */
    readonly primary: RegionSettings;
    /** Serves when the primary is not. */
    readonly standby: RegionSettings;
  };
  /** What the standby region does while the primary is healthy. */
  readonly standby: StandbySettings;
  /** How a change reaches the regions, the standby first: docs/runbook.md, "Bake failed". */
  readonly rollout: RolloutSettings;
  /** What serves in each zone, the same form in all four. Default `{ kind: instance }`. */
  readonly compute: ComputeSettings;
  /**
   * IPv4 and IPv6 blocks that may visit, beside Route 53's health checkers; at most 5, as the
   * checkers' own list takes most of what a security group holds. Default: everyone.
   */
  readonly visitorNetworks?: readonly string[];
  /** Where orders are kept, with machines of this stack's own. */
  readonly orders: OrderSettings;
  /** The maintenance page. */
  readonly staticTier: StaticTierSettings;
  /** How health is probed. */
  readonly checks: {
    /** The check of each zone's endpoint, by its address: shallow and quick. */
    readonly endpoint: EndpointCheckSettings;
    /** The check of a region, by its own name: deep, and slower than a database's own failover. */
    readonly region: RegionCheckSettings;
    /** The check of what customers get: synthetic orders, placed from the region of the static tier. */
    readonly metric: MetricCheckSettings;
  };
  /** What the stack promises; `failover rehearse` compares it with the worst case. */
  readonly objectives: ObjectiveSettings;
  readonly alerts: AlertSettings;
  /** Experiments that break the primary region on purpose. */
  readonly gameDay: GameDaySettings;
  /**
   * Name of the policy in the account that bounds the permissions of every role of the stack, such as
   * `failover-prod-boundary`. It must be there before the stack is: docs/iam/README.md. Default: none,
   * and who deploys the stack can give a role any permission.
   */
  readonly permissionsBoundary?: string;
  /** What nobody publishes and a bound needs all the same. */
  readonly assumptions: {
    /**
     * Seconds from the checkers' agreement until every Route 53 name server answers by it. Default
     * 10. AWS names no figure (T5), so it is printed beside every bound.
     */
    readonly propagationSeconds: number;
  };
}

/** TTL of the records that hold addresses, in seconds, 0 to 300. */
export interface TtlSettings {
  /** Which of the two is in force. Default `normal`. */
  readonly mode: "normal" | "maintenance";
  /** Default 60, the longest that AWS advises for records with health checks (T3). */
  readonly normalSeconds: number;
  /** To be set some time before a planned switch. Default 60. */
  readonly maintenanceSeconds: number;
}

/** A region that serves. */
export interface RegionSettings {
  /** What people call it, such as `oregon`: a label of its record name, and the prefix of its resources. */
  readonly name: string;
  /** AWS region code. */
  readonly region: string;
  /** Two zones of the region, the one that serves first. */
  readonly availabilityZones: readonly [string, string];
  /** IPv4 network, /16 to /24, apart from the other region's so that the two can be connected. */
  readonly cidrBlock: string;
  /** Graviton instance type of each zone's endpoint. Default `t4g.micro`, the smallest that is useful. */
  readonly instanceType: string;
  /**
   * Id of a prebuilt image of this region that has the packages and the site already. Default: the
   * newest of Amazon Linux 2023 when an instance or template is first made, prepared at its boot.
   */
  readonly imageId?: string;
  /**
   * Two sides with machines of their own that share the region's traffic by weight, to bring out a
   * release: docs/runbook.md has the steps. For machines of this stack only. Default: one side.
   */
  readonly release?: ReleaseSettings;
  /** Fewer running machines than carry the full load. Default: `compute.instancesPerZone` run. */
  readonly capacity?: CapacitySettings;
}

/** The two sides of a region, at full capacity each, since either may have to carry it all. */
export interface ReleaseSettings {
  /** Weight of the machines that are there without a release as well, 0 to 255. */
  readonly blue: number;
  /** Weight of the machines beside them, 0 to 255; not 0 for both. A side of weight 0 gets nothing. */
  readonly green: number;
  /** What a side runs in place of what is in `app/`. Default: nothing. */
  readonly pinned: { readonly blue?: PinnedSide; readonly green?: PinnedSide };
}

/** An older release, for one side. */
export interface PinnedSide {
  /**
   * Name of a release that an earlier update put into the bucket: what the output `release.siteSha256`
   * was then.
   */
  readonly siteSha256: string;
  /** Its image, where the region has prebuilt ones. */
  readonly imageId?: string;
}

/**
 * Machines of each zone that run all the time, and machines that EC2 holds room for. A reservation
 * costs as much as what runs in it, and a machine takes minutes to start: fewer running ones save
 * little, and are refused where the room for the others is not held.
 */
export interface CapacitySettings {
  /** 1 to `compute.instancesPerZone`. */
  readonly runningPerZone: number;
  /** 1 to 100, those that run included: at least `compute.instancesPerZone` where fewer run. */
  readonly reservedPerZone: number;
}

/** What the standby region does while the primary is healthy. */
export interface StandbySettings {
  /**
   * Share of the traffic that it gets all the time, in percent, 0 to 50: what serves every day is
   * known to work. Default 0. It is traffic only, as each tier runs at full capacity.
   */
  readonly warmPercent: number;
}

/** How a change reaches the primary region; for machines of this stack only. */
export interface RolloutSettings {
  /**
   * Minutes, 0 to 10, in which a change must do well in the standby region, once it has arrived there
   * and all is well, before the primary region gets it. Default 5. A calm night, not a proof: what
   * shows only under the primary's traffic is for the release's weights.
   */
  readonly bakeMinutes: number;
  /**
   * A time in UTC, such as 2026-11-22T18:00Z, at most 24 hours ahead, until which the primary region
   * waits for nothing: for a fix that has to reach it at once. Refused when it is over. Default: none.
   */
  readonly skipBakeUntil?: string;
}

/** What serves in each zone, by its kind. */
export type ComputeSettings =
  /** One instance with an Elastic IP, over HTTP. */
  | { readonly kind: "instance" }
  /** A balancer of the zone's own with a static address, over HTTP and HTTPS, before a group of instances. */
  | {
      readonly kind: "balancer";
      /** Instances that always run in each zone: as many as carry all traffic, 1 to 100. Default 2. */
      readonly instancesPerZone: number;
    }
  /** Addresses that a team has already, by availability zone: one key for each of the four. */
  | { readonly kind: "addresses"; readonly endpoints: Readonly<Record<string, OwnAddresses>> }
  /** Balancers that a team has already, by availability zone. Their answers have a TTL of 60 s. */
  | { readonly kind: "alias"; readonly endpoints: Readonly<Record<string, OwnBalancer>> };

/** A team's own endpoint by its addresses. */
export interface OwnAddresses {
  /** Public IPv4 address. */
  readonly ipv4: string;
  /** Public IPv6 address; required with `ipv6`. */
  readonly ipv6?: string;
}

/** A team's own endpoint by the name of its balancer, which must be dual stack with `ipv6`. */
export interface OwnBalancer {
  /** DNS name of an application, network or classic balancer. */
  readonly dnsName: string;
  /** The balancer's own hosted zone id (`CanonicalHostedZoneId`). */
  readonly hostedZoneId: string;
}

/** The last tier. */
export interface StaticTierSettings {
  /** AWS region of the page's bucket: neither of the two that serve. */
  readonly region: string;
  /**
   * `s3Website` (default): over HTTP and IPv4 only. `cloudFront`: over HTTPS and IPv6, from a private
   * bucket, as a 503 that nobody keeps.
   */
  readonly kind: "s3Website" | "cloudFront";
  /** When clients may try again, in seconds, 1 to 3600; told by `cloudFront` only. Default 300. */
  readonly retryAfterSeconds: number;
}

/** How each region keeps its orders. */
export interface OrderSettings {
  readonly database: {
    /** Graviton class of RDS. Default `db.t4g.micro`, the smallest. */
    readonly instanceClass: string;
    /** Disk to begin with, in GiB, 20 to 13000; it grows by itself to five times that. Default 20. */
    readonly storageGibibytes: number;
    /** Connections, 29 for each web server, those of a rollout included. Default 100. */
    readonly connectionsMax: number;
  };
  /** Graviton class of ElastiCache. Default `cache.t4g.micro`, the smallest. */
  readonly cacheNodeType: string;
  /**
   * Whether database and cache stand in both zones. Default false: they are in the second zone, whose
   * loss then takes the region along.
   */
  readonly inBothZones: boolean;
  /** Whether databases and tables are kept at any price. Default false. */
  readonly isProtected: boolean;
  /** Hours without an order in the primary region that raise an alarm, 1 to 168. Default: any. */
  readonly quietHoursMax?: number;
}

/** How each zone's endpoint is checked. */
export interface EndpointCheckSettings {
  /**
   * Default `http`. `https` where customers use it: with balancers, or endpoints of a team's own; a
   * plain instance has no certificate. The region check uses the same.
   */
  readonly scheme: "http" | "https";
  /** Path that answers without a dependency. Default `/healthcheck`. */
  readonly path: string;
  /** 10 or 30. Default 30; 10 costs extra for each check. */
  readonly intervalSeconds: 10 | 30;
  /** Failed (or passed) probes in a row that count, 1 to 10. Default 3. */
  readonly failureThreshold: number;
  /** Marker in the body of every healthy answer; no secret. Default `cafe-orders-ok`. */
  readonly token: string;
}

/** How a region is checked; its scheme and token are those of the endpoints. */
export interface RegionCheckSettings {
  /** Path that answers only when orders can be written. Default `/health.php`. */
  readonly path: string;
  /** 10 or 30. Default 30. */
  readonly intervalSeconds: 10 | 30;
  /** 1 to 10. Default 6: 30 s × 6 is longer than a Multi-AZ database takes to fail over (60–120 s). */
  readonly failureThreshold: number;
}

/** Whether and when a region is left because synthetic orders fail. */
export interface MetricCheckSettings {
  /** Default false. */
  readonly enabled: boolean;
  /**
   * Minutes in a row in which every order must fail, 1 to 30. Default 4: a Multi-AZ database that
   * fails over within 120 s spoils three at most.
   */
  readonly failureMinutes: number;
}

/** Experiments that break the primary region on purpose, by AWS FIS: docs/runbook.md says how to hold one. */
export interface GameDaySettings {
  /**
   * Default false. To switch it on tags all of the primary region as a target, which replaces web
   * servers in a group one by one.
   */
  readonly enabled: boolean;
  /** How long each experiment takes, in minutes, 10 to 120. Default 30. */
  readonly durationMinutes: number;
  /** IANA name of the time zone that the rest goes by. Default `UTC`. */
  readonly timeZone: string;
  /** Experiments that are held by themselves. Default: none, people start them. */
  readonly schedules: readonly {
    /** What is broken: a zone of the primary region, that region, or `full-load` on the other one. */
    readonly drill: string;
    /** When, as EventBridge Scheduler has it: `cron(0 10 ? * TUE#1 *)`. */
    readonly cron: string;
  }[];
  /** Times in which none of them starts. Default: none. */
  readonly blockedWindows: readonly {
    /** Local time, such as `2026-11-23T00:00`. */
    readonly from: string;
    readonly to: string;
    readonly why: string;
  }[];
}

/** Who is told when something is wrong. */
export interface AlertSettings {
  /** Who is told, and who owns the resources (their tag `Contact`). AWS asks them to confirm. */
  readonly email: string;
  /**
   * Name of the topic in us-east-1; those of the regions begin with it. Default `CafeFailoverAlerts`.
   * Stacks in one account need different ones.
   */
  readonly topicName: string;
  /**
   * Where docs/runbook.md is published: each alarm's message links to its section. Default
   * `docs/runbook.md`, the file in the repository.
   */
  readonly runbookUrl: string;
}

/** Worst cases that are promised, for clients that obey the TTL. */
export interface ObjectiveSettings {
  /** From the death of a zone or region until its checks agree, in seconds. */
  readonly zoneOrRegionDetectionSeconds: number;
  /** From the death of a zone or region until the last client has moved, in seconds. */
  readonly zoneOrRegionDowntimeSeconds: number;
  /** The same where a region's database dies and its web servers live. */
  readonly databaseDowntimeSeconds: number;
  /** Orders lost among those that were answered 201. */
  readonly ordersLost: number;
}
