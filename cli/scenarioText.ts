import { bundledScenario, bundledScenarios } from "../rehearsal/scenarios/bundled";
import { InputError } from "../routing/inputError";
import type { Io } from "./io";

/**
 * The text of a scenario: a file where there is one of that name, else a scenario of the package.
 *
 * @throws InputError if there is neither
 */
export async function scenarioText(name: string, io: Pick<Io, "readFile">): Promise<string> {
  try {
    return await io.readFile(name);
  } catch (cause) {
    const bundled = bundledScenarios();
    if (bundled.includes(name)) return bundledScenario(name);
    throw new InputError(
      `${name}: cannot read the scenario, got ${(cause as Error).message}; name a file, or one of ${bundled.join(", ")}`,
      { cause, code: "file-inaccessible" },
    );
  }
}
