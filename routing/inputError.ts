/** Kinds of input that is refused. Codes are added and never renamed. */
export type InputCode =
  | "bad-input"
  /** A command line that asks for what does not go together. */
  | "bad-usage"
  /** A file that cannot be read or written. */
  | "file-inaccessible"
  /** The stack's configuration. */
  | "bad-settings"
  /** A policy pack's configuration. */
  | "bad-pack-config"
  /** Arguments of a component. */
  | "bad-arguments"
  /** There are no credentials for AWS, or it does not take them. */
  | "no-credentials"
  /** A program that the offline evaluation cannot run. */
  | "program-not-evaluable";

/**
 * Input that cannot be used, told to the person who gave it: one line per fault, each with the
 * path, what is wrong, the value received and the way out. Never a fault of the tool itself.
 */
export class InputError extends Error {
  override readonly name = "InputError";
  /** What kind of input it is about, for programs; it stays when the text changes. */
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
