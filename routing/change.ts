import type { Diagram, DiagramNode } from "./diagram";
import type { Observations, RecordSet } from "./model";
import type { View } from "./view";

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
  /** All that can have a part in the name's answer. */
  readonly records: readonly RecordSet[];
  /** Whether enough probes pass, by who answers in a view; undefined where that cannot be told. */
  readonly passesIn: (view: View<DiagramNode>) => DiagramNode | undefined;
}
