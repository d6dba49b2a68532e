/** A source of reproducible randomness. */
export interface Random {
  /** A whole number from 0 to `below` - 1. */
  below(below: number): number;
  /** True `times` out of `outOf`. */
  chance(times: number, outOf: number): boolean;
  pick<T>(values: readonly T[]): T;
  /** An independent stream, so that more draws in one place do not change another. */
  child(): Random;
}

/**
 * SplitMix32: one 32-bit state, every seed a different full-period stream.
 * @see https://doi.org/10.1145/2660193.2660195 (Steele, Lea, Flood: Fast splittable generators)
 */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  const random: Random = {
    // The remainder's bias is below one in a million for the small numbers drawn here.
    below: (below) => next() % below,
    chance: (times, outOf) => random.below(outOf) < times,
    pick: (values) => {
      const value = values[random.below(values.length)];
      if (value === undefined) throw new Error("nothing to pick from");
      return value;
    },
    child: () => randomOf(next()),
  };
  return random;
}
