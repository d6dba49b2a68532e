/** Draws from one seed: mulberry32 by Tommy Ettinger (public domain). */
export class Draws {
  constructor(private state: number) {}

  /** A number from 0 to 1, exclusive. */
  fraction(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 to the bound, exclusive. */
  below(bound: number): number {
    return Math.floor(this.fraction() * bound);
  }

  isIn(percent: number): boolean {
    return this.below(100) < percent;
  }

  of<T>(items: readonly T[]): T {
    if (items.length === 0) throw new Error("there is nothing to draw from");
    return items[this.below(items.length)] as T;
  }

  times<T>(count: number, make: (index: number) => T): readonly T[] {
    return Array.from({ length: count }, (_, index) => make(index));
  }
}
