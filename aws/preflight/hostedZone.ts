import { canonical } from "../../routing/domainName";
import { globalRegion } from "../../routing/globalRegion";
import { AwsError } from "../awsError";
import type { Account } from "../clients";
import { recordSetsIn } from "../recordSets";
import type { RecordNeed, ZoneNeed } from "./needs";

/** A hosted zone of the account. */
export interface AccountZone {
  readonly id: string;
  readonly name: string;
}

/** A zone's records of one name and type. */
export interface AccountRecords extends RecordNeed {
  readonly values: readonly string[];
}

/** The public zones with a name, or the zone with an id. */
export async function publicZones(
  need: ZoneNeed,
  account: Account,
): Promise<readonly AccountZone[]> {
  const route53 = await account.client("route53", globalRegion);
  if ("id" in need) {
    try {
      const { HostedZone } = await route53.getHostedZone({ Id: need.id });
      return [{ id: need.id, name: canonical(HostedZone?.Name ?? "") }];
    } catch (error) {
      if (error instanceof AwsError && error.is("absent")) return [];
      throw error;
    }
  }
  // Sorted by name: the zones of this name come first, and there are rarely more than two.
  const { HostedZones = [] } = await route53.listHostedZonesByName({ DNSName: need.name });
  return HostedZones.flatMap(({ Id = "", Name = "", Config }) =>
    canonical(Name) === need.name && Config?.PrivateZone !== true
      ? [{ id: Id.replace(/^\/hostedzone\//, ""), name: need.name }]
      : [],
  );
}

/** All record sets of a zone. */
export async function recordSetsOf(
  { id }: AccountZone,
  account: Account,
): Promise<readonly AccountRecords[]> {
  const sets = await recordSetsIn(id, account);
  return sets.map(({ Name = "", Type = "", ResourceRecords = [] }) => ({
    name: unescaped(canonical(Name)),
    type: Type,
    values: ResourceRecords.flatMap(({ Value }) => Value ?? []),
  }));
}

/** Route 53 writes a star and other special characters as octal codes. */
function unescaped(name: string): string {
  return name.replace(/\\(\d{3})/g, (_, code: string) => String.fromCharCode(parseInt(code, 8)));
}
