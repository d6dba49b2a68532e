/**
 * The operations that decide, over any kind of truth value: with booleans they answer one question,
 * with the nodes of a diagram every set of faults at once. Operands are functions where a value that
 * is known already can spare them.
 */
export interface Logic<B> {
  constant(value: boolean): B;
  /** The value where it is the same whatever the variables are; undefined where it depends on them. */
  known(value: B): boolean | undefined;
  not(value: B): B;
  and(left: B, right: () => B): B;
  or(left: B, right: () => B): B;
  choose(condition: B, whenTrue: () => B, whenFalse: () => B): B;
  every<T>(items: Iterable<T>, of: (item: T) => B): B;
  some<T>(items: Iterable<T>, of: (item: T) => B): B;
  /** Whether at least so many of the values are true. */
  atLeast(count: number, values: readonly B[]): B;
}

/** Plain truth values; nothing is asked that a value before it has decided. */
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
