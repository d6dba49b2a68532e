import type { UnknownReason } from "../routing/graph/resource";

/** A part of the stack that findings can be about. */
export interface Offender {
  readonly urn: string;
  /** Its display name. */
  readonly name: string;
}

/** A state that a rule forbids. */
export interface RuleViolation {
  readonly kind: "violation";
  readonly urn: string;
  readonly name: string;
  /** Path of the property, from the resource. */
  readonly property: string;
  /** The requirement, such as `must be at most 60 s`. */
  readonly must: string;
  readonly got: string;
  /** The consequence, in seconds or for customers; continues the sentence after "so". */
  readonly so: string;
  /** The remedy. */
  readonly remedy: string;
}

/** An unknown value that a rule needs: neither a pass nor a violation. */
export interface UnknownFinding {
  readonly kind: "unknown";
  readonly urn: string;
  readonly name: string;
  readonly property: string;
  /** Why it is unknown, and what is not checked because of it. */
  readonly why: string;
}

export type Finding = RuleViolation | UnknownFinding;

/** The parts of a violation's text. */
export type ViolationText = Pick<RuleViolation, "must" | "got" | "so" | "remedy">;

export function violation(
  { urn, name }: Offender,
  property: string,
  text: ViolationText,
): RuleViolation {
  return { kind: "violation", urn, name, property, ...text };
}

export function unknown({ urn, name }: Offender, property: string, why: string): UnknownFinding {
  return { kind: "unknown", urn, name, property, why };
}

/** The reason that a value cannot be read, in words. */
export function reasonWord(reason: UnknownReason): string {
  switch (reason) {
    case "encrypted":
      return "it is encrypted";
    case "unread":
      return "what was read does not contain it";
    default:
      return "it is not known before deployment";
  }
}

/** A finding for each unknown property; none if all can be read. */
export function unknownsOf(
  subject: Offender & { unknownAt(key: string): UnknownReason | undefined },
  ...properties: readonly string[]
): readonly UnknownFinding[] {
  return properties.flatMap((property) => {
    const reason = subject.unknownAt(property);
    return reason ? [unknown(subject, property, reasonWord(reason))] : [];
  });
}
