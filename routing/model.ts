/**
 * Route 53 as data: the records and health checks of a zone, as far as they decide who answers.
 * `docs/route53.md` gives the source of each rule number (C1, A4, H5 …).
 */

import { canonical } from "./domainName";
import type { Coordinates } from "./locations";

/** The records of hosted zones and the checks that they use. */
export interface Dns {
  readonly records: readonly RecordSet[];
  readonly checks: readonly HealthCheck[];
  /** What is known of the zones; default: only the ids that the records have. */
  readonly zones?: readonly DnsZone[];
  /**
   * Records whose name could not be read, with what is known of them; `records` does not contain
   * them.
   */
  readonly nameless?: readonly RecordSet[];
  /** The names that have records, each once. Default: those of `records`. */
  readonly names?: Iterable<string>;
  /**
   * Finds the records of a name without a search through all. Default: a search through `records`.
   */
  readonly recordsNamed?: (name: string) => readonly RecordSet[];
}

export interface DnsZone {
  /** The id by which records and aliases refer to it. */
  readonly id: string;
  /** Its name for people, in messages. */
  readonly label: string;
  /** Absent where it is unknown. */
  readonly name?: string;
  /** Whether only its VPCs can query it. */
  readonly isPrivate: boolean;
  /** Set if all of its records were read: then a name without any does not exist. */
  readonly isWhole?: true;
}

/** Checks by id, and groups by name and type. */
export interface ZoneLookup {
  readonly checks: ReadonlyMap<string, HealthCheck>;
  /**
   * The records that answer a client's question for a name and type; undefined where there are
   * none.
   */
  group(name: string, type: string): Group | undefined;
  /**
   * The records that an alias leads to; undefined for any other record, and where there are none.
   */
  aliased(record: RecordSet): Group | undefined;
  /** The records of other types with the name of a record, in its zone. */
  besides(record: RecordSet): readonly RecordSet[];
  /** Records of a zone whose names could not be read. */
  namelessIn(zoneId: string): readonly RecordSet[];
}

export interface RecordSet {
  /** Identity for messages and answers: the URN of the resource, if it has one. */
  readonly id: string;
  /** The record's name for people, in messages. */
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
  /** Why the record cannot be judged, one line each; reported when a name reaches it. */
  readonly problems?: readonly string[];
  /** Where its name is kept, if that is a secret. */
  readonly secretName?: SecretPlace;
}

/** Where a secret is kept, and how it can be read. */
export interface SecretPlace {
  /** Behind "is" or "are". */
  readonly where: string;
  readonly remedy: string;
}

/** The type of a record whose type could not be read: it may belong to any group of its name. */
export const unreadType = "unknown";

/** The records of one name and type. */
export type Group = readonly RecordSet[];

/** The name that a resolver queries next; undefined for anything but a CNAME. */
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
  /**
   * A policy that Route 53 has and this model does not cover, or that was not read in full; it is
   * refused where a name reaches it.
   */
  | {
      readonly kind: "unsupported";
      /** The kind of policy that it is. */
      readonly of: string;
      /** The fault and the remedy, in words. */
      readonly why: string;
    };

/** The kind of a policy, whether or not this model covers it. */
export function policyKindOf(policy: RoutingPolicy): string {
  return policy.kind === "unsupported" ? policy.of : policy.kind;
}

/** A policy whose answer depends on where a query comes from. */
export type PlacePolicy =
  | { readonly kind: "latency"; readonly region: string }
  | {
      readonly kind: "geolocation";
      /** Null for the default, which covers every place that no other record covers. */
      readonly place: {
        readonly continent?: string;
        readonly country?: string;
        readonly subdivision?: string;
      } | null;
    }
  | {
      readonly kind: "geoproximity";
      /** An AWS region, or the coordinates of a record's target elsewhere. */
      readonly place: string | Coordinates;
      readonly bias: number;
    }
  | {
      readonly kind: "azAffinity";
      readonly location:
        | "AvailabilityZone"
        | "AvailabilityZoneGroup"
        | "Region"
        | "Partition"
        | "Global";
      /** The id of the location. */
      readonly id: string;
    }
  | {
      readonly kind: "cidr";
      readonly collection: string;
      readonly location: string;
      /**
       * The blocks of the location; null for the default, which covers every address outside all
       * blocks.
       */
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
      /** The service's name. */
      readonly service: string;
      /** How an alias that evaluates the service behaves, and whether the API documents it. */
      readonly evaluation:
        | "asBalancer"
        | "alwaysHealthy"
        /** It depends on something of the service that was not read. */
        | "unread"
        | "undocumented";
    } & AwsTarget)
  /** What has a name that is not known, such as one of another stack. */
  | ({ readonly kind: "unknown" } & AwsTarget)
  /** A resource that Route 53 can alias to and this model does not cover. */
  | ({ readonly kind: "unsupported" } & AwsTarget);

export type ServiceTarget = Extract<AliasTarget, { kind: "service" }>;

export interface AwsTarget {
  /** The DNS name in the alias. */
  readonly dnsName: string;
  /** Identity of the resource with that name; absent where it is not part of the stack. */
  readonly id?: string;
  /** Its region, from its DNS name; absent where the name does not show it. */
  readonly region?: string;
}

export type EndpointCheckType = "HTTP" | "HTTPS" | "HTTP_STR_MATCH" | "HTTPS_STR_MATCH" | "TCP";

interface CheckBase {
  /** The health check's id, by which records refer to it. */
  readonly id: string;
  /** The check's name for people, in messages. */
  readonly label: string;
  readonly inverted: boolean;
  readonly disabled: boolean;
  /** Why the check cannot be judged, one line each: its status is unknown. */
  readonly problems?: readonly string[];
}

/** A check whose checkers probe an endpoint: an address, or a name resolved each time (H13). */
export interface EndpointHealthCheck extends CheckBase {
  readonly kind: "endpoint";
  readonly type: EndpointCheckType;
  readonly intervalSeconds: number;
  /** Consecutive results that flip a checker, either way (H4). */
  readonly failureThreshold: number;
  /** Whether it probes an address, which may not be known yet, instead of a name. */
  readonly byAddress: boolean;
  /** Whether it probes from within a VPC (H20); default: from the internet. */
  readonly isPrivate?: boolean;
  readonly ipAddress?: string;
  /** The regions that it is checked from; default: all that have checkers (H1). */
  readonly regions?: readonly string[];
  /** The name to resolve where there is no address; with an address, only the Host header (H12). */
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

/** Watches the data of a CloudWatch alarm, not the alarm's state (K5). */
export interface AlarmCheck extends CheckBase {
  readonly kind: "alarm";
  readonly insufficientData: "Healthy" | "Unhealthy" | "LastKnownStatus";
  /**
   * Length of one period in seconds, and how many periods the alarm evaluates; absent where
   * unknown.
   */
  readonly periodSeconds?: number;
  readonly evaluationPeriods?: number;
}

/** Follows a routing control of Application Recovery Controller, which a person sets (K10). */
export interface RecoveryControlCheck extends CheckBase {
  readonly kind: "recoveryControl";
  /** The routing control's name for people, where it was read; checks may share one. */
  readonly control?: string;
}

export type HealthCheck = EndpointHealthCheck | CalculatedCheck | AlarmCheck | RecoveryControlCheck;

/** Something whose health cannot be determined from what was read. */
export interface UnknownStatus {
  /** Its name for people, and the name for `--assume <name>=healthy`. */
  readonly name: string;
  /** Why it is unknown, in words. */
  readonly why: string;
  /** The address or name whose health it is, if that is all that is unknown. */
  readonly outside?: string;
}

/** The health of what the alias of a record points to, where the name is unknown. */
export function unknownTarget(label: string): UnknownStatus {
  return { name: `target-of-${label}`, why: "its name is unknown" };
}

/** A target group of a balancer. */
export interface TargetGroup<B> {
  readonly id: string;
  readonly targets: readonly {
    readonly id: string;
    readonly healthy: B;
    /** The number of instances that it represents, which are lost together; default 1. */
    readonly count?: number;
  }[];
  /** The number or percentage of healthy targets that the group needs (A7); default 1 target. */
  readonly minimumHealthy?: { readonly count?: number; readonly percentage?: number };
  /** Set where its targets could not be read. */
  readonly unread?: UnknownStatus;
  /** Longest time until the balancer stops using a dead target; absent where unknown. */
  readonly detectionSeconds?: number;
  /** Longest time until the balancer uses a returning target; absent where unknown. */
  readonly recoverySeconds?: number;
}

/** Everything that Route 53 knows about the outside world at one moment. */
export interface Observations<B> {
  /**
   * Whether the thing that an endpoint, alarm or recovery-control check watches is well, before
   * inversion. It is well while there is no data (H15).
   */
  passes(checkId: string): B;
  /** Whether the metric of an alarm check is silent; default: it is not. */
  silent?(checkId: string): B;
  /** Whether the status was healthy before the data stopped; default: as for a new check (K6). */
  wasHealthy?(checkId: string): B;
  /**
   * Whether a check reports a status that it does not see: healthy (`up`) or unhealthy (`down`).
   */
  lies?(checkId: string): { readonly up?: B; readonly down?: B } | undefined;
  /** Whether an AWS resource is lost, alone or with its region; default: it is not. */
  lost?(target: AwsTarget): B;
  /** The target groups of a balancer; undefined where they are unknown. */
  targetGroups(balancerId: string): readonly TargetGroup<B>[] | undefined;
  /** Whether something that could not be read is healthy. */
  unread(what: UnknownStatus): B;
}
