import { join } from "node:path";
import { InputError } from "../../../routing/inputError";
import { evaluate } from "../../../rehearsal/engine/evaluate";
import type { EvaluateOptions, Evaluation } from "../../../rehearsal/engine/evaluate";

const fixtures = join(__dirname, "fixtures");

export const projectDirectory = join(fixtures, "project");

/** Evaluates one of the programs in fixtures/programs; the default stack is dev. */
export function evaluateFixture(
  program: string,
  options: Partial<EvaluateOptions> = {},
): Promise<Evaluation> {
  const programPath = join(fixtures, "programs", `${program}.ts`);
  return evaluate({ projectDirectory, stack: "dev", programPath, ...options });
}

/** The error that a promise rejects with. */
export async function errorOf(promise: Promise<unknown>): Promise<Error> {
  const result: unknown = await promise.then(
    () => new Error("there was no error"),
    (error: unknown) => error,
  );
  return result instanceof Error ? result : new Error(`no error but ${String(result)}`);
}

/** The faults of the InputError that a promise rejects with. */
export async function faultsOf(promise: Promise<unknown>): Promise<readonly string[]> {
  const error = await errorOf(promise);
  if (!(error instanceof InputError)) throw error;
  return error.faults;
}
