import { InputError } from "../../routing/inputError";
import type { Assessment, Harm, RepairOrder } from "./assess";
import { askedNames, assess, harmOf, isLess, isSound, worseThan } from "./assess";
import { candidatesFor } from "./candidates";
import type { Edit } from "./edits";
import { edited, keyOf } from "./edits";

/** The limits of a search. */
export interface RepairLimits {
  /** The most edits in one set. */
  readonly editsMax: number;
  /** The most sets of edits that are proven. */
  readonly attemptsMax: number;
}

export const defaultLimits: RepairLimits = { editsMax: 3, attemptsMax: 400 };

/** How many incomplete sets of edits the search extends, those with the least harm left first. */
const pursuedMax = 4;

/** The result of a search for edits. */
export interface Repair {
  readonly stack: string;
  readonly names: readonly string[];
  readonly before: Assessment;
  /** The edits, and the problems left after them; no edits if nothing is wrong or nothing helps. */
  readonly edits: readonly Edit[];
  readonly after: Assessment;
  readonly limits: RepairLimits;
  /** How many sets of edits were proven, and how many edits the largest had. */
  readonly attempts: number;
  readonly editsTried: number;
  /** Sets of edits that pass but make something worse, with the reason. */
  readonly rejected: readonly { readonly edits: readonly Edit[]; readonly why: string }[];
}

/** A set of edits and the problems left after it. */
interface Attempt {
  readonly edits: readonly Edit[];
  readonly after: Assessment;
}

/**
 * The smallest set of edits after which the proof passes and nothing is worse: breadth-first by size, guided by
 * the culprits. If none is found, the set with the least harm left.
 *
 * @throws InputError if there is no name to mend
 */
export function repair(order: RepairOrder, limits: RepairLimits = defaultLimits): Repair {
  const names = askedNames(order);
  const before = assess(order.resources, names, order.objectives);
  const tried = new Set<string>();
  const rejected: { edits: readonly Edit[]; why: string }[] = [];
  let open: readonly Attempt[] = [{ edits: [], after: before }];
  let best: Attempt = { edits: [], after: before };
  let attempts = 0;
  let editsTried = 0;
  const result = (): Repair => ({
    stack: order.stack,
    names,
    before,
    edits: best.edits,
    after: best.after,
    limits,
    attempts,
    editsTried,
    rejected,
  });
  if (isSound(before)) return result();
  for (let size = 1; size <= limits.editsMax && open.length > 0; size += 1) {
    const level: Attempt[] = [];
    for (const { edits, after } of open) {
      for (const edit of candidatesFor(after)) {
        const next = [...edits, edit];
        const key = next.map(keyOf).sort().join();
        if (tried.has(key) || attempts >= limits.attemptsMax) continue;
        tried.add(key);
        attempts += 1;
        editsTried = size;
        const assessed = assessedWith(order, names, next, harmOf(after));
        if (!assessed || !isLess(harmOf(assessed), harmOf(after))) continue;
        const [why] = worseThan(before, assessed);
        if (why === undefined) level.push({ edits: next, after: assessed });
        else if (isSound(assessed)) rejected.push({ edits: next, why });
      }
    }
    level.sort(byMerit);
    const [first] = level;
    if (first && isLess(harmOf(first.after), harmOf(best.after))) best = first;
    if (isSound(best.after)) return result();
    open = level.slice(0, pursuedMax);
  }
  return result();
}

/** Undefined if its proof is too large, or its harm cannot be less than another. */
function assessedWith(
  { resources, objectives }: RepairOrder,
  names: readonly string[],
  edits: readonly Edit[],
  below: Harm,
): Assessment | undefined {
  try {
    return assess(edited(resources, edits), names, objectives, below);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** Orders attempts by the harm left, then by cost, then by the order in which they were generated. */
function byMerit(one: Attempt, other: Attempt): number {
  const [a, b] = [harmOf(one.after), harmOf(other.after)];
  if (isLess(a, b)) return -1;
  if (isLess(b, a)) return 1;
  return costOf(one) - costOf(other);
}

function costOf({ edits }: Attempt): number {
  return edits.reduce((sum, { cost }) => sum + cost, 0);
}
