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
