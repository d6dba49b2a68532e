/** Whether a difference helps or harms customers; `other` if neither is clear. */
export type Direction = "better" | "worse" | "other";

/** A side of a difference; null if it does not exist or never happens. */
export type DifferenceValue = string | number | readonly number[] | null;

/** One difference between two proofs. */
export interface Difference {
  /** The name and type, such as `orders.cafe.com A`; the stack's for objectives. */
  readonly name: string;
  readonly kind:
    | "name"
    | "violation"
    | "answer"
    | "fault"
    | "seconds"
    | "change"
    | "cutSets"
    | "minutes"
    | "objective";
  /** What differs, in words. */
  readonly what: string;
  readonly before: DifferenceValue;
  readonly after: DifferenceValue;
  readonly direction: Direction;
  /** What was not read and a side depends on, by name, where its value does not say so; absent: nothing. */
  readonly dependsOn?: readonly string[];
}

/** A difference of a name that is known. */
export type Unnamed = Omit<Difference, "name">;

/** @param harm how much more of what harms customers there is */
export function directionOf(harm: number): Direction {
  return harm > 0 ? "worse" : "better";
}
