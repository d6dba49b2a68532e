import { InputError } from "../../routing/inputError";
import type { Assessment, RepairOrder } from "./assess";
import { askedNames, assess, harmOf, isLess, isSound, worseThan } from "./assess";
import { candidatesFor } from "./candidates";
import type { Edit } from "./edits";
import { edited, keyOf } from "./edits";

/** How far a search goes. */
export interface RepairLimits {
  /** So many edits at most, taken together. */
  readonly editsMax: number;
  /** So many sets of edits are proven at most. */
  readonly attemptsMax: number;
}

export const defaultLimits: RepairLimits = { editsMax: 3, attemptsMax: 400 };

/** So many unfinished sets of edits are gone on with, those that leave least wrong first. */
const pursuedMax = 4;

/** What a search for edits found. */
export interface Repair {
  readonly stack: string;
  readonly names: readonly string[];
  readonly before: Assessment;
  /** The edits, and what is left then; no edits where nothing is wrong, or nothing helps. */
  readonly edits: readonly Edit[];
  readonly after: Assessment;
  readonly limits: RepairLimits;
  /** How many sets of edits were proven, and how many edits the largest had. */
  readonly attempts: number;
  readonly editsTried: number;
  /** Sets of edits that would have passed but for what they make worse, with what that is. */
  readonly rejected: readonly { readonly edits: readonly Edit[]; readonly why: string }[];
}

/** A set of edits and what is left wrong with it. */
interface Attempt {
  readonly edits: readonly Edit[];
  readonly after: Assessment;
}

/**
 * The smallest set of edits after which the proof passes and nothing is worse: breadth-first by their number, along
 * what is to blame. Where none is found, the set that leaves least wrong.
 *
 * @throws InputError where there is no name to mend
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
        const assessed = assessedWith(order, names, next);
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

/** Undefined where the proof of it is too large. */
function assessedWith(
  { resources, objectives }: RepairOrder,
  names: readonly string[],
  edits: readonly Edit[],
): Assessment | undefined {
  try {
    return assess(edited(resources, edits), names, objectives);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** What leaves least wrong first, then what is nearest to what the stack means, then what was thought of first. */
function byMerit(one: Attempt, other: Attempt): number {
  const [a, b] = [harmOf(one.after), harmOf(other.after)];
  if (isLess(a, b)) return -1;
  if (isLess(b, a)) return 1;
  return costOf(one) - costOf(other);
}

function costOf({ edits }: Attempt): number {
  return edits.reduce((sum, { cost }) => sum + cost, 0);
}
