import { canonical } from "../routing/domainName";
import type { StackModel } from "../routing/graph/stackModel";
import { InputError } from "../routing/inputError";
import { Trees } from "../routing/trees";

/**
 * The one name that a command is about: the one asked for, else the first that the stack publishes, else the
 * first that has a choice.
 *
 * @throws InputError where the stack has none
 */
export function mainName(
  model: StackModel,
  title: string,
  {
    asked,
    published,
  }: { readonly asked: string | undefined; readonly published: readonly string[] },
): string {
  const name = asked ?? published[0] ?? new Trees(model.route53).roots[0]?.name;
  if (name === undefined) {
    throw new InputError(
      `${title}: none of its names has a choice of answers; name one with --name`,
    );
  }
  return canonical(name);
}
