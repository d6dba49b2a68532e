import type { Fraction } from "./fraction";
import { fractionKeyOf, plus, zero } from "./fraction";
import type { Logic } from "./logic";
import type { RecordSet } from "./model";

/** A value that something can have, and when it has it. */
export interface Case<B> {
  readonly value: Fraction;
  readonly guard: B;
}

/** Values that exclude each other; exactly one applies at any time. */
export type Cases<B> = readonly Case<B>[];

/**
 * The most different sums to follow within one group. A weighted group of failover pairs has no
 * more sums than its weights can make; weighted groups within weighted groups can have very many.
 */
export const sumsMax = 20_000;

/** More than `sumsMax` sums to follow. */
export class TooManySums extends Error {}

/** What a member adds to a sum, and when. */
export interface Addend<B> {
  readonly figure: Fraction;
  readonly guard: B;
}

/** Records that answer at the same time, and when each does. */
type Members<B> = readonly { readonly record: RecordSet; readonly guard: B }[];

/**
 * Two sums over the answering members: of a figure that depends on what counts of the member, and of one
 * that depends on the record only.
 *
 * @throws TooManySums
 */
export function sumsOf<B>(
  logic: Logic<B>,
  members: Members<B>,
  addendsOf: (record: RecordSet) => readonly Addend<B>[],
  second: (record: RecordSet) => number = () => 0,
): readonly Sum<B>[] {
  let sums: readonly Sum<B>[] = [{ first: zero, second: 0, guard: logic.constant(true) }];
  for (const { record, guard } of members) {
    if (logic.known(guard) === false) continue;
    const addends = addendsOf(record);
    const next = new SumSet(logic);
    for (const sum of sums) {
      next.add({ ...sum, guard: logic.and(sum.guard, () => logic.not(guard)) });
      const chosen = logic.and(sum.guard, () => guard);
      if (logic.known(chosen) === false) continue;
      for (const { figure, guard: when } of addends) {
        next.add({
          first: plus(sum.first, figure),
          second: sum.second + second(record),
          guard: logic.and(chosen, () => when),
        });
      }
    }
    sums = next.sums;
  }
  return sums;
}

/** Two sums, and when the answering members make them. */
export interface Sum<B> {
  readonly first: Fraction;
  readonly second: number;
  readonly guard: B;
}

/** A set of sums, in which equal sums are merged. */
class SumSet<B> {
  private readonly known = new Map<string, Sum<B>>();

  constructor(private readonly logic: Logic<B>) {}

  get sums(): readonly Sum<B>[] {
    return [...this.known.values()];
  }

  add(sum: Sum<B>): void {
    if (this.logic.known(sum.guard) === false) return;
    const key = `${fractionKeyOf(sum.first)} ${sum.second}`;
    const known = this.known.get(key);
    const guard = known ? this.logic.or(known.guard, () => sum.guard) : sum.guard;
    this.known.set(key, { ...sum, guard });
    if (this.known.size > sumsMax) throw new TooManySums();
  }
}

/**
 * Cases of which equal values are merged.
 *
 * @throws TooManySums
 */
export function merged<B>(logic: Logic<B>, cases: Cases<B>): Cases<B> {
  const byValue = new Map<string, Case<B>>();
  for (const { value, guard } of cases) {
    const known = byValue.get(fractionKeyOf(value));
    byValue.set(fractionKeyOf(value), {
      value,
      guard: known ? logic.or(known.guard, () => guard) : guard,
    });
  }
  if (byValue.size > sumsMax) throw new TooManySums();
  return [...byValue.values()];
}
