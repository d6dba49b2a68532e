import type { Assumed } from "../routing/graph/faultState";
import { InputError } from "../routing/inputError";

export const assumeOption = "--assume <statuses>";

export const assumeHelp =
  "assumed health of unknown checks and targets, separated by commas: <name>=healthy, <name>=unhealthy";

/**
 * Statuses by name; a name may contain an equals sign.
 *
 * @throws InputError for an entry without a status
 */
export function assumedIn(list = ""): Assumed {
  return new Map(
    listedNames(list).map((entry) => {
      const [, name, status] = /^(.+)=(healthy|unhealthy)$/.exec(entry) ?? [];
      if (name === undefined) {
        throw new InputError(
          `--assume: invalid assumption, got ${entry}; write <name>=healthy or <name>=unhealthy`,
        );
      }
      return [name, status === "healthy"];
    }),
  );
}

/** The names of a list that commas separate. */
export function listedNames(list = ""): readonly string[] {
  return list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}
