import type { ProofSummary } from "../result";
import type { NameVerdict } from "./prove";
import { outcomeOf, reasonsOf } from "./verdict";

/**
 * What the proofs of a stack's names found, in a few figures: the worst of all names and types. A
 * rehearsal judges the objectives itself.
 */
export function proofSummaryOf(names: readonly NameVerdict[]): ProofSummary {
  const unread = [...new Set(names.flatMap(({ movingUnread }) => movingUnread))];
  const properties = { names, unproven: [], objectives: [] };
  return {
    outcome: outcomeOf(properties),
    faults: Math.max(...names.map(({ space }) => space.faults.length)),
    reasons: reasonsOf(properties),
    minutesPerYear: {
      deadAnswer: Math.max(...names.map(deadMinutes)),
      staticPage: Math.max(...names.map((name) => minutesOf(name, "staticPage"))),
      ...(unread.length > 0 ? { dependsOn: unread } : {}),
    },
  };
}

/** Minutes until customers are moved, and those in which no move helps. */
function deadMinutes(name: NameVerdict): number {
  return name.movingMinutes + minutesOf(name, "deadAnswer");
}

function minutesOf({ minutes }: NameVerdict, kind: "deadAnswer" | "staticPage"): number {
  return minutes.find(({ outcome }) => outcome.kind === kind)?.perYear ?? 0;
}
