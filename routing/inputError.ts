/** Kinds of refused input. Codes are added and never renamed. */
export type InputCode =
  | "bad-input"
  /** A command line whose arguments cannot be combined. */
  | "bad-usage"
  /** A file that cannot be read or written. */
  | "file-inaccessible"
  /** The stack's configuration. */
  | "bad-settings"
  /** A policy pack's configuration. */
  | "bad-pack-config"
  /** Arguments of a component. */
  | "bad-arguments"
  /** AWS credentials are missing, or AWS rejects them. */
  | "no-credentials"
  /** A program that the offline evaluation cannot run. */
  | "program-not-evaluable"
  /** A program that ends with an error of its own. */
  | "program-failed";

/**
 * Unusable input, reported to the person who gave it: one line per fault, each with the path, the
 * fault, the value received and the remedy. Never a fault of the tool itself.
 */
export class InputError extends Error {
  override readonly name = "InputError";
  /** The kind of input, for programs; it stays the same when the text changes. */
  readonly code: InputCode;
  readonly faults: readonly string[];

  constructor(
    faults: string | readonly string[],
    { code = "bad-input", ...options }: ErrorOptions & { readonly code?: InputCode } = {},
  ) {
    const all = typeof faults === "string" ? [faults] : faults;
    super(all.join("\n"), options);
    this.faults = all;
    this.code = code;
  }
}

/** What was read, or undefined where the input is refused. */
export function unlessRefused<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/**
 * Where a text is no JSON: V8's words in one line. It quotes the text at the fault, line breaks included, and since
 * Node 22 it ends with the line and column of the position.
 */
export function jsonFault(cause: unknown): string {
  const { message } = cause as SyntaxError;
  return message.replace(/\s+/g, " ").replace(/ \(line \d+ column \d+\)$/, "");
}
