import { randomInt } from "node:crypto";
import { once } from "node:events";
import { connect, createServer, type ListenOptions, type Server } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Daemon } from "./workshop";

/** Ends a wait for what will not come. A busy machine may need most of it; it is no requirement. */
export const PATIENCE_MS = 100_000;

/**
 * A port of loopback that nothing uses. No other call gets it while this process runs, in this process or another, and
 * no connection and no listener on port 0 does, since systems take theirs from above: Linux from 32768 (tcp(7),
 * ip_local_port_range), the others from 49152 (RFC 6335, section 6).
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST_PORT, END_OF_PORTS);
    if ((await reserve(port)) && (await isFree(port))) return port;
  }
}

const FIRST_PORT = 20_000;
const END_OF_PORTS = 32_768;

/** Reserves a port until this process ends: an abstract socket ends with it. Elsewhere than on Linux none is needed. */
async function reserve(port: number): Promise<boolean> {
  if (process.platform !== "linux") return true;
  const held = await listening({ path: `\0cafe-failover-port-${port}` });
  held?.unref();
  return held !== undefined;
}

async function isFree(port: number): Promise<boolean> {
  const server = await listening({ port, host: "127.0.0.1" });
  if (server === undefined) return false;
  await new Promise((resolve) => server.close(resolve));
  return true;
}

/** A server that listens, or `undefined` where another one does. */
async function listening(where: ListenOptions): Promise<Server | undefined> {
  const server = createServer();
  try {
    server.listen(where);
    await once(server, "listening");
    return server;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    return undefined;
  }
}

/**
 * Waits until a server listens on its port of loopback.
 *
 * @throws ServerEnded if it ends instead
 * @throws Error after `PATIENCE_MS`
 */
export async function untilListening(port: number, what: string, server: Daemon): Promise<void> {
  await until(`${what} listens on 127.0.0.1:${port}`, () => canConnect(port), [server]);
}

/** MariaDB names the port two lines before its last. */
const LINES_OF_AN_END = 3;

/** A server that ended at its start, for example as its port was taken. */
export class ServerEnded extends Error {
  constructor(what: string, server: Daemon) {
    const lastLines = server.said().trim().split("\n").slice(-LINES_OF_AN_END).join("; ");
    super(`not ${what}: the server ended: ${lastLines}`);
  }
}

/**
 * Waits until `condition` is true.
 *
 * @param servers those without which it cannot be
 * @throws ServerEnded if one of them ends
 * @throws Error that names the condition, after `PATIENCE_MS`
 */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  servers: readonly Daemon[] = [],
): Promise<void> {
  const endsAt = Date.now() + PATIENCE_MS;
  while (!(await condition())) {
    const ended = servers.find((server) => server.hasEnded());
    if (ended !== undefined) throw new ServerEnded(what, ended);
    if (Date.now() > endsAt) throw new Error(`not within ${PATIENCE_MS} ms: ${what}`);
    await sleep(20);
  }
}

async function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const done = (connected: boolean) => {
      socket.destroy();
      resolve(connected);
    };
    socket.once("connect", () => {
      done(true);
    });
    socket.once("error", () => {
      done(false);
    });
  });
}
