import type { Assumed } from "../routing/graph/faultState";
import { InputError } from "../routing/inputError";

export const assumeOption = "--assume <statuses>";

export const assumeHelp =
  "assumed health of unknown checks and targets, separated by commas: <name>=healthy, <name>=unhealthy";

/**
 * Statuses by name; a name may contain an equals sign.
 *
 * @throws InputError for an entry without a status, or a list without entries
 */
export function assumedIn(list: string | undefined): Assumed {
  return new Map(
    listedNames("--assume", list).map((entry) => {
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

/**
 * The names of a list that commas separate; none without the option.
 *
 * @throws InputError for a list without names: an unset variable of a script would go unnoticed
 */
export function listedNames(option: string, list: string | undefined): readonly string[] {
  if (list === undefined) return [];
  const names = list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  if (names.length > 0) return names;
  throw new InputError(
    `${option}: must name at least one, got "${list}"; leave the option out if there is none`,
    { code: "bad-usage" },
  );
}
