/** The configuration of the stack that runs, for this project's programs. */
import * as pulumi from "@pulumi/pulumi";
import { InputError } from "../routing/inputError";

/** Its values by key, of the running project's own namespace and without it. */
export function stackValues(): Readonly<Record<string, unknown>> {
  const namespace = `${pulumi.getProject()}:`;
  return Object.fromEntries(
    Object.entries(pulumi.runtime.allConfig())
      .filter(([key]) => key.startsWith(namespace))
      .map(([key, value]) => [key.slice(namespace.length), parsedValue(value)] as const),
  );
}

/**
 * What `parse` makes of the values.
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

/** Pulumi hands over lists and mappings as JSON, and everything else as text: `true` as well. */
function parsedValue(text: string): unknown {
  if (!/^\s*[[{]|^(true|false)$/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
