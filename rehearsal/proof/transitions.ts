import type { Asker } from "../../routing/asker";
import type { Bound } from "../../routing/bound";
import type { FailureMode } from "../../routing/checker";
import { failureModes } from "../../routing/checker";
import type { Fault } from "../../routing/graph/faults";
import type { FaultState, StackModel } from "../../routing/graph/stackModel";

/** One cause that comes or goes. */
export interface FaultChange {
  readonly from: readonly Fault[];
  readonly to: readonly Fault[];
  readonly death: FailureMode | "returns";
}

/** How long one way of dying takes. */
export interface DeathBound {
  readonly death: FailureMode;
  readonly bound: Bound;
}

/** Changes that take equally long for the same reasons. */
export interface TransitionClass {
  readonly bound: Bound;
  /** The first of them. */
  readonly example: FaultChange;
  readonly count: number;
  /** What the first of them takes in simulated runs, in seconds; absent where none were asked for. */
  readonly simulated?: SimulatedTimes;
}

/** How long clients were on a bad answer in simulated runs, in seconds. */
export interface SimulatedTimes {
  /** Ordinary runs; a tenth as many extreme ones come on top, for the worst alone. */
  readonly runs: number;
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
}

/** The bounds of changes that add or remove one cause. */
export interface Transitions {
  /** Those that move somebody, the longest first; never is the longest. */
  readonly classes: readonly TransitionClass[];
  /** All that were looked at, those that move nobody included. */
  readonly count: number;
  /** How long each fault takes alone, for each way of dying. */
  readonly alone: ReadonlyMap<Fault, readonly DeathBound[]>;
}

/**
 * Every change by one cause from a state with at most one: a fault that comes, for each way of dying, and
 * one that goes. Checks that lie are no causes here: nothing dies by them.
 */
export function transitionsOf(
  model: StackModel,
  name: string,
  type: string,
  faults: readonly Fault[],
  asker?: Asker,
): Transitions {
  const causes = faults.filter(({ kind }) => kind !== "check");
  const states = new Map<string, FaultState>();
  const under = (some: readonly Fault[]): FaultState => {
    const key = JSON.stringify(causes.flatMap((one, index) => (some.includes(one) ? index : [])));
    const known = states.get(key) ?? model.under(some);
    states.set(key, known);
    return known;
  };
  const classes = new Map<string, { bound: Bound; example: FaultChange; count: number }>();
  const alone = new Map<Fault, readonly DeathBound[]>();
  let count = 0;
  const add = (change: FaultChange): Bound => {
    const { from, to, death } = change;
    const bound = model.worstCaseBetween(name, type, under(from), under(to), death, asker);
    count += 1;
    if (bound.downtimeSeconds !== 0) {
      const key = JSON.stringify([bound.terms, bound.downtimeSeconds === undefined]);
      const known = classes.get(key) ?? { bound, example: change, count: 0 };
      classes.set(key, { ...known, count: known.count + 1 });
    }
    return bound;
  };
  for (const before of [[], ...causes.map((cause) => [cause])]) {
    for (const cause of causes.filter((one) => !before.includes(one))) {
      const after = [...before, cause];
      const bounds = failureModes.map((death) => ({
        death,
        bound: add({ from: before, to: after, death }),
      }));
      add({ from: after, to: before, death: "returns" });
      if (before.length === 0) alone.set(cause, bounds);
    }
  }
  return {
    classes: [...classes.values()].sort((a, b) => lengthOf(b.bound) - lengthOf(a.bound)),
    count,
    alone,
  };
}

/** The longest of some ways of dying; never is the longest. */
export function longestDeath(bounds: readonly DeathBound[]): DeathBound | undefined {
  return [...bounds].sort((a, b) => lengthOf(b.bound) - lengthOf(a.bound))[0];
}

function lengthOf({ downtimeSeconds }: Bound): number {
  return downtimeSeconds ?? Infinity;
}
