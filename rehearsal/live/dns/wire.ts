/** Numbers of the DNS message format that `dns-packet` does not export (IANA, "DNS Parameters"). */

export const headerBytes = 12;

export const rcodes = {
  noError: 0,
  formatError: 1,
  serverFailure: 2,
  noSuchName: 3,
  notImplemented: 4,
  refused: 5,
  /** Its upper bits are in the OPT record. */
  badVersion: 16,
} as const;

/** Types that the server treats specially, or whose records it encodes. */
export const typeNumbers = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  SRV: 33,
  NAPTR: 35,
  OPT: 41,
  DS: 43,
  SSHFP: 44,
  TLSA: 52,
  SVCB: 64,
  HTTPS: 65,
  SPF: 99,
  TKEY: 249,
  TSIG: 250,
  IXFR: 251,
  AXFR: 252,
  MAILB: 253,
  MAILA: 254,
  ANY: 255,
  CAA: 257,
} as const;

const namesOfTypes = new Map(
  Object.entries(typeNumbers).map(([name, number]): [number, string] => [number, name]),
);

/** The name of a type; `TYPE<number>` for others (RFC 3597). */
export function typeNameOf(number: number): string {
  return namesOfTypes.get(number) ?? `TYPE${number}`;
}

export const classIn = 1;

export const edns = {
  version: 0,
  /** Fits into one packet on every path (DNS flag day 2020). */
  bytesMax: 1232,
  /** The limit without EDNS (RFC 1035, section 2.3.4). */
  bytesMin: 512,
  dnssecOk: 0x8000,
  subnetOption: 8,
  /** Extended DNS Errors (RFC 8914). */
  errorOption: 15,
} as const;
