import type { FailureMode } from "../../routing/checker";
import { failureModes } from "../../routing/checker";
import { faultClassOf } from "../../routing/graph/faultClass";
import type { Fault } from "../../routing/graph/faults";
import type { StackModel } from "../../routing/graph/stackModel";
import { changePlanOf } from "../simulation/changes";
import { statesOf } from "../simulation/answers";
import { decidedMs, lastClientMs } from "../simulation/clients";
import type { Death } from "../simulation/plan";
import { streamOf } from "../simulation/random";
import { Simulator } from "../simulation/simulator";
import type { RunKind } from "../simulation/probes";
import type { DrillPrediction, Predicted, PredictedSeconds } from "./drillRun";
import type { DrilledName } from "./inventory";

/**
 * Simulated runs of each fault and death; with one extreme run for each ten, as in `prove --simulate`. One more
 * ordinary run is below the least of 400, or above the most, in one case of 401 each.
 */
const ordinaryRuns = 400;
const extremeRuns = 40;

/** Faults that begin together, and what is broken already: the stack has settled under it. */
export interface DrilledChange {
  readonly broken: readonly Fault[];
  readonly begins: readonly Fault[];
  readonly death: Death;
}

/** What predictions are of. */
export interface PredictorOrder {
  readonly model: StackModel;
  readonly drilled: DrilledName;
  readonly seed: number;
  /** Seconds of the drill that the application takes longer than in AWS to notice a lost database. */
  readonly noticesLaterSeconds: number;
}

type Range = NonNullable<PredictedSeconds["simulated"]>;
type Ranges = Readonly<Record<keyof Predicted, Range>>;

/**
 * Says what the model says of a change: the bound, and the range of simulated runs, from the earliest time at
 * which all customers may have left to the latest.
 */
export class Predictor {
  private readonly known = new Map<string, Predicted>();

  constructor(private readonly order: PredictorOrder) {}

  /** Each fault alone, for each failure mode. */
  alone(faults: readonly Fault[]): readonly DrillPrediction[] {
    return faults.flatMap((fault) =>
      failureModes.flatMap((death): DrillPrediction[] => {
        const predicted = this.of({ broken: [], begins: [fault], death });
        return predicted ? [{ fault: fault.name, death, ...predicted }] : [];
      }),
    );
  }

  /** Undefined for a death that the proof has no bound for. */
  of(change: DrilledChange): Predicted | undefined {
    const isWithout = this.leavesWithoutDatabase(change);
    // A living endpoint without its database answers checkers in its own way, however the database dies.
    const modes = isWithout ? failureModes : failureModes.filter((one) => one === change.death);
    if (modes.length === 0) return undefined;
    const key = JSON.stringify([namesOf(change.broken), namesOf(change.begins), modes]);
    const known =
      this.known.get(key) ??
      this.predicted(change, modes, isWithout ? this.order.noticesLaterSeconds : 0);
    this.known.set(key, known);
    return known;
  }

  /** Whether what begins leaves an endpoint alive without its database. */
  private leavesWithoutDatabase({ broken, begins }: DrilledChange): boolean {
    const { model, drilled } = this.order;
    const isWithout = (faults: readonly Fault[]): boolean =>
      model.reliance.isWithout(model.under(faults), drilled.name, drilled.type);
    return isWithout([...broken, ...begins]) && (isWithout(begins) || !isWithout(broken));
  }

  private predicted(
    change: DrilledChange,
    modes: readonly FailureMode[],
    laterSeconds: number,
  ): Predicted {
    const { model, drilled } = this.order;
    const [before, after] = [model.under(change.broken), model.under(faultsAfter(change))];
    const bounds = modes.map((mode) =>
      model.worstCaseBetween(drilled.name, drilled.type, before, after, mode),
    );
    const isEnding = bounds.every(({ downtimeSeconds }) => downtimeSeconds !== undefined);
    const ranges = isEnding ? this.rangesOf(change, modes) : undefined;
    return {
      detection: secondsOf(
        bounds.map(({ detectionSeconds }) => detectionSeconds),
        ranges?.detection,
        laterSeconds,
      ),
      downtime: secondsOf(
        bounds.map(({ downtimeSeconds }) => downtimeSeconds),
        ranges?.downtime,
        laterSeconds,
      ),
    };
  }

  /** Simulations take time: without one, as for a single endpoint or check, the bound stands alone. */
  private rangesOf(change: DrilledChange, modes: readonly FailureMode[]): Ranges | undefined {
    const { model } = this.order;
    const classes = change.begins.map((fault) => faultClassOf(model, fault));
    if (classes.some((one) => one === "check" || one === "endpoint")) return undefined;
    return modes
      .map((mode) => this.simulated(change, mode))
      .reduce(
        (a, b) =>
          a &&
          b && {
            detection: union(a.detection, b.detection),
            downtime: union(a.downtime, b.downtime),
          },
      );
  }

  private simulated(change: DrilledChange, death: FailureMode): Ranges | undefined {
    const { model, drilled, seed } = this.order;
    const { name, type } = drilled;
    const planned = changePlanOf(model, name, type, {
      from: change.broken,
      to: faultsAfter(change),
      death,
    });
    if (!planned) return undefined;
    const { plan, answers, bad, questions } = planned;
    const [question = 0] = questions;
    const states = statesOf(answers);
    const simulator = new Simulator(plan, states);
    const draws = streamOf(seed, 0);
    const detection: number[] = [];
    const downtime: number[] = [];
    const play = (kind: RunKind): void => {
      const run = simulator.run(kind, draws);
      const decided = decidedMs(run, states, bad, question);
      detection.push(decided);
      // The answer is gone from the name servers, and then from the last cache.
      downtime.push(decided === 0 ? 0 : Math.max(0, decided + run.clientDelayMs));
      downtime.push(lastClientMs(run, states, bad, question));
    };
    for (let run = 0; run < ordinaryRuns; run += 1) play("ordinary");
    for (let run = 0; run < extremeRuns; run += 1) play("extreme");
    return { detection: rangeOf(detection), downtime: rangeOf(downtime) };
  }
}

/** What was predicted, without the simulated ranges. */
export function boundsOf({ detection, downtime }: Predicted): Predicted {
  return { detection: { bound: detection.bound }, downtime: { bound: downtime.bound } };
}

function faultsAfter({ broken, begins }: DrilledChange): readonly Fault[] {
  return [...broken, ...begins];
}

function namesOf(faults: readonly Fault[]): readonly string[] {
  return faults.map(({ name }) => name);
}

/** The longest bound, with the range; what need not be noticed comes no later. */
function secondsOf(
  bounds: readonly (number | undefined)[],
  range: Range | undefined,
  laterSeconds: number,
): PredictedSeconds {
  const longest = bounds.includes(undefined) ? null : Math.max(...bounds.map(Number));
  const later = longest === 0 ? 0 : laterSeconds;
  return {
    bound: longest === null ? null : longest + later,
    ...(range ? { simulated: { low: range.low, high: range.high + later } } : {}),
  };
}

function union(a: Range, b: Range): Range {
  return { low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) };
}

function rangeOf(allMs: readonly number[]): Range {
  return { low: Math.min(...allMs) / 1_000, high: Math.max(...allMs) / 1_000 };
}
