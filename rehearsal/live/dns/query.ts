import { decode } from "dns-packet";
import type { OptAnswer } from "dns-packet";
import { edns, headerBytes, rcodes, typeNumbers } from "./wire";

/** A question for an answer. */
export interface Query {
  /** The flags as received. */
  readonly flags: number;
  /** The question as received: the reply repeats it byte for byte, so its letter case is kept. */
  readonly question: Buffer;
  /** The queried name as the model spells names (N1). */
  readonly name: string;
  readonly type: number;
  readonly class: number;
  /** Absent where the query has no EDNS. */
  readonly edns?: Edns;
}

/** The EDNS part of a query (RFC 6891). */
export interface Edns {
  readonly udpBytes: number;
  /** Whether the client can handle DNSSEC records (DO, RFC 3225). */
  readonly isDnssecOk: boolean;
  readonly subnet?: ClientSubnet;
}

/** The network that a client's resolver says it asks for (RFC 7871). */
export interface ClientSubnet {
  /** IPv4 or IPv6; 0 for no network at all. */
  readonly family: 0 | 1 | 2;
  readonly prefixBits: number;
  /** The address as sent: only the bytes of the prefix. */
  readonly bytes: Buffer;
  /** The same as text. */
  readonly address: string;
}

/** A query that gets an error without a look at the zones. */
export interface Refusal {
  readonly flags: number;
  readonly rcode: number;
  /** Absent where it could not be read. */
  readonly question?: Buffer;
  /** Present where the query has EDNS. */
  readonly edns?: Pick<Edns, "isDnssecOk">;
}

/** Larger queries are none: a question has at most 259 bytes, and options are small. */
export const queryBytesMax = 4096;

/** The additional section has at most an OPT record, a signature, and one more; others have less. */
const sectionMax = 3;

const responseFlag = 0x8000;
const countsAt = 4;

/**
 * Reads a packet.
 *
 * @returns undefined for a packet that must not be answered: a response, or no DNS message. An
 *   answer to a response would make two servers answer each other without end.
 */
export function readQuery(packet: Buffer): Query | Refusal | undefined {
  if (packet.length < headerBytes) return undefined;
  const flags = packet.readUInt16BE(2);
  if ((flags & responseFlag) !== 0) return undefined;
  const counts = [0, 2, 4, 6].map((at) => packet.readUInt16BE(countsAt + at));
  const opts = optsOf(packet, counts);
  const [opt] = opts ?? [];
  const isDnssecOk = opt !== undefined && (opt.flags & edns.dnssecOk) !== 0;
  // An error without an OPT record would say that the server has no EDNS (RFC 6891, section 7).
  const refusal = (rcode: number, question?: Buffer): Refusal => ({
    flags,
    rcode,
    ...(question ? { question } : {}),
    ...(opt ? { edns: { isDnssecOk } } : {}),
  });
  if (((flags >> 11) & 0xf) !== 0) return refusal(rcodes.notImplemented);
  const [questions = 0, answers = 0, authorities = 0] = counts;
  const end = endOfName(packet, headerBytes);
  // A query has exactly one question (RFC 9619).
  const isOne = questions === 1 && answers + authorities === 0;
  if (!isOne || !opts || end === undefined || end + 4 > packet.length) {
    return refusal(rcodes.formatError);
  }
  const question = Buffer.from(packet.subarray(headerBytes, end + 4));
  const type = packet.readUInt16BE(end);
  const subnet = opt && subnetOf(opt);
  // There is one OPT record, at the root (RFC 6891, section 6.1.1).
  if (opts.length > 1 || (opt && opt.name !== ".") || isNeverAsked(type)) {
    return refusal(rcodes.formatError, question);
  }
  if (opt && opt.ednsVersion !== edns.version) return refusal(rcodes.badVersion, question);
  if (subnet === "malformed") return refusal(rcodes.formatError, question);
  const udpBytes = Math.max(edns.bytesMin, opt?.udpPayloadSize ?? 0);
  return {
    flags,
    question,
    name: nameIn(packet, headerBytes, end),
    type,
    class: packet.readUInt16BE(end + 2),
    ...(opt ? { edns: { udpBytes, isDnssecOk, ...(subnet ? { subnet } : {}) } } : {}),
  };
}

/** Types of records that exist only within a message. */
function isNeverAsked(type: number): boolean {
  return type === typeNumbers.OPT || type === typeNumbers.TSIG || type === 0;
}

/** The first byte after a name without pointers; undefined where there is none. */
function endOfName(packet: Buffer, start: number): number | undefined {
  let at = start;
  for (;;) {
    const length = packet[at];
    // A name has at most 255 bytes, a label 63; a pointer in a question has nothing to point to.
    if (length === undefined || length > 63 || at + 1 - start > 255) return undefined;
    if (length === 0) return at + 1;
    at += 1 + length;
  }
}

/** Lower case, with codes for what a label cannot show: as `canonical` of routing/domainName.ts. */
function nameIn(packet: Buffer, start: number, end: number): string {
  let name = "";
  for (let at = start; at < end - 1;) {
    const length = packet[at] ?? 0;
    if (at > start) name += ".";
    for (const byte of packet.subarray(at + 1, at + 1 + length)) name += characterOf(byte);
    at += 1 + length;
  }
  return name;
}

function characterOf(byte: number): string {
  const character = String.fromCharCode(byte);
  if (!/[!-~]/.test(character) || character === "." || character === "\\") {
    return `\\${byte.toString(8).padStart(3, "0")}`;
  }
  return character.toLowerCase();
}

/** The OPT records; undefined where the packet is too large, or cannot be read. */
function optsOf(packet: Buffer, counts: readonly number[]): readonly OptAnswer[] | undefined {
  const [, , , additionals = 0] = counts;
  if (packet.length > queryBytesMax || counts.some((count) => count > sectionMax)) return undefined;
  if (additionals === 0) return [];
  try {
    return (decode(packet).additionals ?? []).filter((one) => one.type === "OPT");
  } catch {
    return undefined;
  }
}

/** The client's subnet, with the checks of RFC 7871, section 7.1.2. */
function subnetOf({ options }: OptAnswer): ClientSubnet | undefined | "malformed" {
  const found = options.filter(({ code }) => code === edns.subnetOption);
  const [option] = found;
  if (!option) return undefined;
  const data = option.data ?? Buffer.alloc(0);
  if (found.length > 1 || data.length < 4) return "malformed";
  const family = data.readUInt16BE(0);
  const prefixBits = data.readUInt8(2);
  const scopeBits = data.readUInt8(3);
  const bytes = Buffer.from(data.subarray(4));
  if (family !== 0 && family !== 1 && family !== 2) return "malformed";
  const addressBytes = [0, 4, 16][family] ?? 0;
  if (prefixBits > addressBytes * 8 || scopeBits !== 0) return "malformed";
  if (bytes.length !== Math.ceil(prefixBits / 8)) return "malformed";
  const unusedBits = bytes.length * 8 - prefixBits;
  if (((bytes.at(-1) ?? 0) & (2 ** unusedBits - 1)) !== 0) return "malformed";
  const whole = Buffer.concat([bytes], addressBytes);
  return { family, prefixBits, bytes, address: addressText(whole) };
}

function addressText(bytes: Buffer): string {
  if (bytes.length <= 4) return bytes.join(".");
  return Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16)).join(
    ":",
  );
}
