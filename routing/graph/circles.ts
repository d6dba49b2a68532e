import type { EndpointHealthCheck } from "../model";
import type { StackInventory } from "./stackInventory";
import { watchedGroup } from "../watchedName";

/**
 * Checks by name whose status depends on itself, directly or through other checks by name (H13).
 * One check of each circle is assumed to be unknown, which breaks the circle.
 */
export class Circles {
  private readonly next = new Map<string, readonly string[]>();
  /** Checks whose component is known, and the ones among them that are assumed to be unknown. */
  private readonly settled = new Set<string>();
  private readonly unknown = new Set<string>();

  constructor(private readonly stack: StackInventory) {}

  /** Whether a check is the one of its circle that is assumed to be unknown. */
  cuts(check: EndpointHealthCheck): boolean {
    if (!this.settled.has(check.id)) this.settle([check.id], new Set());
    return this.unknown.has(check.id);
  }

  /** Finds the circles below some checks, and cuts each until none remains. */
  private settle(roots: readonly string[], within: ReadonlySet<string>): void {
    const isInside = (id: string): boolean => within.size === 0 || within.has(id);
    const components = componentsOf(roots, (id) =>
      this.checksBehind(id).filter((one) => isInside(one) && !this.unknown.has(one)),
    );
    for (const component of components) {
      const [only = ""] = component;
      if (component.length === 1 && !this.checksBehind(only).includes(only)) continue;
      // Sorted, so that the choice does not depend on the order of the queries.
      const [cut = ""] = [...component].sort();
      this.unknown.add(cut);
      const rest = component.filter((id) => id !== cut);
      if (rest.length > 0) this.settle(rest, new Set(rest));
    }
    for (const id of components.flat()) this.settled.add(id);
  }

  /** The checks by name that decide what a check by name sees. */
  private checksBehind(id: string): readonly string[] {
    let found = this.next.get(id);
    if (!found) {
      const check = this.stack.route53.checks.get(id);
      const group = check && watchedGroup(this.stack, check);
      found = group ? this.stack.nameChecksBelow(group, "A").map((each) => each.id) : [];
      this.next.set(id, found);
    }
    return found;
  }
}

/**
 * Strongly connected components, each after the components that it leads to (R. Tarjan,
 * "Depth-First Search and Linear Graph Algorithms", 1972).
 */
export function componentsOf(
  roots: readonly string[],
  nextOf: (id: string) => readonly string[],
): readonly (readonly string[])[] {
  const components: string[][] = [];
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const visit = (id: string): void => {
    const own = order.size;
    order.set(id, own);
    lowest.set(id, own);
    open.push(id);
    isOpen.add(id);
    for (const next of nextOf(id)) {
      if (!order.has(next)) visit(next);
      if (isOpen.has(next)) {
        lowest.set(id, Math.min(lowest.get(id) ?? own, lowest.get(next) ?? own));
      }
    }
    if (lowest.get(id) !== own) return;
    const component = open.splice(open.indexOf(id));
    for (const one of component) isOpen.delete(one);
    components.push(component);
  };
  for (const root of roots) if (!order.has(root)) visit(root);
  return components;
}
