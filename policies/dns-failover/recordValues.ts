import ipaddr from "ipaddr.js";

/** The form of a record type's values, in words and as a test (DG ResourceRecordTypes). */
interface ValueForm {
  readonly must: string;
  readonly holds: (value: string) => boolean;
}

const matches =
  (pattern: RegExp) =>
  (value: string): boolean =>
    pattern.test(value);

const domainName: ValueForm = {
  must: "must be a domain name",
  holds: (value) => /^[^\s]+$/.test(value) && !ipaddr.isValid(value),
};

/** Maximum length of one string of a TXT record, and of all strings together (DG TXTFormat). */
const textCharacters = { string: 255, value: 4000 };

const text: ValueForm = {
  must: `must be strings of at most ${textCharacters.string} characters, divided by \`""\``,
  holds: (value) =>
    value.length <= textCharacters.value &&
    value
      .replace(/^"|"$/g, "")
      .split(/"\s*"/)
      .every(({ length }) => length <= textCharacters.string),
};

const forms: Readonly<Record<string, ValueForm>> = {
  A: {
    must: "must be an IPv4 address",
    holds: (value) => ipaddr.IPv4.isValidFourPartDecimal(value),
  },
  AAAA: { must: "must be an IPv6 address", holds: (value) => ipaddr.IPv6.isValid(value) },
  CNAME: domainName,
  NS: domainName,
  PTR: domainName,
  MX: { must: "must be a preference and a name", holds: matches(/^\d{1,5} \S+$/) },
  SRV: {
    must: "must be a priority, a weight, a port and a name",
    holds: matches(/^\d{1,5} \d{1,5} \d{1,5} \S+$/),
  },
  CAA: {
    must: "must be a flag, a tag and a quoted value",
    holds: matches(/^\d{1,3} [a-z0-9]+ ".*"$/i),
  },
  DS: {
    must: "must be a key tag, an algorithm, a digest type and a digest",
    holds: matches(/^\d{1,5} \d{1,3} \d{1,3} [0-9a-f ]+$/i),
  },
  TXT: text,
  SPF: text,
};

/** The requirement that a record's value violates; undefined if the value may be valid. */
export function valueFault(type: string, value: string): string | undefined {
  // A placeholder for an unknown value.
  if (value.startsWith("<")) return undefined;
  const form = forms[type];
  return form === undefined || form.holds(value) ? undefined : form.must;
}
