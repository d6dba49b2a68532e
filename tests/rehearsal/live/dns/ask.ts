import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect } from "node:net";
import { decode, encode } from "dns-packet";
import type { Answer, DecodedPacket, Packet } from "dns-packet";
import type { AnsweringView } from "../../../../routing/resolve";
import type { AnswerSource } from "../../../../rehearsal/live/dns/authority";
import { Responder } from "../../../../rehearsal/live/dns/responder";

/** A query; by default without EDNS. */
export function queryOf(name: string, type: string, more: Packet = {}): Buffer {
  return encode({
    type: "query",
    id: 0x1234,
    questions: [{ name, type: type as "A" }],
    ...more,
  });
}

/** The additional section with EDNS; an option's data is given as bytes. */
export function withEdns(
  udpPayloadSize = 1232,
  options: readonly { readonly code: number; readonly data: Buffer }[] = [],
): { additionals: Answer[] } {
  return {
    additionals: [
      {
        type: "OPT",
        name: ".",
        udpPayloadSize,
        extendedRcode: 0,
        ednsVersion: 0,
        flags: 0,
        flag_do: false,
        options: [...options] as never[],
      },
    ],
  };
}

/** The option for EDNS client subnet, as bytes. */
export function subnetOption(
  prefixBits: number,
  bytes: readonly number[],
  { family = 1, scopeBits = 0 } = {},
): { readonly code: number; readonly data: Buffer } {
  return { code: 8, data: Buffer.from([0, family, prefixBits, scopeBits, ...bytes]) };
}

/** A reply, readable. */
export interface Said {
  readonly rcode: string;
  /** The flags that are set: `aa`, `tc` and so on. */
  readonly flags: readonly string[];
  /** `owner TTL type data` */
  readonly answers: readonly string[];
  readonly authorities: readonly string[];
  readonly additionals: readonly string[];
}

export function said(reply: Buffer): Said {
  const packet = decode(reply) as DecodedPacket & { rcode: string };
  const flags = ["aa", "tc", "rd", "ra", "z", "ad", "cd"].filter(
    (flag) => packet[`flag_${flag}` as "flag_aa"],
  );
  const lines = (answers: readonly Answer[] = []): readonly string[] =>
    answers.filter(({ type }) => type !== "OPT").map(lineOf);
  return {
    rcode: packet.rcode,
    flags,
    answers: lines(packet.answers),
    authorities: lines(packet.authorities),
    additionals: lines(packet.additionals),
  };
}

function lineOf(answer: Answer): string {
  const { name, type, ttl, data } = answer as Answer & { ttl: number; data: unknown };
  const text = (part: unknown): string => {
    if (Buffer.isBuffer(part)) return part.toString("latin1");
    if (Array.isArray(part)) return part.map(text).join("|");
    if (typeof part === "object") {
      return Object.values(part ?? {})
        .map(text)
        .join(" ");
    }
    return `${part as string | number | boolean}`;
  };
  return `${name} ${ttl} ${type} ${text(data)}`;
}

/** A responder for one view, and what it says to a packet that comes from an address. */
export function responderFor(
  view: AnsweringView,
  more: Partial<AnswerSource> = {},
): (packet: Buffer, transport?: "udp" | "tcp", address?: string) => Buffer | undefined {
  const responder = new Responder({ view: () => view, seed: 1, ...more });
  return (packet, transport = "udp", address = "127.0.0.1") =>
    responder.respond(packet, { address, transport });
}

/** What a server replies over UDP; undefined for no reply within the time. */
export async function overUdp(
  port: number,
  packet: Buffer,
  waitMs = 1000,
): Promise<Buffer | undefined> {
  const socket = createSocket("udp4");
  try {
    socket.send(packet, port, "127.0.0.1");
    const reply = once(socket, "message") as Promise<[Buffer]>;
    const late = new Promise<undefined>((resolve) => {
      setTimeout(() => {
        resolve(undefined);
      }, waitMs).unref();
    });
    return (await Promise.race([reply, late]))?.[0];
  } finally {
    socket.close();
  }
}

/** What a server sends over TCP until it has sent so many messages, or closes. */
export async function overTcp(port: number, sent: Buffer, count = 1): Promise<readonly Buffer[]> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => socket.destroy());
  socket.write(sent);
  let received = Buffer.alloc(0);
  const messages: Buffer[] = [];
  try {
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      received = Buffer.concat([received, chunk]);
      while (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) {
        const end = 2 + received.readUInt16BE(0);
        messages.push(received.subarray(2, end));
        received = received.subarray(end);
      }
      if (messages.length >= count) break;
    }
  } finally {
    socket.destroy();
  }
  return messages;
}

/** A message as it is sent over TCP. */
export function framed(packet: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(packet.length);
  return Buffer.concat([length, packet]);
}
