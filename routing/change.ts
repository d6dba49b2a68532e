import type { Diagram, DiagramNode } from "./diagram";
import type { Observations } from "./model";

/** What Route 53 can see before and after something happens. */
export interface Change {
  /** Of which the values of both are nodes; what is unknown is a variable of it. */
  readonly diagram: Diagram;
  readonly before: Observations<DiagramNode>;
  readonly after: Observations<DiagramNode>;
  /**
   * Whether a check may change for a while and come back: one that watches a name whose answer is dead
   * until it has failed over.
   */
  readonly wavers: (checkId: string) => boolean;
}
