import { createHash } from "node:crypto";
import type { OrderInput } from "../harness/customer";

/** What a customer was told about an order, the best answer counting. */
export interface Promised {
  readonly order: OrderInput;
  readonly answer: 201 | 202;
}

/** A row of the surviving region's `orders` table. */
export interface StoredRow {
  readonly id: string;
  readonly body: string;
  readonly totalCents: number;
}

/** What became of the promises. */
export interface Verdict {
  /** Orders answered 201. */
  readonly acknowledged: number;
  /** Rows in the surviving region. */
  readonly stored: number;
  /** Answered 201, and missing or with another body. */
  readonly lost: readonly string[];
  /** Orders that are there more than once, under one number or under two. */
  readonly duplicated: readonly string[];
  /** Orders that got no better answer than 202. */
  readonly unprotected: number;
  /** Of those, the ones that went with the destroyed region: not promised. */
  readonly unprotectedGone: number;
}

/** The body that an order must have wherever it is stored. */
export function canonicalBody(order: OrderInput): string {
  const { name, phone = "", note = "", items, synthetic = false } = order;
  return JSON.stringify({ name, phone, note, items, synthetic });
}

/** Compares what was promised with what is stored. Each order's note is unique. */
export function judge(promises: readonly Promised[], rows: readonly StoredRow[]): Verdict {
  const bodies = new Map<string, string[]>();
  for (const { id, body } of rows) bodies.set(id, [...(bodies.get(id) ?? []), body]);
  const seen = new Map<string, number>();
  for (const { body } of rows) {
    const key = createHash("sha256").update(body).digest("hex");
    seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  const isStored = ({ order }: Promised) =>
    bodies.get(order.id)?.includes(canonicalBody(order)) === true;
  const confirmed = promises.filter(({ answer }) => answer === 201);
  const received = promises.filter(({ answer }) => answer === 202);
  return {
    acknowledged: confirmed.length,
    stored: rows.length,
    lost: confirmed.filter((promise) => !isStored(promise)).map(({ order }) => order.id),
    duplicated: promises
      .filter(({ order }) => {
        const key = createHash("sha256").update(canonicalBody(order)).digest("hex");
        return (seen.get(key) ?? 0) > 1 || (bodies.get(order.id)?.length ?? 0) > 1;
      })
      .map(({ order }) => order.id),
    unprotected: received.length,
    unprotectedGone: received.filter((promise) => !isStored(promise)).length,
  };
}

/** The closing line that CI and people look for. */
export function closingLine(verdict: Verdict): string {
  const { acknowledged, stored, lost, duplicated, unprotected } = verdict;
  return (
    `acknowledged=${acknowledged} stored=${stored} lost=${lost.length}` +
    ` duplicated=${duplicated.length} unprotected=${unprotected}`
  );
}
