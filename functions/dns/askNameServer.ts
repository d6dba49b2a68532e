import { randomInt } from "node:crypto";
import { createSocket } from "node:dgram";
import { connect, isIPv6 } from "node:net";
import { AUTHORITATIVE_ANSWER, TRUNCATED_RESPONSE, decode, encode } from "dns-packet";
import type { Answer, DecodedPacket } from "dns-packet";

/** The address of a name server. */
export interface NameServer {
  readonly address: string;
  readonly port: number;
}

export interface DnsQuestion {
  readonly name: string;
  readonly type: "A" | "TXT";
}

/** Asks one name server; rejects if it does not answer, or is not authoritative. */
export type AskNameServer = (
  server: NameServer,
  question: DnsQuestion,
) => Promise<readonly Answer[]>;

/**
 * Timeout of each attempt, over UDP and then over TCP. Route 53 answers within some 100 ms; a run
 * asks several servers, so that a lost packet needs no second one.
 */
const timeoutMs = 1_500;

/** Response codes with an answer: NXDOMAIN says that there are no records. */
const answeredCodes: readonly string[] = ["NOERROR", "NXDOMAIN"];

/**
 * Asks a zone's own server one question over UDP, and over TCP if the answer is truncated
 * (RFC 7766, section 5).
 */
export const askNameServer: AskNameServer = async (server, question) => {
  const overUdp = await exchanged(udp, server, question);
  const packet = isSet(overUdp, TRUNCATED_RESPONSE)
    ? await exchanged(tcp, server, question)
    : overUdp;
  // The library decodes the code, but its types omit it.
  const { rcode = "NOERROR" } = packet as { readonly rcode?: string };
  if (!answeredCodes.includes(rcode)) throw refused(server, question, `answered ${rcode}`);
  if (!isSet(packet, AUTHORITATIVE_ANSWER)) {
    throw refused(server, question, "is not authoritative");
  }
  return packet.answers ?? [];
};

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
  question: DnsQuestion,
): Promise<DecodedPacket> {
  // 16 bits, which an answer repeats (RFC 1035, section 4.1.1).
  const id = randomInt(0x1_0000);
  const bytes = encode({ type: "query", id, flags: 0, questions: [question] });
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      finish();
      reject(refused(server, question, why));
    };
    const timer = setTimeout(() => {
      fail(`did not answer in ${timeoutMs} ms`);
    }, timeoutMs);
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

function isSet({ flags = 0 }: DecodedPacket, flag: number): boolean {
  return (flags & flag) !== 0;
}

function refused({ address }: NameServer, { name, type }: DnsQuestion, why: string): Error {
  return new Error(`${address} ${why}, asked for ${type} of ${name}`);
}
