import type { Diagram, DiagramNode } from "./diagram";

/** A node of a family of sets. Two nodes are the same number when they are the same family. */
type FamilyNode = number;

const noSets: FamilyNode = 0;
const onlyTheEmptySet: FamilyNode = 1;
/** Below every variable, so that the two constants are never split. */
const constantLevel = 2 ** 31 - 1;

/**
 * The smallest ways in which a function becomes true: sets of variables such that the function is
 * true when exactly these are, and no proper subset is such a set (A. Rauzy, "Mathematical
 * foundations of minimal cutsets", IEEE Transactions on Reliability, 2001: minimal solutions). The
 * function need not be monotone: a larger set may make it false again.
 *
 * Families are zero-suppressed decision diagrams (S. Minato, 1993), so the number of sets costs
 * nothing until they are listed.
 */
export class MinimalSets {
  private readonly levels: number[] = [constantLevel, constantLevel];
  private readonly lows: FamilyNode[] = [noSets, noSets];
  private readonly highs: FamilyNode[] = [noSets, noSets];
  private readonly unique = new Map<string, FamilyNode>();
  private readonly withoutCache = new Map<string, FamilyNode>();
  private readonly minimal = new Map<DiagramNode, FamilyNode>();
  private readonly sizes = new Map<FamilyNode, readonly number[]>();

  constructor(private readonly diagram: Diagram) {}

  /**
   * The number of minimal sets of a function, by size: index 2 counts the sets of two variables.
   */
  countBySize(of: DiagramNode): readonly number[] {
    return this.sizesOf(this.minimalOf(of));
  }

  /**
   * The minimal sets of a function, the smallest first, each as the levels of its variables in
   * order.
   *
   * @param limit the most sets to list
   */
  smallest(of: DiagramNode, limit: number): readonly (readonly number[])[] {
    const family = this.minimalOf(of);
    const found: (readonly number[])[] = [];
    for (let size = 0; size < this.sizesOf(family).length && found.length < limit; size += 1) {
      this.list(family, size, [], limit, found);
    }
    return found;
  }

  /** Adds the sets of exactly one size to those found, in the order of their levels. */
  private list(
    family: FamilyNode,
    size: number,
    before: readonly number[],
    limit: number,
    found: (readonly number[])[],
  ): void {
    if (found.length >= limit || !((this.sizesOf(family)[size] ?? 0) > 0)) return;
    if (family === onlyTheEmptySet) {
      found.push(before);
      return;
    }
    const [level, low, high] = this.partsOf(family);
    this.list(high, size - 1, [...before, level], limit, found);
    this.list(low, size, before, limit, found);
  }

  private minimalOf(of: DiagramNode): FamilyNode {
    const constant = this.diagram.known(of);
    if (constant !== undefined) return constant ? onlyTheEmptySet : noSets;
    let family = this.minimal.get(of);
    if (family === undefined) {
      const [level, low, high] = this.diagram.partsOf(of);
      const without = this.minimalOf(low);
      // A set with the variable is minimal unless the set without it, or a part of that, is already
      // enough.
      const withIt = this.withoutSupersets(this.minimalOf(high), without);
      family = this.node(level, without, withIt);
      this.minimal.set(of, family);
    }
    return family;
  }

  /** The sets of a family that contain no set of the other family. */
  private withoutSupersets(family: FamilyNode, others: FamilyNode): FamilyNode {
    if (family === noSets || others === noSets) return family;
    if (others === onlyTheEmptySet) return noSets;
    const key = `${family} ${others}`;
    let result = this.withoutCache.get(key);
    if (result === undefined) {
      const [level, low, high] = this.partsOf(family);
      const [otherLevel, otherLow, otherHigh] = this.partsOf(others);
      if (level < otherLevel) {
        result = this.node(
          level,
          this.withoutSupersets(low, others),
          this.withoutSupersets(high, others),
        );
      } else if (otherLevel < level) {
        result = this.withoutSupersets(family, otherLow);
      } else {
        result = this.node(
          level,
          this.withoutSupersets(low, otherLow),
          this.withoutSupersets(this.withoutSupersets(high, otherLow), otherHigh),
        );
      }
      this.withoutCache.set(key, result);
    }
    return result;
  }

  private sizesOf(family: FamilyNode): readonly number[] {
    if (family === noSets) return [];
    if (family === onlyTheEmptySet) return [1];
    let sizes = this.sizes.get(family);
    if (!sizes) {
      const [, low, high] = this.partsOf(family);
      const [without, withIt] = [this.sizesOf(low), this.sizesOf(high)];
      sizes = Array.from(
        { length: Math.max(without.length, withIt.length + 1) },
        (_, size) => (without[size] ?? 0) + (withIt[size - 1] ?? 0),
      );
      this.sizes.set(family, sizes);
    }
    return sizes;
  }

  private partsOf(family: FamilyNode): readonly [number, FamilyNode, FamilyNode] {
    return [
      this.levels[family] as number,
      this.lows[family] as FamilyNode,
      this.highs[family] as FamilyNode,
    ];
  }

  /** The unique node for the sets without a variable and those with it. */
  private node(level: number, low: FamilyNode, high: FamilyNode): FamilyNode {
    if (high === noSets) return low;
    const key = `${level} ${low} ${high}`;
    let node = this.unique.get(key);
    if (node === undefined) {
      node = this.levels.length;
      this.levels.push(level);
      this.lows.push(low);
      this.highs.push(high);
      this.unique.set(key, node);
    }
    return node;
  }
}
