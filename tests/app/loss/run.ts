import { setTimeout as sleep } from "node:timers/promises";
import { startTwoRegions, type TwoRegions } from "../harness/twoRegions";
import { Customers } from "./customers";
import { inflict } from "./faults";
import { judge, type Verdict } from "./ledger";
import { describeRound, type Plan, type Round } from "./plan";
import { randomOf, type Random } from "./random";
import { destroy, drainOut, keptIn } from "./survivor";

/** The size of a run. */
export interface RunOptions {
  readonly plan: Plan;
  readonly leastOrders: number;
  readonly customers: number;
  /** The average pause of a customer between two orders. */
  readonly thinkMs: number;
  readonly print: (line: string) => void;
}

/** Plays a plan against two regions, destroys one, and compares the other with the promises. */
export async function runLossTest(options: RunOptions): Promise<Verdict> {
  const { plan, print } = options;
  const two = await startTwoRegions(true);
  const stopDrains = keepDraining(two);
  try {
    const random = randomOf(plan.seed ^ 0x5eed);
    const customers = new Customers(two, random, options.customers, options.thinkMs);
    for (const [index, round] of plan.rounds.entries()) {
      await play(round, two, random);
      const { confirmed } = customers;
      print(`round ${index + 1}/${plan.rounds.length} ${confirmed} × 201: ${describeRound(round)}`);
    }
    while (customers.confirmed < options.leastOrders) await sleep(200);
    // In the middle of the load: without draining or waiting first.
    const survivor = await destroy(plan.destroyed, two);
    customers.survivor = survivor;
    print(`destroyed ${plan.destroyed} with its data; ${survivor} goes on alone`);
    await sleep(2000);
    await customers.stop();
    await stopDrains();
    await drainOut(two, survivor);
    const answers = [...customers.tally].sort(([a], [b]) => a - b);
    print(`answers: ${answers.map(([status, n]) => `${status || "none"} × ${n}`).join(", ")}`);
    const { promises, twice, wrongAnswers } = customers;
    const kept = await keptIn(two, survivor);
    return judge({ promises: [...promises.values()], twice, wrongAnswers }, kept);
  } finally {
    await stopDrains();
    await two.close();
  }
}

/** Injects the faults of a round together, repairs all, then waits a moment. */
async function play(
  { faults, holdMs, replicationMs }: Round,
  two: TwoRegions,
  random: Random,
): Promise<void> {
  two.replication.delayMs = replicationMs;
  const repairs = await Promise.all(
    faults.map(async (fault) => inflict(fault, two, random.child())),
  );
  await sleep(holdMs);
  await Promise.all(repairs.map(async (repair) => repair()));
  await sleep(500);
}

/** Runs the drain timers of both regions; the next pass repeats one that fails, as many must. */
function keepDraining(two: TwoRegions): () => Promise<void> {
  let going = true;
  const loops = [two.oregon, two.dublin].map(async ({ region }) => {
    while (going) {
      const drain = region.startDrain();
      // systemd ends a pass after a minute; here the next one must not wait that long.
      const timer = setTimeout(() => {
        drain.signal("SIGKILL");
      }, 5000);
      await drain.ended;
      clearTimeout(timer);
      await sleep(700);
    }
  });
  return async () => {
    going = false;
    await Promise.all(loops);
  };
}
