import { canonical } from "../../../routing/domainName";
import { globalRegion } from "../../../routing/globalRegion";
import type { Server, ServerAnswer } from "../../publicDns";
import type { Check, CheckFinding, Place } from "../finding";
import { ok, willFail } from "../finding";
import type { AccountZone } from "../hostedZone";

/** Name servers according to the zone itself, and according to its parent. */
export interface DelegationFacts {
  readonly parent: string;
  readonly ofZone: readonly string[];
  readonly atParent: readonly string[];
}

/** Checks that the public DNS finds the zone: its parent must list the zone's own servers. */
export const delegation: Check = {
  name: "delegation",
  subject: "the delegation of the zone",
  async run(place) {
    const [zone] = await place.hostedZones();
    return zone === undefined ? [] : [judge(zone, await fetch(zone, place))];
  },
};

async function fetch(zone: AccountZone, { account, dns }: Place): Promise<DelegationFacts> {
  const route53 = await account.client("route53", globalRegion);
  const [{ DelegationSet }, parent] = await Promise.all([
    route53.getHostedZone({ Id: zone.id }),
    dns.parentOf(zone.name),
  ]);
  const { records } = await firstAnswer(parent.servers, (server) =>
    dns.ask(server, zone.name, "NS"),
  );
  const atParent = records.flatMap((record) =>
    record.type === "NS" && canonical(record.name) === zone.name ? [canonical(record.data)] : [],
  );
  const ofZone = (DelegationSet?.NameServers ?? []).map(canonical);
  return { parent: parent.name, ofZone: ofZone.sort(), atParent: [...new Set(atParent)].sort() };
}

/** The first answer of several servers, asked one after the other. */
export async function firstAnswer(
  servers: readonly Server[],
  ask: (server: Server) => Promise<ServerAnswer>,
): Promise<ServerAnswer> {
  const [first, ...others] = servers.slice(0, serversAskedMax);
  if (first === undefined) throw new Error("no server to ask");
  try {
    return await ask(first);
  } catch (error) {
    if (others.length === 0) throw error;
    return firstAnswer(others, ask);
  }
}

/** If several servers are silent, the network blocks DNS. */
const serversAskedMax = 3;

/** @internal */
export function judge(
  { name }: AccountZone,
  { parent, ofZone, atParent }: DelegationFacts,
): CheckFinding {
  const subject = `delegation of ${name}`;
  const remedy = `set the NS records of ${name} at ${parent} to ${ofZone.join(", ")}`;
  if (atParent.length === 0) {
    return willFail(
      subject,
      `the servers of ${parent} do not delegate it, so certificates would wait forever`,
      remedy,
    );
  }
  const strange = atParent.filter((server) => !ofZone.includes(server));
  if (strange.length > 0) {
    return willFail(subject, `${parent} delegates it to ${strange.join(", ")}`, remedy);
  }
  return ok(subject, `${parent} delegates it to ${atParent.length} of its servers`);
}
