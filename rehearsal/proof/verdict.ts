import type { Verdict } from "../report/document";
import { counted, withThousands } from "../report/figures";
import { missedText } from "../story/wording";
import { isUntested } from "./faultKinds";
import { breachText } from "./propertyWords";
import type { NameVerdict, Proof, UnprovenName } from "./prove";

/** What the outcome of a proof depends on. */
interface Findings extends Pick<Proof, "objectives" | "unproven"> {
  readonly names: readonly NameVerdict[];
}

/** The result of a proof in one word; `open`: it depends on something that was not read. */
export function outcomeOf({ names, unproven, objectives }: Findings): "proven" | "broken" | "open" {
  const violations = names.flatMap((one) => one.violations);
  if (violations.some(({ isOpen }) => !isOpen) || objectives.some(({ met }) => !met))
    return "broken";
  const isOpen =
    violations.length > 0 || unproven.length > 0 || names.some(({ space }) => isUntested(space));
  return isOpen ? "open" : "proven";
}

/** Every reason why a proof does not pass, one line each. */
export function reasonsOf(proof: Findings): readonly string[] {
  return [
    ...proof.unproven.flatMap(unprovenTexts),
    ...proof.names
      .filter(({ space }) => isUntested(space))
      .map((one) => `${provenSubject(one)}: ${untestedText}`),
    ...proof.names.flatMap((one) =>
      one.violations.map((violation) => `${provenSubject(one)}: ${breachText(violation)}`),
    ),
    ...proof.objectives.filter(({ met }) => !met).map(missedText),
  ];
}

export function proofVerdict(proof: Proof): Verdict {
  const reasons = reasonsOf(proof);
  return {
    isGood: reasons.length === 0,
    ...(outcomeOf(proof) === "open" ? { isUnknown: true } : {}),
    text: verdictText(proof, reasons.length),
    reasons,
  };
}

/** The subject of a proof, in words. */
export function provenSubject({
  name,
  type,
  from = [],
}: Pick<NameVerdict, "name" | "type"> & { readonly from?: readonly string[] | undefined }): string {
  return from.length === 0 ? `${name} ${type}` : `${name} ${type} from ${from.join("; ")}`;
}

/** Why a name and those with the same tree are not proven, in words. */
export function unprovenTexts({ name, others, reasons }: UnprovenName): readonly string[] {
  return reasons.map((reason) => `${withOthers(name, others)}: cannot be proven: ${reason}`);
}

/** A name, and how many others have the same tree. */
export function withOthers(name: string, others: readonly string[]): string {
  return others.length > 0 ? `${name} and ${withThousands(others.length)} more like it` : name;
}

/** Why a name is open of which nothing but checks can fail. */
export const untestedText =
  "nothing was proven: no place, endpoint or address of it was read, so that only checks can fail, by false reports";

function verdictText(proof: Proof, count: number): string {
  switch (outcomeOf(proof)) {
    case "proven":
      return proof.objectives.length > 0
        ? "No set of faults breaks a property, and every objective is met."
        : "No set of faults breaks a property. No objectives are set.";
    case "open":
      return unprovenCount(proof) > 0
        ? `${counted(unprovenCount(proof), "name", "names")} cannot be proven.`
        : "Not proven: it depends on what was not read.";
    case "broken":
      return count === 1 ? "1 problem found." : `${count} problems found.`;
  }
}

function unprovenCount({ unproven }: Proof): number {
  return unproven.reduce((sum, { others }) => sum + 1 + others.length, 0);
}
