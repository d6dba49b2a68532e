import { isSlower } from "../../rehearsal/diff/longer";
import { reasonsLonger, reasonText } from "../../rehearsal/diff/reasons";
import type { DiffSide } from "../../rehearsal/diff/side";
import { sideOf, diffStateOf } from "../../rehearsal/diff/side";
import { compareProofs } from "../../rehearsal/proof/compare";
import { defaultFaultRates } from "../../rehearsal/proof/faultRates";
import type { Properties, Resource } from "../../routing/graph/resource";
import { numberIn } from "../../routing/graph/values";

/** How much longer customers wait after a change. */
export interface Waits {
  /** Why they wait longer than they may. */
  readonly harms: readonly string[];
  /** That they wait longer, where they may. */
  readonly notes: readonly string[];
  /** What was not compared. */
  readonly doubts: readonly string[];
}

/** The most reasons that are given. */
const reasonsMax = 2;

/** Compares how long customers wait before and after a change, as `failover diff` does. */
export class WaitComparison {
  private readonly sides = new WeakMap<readonly Resource[], DiffSide>();
  private readonly declared: readonly Resource[];

  constructor(private readonly resources: readonly Resource[]) {
    this.declared = declaredTimes(resources);
  }

  waitsAfter(changed: readonly Resource[]): Waits {
    const [was, is] = [this.side(this.resources), this.side(changed)];
    if (!("names" in was.proof)) return { harms: [], notes: [], doubts: unknown(was.proof) };
    if (!("names" in is.proof)) return { harms: [], notes: [], doubts: unknown(is.proof) };
    const comparison = compareProofs(was.proof, is.proof);
    const longer = reasonsLonger(was, is, comparison);
    const isReturn = longer.length > 0 && this.isAsDeclared(is);
    return {
      harms: isReturn ? [] : longer.slice(0, reasonsMax).map(reasonText),
      notes: isReturn
        ? ["customers wait longer, but no longer than the program says"]
        : longer.length === 0 && isSlower(comparison.differences)
          ? ["customers wait longer, within the objectives"]
          : [],
      doubts: (comparison.uncompared ?? []).flatMap(({ name, before, after }) =>
        unknown([...after, ...before].slice(0, 1), name),
      ),
    };
  }

  /** Whether customers wait no longer than in the state that the program declares, from which the present one differs. */
  private isAsDeclared(is: DiffSide): boolean {
    if (this.declared === this.resources || !("names" in is.proof)) return false;
    const was = this.side(this.declared);
    if (!("names" in was.proof)) return false;
    return reasonsLonger(was, is, compareProofs(was.proof, is.proof)).length === 0;
  }

  private side(resources: readonly Resource[]): DiffSide {
    const known = this.sides.get(resources);
    if (known) return known;
    const state = diffStateOf({ title: "", resources });
    const side = sideOf(state, state, {
      names: [],
      rates: defaultFaultRates,
      objectives: new Map(),
    });
    this.sides.set(resources, side);
    return side;
  }
}

function unknown(reasons: readonly string[], name = "customers"): readonly string[] {
  return reasons.slice(0, 1).map((reason) => `how long ${name} may wait is not known: ${reason}`);
}

const times = ["ttl", "failureThreshold", "requestInterval"];

/** The resources with the times of their program, where those are another: someone has changed them since. */
function declaredTimes(resources: readonly Resource[]): readonly Resource[] {
  const declared = resources.map((one) => {
    const changed = times.flatMap((name): [string, number][] => {
      const [is, was] = [numberIn(one.outputs[name]), numberIn(one.inputs[name])];
      return is === undefined || was === undefined || is === was ? [] : [[name, was]];
    });
    if (changed.length === 0) return one;
    const outputs: Properties = { ...one.outputs, ...Object.fromEntries(changed) };
    return { ...one, outputs };
  });
  return declared.every((one, index) => one === resources[index]) ? resources : declared;
}
