import type { CaaRecord } from "node:dns";
import { Resolver } from "node:dns/promises";
import type { Answer } from "dns-packet";
import type { NameServer } from "../functions/dns/dnsExchange";

/** The public DNS, as seen from outside the account. */
export interface PublicDns {
  /** The servers of the nearest zone above a name: a parent name without servers is skipped. */
  parentOf(zone: string): Promise<{ readonly name: string; readonly servers: readonly Server[] }>;
  /** The answer of one server, including the authority section, which contains a delegation. */
  ask(server: Server, name: string, type: QuestionType): Promise<ServerAnswer>;
  /** CAA records at a name; empty if there are none. */
  caa(name: string): Promise<readonly CaaRecord[]>;
}

/** The DNS as the clients of a zone see it: its name servers, and the addresses of names. */
export interface ClientDns extends Pick<PublicDns, "ask"> {
  /** The names of a zone's servers, as its parent delegates it. */
  nameServersOf(zone: string): Promise<readonly string[]>;
  /** The servers at the addresses of a name server. */
  serversAt(nameServer: string): Promise<readonly Server[]>;
  /** The addresses of a name, as a resolver finds them; empty if there are none. */
  addressesOf(name: string, type: "A" | "AAAA"): Promise<readonly string[]>;
}

/** The types of records that a server is asked for. */
export type QuestionType = "A" | "AAAA" | "NS" | "DS";

/** The address of a DNS server. */
export type Server = NameServer;

/** The parts of a server's answer that are read. */
export interface ServerAnswer {
  readonly rcode: string;
  /** Whether the server answers from its own zone. */
  readonly isAuthoritative: boolean;
  readonly records: readonly Answer[];
}

/** A DNS question that was not answered. */
export class DnsError extends Error {
  override readonly name = "DnsError";
}

const dnsPort = 53;
/** Resolvers wait this long for a server before they ask the next one. */
const answerTimeoutMs = 3_000;

/**
 * The DNS as this machine sees it. A parent's own servers are queried with packets built here:
 * Node's resolver returns only the answer section of an NS query, but a delegation is in the
 * authority section (RFC 1034, 4.3.2).
 */
export function publicDns(): PublicDns & ClientDns {
  const resolver = new Resolver({ timeout: answerTimeoutMs, tries: 2 });
  const addressesOf: ClientDns["addressesOf"] = (name, type) =>
    orNone(type === "A" ? resolver.resolve4(name) : resolver.resolve6(name));
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
    nameServersOf: (zone) => orNone(resolver.resolveNs(zone)),
    async serversAt(nameServer) {
      const addresses = await addressesOf(nameServer, "A");
      return addresses.map((address) => ({ address, port: dnsPort }));
    },
    addressesOf,
  };
}

/** The name without its first label. */
export function above(name: string): string {
  return name.split(".").slice(1).join(".");
}

/**
 * Asks one server one question over UDP, and over TCP if the answer does not fit into a UDP packet.
 *
 * @throws DnsError if it does not answer in time
 */
export async function askServer(
  server: Server,
  name: string,
  type: QuestionType,
): Promise<ServerAnswer> {
  const { NoDnsAnswer, dnsExchange, responseCodeOf } = await import("../functions/dns/dnsExchange");
  const limit = { milliseconds: answerTimeoutMs, words: `${answerTimeoutMs / 1000} s` };
  const packet = await dnsExchange(server, { name, type }, limit).catch((error: unknown) => {
    if (!(error instanceof NoDnsAnswer)) throw error;
    throw new DnsError(`${server.address} ${error.message}, asked for ${type} of ${name}`);
  });
  return {
    rcode: responseCodeOf(packet),
    isAuthoritative: packet.flag_aa,
    records: [...(packet.answers ?? []), ...(packet.authorities ?? [])],
  };
}

/** The records that a resolver found; empty if it reports that there are none. */
async function orNone<T>(found: Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await found;
  } catch (cause) {
    const { code = "", message } = cause as NodeJS.ErrnoException;
    if (code === "ENODATA" || code === "ENOTFOUND") return [];
    throw new DnsError(`this machine's resolver does not answer, got ${message}`, { cause });
  }
}
