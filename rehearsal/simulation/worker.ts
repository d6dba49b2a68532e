import { parentPort, workerData } from "node:worker_threads";
import type { ChangePlan } from "./changes";
import { simulatePart } from "./times";

/** A thread of `threads.ts`: simulates the parts that it receives, one after the other. */

/** A part of the runs of one of the plans. */
export interface Work {
  readonly plan: number;
  readonly seed: number;
  readonly stream: number;
  readonly runs: number;
}

const plans = workerData as readonly ChangePlan[];

parentPort?.on("message", (work: Work) => {
  const part = simulatePart(plans[work.plan] as ChangePlan, work);
  parentPort?.postMessage(part, [part.downtimesMs.buffer as ArrayBuffer]);
});
