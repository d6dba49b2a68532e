import type { UnknownReason } from "../routing/graph/resource";

/** Something that a resource has: what findings are about. */
export interface Offender {
  readonly urn: string;
  /** What people call it. */
  readonly name: string;
}

/** A state that a rule does not allow. */
export interface Violation {
  readonly kind: "violation";
  readonly urn: string;
  readonly name: string;
  /** Path of the property, from the resource. */
  readonly property: string;
  /** What is required, such as `must be at most 60 s`. */
  readonly must: string;
  readonly got: string;
  /** What comes of it, in seconds or in who is served; continues the sentence after "so". */
  readonly so: string;
  /** What to do. */
  readonly remedy: string;
}

/** A value that a rule needs and that is not known yet: neither a pass nor a violation. */
export interface UnknownFinding {
  readonly kind: "unknown";
  readonly urn: string;
  readonly name: string;
  readonly property: string;
  /** Why it is not known, and what is not judged for want of it. */
  readonly why: string;
}

export type Finding = Violation | UnknownFinding;

/** What the text of a violation is made of. */
export type ViolationText = Pick<Violation, "must" | "got" | "so" | "remedy">;

export function violation(
  { urn, name }: Offender,
  property: string,
  text: ViolationText,
): Violation {
  return { kind: "violation", urn, name, property, ...text };
}

export function unknown({ urn, name }: Offender, property: string, why: string): UnknownFinding {
  return { kind: "unknown", urn, name, property, why };
}

/** Why a value is not there to be read. */
export function reasonWord(reason: UnknownReason): string {
  return reason === "encrypted" ? "it is encrypted" : "it is not known before deployment";
}

/** The properties that are not known, each as a finding; none where all can be read. */
export function unknownsOf(
  subject: Offender & { unknownAt(key: string): UnknownReason | undefined },
  ...properties: readonly string[]
): readonly UnknownFinding[] {
  return properties.flatMap((property) => {
    const reason = subject.unknownAt(property);
    return reason ? [unknown(subject, property, reasonWord(reason))] : [];
  });
}
