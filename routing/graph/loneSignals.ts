import type { Asker } from "../asker";
import type { Affected } from "../bound";
import type { Bound } from "../boundParts";
import { atOnce, boundAfter, never } from "../boundParts";
import type { DiagramNode } from "../diagram";
import type { Fraction } from "../fraction";
import { fraction, isMore, plus, times, zero } from "../fraction";
import type { GuardedGroup, GuardedLeaf } from "../guards";
import { guardsOf } from "../guards";
import { InputError } from "../inputError";
import type { Group, Observations, RecordSet } from "../model";
import { effectiveWeight } from "../shares";
import type { Signal } from "../signals";
import { Signals, unknownTime } from "../signals";
import type { Choice } from "../view";
import { valuesOf } from "../view";
import type { Fault } from "./faults";
import type { Pair } from "./faultPairs";
import { FaultPairs } from "./faultPairs";
import type { Watched } from "./noticed";
import { noticedOf } from "./noticed";
import type { StackModel } from "./stackModel";

/** A query for a name. */
interface Question {
  readonly name: string;
  readonly type: string;
  readonly asker: Asker;
}

/** A change by one fault between states with at most two, as numbers of faults. */
export interface LoneChange {
  readonly from: Pair;
  readonly to: Pair;
  readonly cause: number;
  readonly death: Affected["death"];
}

/** A record that may answer. */
interface Answering extends GuardedLeaf<DiagramNode> {
  readonly isAlive: DiagramNode;
}

/** What a fault changes, alone or with another one. */
interface Changed {
  readonly watched: Watched[];
  /** Those with the longest TTL first. */
  readonly answers: Answering[];
  /** Which members of groups answer. */
  readonly guards: DiagramNode[];
}

/**
 * The bounds of changes by one fault from a state with at most one, where Route 53 notices a single
 * thing. Then nothing can be noticed in another order: there are the answers before and those
 * after. The bound is the one that `Transition` finds, without a diagram for each change.
 */
export class LoneSignals {
  private readonly pairs: FaultPairs;
  private readonly answers: readonly Answering[];
  private readonly longestTtlSeconds: number;
  private readonly reached: readonly GuardedGroup<DiagramNode>[];
  private readonly membersOf: ReadonlyMap<Group, readonly Choice<DiagramNode>[]>;
  /** When some answer is dead. */
  private readonly isDead: DiagramNode;
  /** Whether a single fault is enough for that. */
  private readonly staysDead: boolean;
  /** When a living server is without its database. */
  private readonly isWithout: DiagramNode;
  /** By the number of the fault. */
  private readonly changed: readonly Changed[];
  private readonly byValue = new Map<string, Answering[]>();
  private readonly signals = new Map<string, Signal | undefined>();
  private readonly bounds = new Map<Signal, Map<RecordSet, Bound>>();

  /** @param faults The possible faults; the number of the first is 1. */
  constructor(
    private readonly model: StackModel,
    private readonly question: Question,
    faults: readonly Fault[],
  ) {
    const { name, type, asker } = question;
    this.pairs = new FaultPairs(model, faults);
    const { diagram, observed } = this.pairs;
    const view = observed.view.askedFrom(asker);
    const { answers, groups } = guardsOf(view, name, type);
    this.answers = answers
      .map((answer) => ({
        ...answer,
        isAlive: diagram.every(valuesOf(answer.leaf), (value) =>
          observed.isAlive(answer.leaf, value, name),
        ),
      }))
      .sort((a, b) => b.ttlSeconds - a.ttlSeconds);
    for (const answer of this.answers) {
      for (const value of model.route53.isDeadEnd(answer.leaf, type) ? [] : valuesOf(answer.leaf)) {
        this.byValue.set(value, [...(this.byValue.get(value) ?? []), answer]);
      }
    }
    this.reached = groups;
    this.longestTtlSeconds = Math.max(
      ...model.route53.reachable(name, type).map((record) => view.ttlSecondsOf(record)),
    );
    this.membersOf = new Map(groups.map(({ group }) => [group, view.choicesOf(group).members]));
    this.isDead = diagram.some(this.answers, ({ guard, isAlive }) =>
      diagram.and(guard, () => diagram.not(isAlive)),
    );
    this.staysDead = [undefined, ...faults].some((_, number) =>
      this.pairs.holds(this.isDead, [number, 0]),
    );
    this.isWithout = model.reliance.whenWithout(observed, name, type);
    this.changed = this.changes(faults.length);
  }

  private changes(faultsCount: number): readonly Changed[] {
    const { pairs } = this;
    const { observed } = pairs;
    const changed = Array.from({ length: faultsCount + 1 }, (): Changed => ({
      watched: [],
      answers: [],
      guards: [],
    }));
    const by = (...nodes: readonly DiagramNode[]): readonly Changed[] =>
      [...new Set(nodes.flatMap((node) => pairs.decidersOf(node)))].flatMap(
        (number) => changed[number] ?? [],
      );
    for (const watched of noticedOf(this.model, observed, this.question)) {
      for (const one of by(...watched.nodes)) one.watched.push(watched);
    }
    for (const answer of this.answers) {
      for (const one of by(answer.guard, answer.isAlive)) one.answers.push(answer);
    }
    for (const { guard } of [...this.membersOf.values()].flat()) {
      for (const one of by(guard)) one.guards.push(guard);
    }
    return changed;
  }

  /** Whether an answer depends on something that was not read. */
  get asksUnread(): boolean {
    return this.pairs.asksUnread;
  }

  /** Whether no change by a fault moves a client, whatever happened before. */
  isIdle(cause: number): boolean {
    const { answers, guards, watched } = this.changedBy(cause);
    return answers.length + guards.length === 0 && watched.length <= 1 && !this.staysDead;
  }

  /** The bound of a change; undefined where it depends on the order of noticing. */
  boundOf({ from, to, cause, death }: LoneChange): Bound | undefined {
    const { pairs } = this;
    const noticed = this.changedBy(cause).watched.filter(({ nodes }) =>
      nodes.some((node) => pairs.holds(node, from) !== pairs.holds(node, to)),
    );
    const isBehind = death === "returns" || pairs.holds(this.isWithout, to);
    if (!isBehind && pairs.holds(this.isDead, to)) return never;
    const last = isBehind ? this.lastOverShare(from, to, cause) : this.lastDead(from, to, cause);
    // In between, any record may answer for a while that is dead or has more than its final share.
    if (noticed.length > 1 && last?.ttlSeconds !== this.longestTtlSeconds) return undefined;
    if (!last) return atOnce;
    const signals = noticed.map((one) => this.signalOf(one, { from, to, death }));
    const [signal] = signals;
    if (noticed.length > 1 && !this.areAlike(noticed, signals, from)) return undefined;
    if (signal?.seconds === undefined) {
      const late = signals.flatMap((one) => (one?.isTimeUnknown ? unknownTime(one) : []));
      return late.length > 0 ? { ...never, unread: [...new Set(late)] } : never;
    }
    return signal.seconds === 0 ? atOnce : this.boundAfter(signal, signal.seconds, last);
  }

  /**
   * Whether several things are noticed at the same moment at the latest, the first of them by a
   * check that certainly decides: of a record in a group that answers.
   */
  private areAlike(
    noticed: readonly Watched[],
    signals: readonly (Signal | undefined)[],
    from: Pair,
  ): boolean {
    const [first] = noticed;
    const seconds = signals[0]?.seconds ?? 0;
    return (
      seconds > 0 &&
      signals.every((one) => one?.seconds === seconds) &&
      first !== undefined &&
      first.records.some((record) => this.isAsked(record, first.key, from))
    );
  }

  /** Whether a record's own check decides, in a group that a query reaches. */
  private isAsked(record: RecordSet, checkId: string, pair: Pair): boolean {
    const { route53 } = this.model;
    const check = route53.checks.get(checkId);
    const group = this.reached.find(({ group: members }) => members.includes(record));
    return (
      record.checkId === checkId &&
      record.policy.kind !== "simple" &&
      check?.disabled === false &&
      group !== undefined &&
      this.pairs.holds(group.guard, pair) &&
      (this.membersOf.get(group.group) ?? []).some((one) => one.record === record)
    );
  }

  private changedBy(cause: number): Changed {
    return this.changed[cause] as Changed;
  }

  /** The dead answer that is kept for longest. */
  private lastDead(from: Pair, to: Pair, cause: number): Answering | undefined {
    return this.changedBy(cause).answers.find(
      ({ guard, isAlive }) => this.pairs.holds(guard, from) && !this.pairs.holds(isAlive, to),
    );
  }

  /** The answer with a larger share than in the end that is kept for longest. */
  private lastOverShare(from: Pair, to: Pair, cause: number): Answering | undefined {
    const { pairs } = this;
    const changes = this.changedBy(cause).guards.some(
      (guard) => pairs.holds(guard, from) !== pairs.holds(guard, to),
    );
    if (!changes) return undefined;
    return this.answers.find(
      ({ leaf, guard }) =>
        pairs.holds(guard, from) &&
        valuesOf(leaf).some((value) => isMore(this.shareOf(value, from), this.shareOf(value, to))),
    );
  }

  /** The share of the clients that use a value. */
  private shareOf(value: string, pair: Pair): Fraction {
    return (this.byValue.get(value) ?? [])
      .filter(({ guard }) => this.pairs.holds(guard, pair))
      .map(({ leaf, path }) => {
        const values = valuesOf(leaf);
        const count = values.filter((one) => one === value).length;
        return path.reduce(
          (share, record) => times(share, this.shareIn(record, pair)),
          fraction(BigInt(count), BigInt(values.length)),
        );
      })
      .reduce(plus, zero);
  }

  /** The share of the clients of its group that use a record: C8, C9, C12. */
  private shareIn(record: RecordSet, pair: Pair): Fraction {
    const members = this.membersOf.get(this.model.route53.groupOf(record)) ?? [];
    const chosen = members.filter(({ guard }) => this.pairs.holds(guard, pair));
    switch (record.policy.kind) {
      case "weighted": {
        const all = chosen.reduce((sum, one) => sum + effectiveWeight(one.record), 0);
        return fraction(BigInt(effectiveWeight(record)), BigInt(all));
      }
      case "multivalue":
        return fraction(1n, BigInt(chosen.length));
      default:
        return fraction(1n);
    }
  }

  private signalOf(
    { key, nodes, records }: Watched,
    { from, to, death }: Omit<LoneChange, "cause">,
  ): Signal | undefined {
    const { pairs, model } = this;
    const values = [from, to].map((pair) => nodes.map((node) => pairs.holds(node, pair)));
    const question = JSON.stringify([key, death, values]);
    if (!this.signals.has(question)) {
      const change = {
        diagram: pairs.diagram,
        before: this.observationsUnder(from),
        after: this.observationsUnder(to),
        watches: () => undefined,
      };
      const noticing = { isOpen: (one: string) => one === key, settlesAt: () => 0 };
      const [signal] = new Signals(model.route53, change, noticing).of(records, death);
      this.signals.set(question, signal);
    }
    return this.signals.get(question);
  }

  private observationsUnder(pair: Pair): Observations<DiagramNode> {
    const { diagram, observed } = this.pairs;
    const under = (node: DiagramNode): DiagramNode =>
      diagram.constant(this.pairs.holds(node, pair));
    return {
      passes: (id) => under(observed.passes(id)),
      silent: (id) => under(observed.silent(id)),
      lost: (target) => under(observed.lost(target)),
      targetGroups: (id) =>
        observed.targetGroups(id)?.map((group) => ({
          ...group,
          targets: group.targets.map((one) => ({ ...one, healthy: under(one.healthy) })),
        })),
      unread: (what) => observed.unread(what),
    };
  }

  private boundAfter(signal: Signal, seconds: number, answer: Answering): Bound {
    const byLeaf = this.bounds.get(signal) ?? new Map<RecordSet, Bound>();
    this.bounds.set(signal, byLeaf);
    const known = byLeaf.get(answer.leaf);
    if (known) return known;
    const bound = boundAfter({ ...signal, seconds }, answer, this.model.route53.assumptions);
    byLeaf.set(answer.leaf, bound);
    return bound;
  }
}

/**
 * The bounds for a question; undefined where several paths lead to one group, behind a CNAME, where
 * a check probes a name whose answer can change, or where something was not read: then a state with
 * two faults is not enough to find a bound.
 */
export function loneSignalsOf(
  model: StackModel,
  question: Question,
  faults: readonly Fault[],
): LoneSignals | undefined {
  const { route53 } = model;
  const { name, type } = question;
  const records = route53.reachable(name, type);
  const followed = records.flatMap((record) => {
    const next = route53.next(record, type);
    return next ? [next] : [];
  });
  const isSteady = ({ checkId, target }: RecordSet): boolean =>
    checkId === undefined && (target.kind !== "alias" || !target.evaluateTargetHealth);
  const isPlain =
    records.every((record) => route53.behindCname(record, type) === undefined) &&
    new Set(followed).size === followed.length &&
    model
      .nameChecks(name, type)
      .every(({ group }) => route53.reachableFrom(group, "A").every(isSteady));
  if (!isPlain) return undefined;
  try {
    const found = new LoneSignals(model, question, faults);
    return found.asksUnread ? undefined : found;
  } catch (error) {
    // The diagram is too large: each change has one of its own.
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
