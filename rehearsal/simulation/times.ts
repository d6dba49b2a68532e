import { statesOf } from "./answers";
import type { ChangePlan } from "./changes";
import { clientDowntimeMs, lastClientMs } from "./clients";
import type { SimulatedTimes } from "../proof/transitions";
import { streamOf } from "./random";
import { Simulator } from "./simulator";

/** Ordinary runs per part of the work; each part has its own stream of draws. */
export const runsOfPart = 1_000;
/** One extreme run is added for this many ordinary ones. */
const ordinaryForEachExtreme = 10;

/** Some runs of a change. */
export interface Part {
  /** When a client left the bad answer, in each ordinary run. */
  readonly downtimesMs: Float64Array;
  /** When the last client left it, in the worst of all runs. */
  readonly worstMs: number;
}

/** Simulates a part of a change's runs. */
export function simulatePart(
  { plan, answers, bad, questions }: ChangePlan,
  { seed, stream, runs }: { readonly seed: number; readonly stream: number; readonly runs: number },
): Part {
  const states = statesOf(answers);
  const simulator = new Simulator(plan, states);
  const draws = streamOf(seed, stream);
  const questionOf = (run: number): number => questions[run % questions.length] as number;
  const downtimesMs = new Float64Array(runs);
  let worstMs = 0;
  for (let run = 0; run < runs; run += 1) {
    const played = simulator.run("ordinary", draws);
    const downtime = clientDowntimeMs(played, states, bad, questionOf(run), draws);
    downtimesMs[run] = downtime;
    worstMs = Math.max(worstMs, downtime);
  }
  for (let run = 0; run < Math.ceil(runs / ordinaryForEachExtreme); run += 1) {
    const played = simulator.run("extreme", draws);
    worstMs = Math.max(worstMs, lastClientMs(played, states, bad, questionOf(run)));
  }
  return { downtimesMs, worstMs };
}

/** The figures of all parts of a change. */
export function simulatedTimesOf(parts: readonly Part[]): SimulatedTimes {
  const runs = parts.reduce((sum, { downtimesMs }) => sum + downtimesMs.length, 0);
  const all = new Float64Array(runs);
  let at = 0;
  for (const { downtimesMs } of parts) {
    all.set(downtimesMs, at);
    at += downtimesMs.length;
  }
  all.sort();
  return {
    runs,
    p50: quantile(all, 0.5),
    p99: quantile(all, 0.99),
    worst: Math.max(...parts.map(({ worstMs }) => worstMs)) / 1_000,
  };
}

/** The smallest value that this share of all values does not exceed, in seconds. */
function quantile(sorted: Float64Array, share: number): number {
  return (sorted[Math.ceil(share * sorted.length) - 1] as number) / 1_000;
}
