import { InputError } from "../../routing/inputError";
import { namesThereAre } from "../../routing/knownNames";
import type { DrillFault } from "./drillRun";

/**
 * The name of something that can be made to fail.
 *
 * @param at what gave the name, for the message
 * @throws InputError for a name that the drill does not have
 */
export function knownFault(faults: readonly DrillFault[], given: string, at: string): string {
  const names = faults.map(({ name }) => name);
  if (names.includes(given)) return given;
  throw new InputError(`${at}: no such fault, got ${given}; ${namesThereAre(given, names)}`);
}
