import type { FailureMode } from "../../routing/checker";
import { failureModes } from "../../routing/checker";
import type { Fault } from "../../routing/graph/faults";
import type { StackModel } from "../../routing/graph/stackModel";
import { changePlanOf } from "../simulation/changes";
import { statesOf } from "../simulation/answers";
import { decidedMs, lastClientMs } from "../simulation/clients";
import { streamOf } from "../simulation/random";
import { Simulator } from "../simulation/simulator";
import type { RunKind } from "../simulation/probes";
import type { DrillPrediction, PredictedSeconds } from "./drillRun";
import type { DrilledName } from "./inventory";

/**
 * Simulated runs of each fault and death; with one extreme run for each ten, as in `prove --simulate`. One more
 * ordinary run is below the least of 400, or above the most, in one case of 401 each.
 */
const ordinaryRuns = 400;
const extremeRuns = 40;

/** A fault by the name that a drill has for it. */
export interface NamedFault {
  readonly name: string;
  readonly fault: Fault;
  /** Simulations take time; without one, the bound stands alone. */
  readonly isSimulated: boolean;
}

/**
 * What the model says of each fault alone, for each failure mode: the bound, and the range of simulated runs,
 * from the earliest time at which all customers may have left to the latest.
 */
export function predictionsOf(
  model: StackModel,
  drilled: DrilledName,
  faults: readonly NamedFault[],
  seed: number,
): readonly DrillPrediction[] {
  return faults.flatMap((one) =>
    failureModes.map((death) => predictionOf(model, drilled, one, death, seed)),
  );
}

function predictionOf(
  model: StackModel,
  { name, type }: DrilledName,
  { name: faultName, fault, isSimulated }: NamedFault,
  death: FailureMode,
  seed: number,
): DrillPrediction {
  const bound = model.worstCase(name, type, [], [fault], death);
  const simulated =
    bound.downtimeSeconds === undefined || !isSimulated
      ? undefined
      : simulatedOf(model, { name, type }, fault, death, seed);
  const predicted = (
    seconds: number | undefined,
    range: PredictedSeconds["simulated"],
  ): PredictedSeconds => ({ bound: seconds ?? null, ...(range ? { simulated: range } : {}) });
  return {
    fault: faultName,
    death,
    detection: predicted(bound.detectionSeconds, simulated?.detection),
    downtime: predicted(bound.downtimeSeconds, simulated?.downtime),
  };
}

type Range = NonNullable<PredictedSeconds["simulated"]>;

function simulatedOf(
  model: StackModel,
  { name, type }: DrilledName,
  fault: Fault,
  death: FailureMode,
  seed: number,
): { readonly detection: Range; readonly downtime: Range } | undefined {
  const change = changePlanOf(model, name, type, { from: [], to: [fault], death });
  if (!change) return undefined;
  const { plan, answers, bad, questions } = change;
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

function rangeOf(allMs: readonly number[]): Range {
  return { low: Math.min(...allMs) / 1_000, high: Math.max(...allMs) / 1_000 };
}
