import type { Assumptions } from "./assumptions";
import type { RecordSet } from "./model";

/** One summand of a bound. */
export interface Term {
  readonly name: "detection" | "propagation" | "ttl";
  readonly seconds: number;
  /** How the seconds are calculated, such as `2 × (10 s + 8 s)`. */
  readonly formula: string;
  /** The number of the rule in `docs/route53.md`. */
  readonly source: string;
}

export interface Bound {
  /**
   * Until Route 53's checkers have noticed everything that the good answer needs; undefined: never.
   */
  readonly detectionSeconds: number | undefined;
  /** Until the last client has left the dead answer; undefined: never, 0: no client was on it. */
  readonly downtimeSeconds: number | undefined;
  readonly terms: readonly Term[];
  /** What was noticed last, in words; undefined where nothing had to be noticed. */
  readonly decidedBy: string | undefined;
  /**
   * What it depends on and is not known, by name: it is that of the worse. These are statuses that were not read,
   * and where it is never, things of which nobody knows how soon Route 53 notices them. Absent: none.
   */
  readonly unread?: readonly string[];
}

/** A downtime to compare with others: one that never ends is the longest, and longer if that is certain. */
export function downtimeLength(
  downtimeSeconds: number | null | undefined,
  unread: readonly string[] | undefined,
): number {
  return downtimeSeconds ?? (unread ? Number.MAX_VALUE : Infinity);
}

/**
 * What decides, by name, whether any of some changes is never over, by what each of them depends on; empty if
 * one is never over in any case.
 */
export function unreadOfAll(
  endless: readonly (readonly string[] | undefined)[],
): readonly string[] {
  return endless.every((unread) => unread && unread.length > 0)
    ? [...new Set(endless.flatMap((unread) => unread ?? []))]
    : [];
}

/** Some clients never leave a bad answer. */
export const never: Bound = {
  detectionSeconds: undefined,
  downtimeSeconds: undefined,
  terms: [],
  decidedBy: undefined,
};

/** No client is on a bad answer. */
export const atOnce: Bound = {
  detectionSeconds: 0,
  downtimeSeconds: 0,
  terms: [],
  decidedBy: undefined,
};

/** The bound where a signal ends the last bad answer. */
export function boundAfter(
  noticed: Omit<Term, "name"> & { readonly label: string | undefined },
  { leaf, ttlSeconds }: { readonly leaf: RecordSet; readonly ttlSeconds: number },
  assumptions: Assumptions,
): Bound {
  const { label, seconds, formula, source } = noticed;
  const terms = termsOf(
    { seconds, formula, source },
    { seconds: ttlSeconds, label: leaf.label },
    assumptions,
  );
  return {
    detectionSeconds: seconds,
    downtimeSeconds: terms.reduce((sum, one) => sum + one.seconds, 0),
    terms,
    decidedBy: label,
  };
}

function termsOf(
  noticed: Omit<Term, "name">,
  ttl: { readonly seconds: number; readonly label: string },
  { propagationSeconds }: Assumptions,
): readonly Term[] {
  return [
    { name: "detection", ...noticed },
    {
      name: "propagation",
      seconds: propagationSeconds,
      formula: "δ, a parameter: AWS publishes no figure",
      source: "T5",
    },
    {
      name: "ttl",
      seconds: ttl.seconds,
      formula: `the old answer's TTL, from ${ttl.label}`,
      source: "T1",
    },
  ];
}
