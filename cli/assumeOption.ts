import type { Assumed } from "../routing/graph/assumedHealth";
import { outsideNameOf } from "../routing/graph/outside";
import type { StackModel } from "../routing/graph/stackModel";
import { InputError } from "../routing/inputError";

export const assumeOption = "--assume <statuses>";

export const assumeHelp =
  "assumed health of unknown checks and targets, separated by commas: <name>=healthy, <name>=unhealthy";

/**
 * Statuses by name; a name may contain an equals sign.
 *
 * @throws InputError for an entry without a status, a list without entries, or two statuses of a name
 */
export function assumedIn(list: string | undefined): Assumed {
  return withoutContradiction(
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
 * The statuses by the names that a stack has: a DNS name in its one spelling, whatever its case and with or without
 * the final dot.
 *
 * @throws InputError for two statuses of a name
 */
export function assumedOf(assumed: Assumed, { graph }: Pick<StackModel, "graph">): Assumed {
  const isResource = (given: string): boolean => graph.resources.some(({ name }) => name === given);
  return withoutContradiction(
    [...assumed].map(([name, isHealthy]) => [
      isDnsName(name) && !isResource(name) ? outsideNameOf(name) : name,
      isHealthy,
    ]),
  );
}

/** Ids have no dot; ARNs and URNs have colons. */
function isDnsName(name: string): boolean {
  return name.includes(".") && !name.includes(":");
}

function withoutContradiction(entries: readonly (readonly [string, boolean])[]): Assumed {
  const assumed = new Map(entries);
  const both = [...new Set(entries.map(([name]) => name))].filter((name) =>
    entries.some(([other, isHealthy]) => other === name && isHealthy !== assumed.get(name)),
  );
  if (both.length === 0) return assumed;
  throw new InputError(
    both.map(
      (name) => `--assume ${name}: must be healthy or unhealthy, got both; give one of them`,
    ),
    { code: "bad-usage" },
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
