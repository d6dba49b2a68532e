import type { Command } from "commander";
import { InputError } from "../routing/inputError";

/** Collects the values of an option that may be given several times. */
export function repeated(one: string, all: readonly string[] | undefined): readonly string[] {
  return [...(all ?? []), one];
}

/**
 * Makes a second value of an option an error where the option takes one: otherwise the last would count, and the
 * first be ignored in silence.
 */
export function refuseRepeats(command: Command): void {
  for (const option of command.options) {
    if (option.parseArg === repeated || !(option.required || option.optional)) continue;
    const given: unknown[] = [];
    command.on(`option:${option.name()}`, (value: unknown) => {
      given.push(value ?? "nothing");
      if (given.length < 2) return;
      throw new InputError(
        `failover ${command.name()}: ${option.long ?? option.flags}: takes one value, got ${given.join(" and ")}; give it once`,
        { code: "bad-usage" },
      );
    });
  }
}
