import { InputError } from "../../routing/inputError";

/** Where a drill listens if it is not told otherwise: all of 127.0.0.0/8 is loopback (RFC 1122, 3.2.1.3). */
export const nameServerAddressDefault = "127.53.0.1";

/** Addresses of each kind; the kinds follow each other. */
const addressesOfKind = 256;
const kinds = ["servers", "checkers", "customers"] as const;
const [loopbackFirst, loopbackLast] = [0x7f000001, 0x7ffffffe];

/** The addresses of a drill on this machine, the same for the same stack. */
export class DrillAddresses {
  private readonly first: number;

  /** @throws InputError for an address that is not loopback, or too near to the end of it */
  constructor(readonly nameServer: string) {
    this.first = numberOf(nameServer);
    const last = this.first + kinds.length * addressesOfKind;
    if (!(this.first >= loopbackFirst && last <= loopbackLast)) {
      throw new InputError(
        `--address: must be a loopback address, 127.0.0.1 to 127.255.252.254, got ${nameServer}; leave it out for ${nameServerAddressDefault}`,
        { code: "bad-usage" },
      );
    }
  }

  /** The address of a server, a checker's region or a customer, by its number from 0. */
  of(kind: (typeof kinds)[number], number: number): string {
    const at = this.first + kinds.indexOf(kind) * addressesOfKind + 1 + (number % 255);
    return [24, 16, 8, 0].map((bits) => (at >>> bits) & 0xff).join(".");
  }
}

/** An IPv4 address as a number; NaN for any other text. */
function numberOf(address: string): number {
  const parts = /^\d{1,3}(\.\d{1,3}){3}$/.test(address) ? address.split(".").map(Number) : [];
  if (parts.length === 0 || parts.some((part) => part > 255)) return NaN;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}
