import type { Diagram, DiagramNode } from "../diagram";
import type { UnknownStatus } from "../model";
import type { StackInventory } from "./stackInventory";
import { unreadVariables } from "./unreadVariables";

/** The statuses that were not read as variables of a diagram, with the names to report them by. */
export class NamedUnread {
  /** By the level of the variable. */
  readonly names = new Map<number, string>();
  readonly variableOf: (what: UnknownStatus) => DiagramNode;

  constructor(stack: Pick<StackInventory, "isHealthyAlone">, diagram: Diagram) {
    const variableOf = unreadVariables(stack, diagram);
    this.variableOf = (what) => {
      const node = variableOf(what);
      if (diagram.known(node) === undefined) this.names.set(diagram.levelOf(node), what.name);
      return node;
    };
  }
}
