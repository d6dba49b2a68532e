import type { Asker } from "../../routing/asker";
import type { ObjectiveName } from "../../routing/graph/stackOutputs";
import { factsOfResources } from "../../routing/graph/stackOutputs";
import type { Resource } from "../../routing/graph/resource";
import type { RecordSet } from "../../routing/model";
import { StackModel } from "../../routing/graph/stackModel";
import { InputError } from "../../routing/inputError";
import type { Root } from "../../routing/trees";
import { Trees } from "../../routing/trees";
import type { FaultRates } from "../proof/faultRates";
import { proofData } from "../proof/json";
import type { ProofData } from "../proof/proofSchema";
import type { Proof } from "../proof/prove";
import { prove } from "../proof/prove";
import { unprovenTexts } from "../proof/verdict";
import { propertyChanges } from "./declaredProperties";
import { changedRecords, isHostName, urnResourceName } from "./declaredRecords";

/** A state of a program, before or after a change. */
export interface DiffSource {
  /** The stack, file or revision, for people. */
  readonly title: string;
  readonly resources: readonly Resource[];
}

/** How both states are proven. */
export interface DiffSettings {
  /** The names to compare; if empty: `comparedNames`. */
  readonly names: readonly string[];
  readonly rates: FaultRates;
  readonly objectives: ReadonlyMap<ObjectiveName, number>;
  /** Where queries come from; absent: from everywhere. */
  readonly asker?: Asker;
}

/** A state of a program with its model. */
export interface DiffState extends DiffSource {
  readonly model: StackModel;
  /** The names that the stack publishes; empty where it publishes none. */
  readonly published: readonly string[];
  readonly trees: Trees;
}

/** A state with everything that is compared. */
export interface DiffSide extends DiffState {
  /** The names to compare that have a record. */
  readonly hostnames: readonly string[];
  /** The proof, or why there is none at all. */
  readonly proof: ProofData | readonly string[];
}

export function diffStateOf({ title, resources }: DiffSource): DiffState {
  const { hostnames: published, assumptions } = factsOfResources(resources);
  const model = new StackModel(resources, assumptions);
  return { title, resources, model, published, trees: new Trees(model.route53, published) };
}

/**
 * The names to compare, whatever leads to them in one of the states: those that a stack publishes, else those whose
 * answers change with health or by weight; and every other name that clients query where a record of its answer differs.
 */
export function comparedNames(before: DiffState, after: DiffState): readonly string[] {
  const changed = changedRecords(before.model, after.model);
  const servers = new Set(
    propertyChanges(before.model, after.model)
      .filter(({ kind }) => kind === "server")
      .map(({ resource }) => resource),
  );
  const isChanged = ({ model, trees }: DiffState, { name, type }: Root): boolean =>
    isHostName(name) &&
    trees
      .recordsBelow(name, type)
      .some((record) => changed.has(record) || servers.has(serverOf(model, record) ?? ""));
  const namesOf = (state: DiffState): readonly string[] => {
    const { published, trees } = state;
    const chosen = published.length > 0 ? [] : trees.roots;
    const roots = [...chosen, ...trees.queried.filter((root) => isChanged(state, root))];
    return [...published, ...roots.map(({ name }) => name)];
  };
  return [...new Set([...namesOf(after), ...namesOf(before)])];
}

/** The name of the resource that an alias leads to. */
function serverOf(model: StackModel, { target }: RecordSet): string | undefined {
  if (target.kind !== "alias" || target.target.kind === "record") return undefined;
  return urnResourceName(model, target.target.id);
}

/**
 * Proves a state; what is wrong with it is a result, not an error.
 *
 * @param other the state that it is compared with, by the same settings
 */
export function sideOf(state: DiffState, other: DiffState, settings: DiffSettings): DiffSide {
  const { title, resources, model } = state;
  const { names } = settings;
  return {
    ...state,
    hostnames: names.filter((name) => model.hasRecord(name)),
    proof: provenOr(() =>
      prove({
        ...{ stack: title, resources, ...settings },
        ...{ refusesUnproven: false, alongside: other.model },
        optionalNames: names.filter((name) => other.model.hasRecord(name)),
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
