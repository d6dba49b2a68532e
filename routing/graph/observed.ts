import { locationOfRegion } from "../asker";
import type { Logic } from "../logic";
import type {
  AwsTarget,
  EndpointHealthCheck,
  Group,
  HealthCheck,
  Observations,
  RecordSet,
  TargetGroup,
  UnknownStatus,
} from "../model";
import { shareExceeds, shareExceedsFrom } from "../shares";
import { sumsMax } from "../sums";
import { valuesOf, View } from "../view";
import { regionIn } from "./awsNames";
import { checkerRegions } from "./checkerRegions";
import type { Circles } from "./circles";
import type { Losses } from "./need";
import { isMet } from "./need";
import { objectStatus } from "./objects";
import { outsideNameOf } from "./outside";
import type { Reliance } from "./reliance";
import type { StackInventory } from "./stackInventory";
import { instancesOf, isBalancer, targetGroupsOf, targetNeed, timesOf } from "./targetGroups";
import { hasUnreadMetric, isQuiet } from "./unreadMetric";
import { hasUnknown, valueOf } from "./values";
import { watchedGroup, watchedName } from "../watchedName";

/** The parts of a stack that decide what its checks observe. */
export interface ObservedStack extends Pick<
  StackInventory,
  | "graph"
  | "placements"
  | "route53"
  | "healthyShare"
  | "unreadNames"
  | "alarmsOf"
  | "measuredBy"
  | "guardedBy"
  | "endpointOfAnswer"
  | "endpointOfCheck"
  | "endpointOfValue"
  | "outsideOfValue"
  | "outsideOfCheck"
  | "isHealthyAtRest"
> {
  readonly reliance: Reliance;
  readonly circles: Circles;
}

/** What happens to a stack, in a logic. */
export interface Happening<B> {
  readonly losses: Losses<B>;
  /** Checks that report a status that they do not see. */
  readonly lies: (checkId: string) => { readonly up?: B; readonly down?: B } | undefined;
  /** Whether something that was not read is healthy. */
  readonly unread: (what: UnknownStatus) => B;
}

/** What a check that resolves a name for each probe finds there (H13). */
interface WatchedBy<B> {
  /** The records of the name itself. */
  readonly group: Group;
  /** All records that can take part in the name's answer. */
  readonly records: readonly RecordSet[];
  /** Whether enough probes pass, given who answers in a view; undefined where that is unknown. */
  readonly passesIn: (view: View<B>) => B | undefined;
}

/** What Route 53's checks observe of a stack under some faults. */
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
      passes = check ? this.watchedPasses(check) : this.logic.constant(true);
      this.passing.set(id, passes);
    }
    return passes;
  }

  private watchedPasses(check: HealthCheck): B {
    const { logic, stack } = this;
    switch (check.kind) {
      case "endpoint":
        return this.endpointPasses(check);
      case "alarm":
        if (stack.alarmsOf(check.id).length === 0) {
          const why = "the alarm that it follows is not part of what was read";
          return this.unread({ name: check.label, why });
        }
        if (hasUnreadMetric(stack, check)) return isQuiet(stack, this, check);
        return stack.route53.assumptions.metricOfLostResourceIsSilent
          ? logic.constant(true)
          : logic.not(this.isMeasuredLost(check.id));
      case "recoveryControl":
        return this.unread({
          name: stack.unreadNames.of(check),
          why: "it is a routing control, which a person sets: healthy is On, unhealthy is Off (K10)",
        });
      default:
        return logic.constant(true);
    }
  }

  /** The last status of an alarm without data: that of a healthy check, unless nobody knows it. */
  wasHealthy(id: string): B {
    const check = this.stack.route53.checks.get(id);
    const isOpen = check?.kind === "alarm" && check.inverted && hasUnreadMetric(this.stack, check);
    return isOpen ? this.passes(id) : this.logic.constant(true);
  }

  /**
   * An alarm that is lost with its region has no data: its metric is written there. The metric of a
   * lost resource is assumed to stop. The resources do not show how an alarm reacts to other
   * losses.
   */
  silent(id: string): B {
    const { logic, stack } = this;
    return logic.or(
      logic.some(stack.alarmsOf(id), ({ urn }) => this.losses.resource(urn)),
      () =>
        stack.route53.assumptions.metricOfLostResourceIsSilent
          ? this.isMeasuredLost(id)
          : logic.constant(false),
    );
  }

  /** Whether a resource that an alarm check's metric measures is lost. */
  private isMeasuredLost(id: string): B {
    return this.logic.some(this.stack.measuredBy(id), ({ urn }) => this.losses.resource(urn));
  }

  lies(id: string): { readonly up?: B; readonly down?: B } | undefined {
    return this.happening.lies(id);
  }

  unread(what: UnknownStatus): B {
    return this.happening.unread(what);
  }

  lost({ id, region, dnsName }: AwsTarget): B {
    const { losses, logic } = this;
    if (id !== undefined) return losses.resource(id);
    const isRegionLost =
      region === undefined
        ? logic.constant(false)
        : losses.place({ region, availabilityZones: [] });
    return logic.or(isRegionLost, () => losses.outside(outsideNameOf(dnsName)));
  }

  targetGroups(id: string): readonly TargetGroup<B>[] | undefined {
    const balancer = this.stack.graph.get(id);
    if (!balancer || !isBalancer(balancer)) return undefined;
    let groups = this.groups.get(id);
    if (!groups) {
      groups = targetGroupsOf(this.stack.graph, balancer).map(
        ({ group, targets, unread, minimumHealthy }) => ({
          id: group.urn,
          targets: targets.map((target) => ({
            id: target.urn,
            healthy: isMet(targetNeed(this.stack.graph, target, [balancer]), this.losses),
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

  /**
   * Whether the endpoint at a record's value serves; an endpoint outside the stack is assumed to
   * serve until its address or its place is lost.
   *
   * @param asked the name that customers ask for (A15); default: any that leads to the record
   */
  isAlive(record: RecordSet, value: string, asked?: string): B {
    const { stack, losses, logic } = this;
    const { need, unread } = stack.endpointOfValue(record, value, asked) ?? {};
    const serves = logic.and(need ? isMet(need, losses) : logic.constant(true), () =>
      this.isOutsideAlive(stack.outsideOfValue(record, value)),
    );
    return unread ? logic.and(serves, () => this.unread(unread)) : serves;
  }

  private isOutsideAlive(outside: string | undefined): B {
    const { losses, logic } = this;
    return outside === undefined ? logic.constant(true) : logic.not(losses.outside(outside));
  }

  /**
   * The name that a check resolves, and when it passes; undefined for any other check, and where
   * its status is unknown.
   */
  watches(id: string): WatchedBy<B> | undefined {
    const check = this.stack.route53.checks.get(id);
    const group = check && watchedGroup(this.stack, check);
    if (check?.kind !== "endpoint" || !group) return undefined;
    if (this.stack.circles.cuts(check) || this.asksFromUnknown(check, group)) return undefined;
    return {
      group,
      records: this.stack.route53.reachableFrom(group, "A"),
      passesIn: (view) =>
        this.shareExceedsIn(view, check, group, (leaf, value) => this.passesAt(check, leaf, value)),
    };
  }

  /** Whether a probe of a check by name passes at a value of a record. */
  passesAt(check: EndpointHealthCheck, leaf: RecordSet, value: string): B {
    return this.logic.and(this.logic.not(this.stack.reliance.isLostTo(check, this.losses)), () =>
      this.works(check, leaf, value),
    );
  }

  /** Whether enough of the checkers that resolve a name receive a value that passes (H5). */
  private shareExceedsIn(
    view: View<B>,
    { regions = checkerRegions, fullyQualifiedDomainName: name = "" }: EndpointHealthCheck,
    root: Group,
    passes: (leaf: RecordSet, value: string) => B,
  ): B | undefined {
    const { route53, healthyShare } = this.stack;
    const counted = {
      root,
      name,
      type: "A",
      takesOne: route53.assumptions.checkersDialValuesAlike,
      counts: (leaf: RecordSet) => valuesOf(leaf).map((value) => passes(leaf, value)),
    };
    if (!route53.dependsOnPlace(root, "A")) return shareExceeds(view, counted, healthyShare);
    // Checkers query from their regions, equally many from each (H2).
    const views = regions.map((region) => {
      const location = locationOfRegion(region);
      // None of them queries through the resolver of a VPC (C22).
      return view.askedFrom({ region, vpc: null, ...(location ? { location } : {}) });
    });
    return shareExceedsFrom(views, counted, healthyShare);
  }

  private endpointPasses(check: EndpointHealthCheck): B {
    return this.logic.and(this.logic.not(this.stack.reliance.isLostTo(check, this.losses)), () =>
      this.watchedLives(check),
    );
  }

  private watchedLives(check: EndpointHealthCheck): B {
    const watched = watchedName(this.stack, check);
    if (watched?.kind === "answered") return this.nameWorks(check, watched);
    if (watched?.kind === "addressless") return this.logic.constant(false);
    const object = objectStatus(this.stack.graph, check);
    if (object !== undefined) return this.logic.constant(object === "healthy");
    const endpoint = this.stack.endpointOfCheck(check);
    const outside = this.stack.outsideOfCheck(check);
    const isThere = endpoint
      ? isMet(endpoint.need, this.losses)
      : this.isRegionAlive(check.byAddress ? undefined : check.fullyQualifiedDomainName);
    return this.logic.and(isThere, () =>
      this.logic.and(this.isOutsideAlive(outside), () =>
        endpoint ? this.logic.constant(true) : this.isUnreadAlive(check, watched?.zone, outside),
      ),
    );
  }

  /** Whether the region in an AWS name is there; any other name shows none. */
  private isRegionAlive(name: string | undefined): B {
    const region = name === undefined ? undefined : regionIn(name);
    return region === undefined
      ? this.logic.constant(true)
      : this.logic.not(this.losses.place({ region, availabilityZones: [] }));
  }

  /**
   * Whether something serves for a check that no resource of the stack does. A public address is assumed to;
   * anything else is unknown.
   *
   * @param zone the zone that was read and has no record of the name that the check watches
   * @param outside the address or name that the check probes
   */
  private isUnreadAlive(
    check: EndpointHealthCheck,
    zone: string | undefined,
    outside: string | undefined,
  ): B {
    const { label: name, byAddress, fullyQualifiedDomainName: watched } = check;
    const probed = outside === undefined ? {} : { outside };
    if (check.isPrivate) {
      return this.unread({ name, why: "it probes from within a VPC (H20)", ...probed });
    }
    if (this.isComputed(check)) {
      const why = "what it watches is computed, and its source was not read";
      return this.unread({ name, why });
    }
    if (byAddress || watched === undefined) return this.logic.constant(true);
    return this.unread({ ...this.stack.unreadNames.statusOf(check, watched, zone), ...probed });
  }

  /** Whether the target of a check is unknown until something is deployed. */
  private isComputed({ id, byAddress }: EndpointHealthCheck): boolean {
    const check = this.stack.graph.get(id);
    return check !== undefined && hasUnknown(valueOf(check, byAddress ? "ipAddress" : "fqdn"));
  }

  /**
   * A check by name sees the name's answers over IPv4 (H13). Each checker resolves independently,
   * so the share of queries with a living answer is the share of checkers that pass (H5).
   */
  private nameWorks(
    check: EndpointHealthCheck,
    { name, group }: { readonly name: string; readonly group: Group },
  ): B {
    const { label } = check;
    const { stack } = this;
    if (stack.circles.cuts(check)) {
      return this.unread({
        name: label,
        why: `it watches ${name}, whose answer depends on this check (H13); let it watch an endpoint instead`,
      });
    }
    if (this.asksFromUnknown(check, group)) {
      const why = check.isPrivate
        ? `who answers ${name} depends on where its VPC is`
        : `who answers ${name} depends on the addresses of the checkers, which change`;
      return this.unread({ name: label, why });
    }
    const exceeds = this.shareExceedsIn(this.view, check, group, (leaf, value) =>
      this.works(check, leaf, value),
    );
    return (
      exceeds ??
      this.unread({
        name: label,
        why: `${name} has more than ${sumsMax} possible shares of queries`,
      })
    );
  }

  /** Whether the answer depends on where a checker is, and that is unknown. */
  private asksFromUnknown({ isPrivate }: EndpointHealthCheck, group: Group): boolean {
    const { route53 } = this.stack;
    if (isPrivate) return route53.dependsOnPlace(group, "A");
    return route53.reachableFrom(group, "A").some(({ policy }) => policy.kind === "cidr");
  }

  private works(check: EndpointHealthCheck, leaf: RecordSet, value: string): B {
    // The name in a probe is that of the check; a connection over TCP sends none.
    const asked = check.type === "TCP" ? undefined : check.fullyQualifiedDomainName;
    return this.stack.reliance.asksForMore(check)
      ? this.stack.reliance.worksFully(this, { leaf, value, asked })
      : this.isAlive(leaf, value, asked);
  }
}
