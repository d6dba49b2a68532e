import { expect } from "chai";
import type { FaultPhase } from "../../../rehearsal/simulation/phases";
import type { Death } from "../../../rehearsal/simulation/plan";
import type { Planned } from "../../../rehearsal/simulation/planOf";
import { planOf } from "../../../rehearsal/simulation/planOf";
import type { Properties, Resource } from "../../../routing/graph/resource";
import { StackModel } from "../../../routing/graph/stackModel";
import { urnOf } from "../../routing/graph/stack";

const endMs = 3_600_000;
const checkUrn = (name: string): string => urnOf("aws:route53/healthCheck:HealthCheck", name);

/** What is wrong from a second on, and which checks are new then. */
interface Step {
  readonly atSeconds?: number;
  readonly fail?: readonly string[];
  readonly death?: Death;
  readonly renew?: readonly string[];
}

export function plan(resources: readonly Resource[], ...steps: readonly Step[]): Planned {
  const model = new StackModel(resources);
  const phases = steps.map(
    ({ atSeconds = 0, fail = [], death = "synDropped", renew = [] }): FaultPhase => {
      const happenings = model.faults(fail).map((fault) => ({ fault, death }));
      return { startMs: atSeconds * 1_000, happenings, renewed: renew.map(checkUrn) };
    },
  );
  return planOf(model, { name: "www.a.test", type: "A", phases, endMs });
}

/** The plan of faults that come to a stack of which all is well. */
export function planUnder(resources: readonly Resource[], ...fail: readonly string[]): Planned {
  return plan(resources, {}, { fail });
}

/** The values that clients of a plan get while its signals are as in its last phase. */
export function finalAnswers({
  asking,
  phaseStates,
  values,
  plan: { signals },
}: Planned): readonly unknown[] {
  const vector = asking.vectorUnder(phaseStates.seenByClients(phaseStates.phases.length - 1));
  expect(vector).to.have.length(signals.length);
  return (asking.answersFor(vector)[0]?.values ?? []).map((value) => values[value]?.value);
}

/** A stack in which some resources have other outputs. */
export function changed(
  resources: readonly Resource[],
  outputs: Readonly<Record<string, Properties>>,
): readonly Resource[] {
  return resources.map((one) => {
    const all = { ...one.outputs, ...outputs[one.name] };
    return { ...one, inputs: all, outputs: all };
  });
}
