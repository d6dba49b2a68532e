import type { NameProof, Proof } from "../proof/prove";
import type { TransitionClass } from "../proof/transitions";
import type { ChangePlan } from "./changes";
import { changePlanOf } from "./changes";
import type { SimulationOptions } from "./threads";
import { simulateChanges } from "./threads";

/** The proof with simulated times next to the bound of each class of changes. */
export async function withSimulation(proof: Proof, options: SimulationOptions): Promise<Proof> {
  const jobs: { readonly of: TransitionClass; readonly plan: ChangePlan }[] = [];
  for (const { name, type, transitions, space } of proof.names) {
    for (const each of transitions.classes) {
      // A change that never ends has no duration.
      if (each.bound.downtimeSeconds === undefined) continue;
      const plan = changePlanOf(proof.model, name, type, each.example, space.asker);
      if (plan) jobs.push({ of: each, plan });
    }
  }
  const times = await simulateChanges(
    jobs.map(({ plan }) => plan),
    options,
  );
  const found = new Map(jobs.map(({ of }, index) => [of, times[index]]));
  const names = proof.names.map((one): NameProof => ({
    ...one,
    transitions: {
      ...one.transitions,
      classes: one.transitions.classes.map((each): TransitionClass => {
        const simulated = found.get(each);
        return simulated ? { ...each, simulated } : each;
      }),
    },
  }));
  return { ...proof, names, simulation: { runs: options.runs, seed: options.seed } };
}
