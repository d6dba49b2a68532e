import type { Diagram, DiagramNode } from "./diagram";
import type { Observations, RecordSet } from "./model";

/** What Route 53 can see before and after something happens. */
export interface Change {
  /** Of which the values of both are nodes; what is unknown is a variable of it. */
  readonly diagram: Diagram;
  readonly before: Observations<DiagramNode>;
  readonly after: Observations<DiagramNode>;
  /** What a check by name asks once the change is there; undefined for any other check. */
  readonly watches: (checkId: string) => WatchedName | undefined;
}

/** The name that a check resolves for each probe (H13). */
export interface WatchedName {
  readonly name: string;
  /** Whether a probe passes that was given one of the name's answers. */
  readonly passes: (leaf: RecordSet, value: string) => DiagramNode;
}
