import type { Comparison } from "../proof/compare";
import { compareProofs, nameDifferences, ofAnyChange } from "../proof/compare";
import type { Difference } from "../proof/difference";
import type { ProvenName } from "../proof/presence";
import { provenNamesIn } from "../proof/presence";
import type { ProofData } from "../proof/proofSchema";
import { breachText } from "../proof/propertyWords";

/** All differences between two states whose proofs are for the same names, places and types. */
export function comparisonOf(was: ProofData, is: ProofData): Comparison {
  const { differences, ...others } = compareProofs(was, is);
  return {
    ...others,
    differences: [
      ...differences.map((one) => withAnswer(asBefore(one, was, is), was, is)),
      ...newTypeDifferences(was, is),
    ],
  };
}

/** A name that only one state has a proof of has no answer of this type in the other, unless that cannot be proven. */
function withAnswer(difference: Difference, was: ProofData, is: ProofData): Difference {
  const { kind, name, what } = difference;
  const lacking = { "is proven now": was, "is no longer proven": is }[what];
  if (kind !== "name" || !lacking || isUnproven(name, lacking)) return difference;
  return {
    ...difference,
    what: what === "is proven now" ? "is answered now" : "is no longer answered",
  };
}

/** A dead answer is no harm of a change where there was one before too, and all that is new works without being reached. */
function asBefore(difference: Difference, was: ProofData, is: ProofData): Difference {
  const { kind, name, what, direction } = difference;
  if (kind !== "violation" || direction !== "worse") return difference;
  const proofIn = (data: ProofData) => provenNamesIn(data).find(({ text }) => text === name)?.proof;
  const violation = proofIn(is)?.violations.find((one) => breachText(one) === what);
  const isDead = proofIn(was)
    ?.cutSets.filter(({ outcome }) => outcome === "deadAnswer")
    .flatMap(({ smallest }) => smallest)
    .some(
      ({ faults, unknown }) =>
        unknown === undefined && faults.every((fault) => violation?.faults.includes(fault)),
    );
  return violation?.property === "noDeadAnswer" && isDead
    ? { ...difference, direction: "other" }
    : difference;
}

function isUnproven(subject: string, { unproven = [] }: ProofData): boolean {
  return unproven
    .flatMap(({ name, others }) => [name, ...others])
    .some((name) => subject.startsWith(`${name} `));
}

/**
 * What clients notice that come to use a new type of address in place of the other one. Addresses of two types have no
 * name in common, so that only what no single fault is behind can be compared.
 */
function newTypeDifferences(was: ProofData, is: ProofData): readonly Difference[] {
  const before = provenNamesIn(was);
  return provenNamesIn(is).flatMap((now) => {
    const sameName = before.filter(({ name }) => name === now.name);
    if (sameName.some((one) => one.proof.type === now.proof.type)) return [];
    const other = sameName.find((one) => placesOf(one) === placesOf(now));
    if (!other) return [];
    const subject = `${now.text}, for clients that used ${other.proof.type}`;
    return nameDifferences(subject, other.proof, now.proof).filter(
      (one) => isOfNoFault(one) && !(one.kind === "violation" && isBroken(one, other.proof)),
    );
  });
}

/** Whether a name broke the same property before, by whatever record. */
function isBroken({ what }: Difference, { violations }: ProvenName["proof"]): boolean {
  const [words] = what.split("; ");
  return violations.some((one) => breachText(one).split("; ")[0] === words);
}

function placesOf({ proof: { from = [] } }: ProvenName): string {
  return JSON.stringify(from);
}

function isOfNoFault({ kind, what }: Difference): boolean {
  return (
    kind === "violation" ||
    kind === "cutSets" ||
    (kind === "seconds" && what.startsWith(ofAnyChange))
  );
}
