/**
 * Ids and addresses in place of AWS's. They are derived from the URN only, so two evaluations of
 * the same program agree and a change elsewhere does not affect them.
 */
import { createHash } from "node:crypto";

/** AWS's example account number, https://docs.aws.amazon.com/IAM/latest/UserGuide/console_account-alias.html */
export const accountId = "123456789012";

/** The first address and size of 198.18.0.0/15, set aside for benchmarks (RFC 2544): never routed. */
const firstAddress = 0xc6120000;
const addressCount = 2 ** 17;

/** The first `length` hexadecimal digits (up to 64) of a hash of the key. */
export function hex(key: string, length: number): string {
  return createHash("sha256").update(key).digest("hex").slice(0, length);
}

/** An id in the form of EC2's: a prefix and 17 hexadecimal digits. */
export function ec2Id(prefix: string, key: string): string {
  return `${prefix}-0${hex(key, 16)}`;
}

/** A Route 53 hosted zone id: Z and 20 letters or digits. */
export function madeHostedZoneId(key: string): string {
  return `Z${hex(key, 20).toUpperCase()}`;
}

/** The id of a public zone, derived from its name: creation and look-up yield the same one. */
export function publicZoneId(zoneName: string): string {
  return madeHostedZoneId(`public zone ${zoneName}`);
}

/**
 * The name servers of a zone, below a top-level domain that never resolves (RFC 2606): AWS's real
 * name servers belong to others.
 */
export function nameServersOf(zoneId: string): string[] {
  return [1, 2, 3, 4].map((n) => `ns-${n}.${zoneId.slice(1, 9).toLowerCase()}.test`);
}

export function uuid(key: string): string {
  const h = hex(key, 32);
  return [
    h.slice(0, 8),
    h.slice(8, 12),
    `4${h.slice(13, 16)}`,
    `8${h.slice(17, 20)}`,
    h.slice(20),
  ].join("-");
}

/** Pulumi's auto-name: a suffix of 7 hexadecimal digits. */
export function autoName(name: string, key: string): string {
  return `${name}-${hex(key, 7)}`;
}

/** Gives each key a unique IPv4 address, the same one for the same keys. */
export class Addresses {
  readonly #owners = new Map<string, string>();

  /** A public address. */
  public(key: string): string {
    return this.#claim(key, firstAddress, addressCount);
  }

  /** An address of a subnet; AWS reserves the first four and the last one of each. */
  private(key: string, cidrBlock: string): string {
    const [base = "", bits = "32"] = cidrBlock.split("/");
    return this.#claim(key, toNumber(base) + 4, Math.max(1, 2 ** (32 - Number(bits)) - 5));
  }

  #claim(key: string, first: number, count: number): string {
    const start = Number.parseInt(hex(key, 8), 16) % count;
    for (let step = 0; step < count; step++) {
      const address = toDotted(first + ((start + step) % count));
      const owner = this.#owners.get(address);
      if (owner === undefined || owner === key) {
        this.#owners.set(address, key);
        return address;
      }
    }
    throw new Error(`no free address among ${count} from ${toDotted(first)}`);
  }
}

/** The /56 of a VPC, from the prefix for documentation (RFC 3849). */
export function ipv6Block(key: string): string {
  return `2001:db8:${hex(key, 4)}:${hex(`${key}/low`, 2)}00::/56`;
}

/** An address of a /64 block, such as `2001:db8:1:2::/64`. */
export function ipv6Address(key: string, block: string): string {
  const h = hex(key, 16);
  return block.replace(
    /:?:\/64$/,
    `:${h.slice(0, 4)}:${h.slice(4, 8)}:${h.slice(8, 12)}:${h.slice(12)}`,
  );
}

export function toNumber(address: string): number {
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

export function toDotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}
