/** The configuration of the running stack, for this project's programs. */
import * as pulumi from "@pulumi/pulumi";
import { InputError } from "../routing/inputError";

/** The values in the running project's namespace, by key without it. */
export function stackValues(): Readonly<Record<string, unknown>> {
  const namespace = `${pulumi.getProject()}:`;
  return Object.fromEntries(
    Object.entries(pulumi.runtime.allConfig())
      .filter(([key]) => key.startsWith(namespace))
      .map(([key, value]) => [key.slice(namespace.length), parsedValue(value)] as const),
  );
}

/**
 * The result of `parse`.
 *
 * @throws pulumi.RunError, which the Pulumi CLI shows without a stack trace, with a line per fault
 */
export function refusable<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const file = `Pulumi.${pulumi.getStack()}.yaml`;
    throw new pulumi.RunError(error.faults.map((fault) => `${file}: ${fault}`).join("\n"));
  }
}

/** Pulumi passes lists and mappings as JSON, and everything else as text, including `true`. */
function parsedValue(text: string): unknown {
  if (!/^\s*[[{]|^(true|false)$/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
