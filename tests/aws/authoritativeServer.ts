import { createSocket } from "node:dgram";
import type { Socket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo, Server as TcpServer } from "node:net";
import { decode, encode, streamDecode, streamEncode } from "dns-packet";
import type { Answer, Packet } from "dns-packet";
import type { Server } from "../../aws/publicDns";
import { freePort } from "../../rehearsal/live/lamp/waiting";

/** Answers by question, such as `orders.example.org A`; a name without one does not exist. */
export type ZoneAnswers = Readonly<Record<string, readonly string[]>>;

const authoritative = 1 << 10;
const truncated = 1 << 9;
const notImplemented = 4;
const noSuchName = 3;

/** An authoritative name server on loopback, over UDP and TCP. */
export class AuthoritativeServer {
  said: ZoneAnswers = {};
  /** Questions that do not fit into a UDP packet. */
  large: readonly string[] = [];
  /** Whether it refuses every question. */
  refuses = false;
  /** Whether it answers from its own zone. */
  isAuthoritative = true;
  /** How many of the next packets are lost. */
  lost = 0;
  private constructor(
    private readonly udp: Socket,
    private readonly tcp: TcpServer,
  ) {}

  static async start(): Promise<AuthoritativeServer> {
    const [udp, tcp] = [createSocket("udp4"), createServer()];
    const server = new AuthoritativeServer(udp, tcp);
    tcp.on("connection", (socket) => {
      socket.on("data", (bytes: Buffer) => {
        const question = streamDecode(bytes);
        // In two parts, as a large answer arrives.
        const answer = streamEncode(server.answerTo(question));
        socket.write(answer.subarray(0, 5));
        setImmediate(() => socket.end(answer.subarray(5)));
      });
    });
    tcp.listen(await freePort(), "127.0.0.1");
    await once(tcp, "listening");
    udp.on("message", (bytes, { port, address }) => {
      if (server.lost > 0) {
        server.lost -= 1;
        return;
      }
      const question = decode(bytes);
      const isLarge = server.large.includes(keyOf(question));
      const answer = server.answerTo(question);
      udp.send(
        encode(isLarge ? { ...answer, answers: [], flags: authoritative | truncated } : answer),
        port,
        address,
      );
    });
    udp.bind((tcp.address() as AddressInfo).port, "127.0.0.1");
    await once(udp, "listening");
    return server;
  }

  get server(): Server {
    const { address, port } = this.udp.address();
    return { address, port };
  }

  private answerTo(question: Packet): Packet {
    const key = keyOf(question);
    const values = this.said[key];
    const [asked] = question.questions ?? [];
    return {
      type: "response",
      ...(question.id === undefined ? {} : { id: question.id }),
      flags:
        (this.isAuthoritative ? authoritative : 0) |
        (this.refuses ? notImplemented : values === undefined ? noSuchName : 0),
      questions: question.questions ?? [],
      answers: (values ?? []).map((data) => answerOf(asked?.name ?? "", asked?.type ?? "A", data)),
    };
  }

  end(): void {
    this.udp.close();
    this.tcp.close();
  }
}

/** A value without digits is a name, which only a CNAME has. */
function answerOf(name: string, type: string, data: string): Answer {
  const isName = !/\d/.test(data);
  return { name, type: isName ? "CNAME" : type, class: "IN", ttl: 60, data } as Answer;
}

function keyOf({ questions = [] }: Packet): string {
  const [question] = questions;
  return `${question?.name ?? ""} ${question?.type ?? ""}`;
}
