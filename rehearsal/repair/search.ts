import { InputError } from "../../routing/inputError";
import type { Assessment, Harm, NamedViolation, RepairOrder, UnboundedProof } from "./assess";
import {
  askedNames,
  assess,
  harmOf,
  isLess,
  isSound,
  proofWithoutBounds,
  withBounds,
  worseThan,
} from "./assess";
import { candidatesFor } from "./candidates";
import type { Edit } from "./edits";
import { costs, edited, keyOf } from "./edits";

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

/** How many detours of a size are extended; more than incomplete sets, since the harm left says less about them. */
const detoursMax = 8;

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
  /** The least harm on the way here: only less is progress. */
  readonly below: Harm;
  readonly hasDetour: boolean;
}

/**
 * A set of edits after which something that was blamed no longer is, yet no less is wrong: it uncovers a second
 * mistake on the same way, such as an inverted check above a disabled one.
 */
interface Detour {
  readonly edits: readonly Edit[];
  readonly harm: Harm;
  readonly below: Harm;
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
  const start: Attempt = { edits: [], after: before, below: harmOf(before), hasDetour: false };
  let best = start;
  let open: readonly Attempt[] = [start];
  let detours: readonly Detour[] = [];
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
  for (let size = 1; size <= limits.editsMax; size += 1) {
    const level: Attempt[] = [];
    const aside: Detour[] = [];
    const extend = ({ edits, after, below, hasDetour }: Attempt): void => {
      for (const edit of candidatesFor(after).filter((one) => !hasDetour || keepsIntent(one))) {
        const next = [...edits, edit];
        const key = next.map(keyOf).sort().join();
        if (tried.has(key) || attempts >= limits.attemptsMax) continue;
        tried.add(key);
        attempts += 1;
        editsTried = size;
        const proof = proofWith(order, names, next);
        if (!proof) continue;
        const assessed = isLess(harmOf(proof), below) ? withBounds(proof) : undefined;
        if (!assessed || !isLess(harmOf(assessed), below)) {
          const harm = harmOf(assessed ?? proof);
          if (keepsIntent(edit) && isMoved(after, proof)) aside.push({ edits: next, harm, below });
          continue;
        }
        const [why] = worseThan(before, assessed);
        if (why === undefined) {
          level.push({ edits: next, after: assessed, below: harmOf(assessed), hasDetour });
        } else if (isSound(assessed)) {
          rejected.push({ edits: next, why });
        }
      }
    };
    open.forEach(extend);
    const isMended = level.some(({ after }) => isSound(after));
    for (const { edits, below } of isMended ? [] : detours) {
      if (attempts >= limits.attemptsMax) break;
      const after = assess(edited(order.resources, edits), names, order.objectives);
      extend({ edits, after, below, hasDetour: true });
    }
    level.sort(byMerit);
    const [first] = level;
    if (first && isLess(harmOf(first.after), harmOf(best.after))) best = first;
    if (isSound(best.after)) return result();
    open = level.slice(0, pursuedMax);
    detours = aside.sort(byHarm).slice(0, detoursMax);
  }
  return result();
}

/** An edit that swaps roles or takes a check away also moves the blame, but it hides a mistake, and mends none. */
function keepsIntent({ cost }: Edit): boolean {
  return cost < costs.swap;
}

/** Whether something that was blamed no longer is, and Route 53 refuses nothing. */
function isMoved({ violations }: Assessment, proof: UnboundedProof): boolean {
  const now = new Set(proof.violations.map(violationKey));
  return proof.refusals.length === 0 && violations.some((one) => !now.has(violationKey(one)));
}

function violationKey({ name, type, property, blame }: NamedViolation): string {
  return JSON.stringify([name, type, property, blame]);
}

/** Undefined if its proof is too large. */
function proofWith(
  { resources, objectives }: RepairOrder,
  names: readonly string[],
  edits: readonly Edit[],
): UnboundedProof | undefined {
  try {
    return proofWithoutBounds(edited(resources, edits), names, objectives);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** Orders by the harm left, then by cost, then by the order in which they were generated. */
function byHarm(
  one: Pick<Detour, "edits" | "harm">,
  other: Pick<Detour, "edits" | "harm">,
): number {
  if (isLess(one.harm, other.harm)) return -1;
  if (isLess(other.harm, one.harm)) return 1;
  return costOf(one) - costOf(other);
}

function byMerit(one: Attempt, other: Attempt): number {
  return byHarm({ ...one, harm: harmOf(one.after) }, { ...other, harm: harmOf(other.after) });
}

function costOf({ edits }: Pick<Attempt, "edits">): number {
  return edits.reduce((sum, { cost }) => sum + cost, 0);
}
