import type { Account } from "../../clients";
import type { Check, Found } from "../finding";
import { ok, willFail } from "../finding";
import type { ZoneNeed } from "../needs";
import { canonical } from "../../../routing/graph/recordName";

/** A hosted zone of the account. */
export interface HostedZone {
  readonly id: string;
  readonly name: string;
}

/** Route 53 is one for the world, and its control plane is there. */
export const route53Region = "us-east-1";

/** Whether the one public zone is there that the program looks up. */
export const zone: Check = {
  name: "zone",
  subject: "the hosted zone",
  async run({ needs, hostedZones }) {
    if (needs.zone === undefined) return [];
    return [judge(needs.zone, await hostedZones())];
  },
};

/** Public zones of a name, or the zone of an id. */
export async function publicZones(
  need: ZoneNeed,
  account: Account,
): Promise<readonly HostedZone[]> {
  const route53 = await account.client("route53", route53Region);
  if ("id" in need) {
    const { HostedZone } = await route53.getHostedZone({ Id: need.id });
    return HostedZone?.Name === undefined
      ? []
      : [{ id: need.id, name: canonical(HostedZone.Name) }];
  }
  const { HostedZones = [] } = await route53.listHostedZonesByName({ DNSName: need.name });
  return HostedZones.flatMap(({ Id = "", Name = "", Config }) =>
    canonical(Name) === need.name && Config?.PrivateZone !== true
      ? [{ id: Id.replace(/^\/hostedzone\//, ""), name: need.name }]
      : [],
  );
}

/** @internal */
export function judge(need: ZoneNeed, found: readonly HostedZone[]): Found {
  const subject = `hosted zone ${"id" in need ? need.id : need.name}`;
  const [first, second] = found;
  if (first === undefined) {
    return willFail(
      subject,
      "the account has no such public zone",
      "run `pulumi up` in zone/ first, and delegate the zone",
    );
  }
  return second === undefined
    ? ok(subject, `is ${first.id}`)
    : willFail(
        subject,
        `the account has ${found.length} public zones of the name: ${found.map(({ id }) => id).join(", ")}`,
        "delete the one that the parent does not delegate to",
      );
}
