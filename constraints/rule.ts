/**
 * What single values must be, in the words of `<path>: <must>, got <value>; <remedy>`. The
 * configuration of a stack and the arguments of the components refuse by the same rules. Nothing
 * here knows Pulumi.
 */
export interface Constraint {
  /** What the value must be. */
  readonly must: string;
  /** What to do about a value that is not. */
  readonly remedy: string;
  /** The same where the value itself says what was meant; undefined: it does not. */
  readonly remedyFor?: (value: unknown) => string | undefined;
  readonly holds: (value: unknown) => boolean;
}
