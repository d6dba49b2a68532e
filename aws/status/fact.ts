/** A bad or unknown part of a status. */
export interface Fact {
  readonly state: "bad" | "unknown";
  /** A stable word for programs, such as `lower-tier`. */
  readonly code: FactCode;
  readonly text: string;
}

/** The kinds of facts. */
export type FactCode =
  | "account"
  | "zone"
  | "serving"
  | "name-server"
  | "servers-differ"
  | "lower-tier"
  | "model-differs"
  | "model"
  | "check"
  | "gate-state"
  | "gate-checks"
  | "gate-blind"
  | "gate-mode"
  | "latch-object"
  | "latch-check"
  | "readable-object"
  | "controller-settings"
  | "controller-notices"
  | "controller-stale";

export function badFact(code: FactCode, text: string): Fact {
  return { state: "bad", code, text };
}

export function unknownFact(code: FactCode, text: string): Fact {
  return { state: "unknown", code, text };
}
