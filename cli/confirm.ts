import { InputError } from "../routing/inputError";
import type { Io } from "./io";

/**
 * Asks for consent to a change on a terminal; `--yes` gives it without one.
 *
 * @param what the change as a verb, such as `hold`
 * @returns whether the person consented
 * @throws InputError without a terminal and without `--yes`
 */
export async function isConfirmed(
  what: string,
  { yes = false }: { readonly yes?: boolean },
  { ask }: Pick<Io, "ask">,
): Promise<boolean> {
  if (yes) return true;
  if (ask === undefined) {
    throw new InputError(
      "--yes: required without a terminal to ask on; check the output above, and add --yes",
      { code: "bad-usage" },
    );
  }
  const answer = await ask(`Type yes to ${what}: `);
  return answer.trim().toLowerCase() === "yes";
}
