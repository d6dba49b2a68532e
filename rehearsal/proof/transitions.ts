import type { Asker } from "../../routing/asker";
import type { Bound } from "../../routing/boundParts";
import { downtimeLength } from "../../routing/boundParts";
import type { FailureMode } from "../../routing/checker";
import { failureModes } from "../../routing/checker";
import type { Fault } from "../../routing/graph/faults";
import type { Pair } from "../../routing/graph/faultPairs";
import type { LoneSignals } from "../../routing/graph/loneSignals";
import { loneSignalsOf } from "../../routing/graph/loneSignals";
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

/** Changes with the same bound, the same terms and the same unread statuses that decide them. */
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
  const changes = new Changes(model, { name, type, ...(asker ? { asker } : {}) }, faults);
  const { causes } = changes;
  const classes = new Map<string, { bound: Bound; example: FaultChange; count: number }>();
  const add = (example: FaultChange, bound: Bound): void => {
    if (bound.downtimeSeconds === 0) return;
    const key = JSON.stringify([bound.terms, bound.downtimeSeconds === undefined, bound.unread]);
    const known = classes.get(key);
    if (known) known.count += 1;
    else classes.set(key, { bound, example, count: 1 });
  };
  const alone = new Map<Fault, readonly DeathBound[]>();
  const active = causes.filter((cause) => !changes.isIdle(cause));
  for (const cause of causes) alone.set(cause, changes.deathsBy([], cause));
  for (const from of [[], ...causes.map((cause) => [cause])]) {
    for (const cause of active) {
      if (from.includes(cause)) continue;
      const to = [...from, cause];
      const bounds = from.length === 0 ? alone.get(cause) : changes.deathsBy(from, cause);
      for (const { death, bound } of bounds ?? []) add({ from, to, death }, bound);
      add({ from: to, to: from, death: "returns" }, changes.returnOf(from, cause));
    }
  }
  return {
    classes: [...classes.values()].sort((a, b) => lengthOf(b.bound) - lengthOf(a.bound)),
    // Each cause begins and ends, from no other cause or from one of the others.
    count: causes.length ** 2 * (failureModes.length + 1),
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
  const changes = new Changes(model, { name, type, ...(asker ? { asker } : {}) }, faults);
  return new Map(changes.causes.map((cause) => [cause, changes.deathsBy([], cause)]));
}

/** The changes of a name's causes, at most two at a time. */
class Changes {
  readonly causes: readonly Fault[];
  private readonly numbers: ReadonlyMap<Fault, number>;
  private readonly loneSignals: LoneSignals | undefined;
  private readonly states = new Map<Fault | undefined, FaultState>();

  constructor(
    private readonly model: StackModel,
    private readonly question: {
      readonly name: string;
      readonly type: string;
      readonly asker?: Asker;
    },
    faults: readonly Fault[],
  ) {
    this.causes = faults.filter(({ kind }) => kind !== "check");
    this.numbers = new Map(this.causes.map((cause, index) => [cause, index + 1]));
    const { asker } = question;
    this.loneSignals = asker && loneSignalsOf(model, { ...question, asker }, this.causes);
  }

  /** Whether no change by a cause moves a client, whatever happened before. */
  isIdle(cause: Fault): boolean {
    return this.loneSignals?.isIdle(this.numberOf(cause)) ?? false;
  }

  /** A fault that begins, in each failure mode. */
  deathsBy(before: readonly Fault[], cause: Fault): readonly DeathBound[] {
    const from: Pair = [this.numberOf(before[0]), 0];
    const to: Pair = [from[0], this.numberOf(cause)];
    let after: FaultState | undefined;
    return failureModes.map((death) => ({
      death,
      bound:
        this.loneSignals?.boundOf({ from, to, cause: to[1], death }) ??
        this.boundBetween(
          this.under(before),
          (after ??= this.model.under([...before, cause])),
          death,
        ),
    }));
  }

  /** A fault that ends. */
  returnOf(before: readonly Fault[], cause: Fault): Bound {
    const to: Pair = [this.numberOf(before[0]), 0];
    const from: Pair = [to[0], this.numberOf(cause)];
    return (
      this.loneSignals?.boundOf({ from, to, cause: from[1], death: "returns" }) ??
      this.boundBetween(this.model.under([...before, cause]), this.under(before), "returns")
    );
  }

  private numberOf(cause: Fault | undefined): number {
    return (cause && this.numbers.get(cause)) ?? 0;
  }

  /** The state before a change, which is the same for many changes. */
  private under(before: readonly Fault[]): FaultState {
    const known = this.states.get(before[0]) ?? this.model.under(before);
    this.states.set(before[0], known);
    return known;
  }

  private boundBetween(from: FaultState, to: FaultState, death: FaultChange["death"]): Bound {
    const { name, type, asker } = this.question;
    return this.model.worstCaseBetween(name, type, from, to, death, asker);
  }
}

/** The longest of some bounds; never is the longest, and longer if it is certain. */
export function longestDeath(bounds: readonly DeathBound[]): DeathBound | undefined {
  return [...bounds].sort((a, b) => lengthOf(b.bound) - lengthOf(a.bound))[0];
}

function lengthOf({ downtimeSeconds, unread }: Bound): number {
  return downtimeLength(downtimeSeconds, unread);
}
