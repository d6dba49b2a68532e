import { createSocket } from "node:dgram";
import type { RemoteInfo, Socket } from "node:dgram";
import { once } from "node:events";
import { BlockList, isIPv4, isIPv6 } from "node:net";
import { InputError } from "../../../routing/inputError";
import type { AnswerSource } from "./authority";
import { Responder } from "./responder";
import { TcpServer } from "./tcpServer";
import type { TcpLimits } from "./tcpServer";

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** A free port of TCP may be taken for UDP; then another is tried. */
const portTriesMax = 10;

/** How the kernel keeps queries that come faster than they are answered. */
const receiveBufferBytes = 2 ** 21;

/** An authoritative name server on loopback, over UDP and TCP at one port. */
export class DrillNameServer {
  private constructor(
    private readonly udp: Socket,
    private readonly tcp: TcpServer,
    private readonly responder: Responder,
    readonly address: string,
    readonly port: number,
  ) {}

  /**
   * @param at a loopback address; with port 0, any free one
   * @throws InputError for any other address, for a port that cannot be used, and where the model
   *   has no zone to serve
   */
  static async start(
    at: { readonly address: string; readonly port: number },
    source: AnswerSource,
    limits?: TcpLimits,
  ): Promise<DrillNameServer> {
    const { address } = at;
    if (!isLoopback(address)) {
      throw new InputError(
        `name server address ${address}: not on loopback; use 127.0.0.1, or another address in 127.0.0.0/8`,
      );
    }
    const responder = new Responder(source);
    for (let tries = 1; ; tries += 1) {
      let tcp: TcpServer | undefined;
      try {
        tcp = await TcpServer.start(
          at,
          (packet, from) => responder.respond(packet, { address: from, transport: "tcp" }),
          limits,
        );
        const udp = await boundSocket(address, tcp.port);
        answerOver(udp, responder);
        return new DrillNameServer(udp, tcp, responder, address, tcp.port);
      } catch (error) {
        await tcp?.stop();
        const { code } = error as NodeJS.ErrnoException;
        if (code === "EADDRINUSE" && at.port === 0 && tries < portTriesMax) continue;
        throw new InputError(
          `name server address ${address}, port ${at.port}: cannot be used, got ${code ?? String(error)}; use a free port`,
          { cause: error },
        );
      }
    }
  }

  /** The names at which the served zones begin. */
  get apexes(): readonly string[] {
    return this.responder.apexes;
  }

  /**
   * Says that the source's view has changed. No query that arrives afterwards gets an answer from
   * before.
   */
  changed(): void {
    this.responder.changed();
  }

  async stop(): Promise<void> {
    const closed = once(this.udp, "close");
    this.udp.close();
    await Promise.all([closed, this.tcp.stop()]);
  }
}

function isLoopback(address: string): boolean {
  if (isIPv4(address)) return loopback.check(address, "ipv4");
  return isIPv6(address) && loopback.check(address, "ipv6");
}

async function boundSocket(address: string, port: number): Promise<Socket> {
  const socket = createSocket({
    type: isIPv6(address) ? "udp6" : "udp4",
    recvBufferSize: receiveBufferBytes,
    // Clients are addresses: without a look-up, an answer is sent at once.
    lookup: (host, _, done) => {
      done(null, host, isIPv6(host) ? 6 : 4);
    },
  });
  // With that look-up, it listens at once.
  const listening = once(socket, "listening");
  socket.bind({ address, port, exclusive: true });
  await listening;
  return socket;
}

/**
 * Answers at once the queries that came at once, a tenth more a second than one by one: a client is woken for several
 * answers then.
 */
function answerOver(socket: Socket, responder: Responder): void {
  const own = socket.address();
  let waiting: [Buffer, RemoteInfo][] = [];
  const answer = (): void => {
    const queries = waiting;
    waiting = [];
    for (const [packet, { address, port }] of queries) {
      const reply = responder.respond(packet, { address, transport: "udp" });
      if (reply) socket.send(reply, port, address, ignored);
    }
  };
  socket.on("message", (packet, from) => {
    // A forged source must not make the server talk to itself, or to nobody.
    if (from.port === 0 || (from.port === own.port && from.address === own.address)) return;
    if (waiting.length === 0) setImmediate(answer);
    waiting.push([packet, from]);
  });
  socket.on("close", () => {
    waiting = [];
  });
  // Such as a client that is gone (ICMP): the next packet is answered.
  socket.on("error", ignored);
}

/** Errors of single packets: DNS over UDP promises nothing. */
function ignored(): void {
  // Nothing to do.
}
