import type { ProofSummary } from "../result";
import type { NameProof, Proof } from "./prove";
import { outcomeOf, reasonsOf } from "./report";

/** The result of a proof in a few figures. Of several names and types, the worst figure counts. */
export function proofSummaryOf(proof: Proof): ProofSummary {
  // A rehearsal judges the objectives itself.
  const properties = { ...proof, objectives: [] };
  return {
    outcome: outcomeOf(properties),
    faults: Math.max(...proof.names.map(({ space }) => space.faults.length)),
    reasons: reasonsOf(properties),
    minutesPerYear: {
      deadAnswer: worst(proof.names.map(deadMinutes)),
      staticPage: worst(proof.names.map((name) => minutesOf(name, "staticPage"))),
    },
  };
}

/** Minutes until customers are moved, and those in which no move helps. */
function deadMinutes(name: NameProof): number | null {
  return name.movingMinutes === undefined
    ? null
    : name.movingMinutes + minutesOf(name, "deadAnswer");
}

function minutesOf({ minutes }: NameProof, kind: "deadAnswer" | "staticPage"): number {
  return minutes.find(({ outcome }) => outcome.kind === kind)?.perYear ?? 0;
}

function worst(minutes: readonly (number | null)[]): number | null {
  return minutes.reduce((a, b) => (a === null || b === null ? null : Math.max(a, b)), 0);
}
