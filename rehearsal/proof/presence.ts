import type { NameProofData, ProofData } from "./proofSchema";

/** A name and type that a proof covers. Names with the same tree share one proof. */
export interface ProvenName {
  /** In words, with the places that the proof applies to: `orders.cafe.com A`. */
  readonly text: string;
  readonly name: string;
  readonly proof: NameProofData;
}

/** Everything that a proof covers, each name before the others with its tree. */
export function provenNamesIn({ names }: ProofData): readonly ProvenName[] {
  return names.flatMap((proof) =>
    [proof.name, ...proof.others].map((name) => ({ text: subjectText(name, proof), name, proof })),
  );
}

function subjectText(name: string, { type, from = [] }: NameProofData): string {
  return [`${name} ${type}`, ...(from.length > 0 ? [`from ${from.join(", ")}`] : [])].join(" ");
}

/** What only one of two proofs covers, as a difference between them. */
export interface PresenceDifference {
  readonly name: string;
  readonly kind: "name";
  readonly what: "is added" | "is removed" | "is proven now" | "is no longer proven";
  readonly before: "proven" | null;
  readonly after: "proven" | null;
  readonly direction: "other";
}

/**
 * A name that was asked for is added or removed where the other state has no such record. Of any other it is known
 * only that the other state has no proof: a name to which an alias leads is not proven by itself.
 */
export function presenceDifference(
  { text, name }: ProvenName,
  isNow: boolean,
  { absent = [] }: ProofData,
): PresenceDifference {
  const [now, gone] = absent.includes(name)
    ? (["is added", "is removed"] as const)
    : (["is proven now", "is no longer proven"] as const);
  return {
    ...{ name: text, kind: "name", what: isNow ? now : gone },
    ...{ before: isNow ? null : "proven", after: isNow ? "proven" : null, direction: "other" },
  };
}
