import type { Asker } from "../../routing/asker";
import type { Bound } from "../../routing/bound";
import type { FailureMode } from "../../routing/checker";
import { failureModes } from "../../routing/checker";
import type { Fault } from "../../routing/graph/faults";
import type { FaultState, StackModel } from "../../routing/graph/stackModel";

/** One cause that begins or ends. */
export interface FaultChange {
  readonly from: readonly Fault[];
  readonly to: readonly Fault[];
  readonly death: FailureMode | "returns";
}

/** The bound of one failure mode. */
export interface DeathBound {
  readonly death: FailureMode;
  readonly bound: Bound;
}

/** Changes with the same bound and the same terms. */
export interface TransitionClass {
  readonly bound: Bound;
  /** The first of them. */
  readonly example: FaultChange;
  readonly count: number;
  /** The simulated times of the example, in seconds; absent if no simulation was requested. */
  readonly simulated?: SimulatedTimes;
}

/** How long clients were on a bad answer in simulated runs, in seconds. */
export interface SimulatedTimes {
  /** Ordinary runs; a tenth as many extreme runs are added, for the worst case only. */
  readonly runs: number;
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
}

/** The bounds of changes that add or remove one cause. */
export interface Transitions {
  /** Changes that move some client, the longest first; never is the longest. */
  readonly classes: readonly TransitionClass[];
  /** The number of changes examined, including those that move no client. */
  readonly count: number;
  /** The bounds of each single fault, one for each failure mode. */
  readonly alone: ReadonlyMap<Fault, readonly DeathBound[]>;
}

/** The bound of a change. */
type BoundOf = (change: FaultChange) => Bound;

/**
 * Every change by one cause from a state with at most one: a fault that begins, for each failure mode, and
 * one that ends. Checks that lie are not causes here: nothing dies because of them.
 */
export function transitionsOf(
  model: StackModel,
  name: string,
  type: string,
  faults: readonly Fault[],
  asker?: Asker,
): Transitions {
  const causes = causesOf(faults);
  const boundOf = boundsBetween(model, name, type, causes, asker);
  const classes = new Map<string, { bound: Bound; example: FaultChange; count: number }>();
  const alone = new Map<Fault, readonly DeathBound[]>();
  let count = 0;
  const add = (change: FaultChange): Bound => {
    const bound = boundOf(change);
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
      const bounds = deathsBy(before, cause, add);
      add({ from: [...before, cause], to: before, death: "returns" });
      if (before.length === 0) alone.set(cause, bounds);
    }
  }
  return {
    classes: [...classes.values()].sort((a, b) => lengthOf(b.bound) - lengthOf(a.bound)),
    count,
    alone,
  };
}

/** The bounds of each single fault alone: `Transitions.alone` without the other changes. */
export function boundsAlone(
  model: StackModel,
  name: string,
  type: string,
  faults: readonly Fault[],
  asker?: Asker,
): Transitions["alone"] {
  const causes = causesOf(faults);
  const boundOf = boundsBetween(model, name, type, causes, asker);
  return new Map(causes.map((cause) => [cause, deathsBy([], cause, boundOf)]));
}

function causesOf(faults: readonly Fault[]): readonly Fault[] {
  return faults.filter(({ kind }) => kind !== "check");
}

/** The bounds of changes between sets of causes; the state under each set is made once. */
function boundsBetween(
  model: StackModel,
  name: string,
  type: string,
  causes: readonly Fault[],
  asker: Asker | undefined,
): BoundOf {
  const states = new Map<string, FaultState>();
  const under = (some: readonly Fault[]): FaultState => {
    const key = JSON.stringify(causes.flatMap((one, index) => (some.includes(one) ? index : [])));
    const known = states.get(key) ?? model.under(some);
    states.set(key, known);
    return known;
  };
  return ({ from, to, death }) =>
    model.worstCaseBetween(name, type, under(from), under(to), death, asker);
}

/** A fault that begins, in each failure mode. */
function deathsBy(before: readonly Fault[], cause: Fault, boundOf: BoundOf): readonly DeathBound[] {
  return failureModes.map((death) => ({
    death,
    bound: boundOf({ from: before, to: [...before, cause], death }),
  }));
}

/** The longest of some bounds; never is the longest. */
export function longestDeath(bounds: readonly DeathBound[]): DeathBound | undefined {
  return [...bounds].sort((a, b) => lengthOf(b.bound) - lengthOf(a.bound))[0];
}

function lengthOf({ downtimeSeconds }: Bound): number {
  return downtimeSeconds ?? Infinity;
}
