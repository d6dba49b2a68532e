import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";
import { queryBytesMax } from "./query";

/** What a server answers; undefined for a message that gets no answer. */
export type Respond = (packet: Buffer, address: string) => Buffer | undefined;

/** A message over TCP begins with its length, in two bytes (RFC 1035, section 4.2.2). */
const lengthBytes = 2;

/** Limits on clients that are slow or many (RFC 7766, section 6.2). */
export interface TcpLimits {
  /** How long a connection may take until its next query has come and its answers are taken. */
  readonly idleMs: number;
  /** With more connections, the one that has been idle longest is closed. */
  readonly connectionsMax: number;
}

/** BIND keeps 150 connections (`tcp-clients`), Unbound each for 30 s at most (`tcp-idle-timeout`). */
const defaultLimits: TcpLimits = { idleMs: 10_000, connectionsMax: 150 };

/** With more answers waiting for a client, its next queries wait too. */
const unsentBytesMax = 0x1_0000;

/** DNS over TCP: many queries in a connection, answered in their order. */
export class TcpServer {
  /** The connection that has been idle longest comes first. */
  private readonly connections = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly respond: Respond,
    private readonly limits: TcpLimits,
  ) {
    server.on("connection", (socket) => {
      this.serve(socket);
    });
  }

  /** @throws the system's error where the port is taken */
  static async start(
    { address, port }: { readonly address: string; readonly port: number },
    respond: Respond,
    limits: TcpLimits = defaultLimits,
  ): Promise<TcpServer> {
    const server = createServer({ noDelay: true });
    server.listen(port, address);
    await once(server, "listening");
    return new TcpServer(server, respond, limits);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const closed = once(this.server, "close");
    this.server.close();
    for (const socket of this.connections) socket.destroy();
    await closed;
  }

  private serve(socket: Socket): void {
    const { idleMs, connectionsMax } = this.limits;
    const [idlest] = this.connections;
    if (idlest && this.connections.size >= connectionsMax) idlest.destroy();
    const timer = setTimeout(() => socket.destroy(), idleMs);
    this.connections.add(socket);
    socket.on("close", () => {
      clearTimeout(timer);
      this.connections.delete(socket);
    });
    // A client that breaks off is no fault of the server.
    socket.on("error", () => socket.destroy());
    let received: Buffer = Buffer.alloc(0);
    const readOn = (): void => {
      const { rest, isUsed } = this.answer(socket, received);
      received = rest;
      if (!isUsed) return;
      timer.refresh();
      this.connections.delete(socket);
      this.connections.add(socket);
    };
    socket.on("data", (chunk) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      readOn();
    });
    socket.on("drain", () => {
      socket.resume();
      readOn();
    });
  }

  /** Answers the complete messages of what was received, and returns the rest. */
  private answer(socket: Socket, received: Buffer): { rest: Buffer; isUsed: boolean } {
    let at = 0;
    while (received.length - at >= lengthBytes && !socket.destroyed) {
      const length = received.readUInt16BE(at);
      // No query is so long: its bytes would only be kept.
      if (length > queryBytesMax) {
        socket.destroy();
        break;
      }
      if (received.length - at - lengthBytes < length) break;
      if (socket.writableLength > unsentBytesMax) {
        socket.pause();
        break;
      }
      const end = at + lengthBytes + length;
      const reply = this.respond(
        received.subarray(at + lengthBytes, end),
        socket.remoteAddress ?? "",
      );
      at = end;
      // A client that sends what is no query gets no second chance.
      if (!reply) {
        socket.destroy();
        break;
      }
      const head = Buffer.allocUnsafe(lengthBytes);
      head.writeUInt16BE(reply.length);
      socket.write(Buffer.concat([head, reply]));
    }
    // A copy: the rest must not keep the chunk that it came in.
    return { rest: at > 0 ? Buffer.from(received.subarray(at)) : received, isUsed: at > 0 };
  }
}
