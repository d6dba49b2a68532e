import { attachesGate } from "../rehearsal/scenarios/readScenario";
import { withGateAttached } from "../rehearsal/simulation/modelGate";
import type { Assumed } from "../routing/graph/assumedHealth";
import { normalHealth } from "../routing/graph/normalHealth";
import { StackModel } from "../routing/graph/stackModel";
import { factsOfResources } from "../routing/graph/stackOutputs";
import type { StackFacts } from "../routing/graph/stackOutputs";
import { assumedOf } from "./assumeOption";
import type { Io } from "./io";
import { mainName } from "./nameOption";
import type { SourceOptions } from "./source";
import { sourceResources } from "./source";

/** The stack that a scenario is played on. */
export interface ScenarioStack {
  readonly model: StackModel;
  /** The stack's name, or the name of the source. */
  readonly title: string;
  /** The name that customers ask for. */
  readonly name: string;
  readonly facts: StackFacts;
  /** What was given with --assume, by the names of the stack. */
  readonly assumed: Assumed;
}

/**
 * Reads the stack that a scenario is played on, with its gate attached if the scenario says so.
 *
 * @param options `--set` is of the scenario: the source is read as it is
 * @throws InputError where the source cannot be used, or has not what is asked for
 */
export async function scenarioStack(
  options: SourceOptions & { readonly name?: string },
  scenario: { readonly text: string; readonly path: string } | undefined,
  given: Assumed,
  io: Io,
): Promise<ScenarioStack> {
  const { resources: read, title } = await sourceResources({ ...options, set: [] }, io);
  const facts = factsOfResources(read);
  const { assumptions } = facts;
  const resources =
    scenario && attachesGate(scenario.text, scenario.path)
      ? withGateAttached(new StackModel(read, assumptions), title)
      : read;
  const plain = new StackModel(resources, assumptions);
  const assumed = assumedOf(given, plain);
  const health = normalHealth(plain.route53, assumed);
  const model = new StackModel(resources, assumptions, { assumed: health });
  const name = mainName(model, title, { asked: options.name, published: facts.hostnames });
  return { model, title, name, facts, assumed };
}
