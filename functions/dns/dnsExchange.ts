import { randomInt } from "node:crypto";
import { createSocket } from "node:dgram";
import { connect, isIPv6 } from "node:net";
import { TRUNCATED_RESPONSE, decode, encode } from "dns-packet";
import type { DecodedPacket, RecordType } from "dns-packet";

/** The address of a DNS server. */
export interface NameServer {
  readonly address: string;
  readonly port: number;
}

/** The time for an answer over each transport. */
export interface AnswerLimit {
  readonly milliseconds: number;
  /** The same in messages: `3 s`. */
  readonly words: string;
}

/** A server's answer that did not come; the message says why: `did not answer in 3 s`. */
export class NoDnsAnswer extends Error {
  override readonly name = "NoDnsAnswer";
}

/**
 * Asks one server one question over UDP, and over TCP if the answer is truncated (RFC 7766,
 * section 5). Answers of other servers, and to other questions, are ignored.
 *
 * @throws NoDnsAnswer if there is no answer within the limit
 */
export async function dnsExchange(
  server: NameServer,
  question: { readonly name: string; readonly type: RecordType },
  limit: AnswerLimit,
): Promise<DecodedPacket> {
  const overUdp = await exchanged(udp, server, question, limit);
  return isFlagged(overUdp, TRUNCATED_RESPONSE) ? exchanged(tcp, server, question, limit) : overUdp;
}

/** Whether a packet has a flag of `dns-packet`. */
export function isFlagged({ flags = 0 }: DecodedPacket, flag: number): boolean {
  return (flags & flag) !== 0;
}

/** The response code: the library decodes it, but its types omit it. */
export function responseCodeOf(packet: DecodedPacket): string {
  return (packet as { readonly rcode?: string }).rcode ?? "NOERROR";
}

/** A question's bytes, and how an answer's are taken: it returns whether they were the answer. */
interface Transfer {
  readonly server: NameServer;
  readonly bytes: Buffer;
  readonly take: (bytes: Buffer) => boolean;
  readonly fail: (why: string) => void;
}

/** Sends a question, and returns what ends the transfer. */
type Transport = (transfer: Transfer) => () => void;

function exchanged(
  transport: Transport,
  server: NameServer,
  question: Parameters<typeof dnsExchange>[1],
  { milliseconds, words }: AnswerLimit,
): Promise<DecodedPacket> {
  // 16 bits, which an answer repeats (RFC 1035, section 4.1.1).
  const id = randomInt(0x1_0000);
  const bytes = encode({ type: "query", id, flags: 0, questions: [question] });
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      finish();
      reject(new NoDnsAnswer(why));
    };
    const timer = setTimeout(() => {
      fail(`did not answer in ${words}`);
    }, milliseconds);
    const end = transport({
      server,
      bytes,
      take: (answer) => {
        const packet = decoded(answer);
        if (packet?.id !== id || packet.type !== "response") return false;
        finish();
        resolve(packet);
        return true;
      },
      fail,
    });
    function finish(): void {
      clearTimeout(timer);
      end();
    }
  });
}

const udp: Transport = ({ server, bytes, take, fail }) => {
  const socket = createSocket(isIPv6(server.address) ? "udp6" : "udp4");
  let isOpen = true;
  socket.on("error", ({ message }) => {
    if (isOpen) fail(`is unreachable (${message})`);
  });
  socket.on("message", take);
  // Connected: only answers of this server arrive.
  socket.connect(server.port, server.address, () => {
    socket.send(bytes);
  });
  return () => {
    if (isOpen) socket.close();
    isOpen = false;
  };
};

/** A message over TCP begins with its length, in two bytes (RFC 1035, section 4.2.2). */
const lengthBytes = 2;

const tcp: Transport = ({ server, bytes, take, fail }) => {
  const socket = connect(server.port, server.address);
  let received = Buffer.alloc(0);
  socket.on("error", ({ message }) => {
    fail(`is unreachable (${message})`);
  });
  socket.on("data", (chunk) => {
    received = Buffer.concat([received, chunk]);
    if (received.length < lengthBytes) return;
    const end = lengthBytes + received.readUInt16BE();
    if (received.length >= end && !take(received.subarray(lengthBytes, end))) {
      fail("answered another question");
    }
  });
  socket.on("end", () => {
    fail("closed the connection");
  });
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt16BE(bytes.length);
  socket.write(Buffer.concat([length, bytes]));
  return () => {
    socket.destroy();
  };
};

/** A packet; undefined for other bytes. */
function decoded(bytes: Buffer): DecodedPacket | undefined {
  try {
    return decode(bytes);
  } catch {
    return undefined;
  }
}
