import { stepOf } from "./explain";
import { InputError } from "./inputError";
import type { Group, HealthCheck, Observations, RecordSet, RecordSetTarget } from "./model";
import { aliasedName } from "./model";
import type { Route53 } from "./route53";

/** One step on the way from the name asked to the record that answers. */
export interface Step {
  /** The name and type whose group was chosen from, such as `orders.cafe.com A`. */
  readonly record: string;
  readonly setIdentifier?: string;
  /** Why this member, in words. */
  readonly reason: string;
}

/** One value that may be answered. */
export interface Answer {
  /** An address, or the DNS name of an AWS resource. */
  readonly value: string;
  /** How long a resolver may keep the answer, in seconds. */
  readonly ttlSeconds: number;
  /** The record that holds the value. */
  readonly record: RecordSet;
  /** Share of the queries answered this way, from 0 to 1. */
  readonly probability: number;
  readonly path: readonly Step[];
}

export interface Resolution {
  readonly answers: readonly Answer[];
  /** Whether a group on the way had no healthy member, so that all counted as healthy (C3). */
  readonly lastResort: boolean;
}

/** A member of a group and the share of the queries that it gets. */
interface Share {
  readonly record: RecordSet;
  readonly probability: number;
}

/** At most so many records answer a multivalue query (C12). */
const multivalueRecordsMax = 8;

/** What Route 53 decides at one moment; health is computed once per check and name. */
export class View {
  private readonly branches = new Map<string, boolean>();
  private readonly statuses = new Map<string, boolean>();

  constructor(
    readonly route53: Route53,
    private readonly observations: Observations,
  ) {}

  /** Whether Route 53 counts a check as healthy: H15, H16, K1, K3, K5, K6, K10. */
  checkHealthy(id: string): boolean {
    const known = this.statuses.get(id);
    if (known !== undefined) return known;
    const check = this.route53.checks.get(id);
    if (!check) throw new InputError(`${id}: no such health check; export the stack that has it`);
    const status = this.statusOf(check);
    this.statuses.set(id, status);
    return status;
  }

  private statusOf(check: HealthCheck): boolean {
    if (check.disabled) return true;
    const forced = this.observations.forced?.(check.id);
    if (forced) return forced === "healthy";
    if (check.kind === "calculated") {
      const healthy = check.children.filter((child) => this.checkHealthy(child)).length;
      return healthy >= check.healthThreshold !== check.inverted;
    }
    const observed = this.observations.observe(check.id);
    const raw =
      check.kind === "alarm" && observed === "missingData"
        ? this.withoutData(check)
        : observed !== "unhealthy";
    return raw !== check.inverted;
  }

  /** The status of an alarm check whose metric is silent (K6). */
  private withoutData(check: Extract<HealthCheck, { kind: "alarm" }>): boolean {
    if (check.insufficientData !== "LastKnownStatus") return check.insufficientData === "Healthy";
    return (this.observations.lastKnown?.(check.id) ?? "healthy") === "healthy";
  }

  /** Whether a record may be chosen: its check AND its target's health (C2, A3, A4). */
  recordHealthy(record: RecordSet): boolean {
    if (record.checkId !== undefined && !this.checkHealthy(record.checkId)) return false;
    return this.targetHealthy(record.target, record.type);
  }

  /** Whether an alias that evaluates its target may be chosen by that (A1, A3, A7, A10). */
  targetHealthy(target: RecordSetTarget, type: string): boolean {
    if (target.kind !== "alias" || !target.evaluateTargetHealth) return true;
    switch (target.target.kind) {
      case "record":
        return this.branchHealthy(target.target.name, type);
      case "balancer":
        return target.target.id === undefined || this.balancerHealthy(target.target.id);
      default:
        return true; // S3 websites cannot be unhealthy (A10).
    }
  }

  /** Every target group that has targets needs a healthy one (A7). */
  private balancerHealthy(id: string): boolean {
    const groups = this.observations.targetGroups(id);
    if (!groups) return true;
    const { emptyTargetGroupIsHealthy } = this.route53.assumptions;
    return groups.every(({ targets }) =>
      targets.length === 0 ? emptyTargetGroupIsHealthy : targets.some(({ healthy }) => healthy),
    );
  }

  /**
   * Whether a name is healthy for an alias that evaluates it: at least one member is (A1). Not the
   * same question as who answers: an all-unhealthy group answers, and is unhealthy (A6).
   */
  branchHealthy(name: string, type: string): boolean {
    const key = `${name} ${type}`;
    const known = this.branches.get(key);
    if (known !== undefined) return known;
    const { zeroWeightKeepsBranchHealthy } = this.route53.assumptions;
    const group = this.route53.group(name, type) ?? [];
    const healthy = group.some(
      (record) =>
        (zeroWeightKeepsBranchHealthy || allZero(group) || weightOf(record) > 0) &&
        this.recordHealthy(record),
    );
    this.branches.set(key, healthy);
    return healthy;
  }

  /**
   * Who answers a query, with every possible answer, its probability and the way to it.
   *
   * @throws InputError for a name or type that does not exist, and for records that Route 53 would
   *   refuse or the model does not know, anywhere below the name.
   */
  resolve(name: string, type: string): Resolution {
    this.route53.reachable(name, type);
    return this.answersOf(this.route53.group(name, type) ?? [], 1, []);
  }

  private answersOf(group: Group, probability: number, path: readonly Step[]): Resolution {
    const healthy = group.filter((record) => this.recordHealthy(record));
    // A simple record is no choice, so its check has no effect on the answer (C13).
    const lastResort = healthy.length === 0 && group[0]?.policy.kind !== "simple";
    const answers: Answer[] = [];
    let lower = false;
    for (const share of choose(healthy.length > 0 ? healthy : group)) {
      const step = stepOf(this, group, share.record, lastResort);
      const below = this.follow(share.record, probability * share.probability, [...path, step]);
      answers.push(...below.answers);
      lower ||= below.lastResort;
    }
    return { answers: merge(answers), lastResort: lastResort || lower };
  }

  private follow(record: RecordSet, probability: number, path: readonly Step[]): Resolution {
    const next = aliasedName(record);
    if (next !== undefined) {
      return this.answersOf(this.route53.group(next, record.type) ?? [], probability, path);
    }
    const { target } = record;
    const values =
      target.kind === "values"
        ? target.values
        : target.target.kind === "record"
          ? []
          : [target.target.dnsName];
    const ttlSeconds = this.ttlSeconds(target);
    return {
      answers: values.map((value) => ({ value, ttlSeconds, record, probability, path })),
      lastResort: false,
    };
  }

  /** An alias has no TTL of its own: it is its target's (T1, T2). */
  private ttlSeconds(target: RecordSetTarget): number {
    if (target.kind === "values") return target.ttlSeconds;
    const { assumptions } = this.route53;
    switch (target.target.kind) {
      case "s3Website":
        return assumptions.s3WebsiteTtlSeconds;
      case "cloudFront":
        return assumptions.cloudFrontTtlSeconds;
      default:
        return assumptions.balancerTtlSeconds;
    }
  }
}

/** The members that answer and how often: C4, C8 to C13. */
function choose(candidates: Group): readonly Share[] {
  switch (candidates[0]?.policy.kind) {
    case "failover": {
      const primary = candidates.find(
        ({ policy }) => policy.kind === "failover" && policy.role === "PRIMARY",
      );
      return [{ record: primary ?? candidates[0], probability: 1 }];
    }
    case "weighted": {
      // Zero-weighted records are considered when every other one has dropped out (C10, C11).
      const total = candidates.reduce((sum, record) => sum + weightOf(record), 0);
      return candidates
        .map((record) => ({
          record,
          probability: total > 0 ? weightOf(record) / total : 1 / candidates.length,
        }))
        .filter(({ probability }) => probability > 0);
    }
    case "multivalue":
      return candidates.map((record) => ({
        record,
        probability: Math.min(1, multivalueRecordsMax / candidates.length),
      }));
    default:
      return candidates.map((record) => ({ record, probability: 1 }));
  }
}

function weightOf({ policy }: RecordSet): number {
  return policy.kind === "weighted" ? policy.weight : 1;
}

/** All zero is the same as all equal (C9). */
function allZero(group: Group): boolean {
  return group.every((record) => weightOf(record) === 0);
}

/** Answers of the same value are one: their probabilities add up, the longest TTL counts. */
function merge(answers: readonly Answer[]): readonly Answer[] {
  const byValue = new Map<string, Answer>();
  for (const answer of answers) {
    const known = byValue.get(answer.value);
    byValue.set(
      answer.value,
      known
        ? {
            ...known,
            probability: known.probability + answer.probability,
            ttlSeconds: Math.max(known.ttlSeconds, answer.ttlSeconds),
          }
        : answer,
    );
  }
  return [...byValue.values()];
}
