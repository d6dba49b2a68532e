import { request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { anOrder } from "../harness/customer";

/** A client's result: the status (0 for none), the body and the duration. */
export interface Seen {
  readonly status: number;
  readonly text: string;
  readonly ms: number;
}

/** One request, on a separate connection. */
export interface Asking {
  readonly host: string;
  readonly port: number;
  readonly from: string;
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: string;
  readonly patienceMs: number;
}

/** Sends a request as a checker does: on a new connection, and with a time limit. */
export async function askFrom(asking: Asking): Promise<Seen> {
  const { host, port, from, method, path, body, patienceMs } = asking;
  const startedAt = performance.now();
  const headers = body === undefined ? {} : { "Content-Type": "application/json" };
  return new Promise((resolve) => {
    const done = (status: number, text: string) => {
      clearTimeout(timer);
      sent.destroy();
      resolve({ status, text, ms: performance.now() - startedAt });
    };
    const options = { host, port, localAddress: from, method, path, agent: false, headers };
    const sent = request(options, (answer) => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (chunk: string) => (text += chunk));
      answer.on("end", () => {
        done(answer.statusCode ?? 0, text);
      });
    });
    sent.on("error", () => {
      done(0, "");
    });
    const timer = setTimeout(() => {
      done(0, "");
    }, patienceMs);
    sent.end(body);
  });
}

/** Sends requests at an even rate until the signal, without waiting for answers. */
export async function atRate(
  perSecond: number,
  signal: AbortSignal,
  ask: () => Promise<Seen>,
): Promise<readonly Seen[]> {
  const answers: Promise<Seen>[] = [];
  const startedAt = performance.now();
  for (let n = 0; !signal.aborted; n++) {
    await sleep(Math.max(0, startedAt + (n * 1000) / perSecond - performance.now()));
    answers.push(ask());
  }
  return Promise.all(answers);
}

/** A customer's order with a new number. */
export function orderBody(): string {
  return JSON.stringify(anOrder());
}
