import type { Diagram, DiagramNode } from "./diagram";
import type { Observations, RecordSet } from "./model";
import type { View } from "./view";

/** What Route 53 can see before and after a change. */
export interface Change {
  /** The diagram of the nodes in `before` and `after`; unknown values are its variables. */
  readonly diagram: Diagram;
  readonly before: Observations<DiagramNode>;
  readonly after: Observations<DiagramNode>;
  /** The name that a check resolves after the change; undefined for any other check. */
  readonly watches: (checkId: string) => ResolvedName | undefined;
  /** The names of the statuses that were not read, by the levels of their variables; default: none. */
  readonly unread?: ReadonlyMap<number, string>;
}

/** The name that a check resolves for each probe (H13). */
export interface ResolvedName {
  /** All records that can take part in the name's answer. */
  readonly records: readonly RecordSet[];
  /** Whether enough probes pass, given who answers in a view; undefined where that is unknown. */
  readonly passesIn: (view: View<DiagramNode>) => DiagramNode | undefined;
}
