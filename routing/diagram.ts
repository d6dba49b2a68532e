import { InputError } from "./inputError";
import type { Logic } from "./logic";

/**
 * A node of a diagram. Two nodes of one diagram are the same number when they are the same
 * function.
 */
export type DiagramNode = number;

const falseNode: DiagramNode = 0;
const trueNode: DiagramNode = 1;
/** Below every variable, so that constants are never split. */
const constantLevel = 2 ** 31 - 1;

/** About 100 MB. */
const nodesMaxDefault = 2_000_000;

/** Operations recurse once per variable, and a call stack has room for about ten thousand calls. */
const variablesMax = 4_000;

const firstCapacity = 2 ** 8;
const cacheCapacityMax = 2 ** 20;

/**
 * Reduced, ordered binary decision diagrams: truth values as functions of variables, each function
 * one node (R. E. Bryant, "Graph-Based Algorithms for Boolean Function Manipulation", 1986). The
 * order of the variables is that in which they are made.
 */
export class Diagram implements Logic<DiagramNode> {
  private readonly levels: number[] = [constantLevel, constantLevel];
  private readonly lows: DiagramNode[] = [falseNode, trueNode];
  private readonly highs: DiagramNode[] = [falseNode, trueNode];
  private variablesCount = 0;
  /** Open addressing: the node in each slot, 0 where there is none. */
  private unique = new Int32Array(firstCapacity);
  /** The last result for each hash: condition, then, otherwise, result. */
  private cache = new Int32Array(firstCapacity * 4);

  constructor(private readonly nodesMax: number = nodesMaxDefault) {}

  /** The number of nodes made, including the two constants. */
  get nodesCount(): number {
    return this.levels.length;
  }

  /** A new variable, below all existing ones. */
  variable(): DiagramNode {
    if (this.variablesCount >= variablesMax) {
      throw new InputError(
        `the diagram has too many variables, got more than ${variablesMax}; ask with fewer faults, or for a smaller part`,
      );
    }
    const level = this.variablesCount;
    this.variablesCount += 1;
    return this.node(level, falseNode, trueNode);
  }

  /** The position of a node's first variable in the order, from 0. */
  levelOf(node: DiagramNode): number {
    return this.levels[node] as number;
  }

  constant(value: boolean): DiagramNode {
    return value ? trueNode : falseNode;
  }

  known(node: DiagramNode): boolean | undefined {
    return node > trueNode ? undefined : node === trueNode;
  }

  not(node: DiagramNode): DiagramNode {
    return this.ifThenElse(node, falseNode, trueNode);
  }

  and(left: DiagramNode, right: () => DiagramNode): DiagramNode {
    return left === falseNode ? falseNode : this.ifThenElse(left, right(), falseNode);
  }

  or(left: DiagramNode, right: () => DiagramNode): DiagramNode {
    return left === trueNode ? trueNode : this.ifThenElse(left, trueNode, right());
  }

  choose(
    condition: DiagramNode,
    whenTrue: () => DiagramNode,
    whenFalse: () => DiagramNode,
  ): DiagramNode {
    if (condition === trueNode) return whenTrue();
    if (condition === falseNode) return whenFalse();
    return this.ifThenElse(condition, whenTrue(), whenFalse());
  }

  every<T>(items: Iterable<T>, of: (item: T) => DiagramNode): DiagramNode {
    const values = valuesUntil(items, of, falseNode);
    // Backwards: a conjunction of variables in their order then makes one node per variable.
    return values.reduceRight((all, value) => this.ifThenElse(value, all, falseNode), trueNode);
  }

  some<T>(items: Iterable<T>, of: (item: T) => DiagramNode): DiagramNode {
    const values = valuesUntil(items, of, trueNode);
    return values.reduceRight((any, value) => this.ifThenElse(value, trueNode, any), falseNode);
  }

  atLeast(count: number, values: readonly DiagramNode[]): DiagramNode {
    // At index n, before each value from the last one back: whether at least n of the following are
    // true.
    let follows = Array.from({ length: Math.max(count, 0) + 1 }, (_, n) => this.constant(n === 0));
    for (const value of [...values].reverse()) {
      const next = follows;
      follows = next.map((without, n) =>
        n === 0 ? trueNode : this.ifThenElse(value, next[n - 1] as DiagramNode, without),
      );
    }
    return follows[Math.max(count, 0)] as DiagramNode;
  }

  /** A node with some variables set, each given by its level. */
  restrict(node: DiagramNode, valueAt: (level: number) => boolean | undefined): DiagramNode {
    const values = Array.from({ length: this.variablesCount }, (_, level) => valueAt(level));
    const last = values.findLastIndex((value) => value !== undefined);
    const done = new Map<DiagramNode, DiagramNode>();
    const visit = (at: DiagramNode): DiagramNode => {
      const [level, low, high] = this.partsOf(at);
      if (level > last) return at;
      const known = done.get(at);
      if (known !== undefined) return known;
      const value = values[level];
      const result =
        value === undefined ? this.node(level, visit(low), visit(high)) : visit(value ? high : low);
      done.set(at, result);
      return result;
    };
    return visit(node);
  }

  /** Whether some values of the variables at these levels make a node true. */
  exists(node: DiagramNode, levels: readonly number[]): DiagramNode {
    return levels.reduce((left, level) => {
      const [isFalse, isTrue] = [false, true].map((value) =>
        this.restrict(left, (at) => (at === level ? value : undefined)),
      ) as [DiagramNode, DiagramNode];
      return this.or(isFalse, () => isTrue);
    }, node);
  }

  /** The value of a node with every variable given. */
  evaluate(node: DiagramNode, valueAt: (level: number) => boolean): boolean {
    return this.below(node, this.variablesCount, valueAt) === trueNode;
  }

  /**
   * A node with its first variables given: those above a level. Unlike `restrict`, it takes one
   * step per variable and makes no node.
   */
  below(node: DiagramNode, level: number, valueAt: (level: number) => boolean): DiagramNode {
    let at = node;
    for (let own = this.levelOf(at); own < level; own = this.levelOf(at)) {
      at = (valueAt(own) ? this.highs[at] : this.lows[at]) as DiagramNode;
    }
    return at;
  }

  /** The number of variables: their levels are below it. */
  get levelsCount(): number {
    return this.variablesCount;
  }

  /** The levels of the variables that some of the nodes depend on, in order. */
  support(nodes: Iterable<DiagramNode>): readonly number[] {
    const found = new Set<number>();
    const seen = new Set<DiagramNode>();
    const open = [...nodes];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (at <= trueNode || seen.has(at)) continue;
      seen.add(at);
      const [level, low, high] = this.partsOf(at);
      found.add(level);
      open.push(low, high);
    }
    return [...found].sort((a, b) => a - b);
  }

  /** A node's first variable, and the node with that variable false, and with it true. */
  partsOf(node: DiagramNode): readonly [level: number, low: DiagramNode, high: DiagramNode] {
    return [
      this.levels[node] as number,
      this.lows[node] as DiagramNode,
      this.highs[node] as DiagramNode,
    ];
  }

  private ifThenElse(
    condition: DiagramNode,
    whenTrue: DiagramNode,
    whenFalse: DiagramNode,
  ): DiagramNode {
    if (condition === trueNode || whenTrue === whenFalse) return whenTrue;
    if (condition === falseNode) return whenFalse;
    if (whenTrue === trueNode && whenFalse === falseNode) return condition;
    const slot = (hashOf(condition, whenTrue, whenFalse) & (this.cache.length / 4 - 1)) * 4;
    const { cache } = this;
    if (
      cache[slot] === condition &&
      cache[slot + 1] === whenTrue &&
      cache[slot + 2] === whenFalse
    ) {
      return cache[slot + 3] as DiagramNode;
    }
    const level = Math.min(
      this.levels[condition] as number,
      this.levels[whenTrue] as number,
      this.levels[whenFalse] as number,
    );
    const low = this.ifThenElse(
      this.half(this.lows, condition, level),
      this.half(this.lows, whenTrue, level),
      this.half(this.lows, whenFalse, level),
    );
    const high = this.ifThenElse(
      this.half(this.highs, condition, level),
      this.half(this.highs, whenTrue, level),
      this.half(this.highs, whenFalse, level),
    );
    const result = this.node(level, low, high);
    this.remember(condition, whenTrue, whenFalse, result);
    return result;
  }

  /**
   * A node with the variable of a level false, or true; the node itself where it is below that
   * level.
   */
  private half(halves: readonly DiagramNode[], node: DiagramNode, level: number): DiagramNode {
    return this.levels[node] === level ? (halves[node] as DiagramNode) : node;
  }

  /** Computes the slot again, because the cache may have grown while the result was computed. */
  private remember(
    condition: DiagramNode,
    whenTrue: DiagramNode,
    whenFalse: DiagramNode,
    result: DiagramNode,
  ): void {
    const slot = (hashOf(condition, whenTrue, whenFalse) & (this.cache.length / 4 - 1)) * 4;
    this.cache[slot] = condition;
    this.cache[slot + 1] = whenTrue;
    this.cache[slot + 2] = whenFalse;
    this.cache[slot + 3] = result;
  }

  /** The one node that chooses between two others by a variable. */
  private node(level: number, low: DiagramNode, high: DiagramNode): DiagramNode {
    if (low === high) return low;
    const mask = this.unique.length - 1;
    let slot = hashOf(level, low, high) & mask;
    for (let at = this.unique[slot]; at; at = this.unique[slot]) {
      if (this.levels[at] === level && this.lows[at] === low && this.highs[at] === high) return at;
      slot = (slot + 1) & mask;
    }
    return this.newNode(slot, level, low, high);
  }

  private newNode(slot: number, level: number, low: DiagramNode, high: DiagramNode): DiagramNode {
    const node = this.levels.length;
    if (node >= this.nodesMax) {
      throw new InputError(
        `the diagram has too many nodes, got more than ${this.nodesMax}; ask with fewer faults, or for a smaller part`,
      );
    }
    this.levels.push(level);
    this.lows.push(low);
    this.highs.push(high);
    this.unique[slot] = node;
    if (node * 2 > this.unique.length) this.grow();
    return node;
  }

  private grow(): void {
    const capacity = this.unique.length * 2;
    this.unique = new Int32Array(capacity);
    for (let node = trueNode + 1; node < this.levels.length; node += 1) {
      let slot = hashOf(...this.partsOf(node)) & (capacity - 1);
      while (this.unique[slot]) slot = (slot + 1) & (capacity - 1);
      this.unique[slot] = node;
    }
    // The larger cache starts empty; results are computed again where they are needed.
    if (capacity <= cacheCapacityMax) this.cache = new Int32Array(capacity * 4);
  }
}

/** The values of items, up to the first that decides. */
function valuesUntil<T>(
  items: Iterable<T>,
  of: (item: T) => DiagramNode,
  last: DiagramNode,
): readonly DiagramNode[] {
  const values: DiagramNode[] = [];
  for (const item of items) {
    const value = of(item);
    values.push(value);
    if (value === last) break;
  }
  return values;
}

/** Multiplies by odd constants and mixes the high bits down, as hash tables do. */
function hashOf(a: number, b: number, c: number): number {
  let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}
