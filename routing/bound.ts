import type { Asker } from "./asker";
import type { Bound } from "./boundParts";
import { atOnce, boundAfter, never } from "./boundParts";
import type { HeldValue, LeftAnswer, AskedRecords } from "./chain";
import { Chain, endOf } from "./chain";
import type { Change } from "./change";
import type { FailureMode } from "./checker";
import type { DiagramNode } from "./diagram";
import type { Held } from "./held";
import { heldQuestions } from "./held";
import type { Group, RecordSet } from "./model";
import type { Route53 } from "./route53";
import { shareExcess } from "./shareExcess";
import { sumsMax } from "./sums";
import type { Signal } from "./signals";
import { liesAt, lostAt, Signals, silentAt, targetKey, unknownTime } from "./signals";
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
  private readonly held = new Map<
    Affected["good"],
    Map<string, readonly AskedRecords[] | undefined>
  >();

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
   * each signal being noticed at any time up to its latest. Behind a CNAME, a resolver holds several
   * records, each from a moment of its own: an answer is over when one of them must have expired.
   */
  worstCase(affected: Affected): Bound {
    const { name, type, death } = affected;
    const questions = this.knownQuestions(affected);
    if (questions === undefined) {
      return {
        ...never,
        decidedBy: `unknown: ${name} has more than ${sumsMax} possible shares`,
        unread: [`the more than ${sumsMax} possible shares of ${name}`],
      };
    }
    const signals = this.signals.of(this.route53.reachable(name, type), death);
    const left = this.leftIn(questions, signals);
    if (left === undefined) return this.neverBy(questions, signals);
    const unread = this.unreadIn([
      ...questions.flatMap(({ values }) =>
        values.flatMap(({ guard, next, when }) => (next ? [guard, when] : [when])),
      ),
      ...signals.flatMap(({ key }) => this.probe(key) ?? []),
    ]);
    return { ...this.boundOf(left, signals), ...(unread.length > 0 ? { unread } : {}) };
  }

  /** What ends each bad answer, in the order of time; undefined where one may last for ever. */
  private leftIn(
    questions: readonly AskedRecords[],
    signals: readonly Signal[],
  ): readonly LeftAnswer[] | undefined {
    const [first, ...others] = questions;
    if (others.length > 0) return this.chainOf(questions).left(signals);
    const left: LeftAnswer[] = [];
    for (const { leaf, ttlSeconds, when } of first?.values ?? []) {
      const moment = this.overAt(when, signals);
      if (moment === undefined) return undefined;
      if (moment > 0) left.push({ leaf, ttlSeconds, moment });
    }
    return left;
  }

  private chainOf(questions: readonly AskedRecords[]): Chain {
    const { diagram } = this.change;
    return new Chain(diagram, questions, (node, noticed) =>
      this.possibly(this.onceNoticed(node, noticed)),
    );
  }

  /** What was not read and decides whether something is true, by name. */
  private unreadIn(nodes: readonly DiagramNode[]): readonly string[] {
    const { diagram, unread } = this.change;
    if (!unread || unread.size === 0) return [];
    return diagram.support(nodes).flatMap((level) => unread.get(level) ?? []);
  }

  /** A bad answer may last for ever: with what decides whether it does, unless it does anyway. */
  private neverBy(questions: readonly AskedRecords[], signals: readonly Signal[]): Bound {
    const { diagram } = this.change;
    const timed = signals.filter(({ seconds }) => seconds !== undefined);
    const late = signals.filter((one) => this.lateBy(one).length > 0);
    // Several records may lead to one balancer.
    const named = late.filter(({ key }, at) => late.findIndex((one) => one.key === key) === at);
    const [lasts, lastsAnyway] = [timed, [...timed, ...late]].map((noticed) =>
      diagram.some(
        this.chainOf(questions).possiblyBad(() => noticed),
        (one) => one,
      ),
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
    if (!unread || unread.size === 0) return diagram.constant(diagram.known(node) !== false);
    const levels = diagram.support([node]).filter((level) => !unread.has(level));
    return diagram.exists(node, levels);
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

  /** What a resolver may hold, which takes most of the time to find: the same for every failure mode. */
  private knownQuestions(affected: Affected): readonly AskedRecords[] | undefined {
    const { name, type, asker, good } = affected;
    const byQuestion =
      this.held.get(good) ?? new Map<string, readonly AskedRecords[] | undefined>();
    this.held.set(good, byQuestion);
    const question = JSON.stringify([name, type, asker]);
    if (!byQuestion.has(question)) byQuestion.set(question, this.questionsOf(affected));
    return byQuestion.get(question);
  }

  private questionsOf(affected: Affected): readonly AskedRecords[] | undefined {
    const { name, type, asker = {} } = affected;
    const asked = heldQuestions(this.view.askedFrom(asker), name, type);
    const questions = asked.flatMap(({ root, held }) => {
      const values = this.valuesOf(root, held, affected);
      return values ? { root, values } : [];
    });
    return questions.length < asked.length ? undefined : questions;
  }

  /** Every value of a question; those that the client starts on come first. */
  private valuesOf(
    root: Group,
    held: readonly Held<DiagramNode>[],
    { name, type, asker = {}, good }: Affected,
  ): readonly HeldValue[] | undefined {
    const { diagram } = this.change;
    const exceeding = new Map<string, DiagramNode | undefined>();
    const isBad = ({ leaf, next }: Held<DiagramNode>, value: string): DiagramNode | undefined => {
      const isNone = next !== undefined || this.route53.isDeadEnd(leaf, type);
      if (good) return isNone ? diagram.constant(!next) : diagram.not(good(leaf, value));
      if (!exceeding.has(value)) exceeding.set(value, this.exceeds(root, name, asker, value));
      return exceeding.get(value);
    };
    const possible = held.flatMap((one) => valuesOf(one.leaf).map((value) => ({ one, value })));
    const values: HeldValue[] = [];
    for (const { one, value } of possible) {
      const bad = isBad(one, value);
      if (bad === undefined) return undefined;
      values.push({ ...one, when: diagram.and(one.guard, () => bad) });
    }
    const variables = new Set([...this.noticed.values()].map((node) => diagram.levelOf(node)));
    const isFirst = ({ when }: HeldValue): boolean =>
      diagram.known(
        diagram.restrict(when, (level) =>
          // No check has been misled yet.
          variables.has(level) ? this.misled.has(level) : undefined,
        ),
      ) !== false;
    return [...values.filter(isFirst), ...values.filter((one) => !isFirst(one))];
  }

  /**
   * Whether a value has a larger share of the queries for one question than it has once everything is
   * noticed.
   */
  private exceeds(root: Group, name: string, asker: Asker, value: string): DiagramNode | undefined {
    const { diagram } = this.change;
    const counted = {
      name,
      root,
      // A query for a CNAME ends there.
      type: "CNAME",
      takesOne: true,
      counts: (leaf: RecordSet) => valuesOf(leaf).map((one) => diagram.constant(one === value)),
    };
    return shareExcess(this.view.askedFrom(asker), this.steady.askedFrom(asker), counted);
  }

  private boundOf(answers: readonly LeftAnswer[], signals: readonly Signal[]): Bound {
    const left = [...answers].sort((a, b) => a.moment - b.moment);
    const [first] = left;
    if (!first) return atOnce;
    const last = left.reduce((a, b) => (endOf(b) > endOf(a) ? b : a), first);
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
