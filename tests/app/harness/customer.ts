import { createHmac, randomUUID } from "node:crypto";
import { get, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** An order as a client sends it. */
export interface OrderInput {
  readonly id: string;
  readonly name: string;
  readonly phone?: string;
  readonly note?: string;
  readonly items: Readonly<Record<string, number>>;
  readonly synthetic?: boolean;
}

/** An answer of the application; `json` is undefined if it is not JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Record<string, unknown> | undefined;
  readonly ms: number;
}

/** A valid order with a new number. */
export function anOrder(changes: Partial<OrderInput> = {}): OrderInput {
  return { id: randomUUID(), name: "Ana", items: { espresso: 2, croissant: 1 }, ...changes };
}

/** Sends a request and reads the whole answer. A failed connection rejects. */
export async function ask(url: string, init: RequestInit = {}): Promise<Answer> {
  const startedAt = performance.now();
  const answer = await fetch(url, {
    redirect: "manual",
    signal: AbortSignal.timeout(20_000),
    ...init,
  });
  const text = await answer.text();
  const isJson = answer.headers.get("content-type") === "application/json";
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    json: isJson ? (JSON.parse(text) as Record<string, unknown>) : undefined,
    ms: performance.now() - startedAt,
  };
}

/** Sends a request on a new connection, as a health checker does. */
export async function askAnew(url: string): Promise<{ status: number; text: string; ms: number }> {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const sent = get(url, { agent: false, timeout: 20_000 }, (answer) => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (chunk: string) => (text += chunk));
      answer.on("error", reject);
      answer.on("end", () => {
        resolve({ status: answer.statusCode ?? 0, text, ms: performance.now() - startedAt });
      });
    });
    sent.on("error", reject);
    sent.on("timeout", () => sent.destroy(new Error(`${url}: no answer within 20 s`)));
  });
}

/** Places an order as JSON. */
export async function place(origin: string, order: unknown): Promise<Answer> {
  return postJson(`${origin}/orders`, order);
}

/** Places an order as the café's own function does, marked as synthetic and signed. */
export async function placeSynthetic(
  origin: string,
  order: OrderInput,
  secret: string,
): Promise<Answer> {
  const signature = createHmac("sha256", secret).update(order.id).digest("hex");
  return postJson(
    `${origin}/orders`,
    { ...order, synthetic: true },
    { "x-cafe-synthetic": signature },
  );
}

/** Sends JSON. */
export async function postJson(
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
  patienceMs = 20_000,
): Promise<Answer> {
  return ask(url, {
    method: "POST",
    signal: AbortSignal.timeout(patienceMs),
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

/** Sends JSON in two halves with a pause between them, as a slow line does. */
export async function postSlowly(
  url: string,
  body: unknown,
  pauseMs: number,
  patienceMs: number,
): Promise<Answer> {
  const startedAt = performance.now();
  const bytes = Buffer.from(JSON.stringify(body));
  const half = Math.floor(bytes.length / 2);
  const headers = { "content-type": "application/json", "content-length": bytes.length };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: "POST", agent: false, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("error", reject);
      answer.on("end", () => {
        clearTimeout(timer);
        const text = Buffer.concat(chunks).toString();
        const isJson = answer.headers["content-type"] === "application/json";
        resolve({
          status: answer.statusCode ?? 0,
          headers: new Headers(),
          text,
          json: isJson ? (JSON.parse(text) as Record<string, unknown>) : undefined,
          ms: performance.now() - startedAt,
        });
      });
    });
    const timer = setTimeout(() => sent.destroy(new Error("no patience left")), patienceMs);
    sent.on("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    sent.write(bytes.subarray(0, half));
    void sleep(pauseMs).then(() => sent.end(bytes.subarray(half)));
  });
}

/** Sends a form as a browser without JavaScript does. */
export async function postForm(
  url: string,
  fields: Readonly<Record<string, string>>,
): Promise<Answer> {
  return ask(url, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", accept: "text/html" },
    body: new URLSearchParams(fields).toString(),
  });
}

/** The percentile of the measurements at a share, such as 0.99. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** Further attempts at a test of durations: a busy machine spoils one, a fault spoils all. */
export const MEASURED_AGAIN = 2;
