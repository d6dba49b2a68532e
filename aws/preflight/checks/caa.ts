import { canonical } from "../../../routing/domainName";
import { above } from "../../publicDns";
import type { Check, CheckFinding, Place } from "../finding";
import { ok, willFail } from "../finding";

/** A CAA record: the kind of permission, and the issuer that has it. */
export interface Caa {
  readonly tag: string;
  readonly value: string;
}

/** The records that apply to a name: the nearest ones at or above it (RFC 8659, 3). */
export interface CaaFacts {
  readonly at: string;
  readonly records: readonly Caa[];
}

/** @see https://docs.aws.amazon.com/acm/latest/userguide/setup-caa.html */
const amazons = ["amazon.com", "amazontrust.com", "awstrust.com", "amazonaws.com"];

/** Checks that Amazon may issue the certificates that a stack requests. */
export const caa: Check = {
  name: "caa",
  subject: "CAA records",
  async run(place) {
    const names = [...new Set(place.needs.certificates.flatMap((one) => one.names))];
    return Promise.all(names.map(async (name) => judge(name, await fetch(name, place))));
  },
};

async function fetch(certified: string, place: Place): Promise<CaaFacts | undefined> {
  const [zone] = await place.hostedZones();
  const inZone = new Map<string, readonly Caa[]>();
  if (zone !== undefined) {
    for (const { name, type, values } of await place.recordSets()) {
      if (type === "CAA") inZone.set(name, values.flatMap(parsed));
    }
  }
  for (let name = bare(certified); name !== ""; name = above(name)) {
    const isInZone = zone !== undefined && (name === zone.name || name.endsWith(`.${zone.name}`));
    const records = isInZone ? (inZone.get(name) ?? []) : await asked(name, place);
    if (records.length > 0) return { at: name, records };
  }
  return undefined;
}

async function asked(name: string, { dns }: Place): Promise<readonly Caa[]> {
  return (await dns.caa(name)).flatMap((record) =>
    (["issue", "issuewild", "iodef"] as const).flatMap((tag) =>
      record[tag] === undefined ? [] : [{ tag, value: record[tag] }],
    ),
  );
}

/** A record in Route 53's format: `0 issue "amazon.com; policy=ev"`. */
function parsed(text: string): readonly Caa[] {
  const [, tag, value] = /^\d+\s+(\w+)\s+"([^"]*)"$/.exec(text) ?? [];
  return tag === undefined || value === undefined ? [] : [{ tag: tag.toLowerCase(), value }];
}

function bare(name: string): string {
  return canonical(name).replace(/^\*\./, "");
}

/** @internal */
export function judge(name: string, facts: CaaFacts | undefined): CheckFinding {
  const subject = `certificate of ${name}`;
  if (facts === undefined) return ok(subject, "no CAA record restricts its issuer");
  const { at, records } = facts;
  const wild = records.filter(({ tag }) => tag === "issuewild");
  const isWild = name.startsWith("*.") && wild.length > 0;
  const counting = isWild ? wild : records.filter(({ tag }) => tag === "issue");
  const issuers = counting.map(({ value }) => (value.split(";")[0] ?? "").trim().toLowerCase());
  if (counting.length === 0 || issuers.some((issuer) => amazons.includes(issuer))) {
    return ok(subject, `the CAA records of ${at} admit Amazon`);
  }
  const tag = isWild ? "issuewild" : "issue";
  return willFail(
    subject,
    `the CAA records of ${at} admit only ${issuers.map((one) => one || "no issuer").join(", ")}`,
    `add 0 ${tag} "amazon.com" to the CAA records of ${at}`,
  );
}
