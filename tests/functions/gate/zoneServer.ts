import { createSocket } from "node:dgram";
import type { Socket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo, Server } from "node:net";
import {
  AUTHORITATIVE_ANSWER,
  TRUNCATED_RESPONSE,
  decode,
  encode,
  streamDecode,
  streamEncode,
} from "dns-packet";
import type { Answer, Packet } from "dns-packet";
import { freePort } from "../../../rehearsal/live/lamp/waiting";
import type { NameServer } from "../../../functions/dns/dnsExchange";

/** How a server answers besides its records. */
export interface Manner {
  /** Answers over UDP are cut. */
  isTruncated?: boolean;
  /** No answer, over either transport. */
  isSilent?: boolean;
  /** It does not have the zone. */
  isLame?: boolean;
  /** SERVFAIL, or another code by its number (RFC 1035, section 4.1.1). */
  code?: number;
  /** First a packet with another id, as a forger would send. */
  isForged?: boolean;
  /** Over TCP it closes without an answer. */
  closes?: boolean;
}

/** An authoritative name server on loopback, over UDP and TCP at one port. */
export class ZoneServer {
  /** Values by name: addresses, or texts for names of signals. */
  records: Readonly<Record<string, readonly string[]>> = {};
  manner: Manner = {};
  /** Questions so far, with their transport. */
  readonly asked: string[] = [];

  private constructor(
    private readonly udp: Socket,
    private readonly tcp: Server,
  ) {}

  static async start(): Promise<ZoneServer> {
    const tcp = createServer();
    tcp.listen(await freePort(), "127.0.0.1");
    await once(tcp, "listening");
    const udp = createSocket("udp4");
    udp.bind((tcp.address() as AddressInfo).port, "127.0.0.1");
    await once(udp, "listening");
    const server = new ZoneServer(udp, tcp);
    udp.on("message", (bytes, { port, address }) => {
      const packet = decode(bytes);
      if (server.manner.isForged === true) {
        udp.send(
          encode({ ...server.answerTo(packet, "udp"), id: (packet.id ?? 0) ^ 1 }),
          port,
          address,
        );
        udp.send(Buffer.from("not a packet"), port, address);
      }
      if (server.manner.isSilent !== true) {
        udp.send(encode(server.answerTo(packet, "udp")), port, address);
      }
    });
    tcp.on("connection", (socket) => {
      socket.on("error", () => undefined);
      socket.on("data", (bytes) => {
        if (server.manner.closes === true) socket.end();
        else if (server.manner.isSilent !== true) {
          const answer = streamEncode(server.answerTo(streamDecode(bytes), "tcp"));
          // In two parts, as over a slow connection.
          socket.write(answer.subarray(0, 1));
          setImmediate(() => socket.write(answer.subarray(1)));
        }
      });
    });
    return server;
  }

  get address(): NameServer {
    const { address, port } = this.udp.address();
    return { address, port };
  }

  end(): void {
    this.udp.close();
    this.tcp.close();
  }

  private answerTo({ id, questions = [] }: Packet, transport: "udp" | "tcp"): Packet {
    const { isTruncated = false, isLame = false, code = 0 } = this.manner;
    const cut = isTruncated && transport === "udp";
    const answers = questions.flatMap(({ name, type }): readonly Answer[] => {
      this.asked.push(`${transport} ${type} ${name}`);
      return (this.records[name] ?? []).map((data): Answer =>
        type === "TXT"
          ? { name, type, data }
          : { name, type: /^[\d.]+$/.test(data) ? "A" : "CNAME", data },
      );
    });
    return {
      type: "response",
      ...(id === undefined ? {} : { id }),
      flags: (isLame ? 0 : AUTHORITATIVE_ANSWER) | (cut ? TRUNCATED_RESPONSE : 0) | code,
      questions,
      answers: cut || isLame || code !== 0 ? [] : [...answers],
    };
  }
}
