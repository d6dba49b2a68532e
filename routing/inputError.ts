/**
 * Input that cannot be used, told to the person who gave it: one line per fault, each with the
 * path, what is wrong, the value received and the way out. Never a fault of the tool itself.
 */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly faults: readonly string[];

  constructor(faults: string | readonly string[], options?: ErrorOptions) {
    const all = typeof faults === "string" ? [faults] : faults;
    super(all.join("\n"), options);
    this.faults = all;
  }
}
