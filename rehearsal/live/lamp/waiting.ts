import { connect, createServer, type AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** Ends a wait for what will not come. A busy machine may need most of it; it is no requirement. */
export const PATIENCE_MS = 100_000;

/**
 * A port of loopback that was free a moment ago. It is found over TCP, for a server over UDP too: Linux gives odd
 * ports to listeners and even ones to connections, so that none of these takes it meanwhile.
 */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Waits until a port accepts connections. @throws Error after `PATIENCE_MS`. */
export async function untilListening(
  port: number,
  what: string,
  address = "127.0.0.1",
): Promise<void> {
  await until(`${what} listens on ${address}:${port}`, () => canConnect(port, address));
}

/** Waits until `condition` is true. @throws Error that names the condition, after `PATIENCE_MS`. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
): Promise<void> {
  const endsAt = Date.now() + PATIENCE_MS;
  while (!(await condition())) {
    if (Date.now() > endsAt) throw new Error(`not within ${PATIENCE_MS} ms: ${what}`);
    await sleep(20);
  }
}

async function canConnect(port: number, address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, address);
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
