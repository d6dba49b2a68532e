import type { ProofData } from "./proofSchema";

/** A name that only one of two proofs has, as a difference between them. */
export interface NamePresence {
  /** With its type. */
  readonly name: string;
  readonly kind: "name";
  readonly what: "is added" | "is removed";
  readonly before: "proven" | null;
  readonly after: "proven" | null;
  readonly direction: "other";
}

/**
 * The names asked for that only one of two proofs has, with each of their types; also those with the tree of
 * another name.
 */
export function presenceDifferences(before: ProofData, after: ProofData): readonly NamePresence[] {
  return [
    ...subjectsOf(before.absent, after).map((name): NamePresence => ({
      ...{ name, kind: "name", what: "is added" },
      ...{ before: null, after: "proven", direction: "other" },
    })),
    ...subjectsOf(after.absent, before).map((name): NamePresence => ({
      ...{ name, kind: "name", what: "is removed" },
      ...{ before: "proven", after: null, direction: "other" },
    })),
  ];
}

/** The name and each type of names, as far as a proof has them. */
function subjectsOf(wanted: readonly string[] = [], { names }: ProofData): readonly string[] {
  const all = wanted.flatMap((name) =>
    names
      .filter((one) => one.name === name || one.others.includes(name))
      .map(({ type }) => `${name} ${type}`),
  );
  return [...new Set(all)];
}
