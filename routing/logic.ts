/**
 * The logical operations, over any kind of truth value: with booleans they answer one question,
 * with the nodes of a diagram they answer it for every set of faults together. Operands are
 * functions where an earlier value can make them unnecessary.
 */
export interface Logic<B> {
  constant(value: boolean): B;
  /** The value where no variable changes it; undefined where it depends on the variables. */
  known(value: B): boolean | undefined;
  not(value: B): B;
  and(left: B, right: () => B): B;
  or(left: B, right: () => B): B;
  choose(condition: B, whenTrue: () => B, whenFalse: () => B): B;
  every<T>(items: Iterable<T>, of: (item: T) => B): B;
  some<T>(items: Iterable<T>, of: (item: T) => B): B;
  /** Whether at least `count` of the values are true. */
  atLeast(count: number, values: readonly B[]): B;
}

/** Plain truth values; an operand is not evaluated where an earlier one has decided. */
export const booleans: Logic<boolean> = {
  constant: (value) => value,
  known: (value) => value,
  not: (value) => !value,
  and: (left, right) => left && right(),
  or: (left, right) => left || right(),
  choose: (condition, whenTrue, whenFalse) => (condition ? whenTrue() : whenFalse()),
  every: (items, of) => {
    for (const item of items) if (!of(item)) return false;
    return true;
  },
  some: (items, of) => {
    for (const item of items) if (of(item)) return true;
    return false;
  },
  atLeast: (count, values) => values.filter(Boolean).length >= count,
};
