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
import { Beside } from "./beside";
import { candidatesFor } from "./candidates";
import type { Edit } from "./edits";
import { costs, edited, keyOf } from "./edits";
import { onOwnCopies } from "./ownCopies";

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
const detoursMax = 12;

/** The result of a search for edits. */
export interface Repair {
  readonly stack: string;
  readonly names: readonly string[];
  /** The other names that the edits reach, by a check or a record that they share; none of them is worse. */
  readonly beside: readonly string[];
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
 * The smallest set of edits after which the proof passes, with no new dead answer and no other name worse: breadth-first by size, guided by
 * the culprits. If none is found, the set with the least harm left.
 *
 * @throws InputError if there is no name to mend
 */
export function repair(order: RepairOrder, limits: RepairLimits = defaultLimits): Repair {
  return new Search(order, limits).result();
}

/** The sets of one size: those with less harm, and detours. */
interface Level {
  readonly size: number;
  readonly attempts: Attempt[];
  readonly detours: Detour[];
}

class Search {
  private readonly names: readonly string[];
  private readonly before: Assessment;
  private readonly beside: Beside;
  private readonly tried = new Set<string>();
  private readonly rejected: { edits: readonly Edit[]; why: string }[] = [];
  private attempts = 0;
  private editsTried = 0;

  constructor(
    private readonly order: RepairOrder,
    private readonly limits: RepairLimits,
  ) {
    this.names = askedNames(order);
    this.before = assess(order.resources, this.names, order.objectives);
    this.beside = new Beside(order, this.names);
  }

  result(): Repair {
    const { before, rejected, names, limits, order } = this;
    const { edits, after } = this.found();
    return {
      ...{ stack: order.stack, names, before, edits, after, limits, rejected },
      beside: edits.length === 0 ? [] : this.beside.reachedBy(edits, after).others,
      attempts: this.attempts,
      editsTried: this.editsTried,
    };
  }

  private found(): Attempt {
    const { before, limits } = this;
    const start: Attempt = { edits: [], after: before, below: harmOf(before), hasDetour: false };
    const partial: Attempt[] = [];
    let open: readonly Attempt[] = [start];
    let detours: readonly Detour[] = [];
    for (let size = 1; size <= limits.editsMax && !isSound(before); size += 1) {
      const level: Level = { size, attempts: [], detours: [] };
      for (const attempt of open) this.extend(attempt, level);
      const direct = this.firstHarmless(level.attempts.filter(isMended));
      if (direct) return direct;
      const known = level.attempts.length;
      for (const detour of detours) this.extendDetour(detour, level);
      const roundabout = this.firstHarmless(level.attempts.slice(known).filter(isMended));
      if (roundabout) return roundabout;
      const incomplete = level.attempts.filter((one) => !isMended(one)).sort(byMerit);
      partial.push(...incomplete);
      open = incomplete.slice(0, pursuedMax);
      detours = level.detours.sort(byHarm).slice(0, detoursMax);
    }
    return this.firstHarmless(partial) ?? start;
  }

  /** Proves a set with each edit that may help. */
  private extend({ edits, after, below, hasDetour }: Attempt, level: Level): void {
    const { before, order, names, tried, rejected } = this;
    for (const edit of candidatesFor(after).filter((one) => !hasDetour || keepsIntent(one))) {
      const next = [...edits, edit];
      const key = next.map(keyOf).sort().join();
      if (tried.has(key) || this.isExhausted()) continue;
      tried.add(key);
      this.attempts += 1;
      this.editsTried = level.size;
      const proof = proofWith(order, names, next);
      if (!proof) continue;
      const assessed = isLess(harmOf(proof), below) ? withBounds(proof) : undefined;
      if (!assessed || !isLess(harmOf(assessed), below)) {
        const harm = harmOf(assessed ?? proof);
        if (keepsIntent(edit) && isMoved(after, proof)) {
          level.detours.push({ edits: next, harm, below });
        }
        continue;
      }
      const [why] = worseThan(before, assessed);
      if (why === undefined) {
        level.attempts.push({ edits: next, after: assessed, below: harmOf(assessed), hasDetour });
      } else if (isSound(assessed)) {
        rejected.push({ edits: next, why });
      }
    }
  }

  private extendDetour({ edits, below }: Detour, level: Level): void {
    if (this.isExhausted()) return;
    const { resources, objectives } = this.order;
    const after = assess(edited(resources, edits), this.names, objectives);
    this.extend({ edits, after, below, hasDetour: true }, level);
  }

  private isExhausted(): boolean {
    return this.attempts >= this.limits.attemptsMax;
  }

  /** The first by merit that makes no other name worse. One that does so by a check may do with a copy of it. */
  private firstHarmless(some: readonly Attempt[]): Attempt | undefined {
    const queue = [...some].sort(byMerit);
    for (let next = queue.shift(); next; next = queue.shift()) {
      const why = this.beside.worse(next.edits, next.after);
      if (why === undefined) return next;
      if (isMended(next)) this.rejected.push({ edits: next.edits, why });
      const copying = this.onOwnCopies(next);
      if (copying) queue.push(copying);
      queue.sort(byMerit);
    }
    return undefined;
  }

  private onOwnCopies(attempt: Attempt): Attempt | undefined {
    const edits = onOwnCopies(attempt.edits, attempt.after);
    const proof = edits && proofWith(this.order, this.names, edits);
    if (!edits || !proof) return undefined;
    this.attempts += 1;
    const after = withBounds(proof);
    const isAsGood = !isLess(harmOf(attempt.after), harmOf(after));
    return isAsGood && worseThan(this.before, after).length === 0
      ? { ...attempt, edits, after }
      : undefined;
  }
}

function isMended({ after }: Attempt): boolean {
  return isSound(after);
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
