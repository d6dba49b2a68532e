import type { Asker } from "../../routing/asker";
import { locationOfRegion } from "../../routing/asker";
import type { Observed } from "../../routing/graph/observed";
import type { StackModel } from "../../routing/graph/stackModel";
import type { AwsTarget, Group, Observations, RecordSet } from "../../routing/model";
import type { Answer } from "../../routing/resolve";
import { AnsweringView } from "../../routing/resolve";
import { targetKey } from "../../routing/signals";
import { valuesOf } from "../../routing/view";
import type { AnswerList, Answers } from "./answers";

/** A query, and the place it comes from. */
export interface ClientQuestion {
  readonly root: Group;
  readonly type: string;
  readonly asker: Asker;
  /** The question for what resolvers keep of the answer, if there are CNAMEs on the way. */
  readonly heldAs?: number;
  /**
   * For what resolvers keep: the questions that CNAMEs lead to, by the records there. They ask for
   * each CNAME, and for what it leads to, again when that one's own TTL runs out (T1).
   */
  readonly leads?: ReadonlyMap<Group, number>;
}

/** A possible answer: one value of one record. */
export interface PossibleAnswer {
  readonly key: string;
  readonly record: RecordSet;
  readonly value: string;
}

/** The resource whose health a signal reports to Route 53. */
export interface SignalKey {
  readonly kind: "passes" | "silent" | "liesUp" | "liesDown" | "target" | "lost";
  /** A check, a target of a target group, or the target of an alias. */
  readonly id: string;
  /** The alias target, for a lost balancer. */
  readonly target?: AwsTarget;
}

/** The key of an AWS resource among signals. */
export function awsTargetKeyOf({ id, dnsName }: AwsTarget): string {
  return id ?? dnsName;
}

/** The questions of clients: one from each place that gets a different answer. */
export function clientQuestions(
  model: StackModel,
  name: string,
  type: string,
  asker?: Asker,
): readonly ClientQuestion[] {
  const root = model.route53.rootOf(name, type);
  const askers = asker ? [asker] : model.askersOf(name, type);
  return askers.map((one) => ({ root, type, asker: one }));
}

/**
 * The questions of checkers: one, or one for each of their regions if the place matters. None of them queries
 * through the resolver of a VPC (C22).
 */
export function nameQuestions(
  { route53 }: StackModel,
  root: Group,
  regions: readonly string[],
): readonly ClientQuestion[] {
  if (!route53.dependsOnPlace(root, "A")) return [{ root, type: "A", asker: {} }];
  return regions.map((region) => {
    const location = locationOfRegion(region);
    return { root, type: "A", asker: { region, vpc: null, ...(location ? { location } : {}) } };
  });
}

/** All values that queries for a group can end with; a CNAME to a name of the model leads on. */
export function valuesBelow(
  { route53 }: StackModel,
  root: Group,
  type: string,
): readonly PossibleAnswer[] {
  return route53
    .reachableFrom(root, type)
    .filter((record) => !route53.next(record, type))
    .flatMap((record) =>
      valuesOf(record).map((value) => ({ key: valueKey(record, value), record, value })),
    );
}

function valueKey(record: RecordSet, value: string): string {
  return `${record.id} ${value}`;
}

/** All questions of a simulation and all possible answers, by number. */
export class Questions {
  readonly all: ClientQuestion[] = [];
  readonly values: PossibleAnswer[] = [];

  constructor(private readonly model: StackModel) {}

  /** Adds questions and returns the number of the first. */
  add(questions: readonly ClientQuestion[]): number {
    this.all.push(...questions);
    return this.all.length - questions.length;
  }

  /** Adds the questions for what resolvers keep of the answers to some others. */
  addHeld(first: number, count: number): void {
    const { route53 } = this.model;
    for (let question = first; question < first + count; question += 1) {
      const { root, type, asker } = this.all[question] as ClientQuestion;
      const roots = new Set([root]);
      // A query for a CNAME ends there. The set grows while it is read.
      for (const one of roots) {
        for (const record of route53.reachableFrom(one, "CNAME")) {
          const next = route53.behindCname(record, type);
          if (next) roots.add(next);
        }
      }
      if (roots.size === 1) continue;
      const heldAs = this.all.length;
      const leads = new Map([...roots].map((one, index) => [one, heldAs + index]));
      this.all[question] = { root, type, asker, heldAs };
      this.add([...roots].map((one) => ({ root: one, type, asker, leads })));
    }
  }

  addValues(root: Group, type: string): void {
    for (const value of valuesBelow(this.model, root, type)) {
      if (!this.values.some(({ key }) => key === value.key)) this.values.push(value);
    }
  }
}

/**
 * What Route 53 has noticed: the values of some signals, and the initial state of everything else.
 *
 * @param said the value of a signal; undefined where it has its initial one
 */
export function noticed(
  steady: Observed<boolean>,
  said: (kind: SignalKey["kind"], id: string) => boolean | undefined,
): Observations<boolean> {
  const passes = (id: string): boolean => said("passes", id) ?? steady.passes(id);
  return {
    passes,
    silent: (id) => said("silent", id) ?? steady.silent(id),
    // Without data, an alarm check keeps its last state (K6).
    wasHealthy: passes,
    lies: (id) => ({
      up: said("liesUp", id) ?? steady.lies(id)?.up === true,
      down: said("liesDown", id) ?? steady.lies(id)?.down === true,
    }),
    lost: (target) => said("lost", awsTargetKeyOf(target)) ?? steady.lost(target),
    targetGroups: (id) =>
      steady.targetGroups(id)?.map((group) => ({
        ...group,
        targets: group.targets.map((target) => ({
          ...target,
          healthy: said("target", targetKey(group.id, target.id)) ?? target.healthy,
        })),
      })),
    unread: () => true,
  };
}

/** Asks the model for the answers under given signal values; everything else stays in its initial state. */
export class SignalAnswers {
  private readonly numbers: ReadonlyMap<string, number>;
  private readonly signals: ReadonlyMap<string, number>;

  constructor(
    private readonly model: StackModel,
    private readonly steady: Observed<boolean>,
    private readonly keys: readonly SignalKey[],
    private readonly questions: Questions,
  ) {
    this.numbers = new Map(questions.values.map(({ key }, number) => [key, number]));
    this.signals = new Map(keys.map(({ kind, id }, signal) => [`${kind} ${id}`, signal]));
  }

  /** The signal values once every change of a phase has been noticed. */
  vectorUnder(observed: Observed<boolean>): readonly boolean[] {
    const targets = new Map<string, boolean>();
    for (const { target } of this.questions.all.flatMap(({ root, type }) =>
      this.model.route53.reachableFrom(root, type),
    )) {
      const id = target.kind === "alias" && target.target.kind !== "record" && target.target.id;
      for (const group of (id ? observed.targetGroups(id) : undefined) ?? []) {
        for (const one of group.targets) targets.set(targetKey(group.id, one.id), one.healthy);
      }
    }
    return this.keys.map(({ kind, id, target }) => {
      switch (kind) {
        case "passes":
          return observed.passes(id);
        case "silent":
          return observed.silent(id);
        case "liesUp":
          return observed.lies(id)?.up === true;
        case "liesDown":
          return observed.lies(id)?.down === true;
        case "target":
          return targets.get(id) !== false;
        case "lost":
          return target !== undefined && observed.lost(target);
      }
    });
  }

  answersFor(vector: readonly boolean[]): Answers {
    const view = new AnsweringView(this.model.route53, this.observed(vector));
    return this.questions.all.map(({ root, type, asker, heldAs, leads }) => {
      const { answers } = view.resolveFrom(root, leads ? "CNAME" : type, asker);
      const list = this.listOf(answers);
      if (leads) return this.heldOf(list, answers, leads, type);
      return heldAs === undefined ? list : { ...list, heldAs };
    });
  }

  /** What resolvers keep: a CNAME has a number after those of all values; one that leads nowhere has −1. */
  private heldOf(
    list: AnswerList,
    answers: readonly Answer[],
    leads: ReadonlyMap<Group, number>,
    type: string,
  ): AnswerList {
    const { route53 } = this.model;
    const leadsTo = answers.map(({ record }) => {
      const next = route53.behindCname(record, type);
      return next && leads.get(next);
    });
    const values = answers.map(({ record }, index) => {
      const question = leadsTo[index];
      if (question !== undefined) return this.numbers.size + question;
      return route53.isDeadEnd(record, type) ? -1 : (list.values[index] as number);
    });
    return { ...list, values, leadsTo };
  }

  private observed(vector: readonly boolean[]): Observations<boolean> {
    return noticed(this.steady, (kind, id) => {
      const signal = this.signals.get(`${kind} ${id}`);
      return signal === undefined ? undefined : vector[signal];
    });
  }

  private listOf(answers: readonly Answer[]): AnswerList {
    let sum = 0;
    return {
      values: answers.map(
        ({ record, value }) => this.numbers.get(valueKey(record, value)) as number,
      ),
      cumulative: answers.map(({ probability }) => {
        sum += probability;
        return sum;
      }),
      ttlMs: answers.map(({ ttlSeconds }) => ttlSeconds * 1_000),
    };
  }
}
