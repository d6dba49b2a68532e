/**
 * Route 53 as data: the records and health checks of a zone, as far as they decide who answers.
 * Rule numbers (C1, A4, H5 …) refer to `docs/route53.md`, where each has its source.
 */

import { canonical } from "./domainName";
import type { Coordinates } from "./locations";

/** The records of hosted zones and the checks that they use. */
export interface Dns {
  readonly records: readonly RecordSet[];
  readonly checks: readonly HealthCheck[];
  /** What is known of the zones; default: nothing but the ids that the records have. */
  readonly zones?: readonly HostedZone[];
  /** Records whose name was not read, with what is known of them; they are not among `records`. */
  readonly nameless?: readonly RecordSet[];
  /** The names that records have, each once. Default: those of `records`. */
  readonly names?: Iterable<string>;
  /** The records of a name, found without looking at others. Default: among `records`. */
  readonly recordsNamed?: (name: string) => readonly RecordSet[];
}

export interface HostedZone {
  /** By which records and aliases refer to it. */
  readonly id: string;
  /** What people call it, in messages. */
  readonly label: string;
  /** Absent where it is not known. */
  readonly name?: string;
  /** Whether only its VPCs can ask it. */
  readonly isPrivate: boolean;
}

/** Checks and groups, each found by what it is called. */
export interface ZoneLookup {
  readonly checks: ReadonlyMap<string, HealthCheck>;
  /** The records that answer a client's question for a name and type; undefined where there are none. */
  group(name: string, type: string): Group | undefined;
  /** The records that an alias leads to; undefined for any other record, and where there are none. */
  aliased(record: RecordSet): Group | undefined;
  /** Records of a zone whose name was not read. */
  namelessIn(zoneId: string): readonly RecordSet[];
}

export interface RecordSet {
  /** Identity for messages and answers: the URN of the resource, where there is one. */
  readonly id: string;
  /** What people call the record, in messages. */
  readonly label: string;
  readonly zoneId: string;
  /** Fully qualified, lower case, without a trailing dot. */
  readonly name: string;
  /** Record type, such as `A`, `AAAA`, `CNAME`. */
  readonly type: string;
  /** Distinguishes the members of a group; absent on a simple record. */
  readonly setIdentifier?: string;
  readonly policy: RoutingPolicy;
  readonly target: RecordSetTarget;
  /** Id of a health check; absent means always healthy (C2). */
  readonly checkId?: string;
  /** What keeps the record from being judged, a line each; told when a name reaches it. */
  readonly problems?: readonly string[];
}

/** In the place of a record's type that was not read: such a record may be one of any of its name's groups. */
export const unreadType = "unknown";

/** The records of one name and type. */
export type Group = readonly RecordSet[];

/** The name that a resolver goes on to ask for; undefined for anything but a CNAME. */
export function canonicalNameOf({ type, target }: RecordSet): string | undefined {
  const [value] = type === "CNAME" && target.kind === "values" ? target.values : [];
  return value === undefined ? undefined : canonical(value);
}

/** The name that an alias record leads to within Route 53; undefined for anything else. */
export function aliasedName(record: RecordSet): string | undefined {
  if (record.target.kind !== "alias" || record.target.target.kind !== "record") return undefined;
  return record.target.target.name;
}

export type RoutingPolicy =
  | { readonly kind: "simple" }
  | { readonly kind: "failover"; readonly role: "PRIMARY" | "SECONDARY" }
  | { readonly kind: "weighted"; readonly weight: number }
  | { readonly kind: "multivalue" }
  | PlacePolicy
  /** A policy that Route 53 has and this model has not; it is refused where it is met. */
  | { readonly kind: "unsupported"; readonly policy: string };

/** A policy by which the answer depends on where a query comes from. */
export type PlacePolicy =
  | { readonly kind: "latency"; readonly region: string }
  | {
      readonly kind: "geolocation";
      /** Null for the default, which is for all that no other record is for. */
      readonly place: {
        readonly continent?: string;
        readonly country?: string;
        readonly subdivision?: string;
      } | null;
    }
  | {
      readonly kind: "geoproximity";
      /** A region of AWS, or where else the record's target is. */
      readonly place: string | Coordinates;
      readonly bias: number;
    }
  | {
      readonly kind: "azAffinity";
      readonly location:
        "AvailabilityZone" | "AvailabilityZoneGroup" | "Region" | "Partition" | "Global";
      /** The id of the location. */
      readonly id: string;
    }
  | {
      readonly kind: "cidr";
      readonly collection: string;
      readonly location: string;
      /** The blocks of the location; null for the default, which is for all addresses in none. */
      readonly blocks: readonly string[] | null;
    };

export type RecordSetTarget =
  | { readonly kind: "values"; readonly values: readonly string[]; readonly ttlSeconds: number }
  | {
      readonly kind: "alias";
      readonly evaluateTargetHealth: boolean;
      readonly target: AliasTarget;
    };

export type AliasTarget =
  | { readonly kind: "record"; readonly zoneId: string; readonly name: string }
  | ({ readonly kind: "balancer" | "s3Website" | "cloudFront" } & AwsTarget)
  | ({
      readonly kind: "service";
      /** What the service is called. */
      readonly service: string;
      /** What is known of an alias that evaluates it: the API says, or does not, what that notices. */
      readonly evaluation: "asBalancer" | "alwaysHealthy" | "undocumented";
    } & AwsTarget)
  /** A resource that Route 53 can alias to and this model does not know. */
  | ({ readonly kind: "unsupported" } & AwsTarget);

export type ServiceTarget = Extract<AliasTarget, { kind: "service" }>;

export interface AwsTarget {
  /** The DNS name that the alias holds. */
  readonly dnsName: string;
  /** Identity of the resource behind it; absent where it is not part of the stack. */
  readonly id?: string;
  /** Where it is, by its DNS name; absent where that does not say. */
  readonly region?: string;
}

export type EndpointCheckType = "HTTP" | "HTTPS" | "HTTP_STR_MATCH" | "HTTPS_STR_MATCH" | "TCP";

interface CheckBase {
  /** The health check's id, by which records refer to it. */
  readonly id: string;
  /** What people call the check, in messages. */
  readonly label: string;
  readonly inverted: boolean;
  readonly disabled: boolean;
  /** What keeps the check from being judged, a line each: its status is not known. */
  readonly problems?: readonly string[];
}

/** A check whose checkers probe an endpoint: an address, or a name resolved each time (H13). */
export interface EndpointCheck extends CheckBase {
  readonly kind: "endpoint";
  readonly type: EndpointCheckType;
  readonly intervalSeconds: number;
  /** Consecutive results that flip a checker, either way (H4). */
  readonly failureThreshold: number;
  /** Whether it probes an address, which may not be known yet, and not a name. */
  readonly byAddress: boolean;
  /** Whether it probes from within a VPC (H20); default: from the internet. */
  readonly isPrivate?: boolean;
  readonly ipAddress?: string;
  /** The regions that it is checked from; default: all that have checkers (H1). */
  readonly regions?: readonly string[];
  /** The name to resolve where there is no address, else only the Host header (H12). */
  readonly fullyQualifiedDomainName?: string;
  readonly port?: number;
  readonly path?: string;
  readonly searchString?: string;
}

/** Healthy when enough of its children are (K1). */
export interface CalculatedCheck extends CheckBase {
  readonly kind: "calculated";
  readonly children: readonly string[];
  readonly healthThreshold: number;
}

/** Watches the data of a CloudWatch alarm, not its state (K5). */
export interface AlarmCheck extends CheckBase {
  readonly kind: "alarm";
  readonly insufficientData: "Healthy" | "Unhealthy" | "LastKnownStatus";
  /** Seconds of one period and how many of them the alarm evaluates; absent where not known. */
  readonly periodSeconds?: number;
  readonly evaluationPeriods?: number;
}

/** Follows a routing control of Application Recovery Controller, which a person sets (K10). */
export interface RecoveryControlCheck extends CheckBase {
  readonly kind: "recoveryControl";
  /** What people call the routing control, where it was read; checks may share one. */
  readonly control?: string;
}

export type HealthCheck = EndpointCheck | CalculatedCheck | AlarmCheck | RecoveryControlCheck;

/** Something whose health cannot be told from what was read. */
export interface UnknownStatus {
  /** What people call it, and what settles it: `--assume <name>=healthy`. */
  readonly name: string;
  /** Why it is not known, in words. */
  readonly why: string;
}

/** A target group behind a balancer. */
export interface TargetGroup<B> {
  readonly id: string;
  readonly targets: readonly {
    readonly id: string;
    readonly healthy: B;
    /** Instances that it stands for, which are lost as one; default 1. */
    readonly count?: number;
  }[];
  /** How many healthy targets, or which percentage of them, the group needs (A7); default 1. */
  readonly minimumHealthy?: { readonly count?: number; readonly percentage?: number };
  /** Set where its targets are not among what was read. */
  readonly unread?: UnknownStatus;
  /** Worst time until the balancer takes a dead target out; absent where not known. */
  readonly detectionSeconds?: number;
  /** Worst time until the balancer uses a target that is back; absent where not known. */
  readonly recoverySeconds?: number;
}

/** All that Route 53 knows about the outside world at one moment. */
export interface Observations<B> {
  /**
   * Whether what an endpoint, alarm or recovery-control check watches is well, before inversion: so it
   * is while there is no data (H15).
   */
  passes(checkId: string): B;
  /** Whether the metric of an alarm check is silent; default: it is not. */
  silent?(checkId: string): B;
  /** Whether the status was healthy before the data went missing; default: as for a new check (K6). */
  wasHealthy?(checkId: string): B;
  /** Whether a check says something else than it sees: that it is healthy, or that it is not. */
  lies?(checkId: string): { readonly up?: B; readonly down?: B } | undefined;
  /** Whether a resource of AWS is lost, by itself or with its region; default: it is not. */
  lost?(target: AwsTarget): B;
  /** The target groups of a balancer; undefined where they are not known. */
  targetGroups(balancerId: string): readonly TargetGroup<B>[] | undefined;
  /** Whether something that was not read is healthy. */
  unread(what: UnknownStatus): B;
}
