import { setTimeout as sleep } from "node:timers/promises";
import { ask, postJson, postSlowly, type Answer, type OrderInput } from "../harness/customer";
import type { TwoRegions } from "../harness/twoRegions";
import { totalCentsOf, type Promised } from "./ledger";
import type { SideName } from "./plan";
import type { Random } from "./random";

/** The number of answers by status; failed connections count as 0. */
export type Tally = Map<number, number>;

/** Realistic names: multi-byte and right-to-left text, quotes and a backslash among them. */
const NAMES = ["Ana", "Zoë Ñandú", "李小龍", "Дмитрий", 'O\'Brien \\ "Bo"', "☕ café 𝒰", "مريم"];
const ITEMS = ["espresso", "cappuccino", "filter", "tea", "croissant", "sandwich"] as const;

/** Customers who order continuously, as the page does: one number per order, sent until answered. */
export class Customers {
  /** By number and note, because a number may have two bodies. */
  readonly promises = new Map<string, Promised>();
  readonly tally: Tally = new Map();
  /** Numbers under which a customer sent two bodies. */
  readonly twice = new Set<string>();
  /** Wrong answers; there must be none. */
  readonly wrongAnswers: string[] = [];
  /** Set once a region is destroyed: all customers use the other. */
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

  /** Lets all customers finish or give up their orders. */
  async stop(): Promise<void> {
    this.#ordering = false;
    await Promise.all(this.#loops);
  }

  /** The number of bodies answered 201 so far. */
  get confirmed(): number {
    return [...this.promises.values()].filter(({ answer }) => answer === 201).length;
  }

  async #customer(random: Random): Promise<void> {
    // Most are in Oregon, as by the routing tree; each customer fails over at a different time.
    let side: SideName = random.chance(3, 4) ? "oregon" : "dublin";
    while (this.#ordering) {
      const order = this.#anOrder(random);
      if (random.chance(1, 25)) await this.#twoBodies(order, random);
      else side = await this.#order(order, side, random);
      await sleep(random.below(2 * this.thinkMs));
    }
  }

  #anOrder(random: Random): OrderInput {
    const items = Object.fromEntries(
      ITEMS.filter(() => random.chance(1, 3)).map((item) => [item, 1 + random.below(20)]),
    );
    return {
      id: idOf(random),
      name: random.pick(NAMES),
      note: `order ${this.#count++} – größer, 2 % ☕`,
      items: Object.keys(items).length > 0 ? items : { espresso: 1 },
    };
  }

  /** Repeats one order until a region has answered; returns that region. */
  async #order(order: OrderInput, start: SideName, random: Random): Promise<SideName> {
    let side = start;
    for (let attempt = 0; this.#ordering || attempt < 5; attempt++) {
      side = this.survivor ?? side;
      const answer = await this.#send(order, side, random);
      if (answer?.status === 409 && !this.twice.has(order.id)) {
        this.wrongAnswers.push(`${order.id}: refused as another order`);
        return side;
      }
      if (answer?.status === 201 || answer?.status === 202) {
        this.#promise(order, answer, side);
        if (answer.status === 201 || random.chance(1, 2)) {
          if (answer.status === 201) await this.#look(order, side);
          await this.#afterthought(order, side, random);
          return side;
        }
      }
      await sleep(Math.min(100 * 2 ** attempt, 1500) * (0.5 + random.below(50) / 100));
      if (attempt % 2 === 1) side = side === "oregon" ? "dublin" : "oregon";
    }
    return side;
  }

  /** Two bodies under one number, one in each region at the same moment, as from a broken client. */
  async #twoBodies(order: OrderInput, random: Random): Promise<void> {
    const other = { ...order, note: `order ${this.#count++}, the other body`, items: { tea: 3 } };
    this.twice.add(order.id);
    const sides: readonly SideName[] = this.survivor
      ? [this.survivor, this.survivor]
      : ["oregon", "dublin"];
    await Promise.all(
      [order, other].map(async (body, n) => {
        const side = sides[n] ?? "oregon";
        const answer = await this.#send(body, side, random);
        if (answer?.status === 201 || answer?.status === 202) this.#promise(body, answer, side);
      }),
    );
  }

  /** Looks the order up where it was confirmed: it must exist with the ordered content. */
  async #look(order: OrderInput, side: SideName): Promise<void> {
    const url = `${this.two[side].region.origin}/orders/${order.id}`;
    const found = await ask(url, { signal: AbortSignal.timeout(8000) }).catch(() => undefined);
    if (found?.status === 404) {
      this.wrongAnswers.push(`${order.id}: confirmed in ${side}, and not found there`);
    }
    if (found?.status !== 200 || this.twice.has(order.id)) return;
    const { phone = "", note = "", name, items } = order;
    const expected = JSON.stringify({ name, phone, note, items, synthetic: false });
    const { order: shown, totalCents, protected: isProtected } = found.json ?? {};
    if (
      JSON.stringify(shown) !== expected ||
      totalCents !== totalCentsOf(items) ||
      isProtected !== true
    ) {
      this.wrongAnswers.push(`${order.id}: shown as ${found.text}`);
    }
  }

  /** Sometimes sends the order again elsewhere: a late repetition must never be a second order. */
  async #afterthought(order: OrderInput, side: SideName, random: Random): Promise<void> {
    const other = this.survivor ?? (side === "oregon" ? "dublin" : "oregon");
    if (random.chance(1, 10)) {
      const answer = await this.#send(order, other, random);
      if (answer?.status === 201) this.#promise(order, answer, other);
      if (answer?.status === 409) {
        this.wrongAnswers.push(`${order.id}: a repetition was refused as another order`);
      }
    }
  }

  #promise(order: OrderInput, { status, json }: Answer, side: SideName): void {
    if (json?.["totalCents"] !== totalCentsOf(order.items)) {
      this.wrongAnswers.push(
        `${order.id}: ${side} says a total of ${String(json?.["totalCents"])}`,
      );
    }
    const key = `${order.id} ${order.note ?? ""}`;
    if (this.promises.get(key)?.answer !== 201) {
      this.promises.set(key, { order, answer: status === 201 ? 201 : 202 });
    }
  }

  async #send(order: OrderInput, side: SideName, random: Random): Promise<Answer | undefined> {
    const url = `${this.two[side].region.origin}/orders`;
    // Some hang up in the middle, as a phone in a tunnel does, and some have a slow line.
    const patienceMs = random.chance(1, 12) ? 5 + random.below(40) : 8000;
    const pauseMs = random.chance(1, 20) ? 200 + random.below(800) : 0;
    try {
      const answer =
        pauseMs > 0
          ? await postSlowly(url, order, pauseMs, 8000)
          : await postJson(url, order, {}, patienceMs);
      // Only an answer that names our number counts, as on the page.
      if (answer.status < 300 && answer.json?.["id"] !== order.id) {
        this.wrongAnswers.push(`${order.id}: answered ${answer.status} for another order`);
      }
      this.tally.set(answer.status, (this.tally.get(answer.status) ?? 0) + 1);
      return answer;
    } catch {
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
