import type { Logic } from "../logic";
import type { EndpointCheck, Observations, RecordSet, TargetGroup, UnknownStatus } from "../model";
import { shareExceeds, sumsMax } from "../shares";
import { valuesOf, View } from "../view";
import type { Circles } from "./circles";
import { instancesOf, targetGroupsOf, timesOf } from "./endpoints";
import type { Losses } from "./need";
import { isMet } from "./need";
import { objectStatus } from "./objects";
import type { Reliance } from "./reliance";
import type { StackInventory } from "./stackInventory";
import { awsTypes } from "./types";
import { watchedName } from "./watchedName";

/** A stack as its checks are observed: what it has, and what in it depends on what. */
export interface ObservedStack extends Pick<
  StackInventory,
  | "graph"
  | "placements"
  | "route53"
  | "healthyShare"
  | "endpointOfAnswer"
  | "endpointOfCheck"
  | "endpointOfValue"
> {
  readonly reliance: Reliance;
  readonly circles: Circles;
}

/** What happens to a stack, in a logic. */
export interface Happening<B> {
  readonly losses: Losses<B>;
  /** Checks that say something else than they see. */
  readonly lies: (checkId: string) => { readonly up?: B; readonly down?: B } | undefined;
  /** Whether something that was not read is healthy. */
  readonly unread: (what: UnknownStatus) => B;
}

/** The name that a check resolves for each probe (H13), and whether one of its answers passes. */
interface WatchedBy<B> {
  readonly name: string;
  readonly passes: (leaf: RecordSet, value: string) => B;
}

/** What Route 53's checks observe of a stack while things happen to it. */
export class Observed<B> implements Observations<B> {
  readonly view: View<B>;
  private readonly logic: Logic<B>;
  readonly losses: Losses<B>;
  private readonly passing = new Map<string, B>();
  private readonly groups = new Map<string, readonly TargetGroup<B>[]>();

  constructor(
    private readonly stack: ObservedStack,
    private readonly happening: Happening<B>,
    viewOf?: (observations: Observations<B>) => View<B>,
  ) {
    this.losses = happening.losses;
    this.logic = happening.losses.logic;
    this.view = viewOf?.(this) ?? new View(stack.route53, this.logic, this);
  }

  passes(id: string): B {
    let passes = this.passing.get(id);
    if (passes === undefined) {
      const check = this.stack.route53.checks.get(id);
      passes = check?.kind === "endpoint" ? this.endpointPasses(check) : this.logic.constant(true);
      this.passing.set(id, passes);
    }
    return passes;
  }

  /**
   * An alarm that is lost with its region has no data: what it watches is written there. What its
   * metric would say of other losses, the resources do not tell.
   */
  silent(id: string): B {
    const check = this.stack.graph.get(id);
    const alarms = check
      ? this.stack.graph.follow(check, "cloudwatchAlarmName", [awsTypes.metricAlarm])
      : [];
    return this.logic.some(alarms, ({ urn }) => this.losses.resource(urn));
  }

  lies(id: string): { readonly up?: B; readonly down?: B } | undefined {
    return this.happening.lies(id);
  }

  unread(what: UnknownStatus): B {
    return this.happening.unread(what);
  }

  targetGroups(id: string): readonly TargetGroup<B>[] | undefined {
    const balancer = this.stack.graph.get(id);
    if (balancer?.type !== awsTypes.loadBalancer) return undefined;
    let groups = this.groups.get(id);
    if (!groups) {
      groups = targetGroupsOf(this.stack.graph, balancer).map(
        ({ group, targets, unread, minimumHealthy }) => ({
          id: group.urn,
          targets: targets.map((target) => ({
            id: target.urn,
            healthy: this.logic.not(this.losses.resource(target.urn)),
            count: instancesOf(target),
          })),
          ...(unread === undefined ? {} : { unread }),
          ...(minimumHealthy === undefined ? {} : { minimumHealthy }),
          ...timesOf(group),
        }),
      );
      this.groups.set(id, groups);
    }
    return groups;
  }

  /** Whether what stands behind a value of a record serves; what is outside the stack is taken to. */
  isAlive(record: RecordSet, value: string): B {
    const endpoint = this.stack.endpointOfValue(record, value);
    return endpoint ? isMet(endpoint.need, this.losses) : this.logic.constant(true);
  }

  /** The name that a check asks, and which of its answers pass; undefined where it asks none, or is open. */
  watches(id: string): WatchedBy<B> | undefined {
    const check = this.stack.route53.checks.get(id);
    const name = check && watchedName(this.stack, check);
    if (check?.kind !== "endpoint" || name === undefined) return undefined;
    if (this.stack.circles.cuts(check)) return undefined;
    const { logic, losses } = this;
    const hasDatabase = logic.not(this.stack.reliance.isLostTo(check, losses));
    return {
      name,
      passes: (leaf, value) => logic.and(hasDatabase, () => this.works(check, leaf, value)),
    };
  }

  private endpointPasses(check: EndpointCheck): B {
    return this.logic.and(this.logic.not(this.stack.reliance.isLostTo(check, this.losses)), () =>
      this.watchedLives(check),
    );
  }

  private watchedLives(check: EndpointCheck): B {
    const name = watchedName(this.stack, check);
    if (name !== undefined) return this.nameWorks(check, name);
    const object = objectStatus(this.stack.graph, check);
    if (object !== undefined) return this.logic.constant(object === "healthy");
    const endpoint = this.stack.endpointOfCheck(check);
    if (endpoint) return isMet(endpoint.need, this.losses);
    const outside = check.byAddress ? undefined : check.fullyQualifiedDomainName;
    return outside === undefined
      ? this.logic.constant(true)
      : this.unread({
          name: check.label,
          why: `it watches ${outside}, which is outside this stack`,
        });
  }

  /**
   * A check by name sees what the name answers, over IPv4 (H13). Each checker resolves for itself,
   * so the living answers' share of the queries is the share of checkers that pass (H5).
   */
  private nameWorks(check: EndpointCheck, name: string): B {
    const { label } = check;
    const { stack } = this;
    if (stack.circles.cuts(check)) {
      return this.unread({
        name: label,
        why: `it watches ${name}, whose answer depends on this check (H13); let it watch an endpoint instead`,
      });
    }
    const counted = {
      name,
      type: "A",
      counts: (leaf: RecordSet) => valuesOf(leaf).map((value) => this.works(check, leaf, value)),
    };
    return (
      shareExceeds(this.view, counted, stack.healthyShare) ??
      this.unread({
        name: label,
        why: `${name} has more than ${sumsMax} possible shares of queries`,
      })
    );
  }

  private works(check: EndpointCheck, leaf: RecordSet, value: string): B {
    return this.logic.and(this.isAlive(leaf, value), () => {
      const server = this.stack.endpointOfValue(leaf, value)?.urn ?? leaf.id;
      return this.stack.reliance.asksForMore(check)
        ? this.logic.not(this.stack.reliance.isServerWithout(server, this.losses))
        : this.logic.constant(true);
    });
  }
}
