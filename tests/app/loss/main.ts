import { parseArgs } from "node:util";
import { closingLine } from "./ledger";
import { planOf } from "./plan";
import { runLossTest } from "./run";

/** Minimum that the orders issue asks for: 2,000 orders and 20 combinations of faults. */
const LEAST_ORDERS = 2000;
const ROUNDS = 26;
/** A run takes about two minutes; one that takes twice the four allowed has hung. */
const LIMIT_MS = 8 * 60_000;

/** `npm run test:loss -- --seed N [--rounds N] [--orders N]`: exit 0 only when nothing is lost. */
async function main(): Promise<number> {
  const text = { type: "string" } as const;
  const { values } = parseArgs({ options: { seed: text, rounds: text, orders: text } });
  const seed = seedOf(values.seed ?? "1");
  const rounds = Number(values.rounds ?? ROUNDS);
  const leastOrders = Number(values.orders ?? LEAST_ORDERS);
  if (![seed, rounds, leastOrders].every((value) => Number.isInteger(value) && value >= 0)) {
    console.error("--seed, --rounds and --orders: must be whole numbers; a seed may be a commit");
    return 2;
  }
  const plan = planOf(seed, rounds);
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
  for (const id of result.refused) console.log(`refused a repetition of ${id}`);
  const isFine =
    result.lost.length + result.duplicated.length + result.refused.length === 0 &&
    result.acknowledged >= leastOrders;
  if (!isFine) console.log(`again: npm run test:loss -- --seed ${seed} --rounds ${rounds}`);
  console.log(closingLine(result));
  return isFine ? 0 : 1;
}

/** A number, or a commit's hash of which the first 32 bits are taken. */
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
