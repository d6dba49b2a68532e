import type { Diagram, DiagramNode } from "../diagram";
import type { UnknownStatus } from "../model";
import type { StackInventory } from "./stackInventory";

/**
 * The statuses that were not read as functions: a variable for each name. What a record leads to is
 * healthy until its own fault happens.
 */
export function unreadVariables(
  stack: Pick<StackInventory, "isHealthyAlone">,
  diagram: Diagram,
): (what: UnknownStatus) => DiagramNode {
  const variables = new Map<string, DiagramNode>();
  return (what) => {
    if (stack.isHealthyAlone(what)) return diagram.constant(true);
    const variable = variables.get(what.name) ?? diagram.variable();
    variables.set(what.name, variable);
    return variable;
  };
}
