import * as pulumi from "@pulumi/pulumi";
import { reasonOf } from "../../constraints/rules";
import type { Constraint } from "../../constraints/rules";
import { InputError } from "../../routing/inputError";

/** One fault of a component's arguments, in the form of Pulumi's error classes. */
export type ArgumentFault = pulumi.InputPropertyErrorDetails;

/** The fault of a value that violates a constraint, if any. */
export function check(
  propertyPath: string,
  value: unknown,
  rule: Constraint,
): readonly ArgumentFault[] {
  return rule.holds(value) ? [] : [{ propertyPath, reason: reasonOf(rule, value) }];
}

/** The result of `work`, with its `InputError` as faults of one argument. */
export function checkedResult<T>(
  propertyPath: string,
  work: () => T,
):
  | { readonly result: T; readonly faults?: undefined }
  | { readonly faults: readonly ArgumentFault[] } {
  try {
    return { result: work() };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { faults: error.faults.map((reason) => ({ propertyPath, reason })) };
  }
}

/**
 * Rejects the arguments of a component, all faults at once, before any resource is registered.
 *
 * @throws pulumi.InputPropertyError for one fault, pulumi.InputPropertiesError for several. Both
 * have the path in addition to the reason, and the latter lists all faults in its message. Their
 * `code` is `bad-arguments`.
 */
export function refuse(component: string, faults: readonly ArgumentFault[]): void {
  const [first, ...others] = faults;
  if (first === undefined) return;
  if (others.length === 0) throw coded(new pulumi.InputPropertyError(first));
  const lines = faults.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`);
  throw coded(
    new pulumi.InputPropertiesError({
      message: [`${component} cannot be made:`, ...lines].join("\n"),
      errors: [...faults],
    }),
  );
}

/** The error with its stable code. */
function coded<E extends Error>(error: E): E {
  return Object.assign(error, { code: "bad-arguments" satisfies InputError["code"] });
}
