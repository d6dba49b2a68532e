import { setTimeout as sleep } from "node:timers/promises";
import { place, type OrderInput } from "../harness/customer";
import type { TwoRegions } from "../harness/twoRegions";
import { idOf } from "./customers";
import { canonicalBody } from "./ledger";
import { destroy, drainOut, keptIn } from "./survivor";
import type { SideName } from "./plan";
import type { Random } from "./random";

/** The results for pairs of bodies under one number, accepted at the same moment in both regions. */
export interface PairsVerdict {
  readonly pairs: number;
  /** Bodies that were answered 201; at most two of a pair. */
  readonly confirmed: number;
  /** Pairs whose bodies were both answered 201. */
  readonly bothConfirmed: number;
  /** Answered 201, and not in the surviving region. */
  readonly lost: readonly string[];
  /** Numbers without exactly one made body. */
  readonly notMadeOnce: readonly string[];
}

/**
 * Places pairs of bodies, one in each region and at most some milliseconds apart, then immediately
 * destroys a region and looks for every 201 in the other one.
 */
export async function playPairs(
  two: TwoRegions,
  random: Random,
  pairs: number,
  destroyed: SideName,
): Promise<PairsVerdict> {
  const confirmed = new Map<string, OrderInput[]>();
  for (let pair = 0; pair < pairs; pair++) {
    const id = idOf(random);
    const bodies = ["oregon", "dublin"].map((side) => ({
      order: {
        id,
        name: `Ana in ${side} ☕`,
        note: `pair ${pair}`,
        items: { espresso: 1, tea: 2 },
      },
      delayMs: random.below(25),
      side: side as SideName,
    }));
    const answers = await Promise.all(
      bodies.map(async ({ order, delayMs, side }) => {
        await sleep(delayMs);
        const { status } = await place(two[side].region.origin, order);
        return { order, status };
      }),
    );
    const good = answers.filter(({ status }) => status === 201).map(({ order }) => order);
    if (good.length > 0) confirmed.set(id, good);
  }
  const survivor = await destroy(destroyed, two);
  await drainOut(two, survivor);
  const { made, aside } = await keptIn(two, survivor);
  const bodiesOf = (rows: typeof made, id: string) =>
    rows.filter((row) => row.id === id).map(({ body }) => body);
  const all = [...confirmed.values()].flat();
  return {
    pairs,
    confirmed: all.length,
    bothConfirmed: [...confirmed.values()].filter(({ length }) => length === 2).length,
    lost: all
      .filter(
        (order) =>
          ![...bodiesOf(made, order.id), ...bodiesOf(aside, order.id)].includes(
            canonicalBody(order),
          ),
      )
      .map(({ id, name }) => `${id} ${name}`),
    notMadeOnce: [...confirmed.keys()].filter((id) => bodiesOf(made, id).length !== 1),
  };
}
