import { createHash } from "node:crypto";
import type { OrderInput } from "../harness/customer";

/** The best answer that a customer got for a body. */
export interface Promised {
  readonly order: OrderInput;
  readonly answer: 201 | 202;
}

/** A body that the surviving region has stored. */
export interface StoredRow {
  readonly id: string;
  readonly body: string;
  readonly totalCents: number;
}

/** The answers that customers got. */
export interface Told {
  readonly promises: readonly Promised[];
  /** Numbers under which a customer sent two bodies. */
  readonly twice: ReadonlySet<string>;
  /** Wrong answers: a different total, different content, an order that is not found. */
  readonly wrongAnswers: readonly string[];
}

/** The bodies in the surviving region: orders that are made, and bodies that are kept aside. */
export interface Kept {
  readonly made: readonly StoredRow[];
  readonly aside: readonly StoredRow[];
}

/** The comparison of promises and stored orders. */
export interface Verdict {
  /** Bodies answered 201. */
  readonly acknowledged: number;
  /** Rows in the surviving region. */
  readonly stored: number;
  /** Answered 201, and not stored. */
  readonly lost: readonly string[];
  /** Bodies that are made more than once, under one number or two. */
  readonly duplicated: readonly string[];
  /** All other faults: see `judge`. */
  readonly wrong: readonly string[];
  /** Bodies whose best answer was 202. */
  readonly unprotected: number;
  /** Those of them that were lost with the destroyed region; they were not promised. */
  readonly unprotectedGone: number;
}

/** The body that an order must have wherever it is stored. */
export function canonicalBody(order: OrderInput): string {
  const { name, phone = "", note = "", items, synthetic = false } = order;
  return JSON.stringify({ name, phone, note, items, synthetic });
}

/** The menu's prices, written a second time: the application's own would always agree. */
const CENTS: Readonly<Record<string, number>> = {
  espresso: 290,
  cappuccino: 420,
  filter: 350,
  tea: 380,
  croissant: 340,
  sandwich: 760,
};

/** The price of an order. */
export function totalCentsOf(items: OrderInput["items"]): number {
  return Object.entries(items).reduce((sum, [item, n]) => sum + (CENTS[item] ?? NaN) * n, 0);
}

/**
 * Compares the promised with the stored bodies. Each body's note is unique.
 *
 * These are wrong: an impossible answer, a total that is not the items' price, a body kept aside
 * without a rival, and a confirmed number without a made order.
 */
export function judge({ promises, twice, wrongAnswers }: Told, { made, aside }: Kept): Verdict {
  const all = [...made, ...aside];
  const stored = new Set(all.map(({ id, body }) => `${id} ${body}`));
  const isThere = ({ order }: Promised) => stored.has(`${order.id} ${canonicalBody(order)}`);
  const times = counted(made.map(({ body }) => hashOf(body)));
  const numbers = counted(made.map(({ id }) => id));
  const confirmed = promises.filter(({ answer }) => answer === 201);
  const received = promises.filter(({ answer }) => answer === 202);
  return {
    acknowledged: confirmed.length,
    stored: made.length,
    lost: confirmed.filter((promise) => !isThere(promise)).map(({ order }) => order.id),
    duplicated: promises
      .filter(
        ({ order }) =>
          (times.get(hashOf(canonicalBody(order))) ?? 0) > 1 || (numbers.get(order.id) ?? 0) > 1,
      )
      .map(({ order }) => order.id),
    wrong: [
      ...wrongAnswers,
      ...all
        .filter(({ body, totalCents }) => totalCentsOf(itemsOf(body)) !== totalCents)
        .map(({ id, totalCents }) => `${id}: stored with a total of ${totalCents}`),
      ...aside.filter(({ id }) => !twice.has(id)).map(({ id }) => `${id}: aside without a rival`),
      ...confirmed
        .filter(({ order }) => isThere({ order, answer: 201 }) && !numbers.has(order.id))
        .map(({ order }) => `${order.id}: confirmed, and nothing is made`),
    ],
    unprotected: received.length,
    unprotectedGone: received.filter((promise) => !isThere(promise)).length,
  };
}

function itemsOf(body: string): OrderInput["items"] {
  return (JSON.parse(body) as OrderInput).items;
}

function hashOf(body: string): string {
  return createHash("sha256").update(body).digest("hex");
}

function counted(values: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** The last line of the output, which CI and people look for. */
export function closingLine(verdict: Verdict): string {
  const { acknowledged, stored, lost, duplicated, wrong, unprotected } = verdict;
  return (
    `acknowledged=${acknowledged} stored=${stored} lost=${lost.length}` +
    ` duplicated=${duplicated.length} wrong=${wrong.length} unprotected=${unprotected}`
  );
}
