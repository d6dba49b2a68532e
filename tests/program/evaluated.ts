import { join } from "node:path";
import type { Evaluation } from "../../rehearsal/engine/evaluate";
import { evaluate } from "../../rehearsal/engine/evaluate";

const projectDirectory = join(__dirname, "../..");
const known = new Map<string, Promise<Evaluation>>();

/**
 * This program evaluated for a stack, once per test run: it is the same each time.
 *
 * @param config values by their full keys, which replace those of the stack's file
 */
export function evaluated(
  stack: string,
  preview = false,
  config: Readonly<Record<string, unknown>> = {},
): Promise<Evaluation> {
  return once(projectDirectory, stack, preview, config);
}

/** The same for the project of the hosted zone. */
export function evaluatedZone(
  stack: string,
  preview = false,
  config: Readonly<Record<string, unknown>> = {},
): Promise<Evaluation> {
  return once(join(projectDirectory, "zone"), stack, preview, config);
}

/**
 * Has the commands that run in this process evaluate a stack once per test run too, instead of anew for each of
 * them.
 *
 * @returns ends it
 */
export function shareEvaluations(): () => void {
  const loaded = require.cache[require.resolve("../../rehearsal/engine/evaluate")];
  if (!loaded) throw new Error("evaluate.ts: must be loaded by the import above");
  const own = loaded.exports as object;
  const shared = ({ projectDirectory: directory, stack, preview, config }: Evaluated) =>
    once(directory, stack, preview ?? false, config ?? {});
  loaded.exports = { ...own, evaluate: shared };
  return () => {
    loaded.exports = own;
  };
}

type Evaluated = Parameters<typeof evaluate>[0];

function once(
  directory: string,
  stack: string,
  preview: boolean,
  config: Readonly<Record<string, unknown>>,
): Promise<Evaluation> {
  const key = JSON.stringify([directory, stack, preview, config]);
  let evaluation = known.get(key);
  if (!evaluation) {
    // The SDK's state is global to the process, so evaluations wait for one another.
    evaluation = Promise.allSettled(known.values()).then(() =>
      evaluate({ projectDirectory: directory, stack, preview, config }),
    );
    known.set(key, evaluation);
  }
  return evaluation;
}
