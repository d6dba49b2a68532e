import { randomInt } from "node:crypto";
import { createSocket } from "node:dgram";
import type { CaaRecord } from "node:dns";
import { Resolver } from "node:dns/promises";
import { isIPv6 } from "node:net";
import type { Answer, DecodedPacket } from "dns-packet";

/** What the public DNS says of a zone, from outside of it. */
export interface PublicDns {
  /** The servers of the zone above a name, nearest first: a name without servers is passed over. */
  parentOf(zone: string): Promise<{ readonly name: string; readonly servers: readonly Server[] }>;
  /** What one server says by itself, with the authority section: a delegation stands there. */
  ask(server: Server, name: string, type: "NS" | "DS"): Promise<ServerAnswer>;
  /** CAA records at a name; none where there are none. */
  caa(name: string): Promise<readonly CaaRecord[]>;
}

/** Where a DNS server listens. */
export interface Server {
  readonly address: string;
  readonly port: number;
}

/** What a server answered, as far as it is read. */
export interface ServerAnswer {
  readonly rcode: string;
  readonly records: readonly Answer[];
}

/** A DNS question that was not answered. */
export class DnsError extends Error {
  override readonly name = "DnsError";
}

const dnsPort = 53;
/** As long as resolvers wait for a server before they ask the next one. */
const answerTimeoutMs = 3_000;

/**
 * The DNS as this machine sees it. A parent's own servers are asked by a packet of our own: of their
 * answer to NS, Node's resolver shows the answer section alone, and a delegation is in the authority
 * section (RFC 1034, 4.3.2).
 */
export function publicDns(): PublicDns {
  const resolver = new Resolver({ timeout: answerTimeoutMs, tries: 2 });
  return {
    async parentOf(zone) {
      for (let name = above(zone); name !== ""; name = above(name)) {
        const names = await orNone(resolver.resolveNs(name));
        if (names.length === 0) continue;
        const addresses = await Promise.all(names.map((one) => orNone(resolver.resolve4(one))));
        const servers = addresses.flat().map((address) => ({ address, port: dnsPort }));
        if (servers.length > 0) return { name, servers };
      }
      throw new DnsError(`found no name servers of any zone above ${zone}`);
    },
    ask: askServer,
    caa: (name) => orNone(resolver.resolveCaa(name)),
  };
}

/** The name without its first label. */
export function above(name: string): string {
  return name.split(".").slice(1).join(".");
}

/** One question to one server over UDP. @throws DnsError where it does not answer in time */
export async function askServer(
  server: Server,
  name: string,
  type: "NS" | "DS",
): Promise<ServerAnswer> {
  const { decode, encode } = await import("dns-packet");
  // 16 bits, which an answer repeats (RFC 1035, 4.1.1).
  const id = randomInt(0x1_0000);
  const question = encode({ type: "query", id, flags: 0, questions: [{ name, type }] });
  return new Promise((resolve, reject) => {
    const socket = createSocket(isIPv6(server.address) ? "udp6" : "udp4");
    const end = (finish: () => void): void => {
      clearTimeout(timer);
      socket.close();
      finish();
    };
    const fail = (why: string): void => {
      end(() => {
        reject(new DnsError(`${server.address} ${why}, asked for ${type} of ${name}`));
      });
    };
    const timer = setTimeout(() => {
      fail(`did not answer in ${answerTimeoutMs / 1000} s`);
    }, answerTimeoutMs);
    socket.once("error", ({ message }) => {
      fail(`is unreachable (${message})`);
    });
    socket.on("message", (bytes) => {
      const packet = decodedBy(decode, bytes);
      if (packet?.id !== id) return;
      end(() => {
        resolve({
          rcode: rcodeOf(packet),
          records: [...(packet.answers ?? []), ...(packet.authorities ?? [])],
        });
      });
    });
    // Answers come from the server that was asked, and from no other.
    socket.connect(server.port, server.address, () => {
      socket.send(question);
    });
  });
}

/** What is no DNS packet is nobody's answer. */
function decodedBy(
  decode: (bytes: Buffer) => DecodedPacket,
  bytes: Buffer,
): DecodedPacket | undefined {
  try {
    return decode(bytes);
  } catch {
    return undefined;
  }
}

/** The library decodes the code of an answer, which its types leave out. */
function rcodeOf(packet: DecodedPacket): string {
  return (packet as { readonly rcode?: string }).rcode ?? "NOERROR";
}

/** What a resolver found; none where it says that there is none. */
async function orNone<T>(found: Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await found;
  } catch (cause) {
    const { code = "", message } = cause as NodeJS.ErrnoException;
    if (code === "ENODATA" || code === "ENOTFOUND") return [];
    throw new DnsError(`this machine's resolver does not answer, got ${message}`, { cause });
  }
}
