import type { Logic } from "./logic";
import type {
  AlarmCheck,
  AwsTarget,
  ServiceTarget,
  Group,
  HealthCheck,
  Observations,
  RecordSet,
  TargetGroup,
} from "./model";
import type { Asker } from "./asker";
import { goesByPlace, preferenceOf } from "./asker";
import { unknownTarget } from "./model";
import { descend } from "./descend";
import { InputError } from "./inputError";
import type { Route53 } from "./route53";
import { hasEnough } from "./enoughTargets";
import { allZero, documentedMembers, weightOf } from "./weights";

/** A member of a group, and whether it is among those that answer. */
export interface Choice<B> {
  readonly record: RecordSet;
  readonly guard: B;
}

/** How a group answers. */
export interface Choices<B> {
  readonly members: readonly Choice<B>[];
  /**
   * Whether no member is healthy, so that all count as healthy (C3); never for a simple record
   * (C13).
   */
  readonly lastResort: B;
}

/**
 * Beyond this alias depth, health is computed from the leaves up: recursion would overflow the
 * stack, because a chain of aliases can be as long as a zone.
 */
const nestedCallsMax = 100;

/** Cached health. It does not depend on where a query comes from. */
class Health<B> {
  readonly branches = new Map<Group, B>();
  readonly statuses = new Map<string, B>();
  nestedCalls = 0;
}

/** What Route 53 decides, in either logic; health is computed once per check and name. */
export class View<B> {
  private readonly choices = new Map<Group, Choices<B>>();
  private readonly askedFromPlaces = new Map<string, View<B>>();

  /** @param asker where queries come from; default: unknown */
  constructor(
    readonly route53: Route53,
    readonly logic: Logic<B>,
    private readonly observations: Observations<B>,
    readonly asker: Asker = {},
    private readonly health = new Health<B>(),
  ) {}

  /** The same, for queries from another place. */
  askedFrom(asker: Asker): View<B> {
    const key = JSON.stringify(asker);
    let view = key === JSON.stringify(this.asker) ? this : this.askedFromPlaces.get(key);
    if (!view) {
      view = new View(this.route53, this.logic, this.observations, asker, this.health);
      this.askedFromPlaces.set(key, view);
    }
    return view;
  }

  /** Whether Route 53 counts a check as healthy: H15, H16, K1, K3, K5, K6, K10. */
  checkHealthy(id: string): B {
    const known = this.health.statuses.get(id);
    if (known !== undefined) return known;
    const status = this.statusOf(id);
    this.health.statuses.set(id, status);
    return status;
  }

  private statusOf(id: string): B {
    const check = this.route53.checks.get(id);
    if (!check)
      return this.observations.unread({ name: id, why: "it is a check of another stack" });
    const { problems = [] } = check;
    if (problems.length > 0) {
      const why = problems.map((problem) => withoutLabel(problem, check)).join("; ");
      return this.observations.unread({ name: check.label, why });
    }
    const { logic } = this;
    if (check.disabled) {
      const { invertedDisabledIsUnhealthy } = this.route53.assumptions;
      return logic.constant(!(check.inverted && invertedDisabledIsUnhealthy));
    }
    const raw = this.rawStatus(check);
    const seen = check.inverted ? logic.not(raw) : raw;
    // Evaluated after everything that the check watches, so that a diagram's variables have that
    // order.
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
          this.isSilent(check.id),
          () => this.withoutData(check),
          () => observations.passes(check.id),
        );
      default:
        return observations.passes(check.id);
    }
  }

  /** Whether the metric of an alarm check is silent. */
  isSilent(id: string): B {
    return this.observations.silent?.(id) ?? this.logic.constant(false);
  }

  /** The status of an alarm check whose metric is silent (K6). */
  private withoutData({ id, insufficientData }: AlarmCheck): B {
    return insufficientData === "LastKnownStatus"
      ? (this.observations.wasHealthy?.(id) ?? this.logic.constant(true))
      : this.logic.constant(insufficientData === "Healthy");
  }

  /** Whether a record may be chosen: its check AND its target are healthy (C2, A3, A4). */
  recordHealthy(record: RecordSet): B {
    const { checkId } = record;
    return checkId === undefined
      ? this.targetHealthy(record)
      : this.logic.and(this.checkHealthy(checkId), () => this.targetHealthy(record));
  }

  /**
   * Whether the target's health allows an alias that evaluates it to be chosen (A1, A3, A7, A10).
   */
  targetHealthy(record: RecordSet): B {
    const { target } = record;
    if (target.kind !== "alias" || !target.evaluateTargetHealth) return this.logic.constant(true);
    switch (target.target.kind) {
      case "record":
        return this.branchHealthy(this.route53.aliased(record) ?? []);
      case "balancer":
        return this.logic.and(this.logic.not(this.isLost(target.target)), () =>
          this.balancerHealthy(target.target as AwsTarget),
        );
      case "service":
        return this.serviceHealthy(target.target);
      case "unknown":
        return this.observations.unread(unknownTarget(record.label));
      default:
        return this.logic.constant(true); // S3 websites cannot be unhealthy (A10).
    }
  }

  /** Whether an AWS resource is lost, alone or with its region. */
  isLost(target: AwsTarget): B {
    return this.observations.lost?.(target) ?? this.logic.constant(false);
  }

  /** Every target group that has targets needs enough healthy ones (A7). */
  private balancerHealthy({ id, dnsName }: AwsTarget): B {
    if (id === undefined) {
      const why = "its balancer is not part of what was read";
      return this.observations.unread({ name: dnsName, why });
    }
    return this.logic.every(this.groupsOf(id), (group) => this.targetGroupHealthy(group));
  }

  /** The target groups of a balancer that was read, as far as they are known. */
  groupsOf(id: string): readonly TargetGroup<B>[] {
    return this.observations.targetGroups(id) ?? [];
  }

  /** Whether the health of a balancer that counts as healthy depends on what was not read. */
  isTakenAsHealthy({ id }: AwsTarget): B {
    const { logic } = this;
    if (id === undefined) return logic.constant(true);
    return logic.some(
      this.groupsOf(id).filter(({ unread }) => unread !== undefined),
      (group) => logic.not(hasEnough(logic, group)),
    );
  }

  /** The health of another service, for an alias that evaluates it (A10, A13). */
  private serviceHealthy(target: ServiceTarget): B {
    const { logic, observations } = this;
    const { dnsName: name } = target;
    const isRead = target.id !== undefined;
    const lives = logic.and(logic.not(this.isLost(target)), () =>
      isRead
        ? logic.constant(true)
        : observations.unread({ name, why: "it is not part of what was read", outside: name }),
    );
    switch (target.evaluation) {
      case "alwaysHealthy":
        return logic.constant(true);
      case "asBalancer":
        return lives;
      case "unread":
      case "undocumented": {
        const why =
          target.evaluation === "unread"
            ? `an alias to ${target.service} notices its loss only if it has a load balancer, which was not read`
            : `AWS does not say whether an alias to ${target.service} notices that it is lost`;
        return logic.or(lives, () => observations.unread({ name, why }));
      }
    }
  }

  private targetGroupHealthy(group: TargetGroup<B>): B {
    const { logic, observations } = this;
    const { targets, unread } = group;
    if (unread !== undefined) {
      return logic.or(hasEnough(logic, group), () => observations.unread(unread));
    }
    return targets.length > 0
      ? hasEnough(logic, group)
      : logic.constant(this.route53.assumptions.emptyTargetGroupIsHealthy);
  }

  /**
   * Whether a group is healthy for an alias that evaluates it: at least one member is (A1). Who
   * answers is a different question: a group without a healthy member answers, and is unhealthy
   * (A6).
   */
  branchHealthy(group: Group): B {
    const known = this.health.branches.get(group);
    if (known !== undefined) return known;
    if (this.health.nestedCalls >= nestedCallsMax) {
      descend(group, {
        nextOf: (record) => this.route53.aliased(record),
        leave: (below) => this.groupHealthy(below),
      });
    }
    return this.groupHealthy(group);
  }

  private groupHealthy(group: Group): B {
    const known = this.health.branches.get(group);
    if (known !== undefined) return known;
    const counted = this.route53.assumptions.zeroWeightKeepsBranchHealthy
      ? group
      : documentedMembers(group);
    this.health.nestedCalls += 1;
    const healthy = this.logic.some(counted, (record) => this.recordHealthy(record));
    this.health.nestedCalls -= 1;
    this.health.branches.set(group, healthy);
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
      // Nothing is chosen for a simple record, so its check does not affect the answer (C13).
      const members = group.map((record) => ({ record, guard: logic.constant(true) }));
      return { members, lastResort: logic.constant(false) };
    }
    if (goesByPlace(first.policy)) return this.chooseByPlace(group);
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

  /**
   * The healthy member that the asker's place prefers; where no member for the place is healthy,
   * the first (C3). A place that no member is for gets no answer (C19).
   */
  private chooseByPlace(group: Group): Choices<B> {
    const { logic } = this;
    const preferred = preferenceOf(group, this.asker);
    if (!preferred) {
      const [first] = group;
      throw new InputError(
        `${first?.name ?? ""} ${first?.type ?? ""}: who answers depends on where a query comes from, by ${first?.policy.kind ?? ""} routing; give the place with --from-location`,
      );
    }
    const healthy = preferred.map((record) => this.recordHealthy(record));
    const none = logic.not(logic.some(healthy, (one) => one));
    const guards = this.firstOf(healthy.map((one) => logic.or(one, () => none)));
    const members = preferred.map((record, index) => ({ record, guard: guards[index] as B }));
    return { members, lastResort: preferred.length === 0 ? logic.constant(false) : none };
  }

  /** A failover group is in the order of its roles: the first usable member answers (C4). */
  private firstOf(usable: readonly B[]): readonly B[] {
    const { logic } = this;
    let before = logic.constant(false);
    return usable.map((one) => {
      const better = before;
      before = logic.or(before, () => one);
      return logic.and(one, () => logic.not(better));
    });
  }

  /** Zero-weighted records are considered when every other record has dropped out (C10, C11). */
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

  /**
   * How long a resolver may keep a record's own answer: an alias to a record adds no TTL (T1, T2).
   */
  ttlSecondsOf({ target }: RecordSet): number {
    if (target.kind === "values") return target.ttlSeconds;
    const { assumptions } = this.route53;
    switch (target.target.kind) {
      case "record":
        return 0;
      case "s3Website":
        return assumptions.s3WebsiteTtlSeconds;
      case "cloudFront":
        return assumptions.cloudFrontTtlSeconds;
      default:
        return assumptions.balancerTtlSeconds;
    }
  }
}

/** The values that a record itself answers with. */
export function valuesOf({ target }: RecordSet): readonly string[] {
  if (target.kind === "values") return target.values;
  return target.target.kind === "record" ? [] : [target.target.dnsName];
}

function withoutLabel(problem: string, { label }: HealthCheck): string {
  return problem.startsWith(`${label}: `) ? problem.slice(label.length + 2) : problem;
}
