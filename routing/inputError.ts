/**
 * Input that cannot be used, told to the person who gave it: one line per fault, each with the
 * path, what is wrong, the value received and the way out. Never a fault of the tool itself.
 */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly faults: readonly string[];

  constructor(faults: string | readonly string[], options?: ErrorOptions) {
    const given = typeof faults === "string" ? [faults] : faults;
    // What others say of their own errors may have line breaks, as V8's quotes of bad JSON have.
    const all = given.map((fault) => fault.replace(/\s*[\r\n]\s*/g, " "));
    super(all.join("\n"), options);
    this.faults = all;
  }
}
