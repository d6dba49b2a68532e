import type { Logic } from "./logic";
import type {
  AlarmCheck,
  Group,
  HealthCheck,
  Observations,
  RecordSet,
  RecordSetTarget,
  TargetGroup,
} from "./model";
import type { Route53 } from "./route53";

/** A member of a group, and whether it is among those that answer. */
export interface Choice<B> {
  readonly record: RecordSet;
  readonly guard: B;
}

/** How a group answers. */
export interface Choices<B> {
  readonly members: readonly Choice<B>[];
  /** Whether no member is healthy, so that all count as healthy (C3); never of a simple record (C13). */
  readonly lastResort: B;
}

/**
 * So many aliases deep the health of all that is below is worked out from the leaves up: a call within
 * a call for each would overflow the stack, since a chain of aliases can be as long as a zone.
 */
const nestedCallsMax = 100;

/** What Route 53 decides, in either logic; health is worked out once per check and name. */
export class View<B> {
  private readonly branches = new Map<string, B>();
  private readonly statuses = new Map<string, B>();
  private readonly choices = new Map<Group, Choices<B>>();
  private nestedCalls = 0;

  constructor(
    readonly route53: Route53,
    readonly logic: Logic<B>,
    private readonly observations: Observations<B>,
  ) {}

  /** Whether Route 53 counts a check as healthy: H15, H16, K1, K3, K5, K6, K10. */
  checkHealthy(id: string): B {
    const known = this.statuses.get(id);
    if (known !== undefined) return known;
    const status = this.statusOf(id);
    this.statuses.set(id, status);
    return status;
  }

  private statusOf(id: string): B {
    const check = this.route53.checks.get(id);
    if (!check)
      return this.observations.unread({ name: id, why: "it is a check of another stack" });
    const [problem] = check.problems ?? [];
    if (problem !== undefined) {
      return this.observations.unread({ name: check.label, why: withoutLabel(problem, check) });
    }
    const { logic } = this;
    if (check.disabled) {
      const { invertedDisabledIsUnhealthy } = this.route53.assumptions;
      return logic.constant(!(check.inverted && invertedDisabledIsUnhealthy));
    }
    const raw = this.rawStatus(check);
    const seen = check.inverted ? logic.not(raw) : raw;
    // Asked after all that the check watches, so that the variables of a diagram are in that order.
    const lies = this.observations.lies?.(id);
    if (!lies) return seen;
    const { up = logic.constant(false), down = logic.constant(false) } = lies;
    return logic.and(logic.not(down), () => logic.or(up, () => seen));
  }

  private rawStatus(check: HealthCheck): B {
    const { logic, observations } = this;
    switch (check.kind) {
      case "calculated":
        return logic.atLeast(
          check.healthThreshold,
          check.children.map((child) => this.checkHealthy(child)),
        );
      case "alarm":
        return logic.choose(
          observations.silent?.(check.id) ?? logic.constant(false),
          () => this.withoutData(check),
          () => observations.passes(check.id),
        );
      default:
        return observations.passes(check.id);
    }
  }

  /** The status of an alarm check whose metric is silent (K6). */
  private withoutData({ id, insufficientData }: AlarmCheck): B {
    return insufficientData === "LastKnownStatus"
      ? (this.observations.wasHealthy?.(id) ?? this.logic.constant(true))
      : this.logic.constant(insufficientData === "Healthy");
  }

  /** Whether a record may be chosen: its check AND its target's health (C2, A3, A4). */
  recordHealthy({ checkId, target, type }: RecordSet): B {
    return checkId === undefined
      ? this.targetHealthy(target, type)
      : this.logic.and(this.checkHealthy(checkId), () => this.targetHealthy(target, type));
  }

  /** Whether an alias that evaluates its target may be chosen by that (A1, A3, A7, A10). */
  targetHealthy(target: RecordSetTarget, type: string): B {
    if (target.kind !== "alias" || !target.evaluateTargetHealth) return this.logic.constant(true);
    switch (target.target.kind) {
      case "record":
        return this.branchHealthy(target.target.name, type);
      case "balancer":
        return target.target.id === undefined
          ? this.logic.constant(true)
          : this.balancerHealthy(target.target.id);
      default:
        return this.logic.constant(true); // S3 websites cannot be unhealthy (A10).
    }
  }

  /** Every target group that has targets needs enough healthy ones (A7). */
  private balancerHealthy(id: string): B {
    const groups = this.observations.targetGroups(id) ?? [];
    return this.logic.every(groups, (group) => this.targetGroupHealthy(group));
  }

  private targetGroupHealthy(group: TargetGroup<B>): B {
    const { logic, observations } = this;
    const { targets, unread } = group;
    if (unread !== undefined) {
      return logic.or(this.hasEnough(group), () => observations.unread(unread));
    }
    return targets.length > 0
      ? this.hasEnough(group)
      : logic.constant(this.route53.assumptions.emptyTargetGroupIsHealthy);
  }

  private hasEnough({ targets, minimumHealthy }: TargetGroup<B>): B {
    if (!minimumHealthy) return this.logic.some(targets, ({ healthy }) => healthy);
    const each = targets.flatMap(({ healthy, count = 1 }) =>
      Array.from({ length: count }, () => healthy),
    );
    const { count = 1, percentage = 0 } = minimumHealthy;
    return this.logic.atLeast(Math.max(count, Math.ceil((percentage * each.length) / 100)), each);
  }

  /**
   * Whether a name is healthy for an alias that evaluates it: at least one member is (A1). Not the
   * same question as who answers: an all-unhealthy group answers, and is unhealthy (A6).
   */
  branchHealthy(name: string, type: string): B {
    const key = `${name} ${type}`;
    const known = this.branches.get(key);
    if (known !== undefined) return known;
    if (this.nestedCalls >= nestedCallsMax) {
      for (const group of this.route53.groupsBelow(name, type)) this.groupHealthy(group);
    }
    return this.groupHealthy(this.route53.group(name, type) ?? []);
  }

  private groupHealthy(group: Group): B {
    const [first] = group;
    if (!first) return this.logic.constant(false);
    const key = `${first.name} ${first.type}`;
    const known = this.branches.get(key);
    if (known !== undefined) return known;
    const counts = this.route53.assumptions.zeroWeightKeepsBranchHealthy || allZero(group);
    this.nestedCalls += 1;
    const healthy = this.logic.some(
      counts ? group : group.filter((record) => weightOf(record) > 0),
      (record) => this.recordHealthy(record),
    );
    this.nestedCalls -= 1;
    this.branches.set(key, healthy);
    return healthy;
  }

  /** Which members of a group answer: C3, C4, C8 to C13. */
  choicesOf(group: Group): Choices<B> {
    let choices = this.choices.get(group);
    if (!choices) {
      choices = this.choose(group);
      this.choices.set(group, choices);
    }
    return choices;
  }

  private choose(group: Group): Choices<B> {
    const { logic } = this;
    const [first] = group;
    if (!first || first.policy.kind === "simple") {
      // A simple record is no choice, so its check has no effect on the answer (C13).
      const members = group.map((record) => ({ record, guard: logic.constant(true) }));
      return { members, lastResort: logic.constant(false) };
    }
    const healthy = group.map((record) => this.recordHealthy(record));
    const none = logic.not(logic.some(healthy, (one) => one));
    const usable = healthy.map((one) => logic.or(one, () => none));
    const guards = ((): readonly B[] => {
      switch (first.policy.kind) {
        case "failover":
          return this.firstOf(usable);
        case "weighted":
          return this.byWeight(group, healthy, usable);
        default:
          return usable;
      }
    })();
    const members = group.map((record, index) => ({ record, guard: guards[index] as B }));
    return { members, lastResort: none };
  }

  /** A failover group is in the order of its roles: the first that is usable answers (C4). */
  private firstOf(usable: readonly B[]): readonly B[] {
    const { logic } = this;
    let before = logic.constant(false);
    return usable.map((one) => {
      const better = before;
      before = logic.or(before, () => one);
      return logic.and(one, () => logic.not(better));
    });
  }

  /** Zero-weighted records are considered when every other one has dropped out (C10, C11). */
  private byWeight(group: Group, healthy: readonly B[], usable: readonly B[]): readonly B[] {
    const { logic } = this;
    if (allZero(group)) return usable;
    const hasWeight = group.map((record) => weightOf(record) > 0);
    const anyWithWeight = logic.some(
      healthy.filter((_, index) => hasWeight[index]),
      (one) => one,
    );
    return healthy.map((one, index) =>
      hasWeight[index] ? (usable[index] as B) : logic.and(one, () => logic.not(anyWithWeight)),
    );
  }

  /** How long a resolver may keep an answer of a record: an alias has no TTL of its own (T1, T2). */
  ttlSecondsOf({ target }: RecordSet): number {
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

/** The values that a record answers with, where it answers by itself. */
export function valuesOf({ target }: RecordSet): readonly string[] {
  if (target.kind === "values") return target.values;
  return target.target.kind === "record" ? [] : [target.target.dnsName];
}

export function weightOf({ policy }: RecordSet): number {
  return policy.kind === "weighted" ? policy.weight : 1;
}

/** All zero is the same as all equal (C9). */
function allZero(group: Group): boolean {
  return group.every((record) => weightOf(record) === 0);
}

function withoutLabel(problem: string, { label }: HealthCheck): string {
  return problem.startsWith(`${label}: `) ? problem.slice(label.length + 2) : problem;
}
