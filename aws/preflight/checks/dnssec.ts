import { canonical } from "../../../routing/domainName";
import { globalRegion } from "../../../routing/globalRegion";
import type { Check, CheckFinding, Place } from "../finding";
import { ok, willFail } from "../finding";
import { firstAnswer } from "./delegation";
import type { AccountZone } from "../hostedZone";

/** Key tags in the parent's DS records, and those of the zone's own keys. */
export interface DnssecFacts {
  readonly parent: string;
  readonly atParent: readonly number[];
  readonly ofZone: readonly number[];
  readonly isSigning: boolean;
}

/**
 * Checks that the parent's DS record matches a key of the zone: if not, validating resolvers reject
 * every answer.
 */
export const dnssec: Check = {
  name: "dnssec",
  subject: "the DS record of the zone",
  async run(place) {
    const [zone] = await place.hostedZones();
    return zone === undefined ? [] : [judge(zone, await fetch(zone, place))];
  },
};

async function fetch(zone: AccountZone, { account, dns }: Place): Promise<DnssecFacts> {
  const route53 = await account.client("route53", globalRegion);
  const [{ Status, KeySigningKeys = [] }, parent] = await Promise.all([
    route53.getDNSSEC({ HostedZoneId: zone.id }),
    dns.parentOf(zone.name),
  ]);
  const { records } = await firstAnswer(parent.servers, (server) =>
    dns.ask(server, zone.name, "DS"),
  );
  return {
    parent: parent.name,
    atParent: records.flatMap((record) =>
      record.type === "DS" && canonical(record.name) === zone.name ? [record.data.keyTag] : [],
    ),
    ofZone: KeySigningKeys.flatMap(({ KeyTag }) => KeyTag ?? []),
    isSigning: Status?.ServeSignature === "SIGNING",
  };
}

/** @internal */
export function judge({ name }: AccountZone, facts: DnssecFacts): CheckFinding {
  const { parent, atParent, ofZone, isSigning } = facts;
  const subject = `DS of ${name}`;
  if (atParent.length === 0) {
    return ok(
      subject,
      isSigning
        ? `none at ${parent}: the zone is signed, but not yet in the chain of trust`
        : "none, and the zone is not signed",
    );
  }
  const tags = atParent.join(", ");
  if (!isSigning) {
    return willFail(
      subject,
      `${parent} has a DS with key tag ${tags}, and the zone is not signed`,
      `remove the DS at ${parent}, and sign the zone first (see the runbook)`,
    );
  }
  return atParent.some((tag) => ofZone.includes(tag))
    ? ok(subject, `key tag ${tags} matches a key of the zone`)
    : willFail(
        subject,
        `${parent} has key tag ${tags}, and the zone's keys have ${ofZone.join(", ") || "none"}`,
        `set the DS at ${parent} to the zone's own`,
      );
}
