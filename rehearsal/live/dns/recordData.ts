import { isIPv4, isIPv6 } from "node:net";
import type { Answer } from "dns-packet";
import { canonical } from "../../../routing/domainName";

/** A value that cannot be put into an answer; the message says why. */
export class UnusableValue extends Error {
  override readonly name = "UnusableValue";
}

/** The most bytes of one string in a TXT record (RFC 1035, section 3.3). */
const stringBytesMax = 255;

/**
 * A value of a record, as Route 53 spells it, for `dns-packet`.
 *
 * @throws UnusableValue for one that is not of its type, and for types without a text form here
 */
export function dnsRecordOf(
  owner: string,
  type: string,
  ttlSeconds: number,
  value: string,
): Answer {
  const common = { name: owner, ttl: ttlSeconds } as const;
  switch (type) {
    case "A":
      return { ...common, type, data: checked(isIPv4, type, value) };
    case "AAAA":
      return { ...common, type, data: checked(isIPv6, type, value) };
    case "CNAME":
    case "NS":
    case "PTR":
      return { ...common, type, data: targetOf(value) };
    case "TXT":
    case "SPF":
      // Both have the same format (RFC 4408, section 3.1.1).
      return { ...common, type: type as "TXT", data: [...stringsOf(value)] };
    default:
      return { ...common, ...fieldsOf(type, new Words(type, value)) } as Answer;
  }
}

/** A type and its data, of a value that consists of several words. */
function fieldsOf(type: string, words: Words): Pick<Answer, "type"> & { readonly data: object } {
  switch (type) {
    case "MX":
      return { type, data: { preference: words.number(0), exchange: words.name(1) } };
    case "SRV": {
      const [priority, weight, port] = words.numbers(0, 1, 2);
      return { type, data: { priority, weight, port, target: words.name(3) } };
    }
    case "CAA": {
      const tag = words.text(1) as "issue";
      return { type, data: { flags: words.number(0), tag, value: words.text(2) } };
    }
    case "SOA": {
      const [serial, refresh, retry, expire, minimum] = words.numbers(2, 3, 4, 5, 6);
      const [mname, rname] = [words.name(0), words.name(1)];
      return { type, data: { mname, rname, serial, refresh, retry, expire, minimum } };
    }
    case "NAPTR": {
      const [order, preference] = words.numbers(0, 1);
      const [flags, services, regexp] = [words.text(2), words.text(3), words.text(4)];
      const replacement = words.name(5);
      return { type, data: { order, preference, flags, services, regexp, replacement } };
    }
    case "DS": {
      const [keyTag, algorithm, digestType] = words.numbers(0, 1, 2);
      return { type, data: { keyTag, algorithm, digestType, digest: words.bytes(3) } };
    }
    case "SSHFP": {
      const [algorithm, hash] = words.numbers(0, 1);
      return { type, data: { algorithm, hash, fingerprint: words.bytes(2).toString("hex") } };
    }
    case "TLSA": {
      const [usage, selector, matchingType] = words.numbers(0, 1, 2);
      return { type, data: { usage, selector, matchingType, certificate: words.bytes(3) } };
    }
    default:
      throw new UnusableValue(`${type}: the name server of a drill answers no such records`);
  }
}

function checked(isRight: (value: string) => boolean, type: string, value: string): string {
  if (!isRight(value)) throw new UnusableValue(`${type} ${value}: not an address to answer`);
  return value;
}

/** The words of a value. */
class Words {
  private readonly words: readonly string[];

  constructor(
    private readonly type: string,
    private readonly value: string,
  ) {
    this.words = wordsOf(value);
  }

  text(index: number): string {
    const word = this.words[index];
    if (word === undefined) throw this.unusable();
    return word;
  }

  name(index: number): string {
    return targetOf(this.text(index));
  }

  number(index: number): number {
    const word = this.text(index);
    if (!/^\d{1,10}$/.test(word)) throw this.unusable();
    return Number(word);
  }

  numbers<T extends readonly number[]>(...indexes: T): { [K in keyof T]: number } {
    return indexes.map((index) => this.number(index)) as { [K in keyof T]: number };
  }

  /** All words from one on, as bytes in hexadecimal. */
  bytes(from: number): Buffer {
    const digits = this.words.slice(from).join("");
    if (!/^([0-9a-f]{2})+$/i.test(digits)) throw this.unusable();
    return Buffer.from(digits, "hex");
  }

  private unusable(): UnusableValue {
    return new UnusableValue(`${this.type} ${this.value}: not a value to answer`);
  }
}

/** A name in a value, as `dns-packet` can encode it. */
function targetOf(text: string): string {
  if (text === ".") return text;
  const plain = /^[ -~]*$/.test(text) ? text.replace(/\.$/, "") : canonical(text);
  const labels = plain.split(".");
  const isEncodable =
    !plain.includes("\\") &&
    plain.length <= 253 &&
    labels.every((label) => label.length > 0 && label.length <= 63);
  if (!isEncodable) throw new UnusableValue(`${text}: not a name to answer`);
  return plain;
}

/** The strings of a TXT record; text without quotes is one string, as providers write it. */
function stringsOf(value: string): readonly Buffer[] {
  const quoted = value.startsWith('"') ? value : `"${value}"`;
  return wordsOf(quoted).flatMap((text) => {
    const bytes = Buffer.from(text, "latin1");
    const count = Math.max(1, Math.ceil(bytes.length / stringBytesMax));
    return Array.from({ length: count }, (_, index) =>
      bytes.subarray(index * stringBytesMax, (index + 1) * stringBytesMax),
    );
  });
}

/**
 * Words between spaces, and strings in quotes, one character for each byte. A backslash is before a
 * literal character or an octal code (DG ResourceRecordTypes, "TXT record type").
 */
function wordsOf(value: string): readonly string[] {
  const bytes = Buffer.from(value).toString("latin1");
  const words = bytes.match(/"(?:\\.|[^"\\])*"|[^\s"]+/gs) ?? [];
  return words.map((word) =>
    word
      .replace(/^"(.*)"$/s, "$1")
      .replace(/\\([0-3][0-7]{2}|.)/gs, (_, code: string) =>
        code.length === 3 ? String.fromCharCode(parseInt(code, 8)) : code,
      ),
  );
}
