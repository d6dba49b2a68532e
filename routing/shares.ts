import type { Fraction } from "./fraction";
import { dividedBy, fraction, fractionOf, isMore, minus, plus, times, zero } from "./fraction";
import type { Logic } from "./logic";
import type { Group, RecordSet } from "./model";
import { multivalueRecordsMax } from "./resolve";
import type { View } from "./view";
import type { Addend, Cases, Sum } from "./sums";
import { merged, sumsOf, TooManySums } from "./sums";
import { weightOf } from "./weights";
import { walk } from "./walk";

/** What the shares are shares of. */
export interface Counted<B> {
  readonly name: string;
  /** The records that answer; default: those that a client finds at the name. */
  readonly root?: Group;
  readonly type: string;
  /**
   * Whether a client takes one value of an answer, each equally often; default: it looks at all of
   * them.
   */
  readonly takesOne?: boolean;
  /** Which values of a leaf count, one truth value each. */
  readonly counts: (leaf: RecordSet) => readonly B[];
}

/**
 * When more than a share of the queries for a name gets an answer that counts, exactly: with
 * weights this compares sums, which differ for each fault set.
 *
 * @returns undefined where there are more than `sumsMax` sums to follow
 */
export function shareExceeds<B>(
  view: View<B>,
  counted: Counted<B>,
  threshold: Fraction,
): B | undefined {
  return below(view, counted, threshold, (shares, root) => shares.test(root));
}

/**
 * The same over queries from several places, with equally many from each; each place has its own
 * view.
 *
 * @returns undefined where there are more than `sumsMax` sums to follow
 */
export function shareExceedsFrom<B>(
  views: readonly View<B>[],
  counted: Counted<B>,
  threshold: Fraction,
): B | undefined {
  const [first] = views;
  if (!first) return undefined;
  const { logic } = first;
  let sums: Cases<B> = [{ value: zero, guard: logic.constant(true) }];
  for (const view of views) {
    const cases = shareCases(view, counted);
    if (!cases) return undefined;
    const both = sums.flatMap((sum) =>
      cases.map(({ value, guard }) => ({
        value: plus(sum.value, value),
        guard: logic.and(sum.guard, () => guard),
      })),
    );
    sums = merged(
      logic,
      both.filter(({ guard }) => logic.known(guard) !== false),
    );
  }
  const limit = times(fractionOf(views.length), threshold);
  return logic.some(sums, ({ value, guard }) =>
    isMore(value, limit) ? guard : logic.constant(false),
  );
}

/**
 * All values that the share of such answers can have.
 *
 * @returns undefined where there are more than `sumsMax` sums to follow
 */
export function shareCases<B>(view: View<B>, counted: Counted<B>): Cases<B> | undefined {
  return below(view, counted, undefined, (shares, root) => shares.findValues(root));
}

function below<B, R>(
  view: View<B>,
  counted: Counted<B>,
  threshold: Fraction | undefined,
  result: (shares: Shares<B>, root: Group) => R,
): R | undefined {
  const root = counted.root ?? view.route53.rootOf(counted.name, counted.type);
  const { groups } = walk(view, root, counted.type);
  const shares = new Shares(view, counted, threshold ?? zero);
  const tested = new Set<Group>(threshold === undefined ? [] : [root]);
  const valued = new Set<Group>(threshold === undefined ? [root] : []);
  for (const group of groups) {
    const exclusive = !isShared(group);
    for (const next of shares.groupsAfter(group)) {
      if (tested.has(group)) (exclusive ? tested : valued).add(next);
      if (valued.has(group)) valued.add(next);
    }
  }
  try {
    for (const group of [...groups].reverse()) {
      if (valued.has(group)) shares.findValues(group);
      if (tested.has(group)) shares.test(group);
    }
    return result(shares, root);
  } catch (error) {
    if (error instanceof TooManySums) return undefined;
    throw error;
  }
}

/** Whether several members of a group answer at the same time, each for a share of the queries. */
function isShared([first]: Group): boolean {
  return first?.policy.kind === "weighted" || first?.policy.kind === "multivalue";
}

/** Computes the groups below a name, each after the groups that it leads to. */
class Shares<B> {
  private readonly values = new Map<Group, Cases<B>>();
  private readonly tests = new Map<Group, B>();
  private readonly logic: Logic<B>;

  constructor(
    private readonly view: View<B>,
    private readonly counted: Counted<B>,
    private readonly threshold: Fraction,
  ) {
    this.logic = view.logic;
  }

  groupsAfter(group: Group): readonly Group[] {
    return this.view.choicesOf(group).members.flatMap(({ record }) => {
      const next = this.next(record);
      return next ? [next] : [];
    });
  }

  private next(record: RecordSet): Group | undefined {
    return this.view.route53.next(record, this.counted.type);
  }

  /** Whether the share that counts below a group exceeds the threshold. */
  test(group: Group): B {
    let result = this.tests.get(group);
    if (result === undefined) {
      result = isShared(group) ? this.testShared(group) : this.testExclusive(group);
      this.tests.set(group, result);
    }
    return result;
  }

  /** Only one member answers, so the group's share is that member's. */
  private testExclusive(group: Group): B {
    return this.logic.some(this.view.choicesOf(group).members, ({ record, guard }) =>
      this.logic.and(guard, () => {
        const next = this.next(record);
        if (next) return this.test(next);
        const counts = this.countsOf(record);
        const { numerator, denominator } = times(this.threshold, fractionOf(this.takenOf(counts)));
        return this.logic.atLeast(Number(numerator / denominator) + 1, counts);
      }),
    );
  }

  /** Σ wᵢ·shareᵢ / Σ wᵢ > threshold is Σ wᵢ·(shareᵢ − threshold) > 0, one sum instead of two. */
  private testShared(group: Group): B {
    if (group[0]?.policy.kind === "multivalue") {
      return this.logic.some(this.findValues(group), ({ value, guard }) =>
        isMore(value, this.threshold) ? guard : this.logic.constant(false),
      );
    }
    const sums = sumsOf(this.logic, this.view.choicesOf(group).members, (record) =>
      this.valuesBelow(record).map(({ value, guard }) => ({
        figure: times(fractionOf(effectiveWeight(record)), minus(value, this.threshold)),
        guard,
      })),
    );
    return this.logic.some(sums, ({ first, guard }) =>
      isMore(first, zero) ? guard : this.logic.constant(false),
    );
  }

  /** All values that the share below a group can have. */
  findValues(group: Group): Cases<B> {
    let cases = this.values.get(group);
    if (!cases) {
      cases = merged(this.logic, this.casesOf(group));
      this.values.set(group, cases);
    }
    return cases;
  }

  private casesOf(group: Group): Cases<B> {
    switch (group[0]?.policy.kind) {
      case "weighted":
        return this.countedSumsOf(group, effectiveWeight).map(({ first, second, guard }) => ({
          value: second === 0 ? zero : dividedBy(first, fractionOf(second)),
          guard,
        }));
      case "multivalue":
        return this.countedSumsOf(group, () => 1).map(({ first, second, guard }) => ({
          value:
            second === 0
              ? first
              : times(first, fraction(BigInt(this.looksAt(second)), BigInt(second))),
          guard,
        }));
      default: {
        const { members } = this.view.choicesOf(group);
        // A place that no record is for gets no answer (C19, C21).
        if (members.length === 0) return [{ value: zero, guard: this.logic.constant(true) }];
        return members.flatMap(({ record, guard }) =>
          this.valuesBelow(record).flatMap(({ value, guard: when }) => {
            const both = this.logic.and(guard, () => when);
            return this.logic.known(both) === false ? [] : [{ value, guard: both }];
          }),
        );
      }
    }
  }

  /** What counts of a leaf; a CNAME whose target has no such record is no answer (N5). */
  private countsOf(record: RecordSet): readonly B[] {
    const isAnswer = !this.view.route53.isDeadEnd(record, this.counted.type);
    return isAnswer ? this.counted.counts(record) : [];
  }

  /** How many records a client looks at in the answer to a multivalue query. */
  private looksAt(records: number): number {
    return this.counted.takesOne ? 1 : Math.min(records, multivalueRecordsMax);
  }

  /** The number of values of which one that counts is a share. */
  private takenOf({ length }: readonly B[]): number {
    return this.counted.takesOne ? Math.max(1, length) : 1;
  }

  private valuesBelow(record: RecordSet): Cases<B> {
    const next = this.next(record);
    if (next) return this.findValues(next);
    const counts = this.countsOf(record);
    const known = counts.map((one) => this.logic.known(one));
    if (!known.includes(undefined)) {
      const count = known.filter((one) => one).length;
      const value = fraction(BigInt(count), BigInt(this.takenOf(counts)));
      return [{ value, guard: this.logic.constant(true) }];
    }
    const cases = counts.flatMap((_, index) => this.exactly(index, counts));
    return [...cases, ...this.exactly(counts.length, counts)];
  }

  private exactly(count: number, values: readonly B[]): Cases<B> {
    const { logic } = this;
    const guard = logic.and(logic.atLeast(count, values), () =>
      logic.not(logic.atLeast(count + 1, values)),
    );
    const value = fraction(BigInt(count), BigInt(this.takenOf(values)));
    return logic.known(guard) === false ? [] : [{ value, guard }];
  }

  /** Over the answering members: the sum of what counts of each, by its weight, and that of the weights. */
  private countedSumsOf(group: Group, weightIn: Weight): readonly Sum<B>[] {
    const { logic } = this;
    const addendsOf = (record: RecordSet): readonly Addend<B>[] =>
      this.valuesBelow(record).map(({ value, guard }) => ({
        figure: times(fractionOf(weightIn(record)), value),
        guard,
      }));
    const { members } = this.view.choicesOf(group);
    const [only, ...others] = members
      .map(({ record, guard }) => ({ guard, addends: addendsOf(record) }))
      .filter(({ addends }) => addends.some(({ figure }) => figure.numerator !== 0n));
    if (others.length > 0) return sumsOf(logic, members, addendsOf, weightIn);
    // Most often a value is in one record, and the weights are the same for every value.
    const firsts = (only?.addends ?? []).map(({ figure, guard }) => ({
      first: figure,
      guard: logic.and(only?.guard ?? guard, () => guard),
    }));
    const none = { first: zero, guard: only ? logic.not(only.guard) : logic.constant(true) };
    return this.totalsOf(group, weightIn).flatMap(({ second, guard: total }) =>
      [...firsts, none]
        .map(({ first, guard }) => ({ first, second, guard: logic.and(total, () => guard) }))
        .filter(({ guard }) => logic.known(guard) !== false),
    );
  }

  /** The sums of the weights of the answering members. */
  private totalsOf(group: Group, weightIn: Weight): readonly Sum<B>[] {
    const known = (totals.get(this.view) ?? new Map()) as Map<Group, readonly Sum<B>[]>;
    totals.set(this.view, known);
    const nothing = [{ figure: zero, guard: this.logic.constant(true) }];
    const found =
      known.get(group) ??
      sumsOf(this.logic, this.view.choicesOf(group).members, () => nothing, weightIn);
    known.set(group, found);
    return found;
  }
}

/** A figure of a record in a sum over its group. */
type Weight = (record: RecordSet) => number;

/** What `Shares.totalsOf` has found: every value of a view asks for the same. */
const totals = new WeakMap<object, Map<Group, readonly unknown[]>>();

/** Zero-weighted members answer only where no other member does, and then all equally (C9, C10). */
export function effectiveWeight(record: RecordSet): number {
  return weightOf(record) || 1;
}
