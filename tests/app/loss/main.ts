import { parseArgs } from "node:util";
import { closingLine } from "./ledger";
import { startTwoRegions } from "../harness/twoRegions";
import { planOf, type SideName } from "./plan";
import { randomOf } from "./random";
import { runLossTest } from "./run";
import { playPairs } from "./twoBodies";

const LEAST_ORDERS = 2000;
/** Each kind of fault alone, then combinations. */
const ROUNDS = 34;
/** A run takes two to five minutes; one that takes this long has hung. */
const LIMIT_MS = 12 * 60_000;

/**
 * `npm run test:loss -- --seed N [--rounds N] [--orders N] [--destroy oregon|dublin]`, or
 * `--pairs N` for two bodies under each of N numbers. Exits with 0 only if nothing is lost or wrong.
 */
async function main(): Promise<number> {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    options: { seed: text, rounds: text, orders: text, destroy: text, pairs: text },
  });
  const seed = seedOf(values.seed ?? "1");
  const rounds = Number(values.rounds ?? ROUNDS);
  const leastOrders = Number(values.orders ?? LEAST_ORDERS);
  if (![seed, rounds, leastOrders].every((value) => Number.isInteger(value) && value >= 0)) {
    console.error("--seed, --rounds and --orders: must be whole numbers; a seed may be a commit");
    return 2;
  }
  const side = values.destroy;
  if (side !== undefined && side !== "oregon" && side !== "dublin") {
    console.error(`--destroy: must be oregon or dublin, got ${side}`);
    return 2;
  }
  const plan = planOf(seed, rounds, side);
  if (values.pairs !== undefined) return pairs(seed, Number(values.pairs), plan.destroyed);
  console.log(`seed ${seed}: ${rounds} rounds, at least ${leastOrders} orders answered 201`);
  const startedAt = Date.now();
  const result = await runLossTest({
    plan,
    leastOrders,
    customers: 10,
    thinkMs: 150,
    print: (line) => {
      console.log(`${String(Math.round((Date.now() - startedAt) / 1000)).padStart(4)} s  ${line}`);
    },
  });
  console.log(
    `of the 202s, ${result.unprotectedGone} went with the destroyed region (not promised)`,
  );
  for (const id of result.lost) console.log(`lost ${id}`);
  for (const id of result.duplicated) console.log(`duplicated ${id}`);
  for (const what of result.wrong) console.log(`wrong ${what}`);
  const isFine =
    result.lost.length + result.duplicated.length + result.wrong.length === 0 &&
    result.acknowledged >= leastOrders;
  if (!isFine)
    console.log(
      `again: npm run test:loss -- --seed ${seed} --rounds ${rounds} --destroy ${plan.destroyed}`,
    );
  console.log(closingLine(result));
  return isFine ? 0 : 1;
}

/** Two bodies under one number in both regions at the same time, then the loss of one region. */
async function pairs(seed: number, count: number, destroyed: SideName): Promise<number> {
  const two = await startTwoRegions();
  try {
    const verdict = await playPairs(two, randomOf(seed), count, destroyed);
    const { confirmed, bothConfirmed, lost, notMadeOnce } = verdict;
    for (const what of lost) console.log(`lost ${what}`);
    for (const what of notMadeOnce) console.log(`not made once ${what}`);
    console.log(
      `pairs=${count} destroyed=${destroyed} confirmed=${confirmed} both=${bothConfirmed}` +
        ` lost=${lost.length} notMadeOnce=${notMadeOnce.length}`,
    );
    return lost.length + notMadeOnce.length === 0 ? 0 : 1;
  } finally {
    await two.close();
  }
}

/** A number, or the first 32 bits of a commit's hash. */
function seedOf(value: string): number {
  return /^[0-9a-f]{40}$/.test(value) ? parseInt(value.slice(0, 8), 16) : Number(value);
}

const limit = setTimeout(() => {
  console.error(`not finished within ${LIMIT_MS / 60_000} minutes`);
  process.exit(1);
}, LIMIT_MS);

main()
  .then((code) => {
    clearTimeout(limit);
    process.exit(code);
  })
  .catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
