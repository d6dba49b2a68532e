import { setTimeout as sleep } from "node:timers/promises";
import { postJson, type Answer, type OrderInput } from "../harness/customer";
import type { TwoRegions } from "../harness/twoRegions";
import type { Promised } from "./ledger";
import type { SideName } from "./plan";
import type { Random } from "./random";

/** How often each answer came; connections that failed count as 0. */
export type Tally = Map<number, number>;

/** Customers who order all the time, as the page does: one number per order, repeated until answered. */
export class Customers {
  readonly promises = new Map<string, Promised>();
  readonly tally: Tally = new Map();
  /** Repetitions that were refused as another order; there must be none. */
  readonly refused: string[] = [];
  /** Set once a region is gone for good: everybody goes to the other. */
  survivor: SideName | undefined;
  #ordering = true;
  #count = 0;
  readonly #loops: readonly Promise<void>[];

  constructor(
    private readonly two: TwoRegions,
    random: Random,
    customers: number,
    private readonly thinkMs: number,
  ) {
    const streams = Array.from({ length: customers }, () => random.child());
    this.#loops = streams.map(async (stream) => this.#customer(stream));
  }

  /** Lets everybody finish or give up their order. */
  async stop(): Promise<void> {
    this.#ordering = false;
    await Promise.all(this.#loops);
  }

  async #customer(random: Random): Promise<void> {
    // Most are in Oregon, as the tree would have it; failing over is each one's own resolver's time.
    let side: SideName = random.chance(3, 4) ? "oregon" : "dublin";
    while (this.#ordering) {
      const order: OrderInput = {
        id: idOf(random),
        name: "Ana",
        note: `order ${this.#count++}`,
        items: { espresso: 1 + random.below(3) },
      };
      side = await this.#order(order, side, random);
      await sleep(random.below(2 * this.thinkMs));
    }
  }

  /** Repeats one order until somebody has answered; returns where that was. */
  async #order(order: OrderInput, start: SideName, random: Random): Promise<SideName> {
    let side = start;
    for (let attempt = 0; this.#ordering || attempt < 5; attempt++) {
      side = this.survivor ?? side;
      // Some hang up in the middle, as a phone in a tunnel does.
      const patienceMs = random.chance(1, 12) ? 5 + random.below(40) : 8000;
      const answer = await this.#send(order, side, patienceMs);
      if (answer?.status === 201 || answer?.status === 202) {
        this.#promise(order, answer.status);
        if (answer.status === 201 || random.chance(1, 2)) {
          await this.#afterthought(order, side, random);
          return side;
        }
      }
      await sleep(Math.min(100 * 2 ** attempt, 1500) * (0.5 + random.below(50) / 100));
      if (attempt % 2 === 1) side = side === "oregon" ? "dublin" : "oregon";
    }
    return side;
  }

  /** Sometimes the order is sent once more elsewhere: a late repetition must never be a second order. */
  async #afterthought(order: OrderInput, side: SideName, random: Random): Promise<void> {
    const other = this.survivor ?? (side === "oregon" ? "dublin" : "oregon");
    if (random.chance(1, 10)) {
      const answer = await this.#send(order, other, 8000);
      if (answer?.status === 201) this.#promise(order, 201);
      if (answer?.status === 409) this.refused.push(order.id);
    }
  }

  /** How many orders were answered 201 so far. */
  get confirmed(): number {
    return [...this.promises.values()].filter(({ answer }) => answer === 201).length;
  }

  #promise(order: OrderInput, answer: 201 | 202): void {
    if (this.promises.get(order.id)?.answer !== 201) this.promises.set(order.id, { order, answer });
  }

  async #send(order: OrderInput, side: SideName, patienceMs: number): Promise<Answer | undefined> {
    const { origin } = this.two[side].region;
    try {
      const answer = await postJson(`${origin}/orders`, order, {}, patienceMs);
      // Only an answer that names our number counts, as on the page.
      if (answer.status < 300 && answer.json?.["id"] !== order.id) {
        throw new Error(`answered ${answer.status} for another order`);
      }
      this.tally.set(answer.status, (this.tally.get(answer.status) ?? 0) + 1);
      return answer;
    } catch (error) {
      if (error instanceof Error && error.message.startsWith("answered")) throw error;
      this.tally.set(0, (this.tally.get(0) ?? 0) + 1);
      return undefined;
    }
  }
}

/** A version 4 UUID from the seeded stream, so that a run can be repeated. */
export function idOf(random: Random): string {
  const hex = Array.from({ length: 32 }, () => random.below(16).toString(16));
  hex[12] = "4";
  hex[16] = "89ab"[random.below(4)] ?? "8";
  return hex.join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
