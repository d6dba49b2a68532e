import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

/** 2³²: the number of values that a generator returns. */
const valuesCount = 2 ** 32;

/** Random draws from one seed. */
export class Draws {
  constructor(private readonly generator: RandomGenerator) {}

  /** From 0 inclusive to 1 exclusive. */
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
 * One of many streams of a seed, 2⁶⁴ numbers apart, so that they do not overlap. Each part of the work has
 * its own stream, so the figures do not depend on the number of threads.
 */
export function streamOf(seed: number, index: number): Draws {
  const generator = xoroshiro128plus(seed);
  // Similar seeds give similar first numbers.
  for (let jumps = 0; jumps <= index; jumps += 1) generator.jump();
  return new Draws(generator);
}
