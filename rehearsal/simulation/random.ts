import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

/** 2³²: the number of values that a generator gives. */
const valuesCount = 2 ** 32;

/** Random draws, all of one seed. */
export class Draws {
  constructor(private readonly generator: RandomGenerator) {}

  /** From 0 up to 1, which it never is. */
  share(): number {
    return (this.generator.next() >>> 0) / valuesCount;
  }

  /** A whole number from 0 to `count - 1`. */
  below(count: number): number {
    return Math.floor(this.share() * count);
  }

  /** True with this probability. */
  isIn(probability: number): boolean {
    return this.share() < probability;
  }
}

/**
 * One of many streams of a seed that do not overlap: 2⁶⁴ numbers apart. So each part of the work has its
 * own, and the figures are the same however many threads share it.
 */
export function streamOf(seed: number, index: number): Draws {
  const generator = xoroshiro128plus(seed);
  // The generator's first numbers are alike for seeds that are.
  for (let jumps = 0; jumps <= index; jumps += 1) generator.jump();
  return new Draws(generator);
}
