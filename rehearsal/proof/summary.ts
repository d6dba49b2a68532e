import { unreadOfAll } from "../../routing/boundParts";
import type { ProofSummary } from "../result";
import type { NameVerdict } from "./prove";
import { outcomeOf, reasonsOf } from "./verdict";

/**
 * What the proofs of a stack's names found, in a few figures: the worst of all names and types. A
 * rehearsal judges the objectives itself.
 */
export function proofSummaryOf(names: readonly NameVerdict[]): ProofSummary {
  const endless = names.filter(({ movingMinutes }) => movingMinutes === undefined);
  const unread = unreadOfAll(endless.map(({ movingUnread }) => movingUnread));
  const properties = { names, unproven: [], objectives: [] };
  return {
    outcome: outcomeOf(properties),
    faults: Math.max(...names.map(({ space }) => space.faults.length)),
    reasons: reasonsOf(properties),
    minutesPerYear: {
      deadAnswer: worst(names.map(deadMinutes)),
      staticPage: worst(names.map((name) => minutesOf(name, "staticPage"))),
      ...(unread.length > 0 ? { dependsOn: unread } : {}),
    },
  };
}

/** Minutes until customers are moved, and those in which no move helps. */
function deadMinutes(name: NameVerdict): number | null {
  return name.movingMinutes === undefined
    ? null
    : name.movingMinutes + minutesOf(name, "deadAnswer");
}

function minutesOf({ minutes }: NameVerdict, kind: "deadAnswer" | "staticPage"): number {
  return minutes.find(({ outcome }) => outcome.kind === kind)?.perYear ?? 0;
}

function worst(minutes: readonly (number | null)[]): number | null {
  return minutes.reduce((a, b) => (a === null || b === null ? null : Math.max(a, b)), 0);
}
