import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { packageDirectory } from "../../packageDirectory";
import type { ChangePlan } from "./changes";
import type { SimulatedTimes } from "../proof/transitions";
import type { Part } from "./times";
import { runsOfPart, simulatePart, simulatedTimesOf } from "./times";
import type { Work } from "./worker";

/** Starting threads costs about this many runs, so fewer runs are faster without threads. */
const runsWorthThreads = 50_000;
const threadsMax = 16;

/** The number of runs, and the seed of their draws. */
export interface SimulationOptions {
  readonly runs: number;
  readonly seed: number;
  /** Default: one per core, if the work is large enough. The figures do not depend on it. */
  readonly threads?: number;
}

/** The simulated times of each change, in the given order. */
export async function simulateChanges(
  plans: readonly ChangePlan[],
  { runs, seed, threads }: SimulationOptions,
): Promise<readonly SimulatedTimes[]> {
  const work = plans.flatMap((_, plan) =>
    partsOf(runs).map((count, part) => ({ plan, part, count })),
  );
  const orders = work.map(({ plan, count }, stream): Work => ({ plan, seed, stream, runs: count }));
  const isWorthIt = runs * plans.length >= runsWorthThreads;
  const wanted = threads ?? (isWorthIt ? Math.min(availableParallelism(), threadsMax) : 1);
  const parts =
    wanted > 1
      ? await inThreads(plans, orders, wanted)
      : orders.map((order) => simulatePart(plans[order.plan] as ChangePlan, order));
  return plans.map((_, plan) =>
    simulatedTimesOf(parts.filter((__, index) => orders[index]?.plan === plan)),
  );
}

function partsOf(runs: number): readonly number[] {
  const full = Math.floor(runs / runsOfPart);
  const rest = runs % runsOfPart;
  return [...Array.from({ length: full }, () => runsOfPart), ...(rest > 0 ? [rest] : [])];
}

/** The compiled worker, which exists in a checkout as well as in the package. */
const workerFile = join(packageDirectory, "dist", "rehearsal", "simulation", "worker.js");

async function inThreads(
  plans: readonly ChangePlan[],
  orders: readonly Work[],
  threads: number,
): Promise<readonly Part[]> {
  const parts: Part[] = [];
  let next = 0;
  const serve = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(workerFile, { workerData: plans });
      let at = next;
      const send = (): void => {
        at = next;
        next += 1;
        if (at < orders.length) worker.postMessage(orders[at]);
        else {
          worker.terminate().then(() => {
            resolve();
          }, reject);
        }
      };
      worker.on("message", (part: Part) => {
        parts[at] = part;
        send();
      });
      worker.on("error", reject);
      send();
    });
  await Promise.all(Array.from({ length: Math.min(threads, orders.length) }, serve));
  return parts;
}
