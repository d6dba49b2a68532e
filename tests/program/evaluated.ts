import { join } from "node:path";
import type { Evaluation } from "../../rehearsal/engine/evaluate";
import { evaluate } from "../../rehearsal/engine/evaluate";

const projectDirectory = join(__dirname, "../..");
const known = new Map<string, Promise<Evaluation>>();

/** This program evaluated for a stack, once per test run: it is the same each time. */
export function evaluated(stack: string, preview = false): Promise<Evaluation> {
  const key = `${stack} ${preview}`;
  let evaluation = known.get(key);
  if (!evaluation) {
    // The SDK's state is the process's, so that evaluations wait for one another.
    evaluation = Promise.allSettled(known.values()).then(() =>
      evaluate({ projectDirectory, stack, preview }),
    );
    known.set(key, evaluation);
  }
  return evaluation;
}
