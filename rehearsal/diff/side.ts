import type { Asker } from "../../routing/asker";
import type { ObjectiveName } from "../../routing/graph/stackOutputs";
import { factsOfResources } from "../../routing/graph/stackOutputs";
import type { Resource } from "../../routing/graph/resource";
import { StackModel } from "../../routing/graph/stackModel";
import { InputError } from "../../routing/inputError";
import { Trees } from "../../routing/trees";
import type { FaultRates } from "../proof/faultRates";
import { proofData } from "../proof/json";
import type { ProofData } from "../proof/proofSchema";
import type { Proof } from "../proof/prove";
import { prove } from "../proof/prove";
import { unprovenTexts } from "../proof/verdict";

/** A state of a program, before or after a change. */
export interface DiffSource {
  /** The stack, file or revision, for people. */
  readonly title: string;
  readonly resources: readonly Resource[];
}

/** How both states are proven. */
export interface DiffSettings {
  /** The names to prove; if empty, those of each state. */
  readonly names: readonly string[];
  readonly rates: FaultRates;
  readonly objectives: ReadonlyMap<ObjectiveName, number>;
  /** Where queries come from; absent: from everywhere. */
  readonly asker?: Asker;
}

/** A state with everything that is compared. */
export interface DiffSide extends DiffSource {
  readonly model: StackModel;
  readonly hostnames: readonly string[];
  /** The proof, or why there is none at all. */
  readonly proof: ProofData | readonly string[];
}

/** Proves a state; what is wrong with it is a result, not an error. */
export function sideOf({ title, resources }: DiffSource, settings: DiffSettings): DiffSide {
  const { hostnames, assumptions } = factsOfResources(resources);
  const model = new StackModel(resources, assumptions);
  return {
    title,
    resources,
    model,
    hostnames:
      hostnames.length > 0
        ? hostnames
        : [...new Set(new Trees(model.route53).roots.map(({ name }) => name))],
    proof: provenOr(() =>
      prove({
        ...{ stack: title, resources, ...settings },
        ...{ refusesUnproven: false, allowsAbsent: true },
      }),
    ),
  };
}

function provenOr(proven: () => Proof): DiffSide["proof"] {
  try {
    return proofData(proven(), "");
  } catch (error) {
    if (error instanceof InputError) return error.faults;
    throw error;
  }
}

/** Why a state, or names of it, have no proof; empty if all have one. */
export function unprovenIn({ proof }: DiffSide): readonly string[] {
  return "names" in proof ? (proof.unproven ?? []).flatMap(unprovenTexts) : proof;
}
