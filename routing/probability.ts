import type { Diagram, DiagramNode } from "./diagram";

/**
 * The probability that a function is true when its variables are independent: exact, in one step
 * for each node that no earlier function has.
 *
 * @param probabilityAt the probability that the variable of a level is true, 0 to 1
 */
export function probabilitiesIn(
  diagram: Diagram,
  probabilityAt: (level: number) => number,
): (node: DiagramNode) => number {
  const done = new Map<DiagramNode, number>();
  const visit = (at: DiagramNode): number => {
    const constant = diagram.known(at);
    if (constant !== undefined) return Number(constant);
    let probability = done.get(at);
    if (probability === undefined) {
      const [level, low, high] = diagram.partsOf(at);
      const p = probabilityAt(level);
      probability = p * visit(high) + (1 - p) * visit(low);
      done.set(at, probability);
    }
    return probability;
  };
  return visit;
}

/**
 * How much the probability of a function grows if a variable is true instead of false, for each level that it depends on
 * (Z. W. Birnbaum, "On the importance of different components in a multicomponent system", 1969): in one step for each
 * node and without a new one, where a restriction for each variable would make many.
 */
export function influencesIn(
  diagram: Diagram,
  probabilityAt: (level: number) => number,
): (node: DiagramNode) => ReadonlyMap<number, number> {
  const probabilityOf = probabilitiesIn(diagram, probabilityAt);
  return (root) => {
    // The probability that the way from the root leads over a node.
    const reached = new Map([[root, 1]]);
    const influences = new Map<number, number>();
    const reach = (node: DiagramNode, share: number): void => {
      reached.set(node, (reached.get(node) ?? 0) + share);
    };
    for (const node of byLevel(diagram, root)) {
      const [level, low, high] = diagram.partsOf(node);
      const share = reached.get(node) ?? 0;
      const p = probabilityAt(level);
      const difference = share * (probabilityOf(high) - probabilityOf(low));
      influences.set(level, (influences.get(level) ?? 0) + difference);
      reach(high, share * p);
      reach(low, share * (1 - p));
    }
    return influences;
  };
}

/** The nodes below a root that are not constant, each before those below it. */
function byLevel(diagram: Diagram, root: DiagramNode): readonly DiagramNode[] {
  const found = new Set<DiagramNode>();
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (diagram.known(node) !== undefined || found.has(node)) continue;
    found.add(node);
    const [, low, high] = diagram.partsOf(node);
    open.push(low, high);
  }
  return [...found].sort((a, b) => diagram.levelOf(a) - diagram.levelOf(b));
}
