import type { Asker } from "./asker";
import type { Bound } from "./boundParts";
import { atOnce, boundAfter, never } from "./boundParts";
import type { Change } from "./change";
import type { FailureMode } from "./checker";
import type { DiagramNode } from "./diagram";
import { guardsOf } from "./guards";
import type { AwsTarget, Observations, RecordSet } from "./model";
import type { Route53 } from "./route53";
import { shareCases, shareExceeds, sumsMax } from "./shares";
import type { Signal } from "./signals";
import { Signals, silentAt, targetKey, unknownTime } from "./signals";
import { valuesOf, View } from "./view";

/**
 * The worst case: T = N·(I + P) + δ + TTL, for a client that obeys the TTL and one failure mode.
 * Excluded: what resolvers and clients add beyond the TTL (R), and connections already open (D).
 */

/** A name that a change affects. */
export interface Affected {
  readonly name: string;
  readonly type: string;
  /** Where queries come from; default: unknown. */
  readonly asker?: Asker;
  /** How endpoints fail, or that they return. */
  readonly death: FailureMode | "returns";
  /**
   * Whether a client should be on a value. Absent: a value is bad while its share of the queries is
   * larger than the share it has in the end.
   */
  readonly good?: (leaf: RecordSet, value: string) => DiagramNode;
}

/**
 * A bad answer and when it is possible: a function of what has been noticed and of what is unknown.
 */
interface BadAnswer {
  readonly leaf: RecordSet;
  readonly ttlSeconds: number;
  readonly when: DiagramNode;
}

/** A bad answer, and the moment from which no order of noticing produces it; undefined: never. */
type PossiblyLeft = BadAnswer & { readonly moment: number | undefined };

/** The same, with a moment after the change. */
interface LeftAnswer {
  readonly leaf: RecordSet;
  readonly ttlSeconds: number;
  readonly moment: number;
}

/** A change, with one variable per signal: whether Route 53 has noticed it. */
export class Transition {
  private readonly view: View<DiagramNode>;
  private readonly steady: View<DiagramNode>;
  private readonly noticed = new Map<string, DiagramNode>();
  /** The levels of checks whose status may change for a while and then change back. */
  private readonly misled = new Set<number>();
  private readonly probes = new Map<string, DiagramNode | undefined>();
  private readonly signals: Signals;
  /** By what is good, and by question. */
  private readonly bad = new Map<Affected["good"], Map<string, readonly BadAnswer[] | undefined>>();

  constructor(
    private readonly route53: Route53,
    private readonly change: Change,
  ) {
    const { diagram, before, after } = change;
    const both = (key: string, was: DiagramNode, is: DiagramNode): DiagramNode =>
      was === is
        ? is
        : diagram.choose(
            this.variable(key),
            () => is,
            () => was,
          );
    this.signals = new Signals(route53, change, {
      isOpen: (key) => this.noticed.has(key),
      settlesAt: (id, death) => this.settlesAt(id, death),
    });
    this.steady = new View(route53, diagram, after);
    this.view = new View(route53, diagram, {
      passes: (id) => this.passes(id),
      silent: (id) => both(id, silentAt(before, id), silentAt(after, id)),
      wasHealthy: (id) => before.wasHealthy?.(id) ?? diagram.constant(true),
      lies: (id) => {
        const [was, is] = [liesAt(before, id), liesAt(after, id)];
        return { up: both(id, was.up, is.up), down: both(id, was.down, is.down) };
      },
      lost: (target) =>
        both(target.id ?? target.dnsName, lostAt(before, target), lostAt(after, target)),
      targetGroups: (id) =>
        after.targetGroups(id)?.map((group, index) => ({
          ...group,
          targets: group.targets.map((target, place) => {
            const was = before.targetGroups(id)?.[index]?.targets[place]?.healthy ?? target.healthy;
            return {
              ...target,
              healthy: both(targetKey(group.id, target.id), was, target.healthy),
            };
          }),
        })),
      unread: (what) => after.unread(what),
    });
  }

  /**
   * The bound for one name: the first moment from which every order of noticing gives good answers,
   * each signal being noticed at any time up to its latest.
   */
  worstCase(affected: Affected): Bound {
    const { name, type, death } = affected;
    const bad = this.knownBadAnswers(affected);
    if (bad === undefined) {
      return {
        ...never,
        decidedBy: `unknown: ${name} has more than ${sumsMax} possible shares`,
        unread: [`the more than ${sumsMax} possible shares of ${name}`],
      };
    }
    const signals = this.signals.of(this.route53.reachable(name, type), death);
    const left = bad.map((one) => ({ ...one, moment: this.overAt(one.when, signals) }));
    if (left.some(({ moment }) => moment === undefined)) return this.neverBy(bad, signals);
    const unread = this.unreadIn([
      ...bad.map(({ when }) => when),
      ...signals.flatMap(({ key }) => this.probe(key) ?? []),
    ]);
    return { ...this.lastOf(left, signals), ...(unread.length > 0 ? { unread } : {}) };
  }

  /** What was not read and decides whether something is true, by name. */
  private unreadIn(nodes: readonly DiagramNode[]): readonly string[] {
    const { diagram, unread } = this.change;
    if (!unread || unread.size === 0) return [];
    return diagram.support(nodes).flatMap((level) => unread.get(level) ?? []);
  }

  /** A bad answer may last for ever: with what decides whether it does, unless it does anyway. */
  private neverBy(bad: readonly BadAnswer[], signals: readonly Signal[]): Bound {
    const { diagram } = this.change;
    const timed = signals.filter(({ seconds }) => seconds !== undefined);
    const late = signals.filter((one) => this.lateBy(one).length > 0);
    // Several records may lead to one balancer.
    const named = late.filter(({ key }, at) => late.findIndex((one) => one.key === key) === at);
    const [lasts, lastsAnyway] = [timed, [...timed, ...late]].map((noticed) =>
      this.possibly(diagram.some(bad, ({ when }) => this.onceNoticed(when, noticed))),
    ) as [DiagramNode, DiagramNode];
    const unread = [
      ...this.unreadIn([lasts, lastsAnyway]),
      ...(lasts === lastsAnyway ? [] : named.flatMap((one) => this.lateBy(one))),
    ];
    return unread.length > 0 ? { ...never, unread: [...new Set(unread)] } : never;
  }

  /** What is not known, by name, where nothing is known of when a signal is noticed. */
  private lateBy(signal: Signal): readonly string[] {
    const { key, seconds, isTimeUnknown = false } = signal;
    if (seconds !== undefined) return [];
    const probe = this.probe(key);
    return isTimeUnknown
      ? [unknownTime(signal)]
      : this.unreadIn(probe === undefined ? [] : [probe]);
  }

  /** Whether some order of noticing makes something true, as a function of what was not read. */
  private possibly(node: DiagramNode): DiagramNode {
    const { diagram, unread } = this.change;
    const levels = diagram.support([node]).filter((level) => unread?.has(level) !== true);
    return diagram.exists(node, levels);
  }

  private lastOf(left: readonly PossiblyLeft[], signals: readonly Signal[]): Bound {
    const lasting = left.flatMap(({ leaf, ttlSeconds, moment = 0 }) =>
      moment > 0 ? { leaf, ttlSeconds, moment } : [],
    );
    return this.boundOf(
      lasting.sort((a, b) => a.moment - b.moment),
      signals,
    );
  }

  private passes(id: string): DiagramNode {
    const { diagram, before, after } = this.change;
    const [was, is] = [before.passes(id), after.passes(id)];
    if (was !== is)
      return diagram.choose(
        this.variable(id),
        () => is,
        () => was,
      );
    const probe = this.probe(id);
    if (probe === undefined || probe === is) return is;
    const settled = this.variable(id);
    this.misled.add(diagram.levelOf(settled));
    return diagram.choose(
      settled,
      () => is,
      () => diagram.not(is),
    );
  }

  /**
   * Whether a probe of a check by name passes, as a function of what has been noticed about that
   * name; undefined for any other check.
   */
  private probe(id: string): DiagramNode | undefined {
    if (!this.probes.has(id)) this.probes.set(id, this.findProbe(id));
    return this.probes.get(id);
  }

  private findProbe(id: string): DiagramNode | undefined {
    return this.change.watches(id)?.passesIn(this.view);
  }

  /**
   * The moment from which every probe of a check finds its final result: a check by name may have
   * to wait until that name has left a dead endpoint, or returned to a live one.
   */
  private settlesAt(id: string, death: Affected["death"]): number | undefined {
    const { diagram, after, watches } = this.change;
    const [probe, records] = [this.probe(id), watches(id)?.records];
    if (probe === undefined || records === undefined) return 0;
    const is = after.passes(id);
    const differs = diagram.choose(
      probe,
      () => diagram.not(is),
      () => is,
    );
    return this.overAt(differs, this.signals.of(records, death));
  }

  private variable(key: string): DiagramNode {
    let variable = this.noticed.get(key);
    if (variable === undefined) {
      variable = this.change.diagram.variable();
      this.noticed.set(key, variable);
    }
    return variable;
  }

  /**
   * The first moment from which no order of noticing makes something true, because every signal due
   * by then has been noticed; undefined: some order always can.
   */
  private overAt(when: DiagramNode, signals: readonly Signal[]): number | undefined {
    const { diagram } = this.change;
    const moments = [...new Set([0, ...signals.flatMap(({ seconds }) => seconds ?? [])])];
    return moments
      .sort((a, b) => a - b)
      .find((moment) => {
        const noticed = signals.filter(({ seconds = Infinity }) => seconds <= moment);
        return diagram.known(this.onceNoticed(when, noticed)) === false;
      });
  }

  /**
   * A function once some signals have been noticed. Nothing else is set: the signals that are still open,
   * and what is unknown, may be true or false.
   */
  private onceNoticed(when: DiagramNode, signals: readonly Signal[]): DiagramNode {
    const { diagram } = this.change;
    const sure = new Set(
      signals
        .flatMap(({ key }) => this.noticed.get(key) ?? [])
        .map((variable) => diagram.levelOf(variable)),
    );
    return diagram.restrict(when, (level) => (sure.has(level) ? true : undefined));
  }

  /** The bad answers, which take most of the time to find, and are the same for every failure mode. */
  private knownBadAnswers(affected: Affected): readonly BadAnswer[] | undefined {
    const { name, type, asker, good } = affected;
    const byQuestion = this.bad.get(good) ?? new Map<string, readonly BadAnswer[] | undefined>();
    this.bad.set(good, byQuestion);
    const question = JSON.stringify([name, type, asker]);
    if (!byQuestion.has(question)) byQuestion.set(question, this.badAnswers(affected));
    return byQuestion.get(question);
  }

  /** Every bad answer; those that the client starts on come first. */
  private badAnswers(affected: Affected): readonly BadAnswer[] | undefined {
    const { diagram } = this.change;
    const { answers } = guardsOf(
      this.view.askedFrom(affected.asker ?? {}),
      affected.name,
      affected.type,
    );
    const possible = answers.flatMap(({ leaf, guard, ttlSeconds }) =>
      valuesOf(leaf).map((value) => ({ leaf, value, guard, ttlSeconds })),
    );
    const exceeding = new Map<string, DiagramNode | undefined>();
    if (!affected.good) {
      for (const { value } of possible) {
        if (!exceeding.has(value)) exceeding.set(value, this.exceeds(affected, value));
      }
    }
    if ([...exceeding.values()].includes(undefined)) return undefined;
    const bad = possible.map(({ leaf, value, guard, ttlSeconds }) => ({
      leaf,
      ttlSeconds,
      when: diagram.and(
        guard,
        () => exceeding.get(value) ?? diagram.not(affected.good?.(leaf, value) ?? guard),
      ),
    }));
    const variables = new Set([...this.noticed.values()].map((node) => diagram.levelOf(node)));
    const isFirst = ({ when }: BadAnswer): boolean =>
      diagram.known(
        diagram.restrict(when, (level) =>
          // No check has been misled yet.
          variables.has(level) ? this.misled.has(level) : undefined,
        ),
      ) !== false;
    return [...bad.filter(isFirst), ...bad.filter((one) => !isFirst(one))];
  }

  /** Whether a value has a larger share of the queries than it has once everything is noticed. */
  private exceeds(affected: Affected, value: string): DiagramNode | undefined {
    const { name, type, asker = {} } = affected;
    const { diagram } = this.change;
    const counted = {
      name,
      type,
      counts: (leaf: RecordSet) => valuesOf(leaf).map((one) => diagram.constant(one === value)),
    };
    const steady = shareCases(this.steady.askedFrom(asker), counted);
    if (!steady) return undefined;
    const found = steady.map((share) => {
      const more = shareExceeds(this.view.askedFrom(asker), counted, share.value);
      return more === undefined ? undefined : diagram.and(share.guard, () => more);
    });
    return found.reduce(
      (a, b) => (a === undefined || b === undefined ? undefined : diagram.or(a, () => b)),
      diagram.constant(false),
    );
  }

  private boundOf(left: readonly LeftAnswer[], signals: readonly Signal[]): Bound {
    const [first] = left;
    if (!first) return atOnce;
    const lasts = (one: LeftAnswer): number => one.moment + one.ttlSeconds;
    const last = left.reduce((a, b) => (lasts(b) > lasts(a) ? b : a), first);
    const decisive = signals.find(({ seconds }) => seconds === last.moment);
    return {
      ...boundAfter(
        { label: undefined, formula: "", source: "", ...decisive, seconds: last.moment },
        last,
        this.route53.assumptions,
      ),
      detectionSeconds: Math.max(...left.map(({ moment }) => moment)),
    };
  }
}

function lostAt(observations: Observations<DiagramNode>, target: AwsTarget): DiagramNode {
  return observations.lost?.(target) ?? 0;
}

function liesAt(
  observations: Observations<DiagramNode>,
  id: string,
): { up: DiagramNode; down: DiagramNode } {
  const { up = 0, down = 0 } = observations.lies?.(id) ?? {};
  return { up, down };
}
