import { encode } from "dns-packet";
import type { AnswerSet } from "./answerSet";
import type { DnsDecision } from "./authority";
import type { ClientSubnet } from "./query";
import { edns, headerBytes } from "./wire";

/** The parts of a reply that stay the same until the next change. */
export interface Reply {
  readonly flags: number;
  readonly question: Buffer;
  readonly answers: AnswerSet;
  /** Only for a query that gets no answer. */
  readonly authority: readonly Buffer[];
  readonly additional: readonly Buffer[];
  /** The OPT record; empty without EDNS. */
  readonly opt: Buffer;
  readonly bytesMax: number;
  /** Whether only the packet decides, and not the address that it comes from. */
  readonly isForAnyone: boolean;
}

export const replyFlags = {
  response: 0x8000,
  authoritative: 0x0400,
  truncated: 0x0200,
  /** Opcode, RD and CD are repeated (RFC 1035, section 4.1.1; RFC 4035, section 3.1.6). */
  repeated: 0x7910,
} as const;

/** RFC 8914: the code of an error that has no other. */
const otherError = 0;
/** Longer messages would only make a reply truncated. */
const errorTextMax = 200;

export function optOf(
  { rcode, why, isByPlace }: DnsDecision,
  isDnssecOk: boolean,
  subnet: ClientSubnet | undefined,
): Buffer {
  const options = [
    ...(subnet === undefined
      ? []
      : [{ code: edns.subnetOption, data: subnetReply(subnet, isByPlace) }]),
    ...(why === undefined
      ? []
      : [
          {
            code: edns.errorOption,
            data: Buffer.from(`\0${String.fromCharCode(otherError)}${why.slice(0, errorTextMax)}`),
          },
        ]),
  ];
  const packet = encode({
    type: "response",
    additionals: [
      {
        type: "OPT",
        name: ".",
        udpPayloadSize: edns.bytesMax,
        extendedRcode: rcode >> 4,
        ednsVersion: edns.version,
        flags: isDnssecOk ? edns.dnssecOk : 0,
        flag_do: isDnssecOk,
        options: options as [],
      },
    ],
  });
  return Buffer.from(packet.subarray(headerBytes));
}

/**
 * The option of the query with its scope: the whole given network where the answer depends on it,
 * else every network (RFC 7871, section 7.2.1).
 */
function subnetReply({ family, prefixBits, bytes }: ClientSubnet, isByPlace: boolean): Buffer {
  const head = Buffer.from([0, family, prefixBits, isByPlace ? prefixBits : 0]);
  return Buffer.concat([head, bytes]);
}

/** The reply to one query. */
export function encodedReply(id: number, reply: Reply, answers: readonly Buffer[]): Buffer {
  const { question, authority, additional, opt, bytesMax } = reply;
  const withoutAnswer = answers.length > 0 ? [] : authority;
  let length = headerBytes + question.length + opt.length;
  for (const record of answers) length += record.length;
  for (const record of withoutAnswer) length += record.length;
  for (const record of additional) length += record.length;
  const isTruncated = length > bytesMax;
  const sections = isTruncated ? [[], [], []] : [answers, withoutAnswer, additional];
  if (isTruncated) length = headerBytes + question.length + opt.length;
  const bytes = Buffer.allocUnsafe(length);
  bytes.writeUInt16BE(id, 0);
  bytes.writeUInt16BE(reply.flags | (isTruncated ? replyFlags.truncated : 0), 2);
  bytes.writeUInt16BE(question.length > 0 ? 1 : 0, 4);
  let at = headerBytes;
  at += question.copy(bytes, at);
  sections.forEach((records, index) => {
    const isLast = index === sections.length - 1;
    const count = records.length + (isLast && opt.length > 0 ? 1 : 0);
    bytes.writeUInt16BE(count, 6 + 2 * index);
    for (const record of records) at += record.copy(bytes, at);
  });
  opt.copy(bytes, at);
  return bytes;
}
