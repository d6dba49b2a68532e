import type {
  ListResourceRecordSetsCommandOutput,
  ResourceRecordSet,
} from "@aws-sdk/client-route-53";
import { globalRegion } from "../routing/globalRegion";
import type { Account } from "./clients";

/**
 * All record sets of a zone. A page continues where the previous one ended, by name, type and
 * identifier.
 */
export async function recordSetsIn(
  zoneId: string,
  account: Account,
): Promise<readonly ResourceRecordSet[]> {
  const route53 = await account.client("route53", globalRegion);
  const sets: ResourceRecordSet[] = [];
  let page: Partial<ListResourceRecordSetsCommandOutput> = {};
  do {
    page = await route53.listResourceRecordSets({
      HostedZoneId: zoneId,
      StartRecordName: page.NextRecordName,
      StartRecordType: page.NextRecordType,
      StartRecordIdentifier: page.NextRecordIdentifier,
    });
    sets.push(...(page.ResourceRecordSets ?? []));
  } while (page.IsTruncated);
  return sets;
}
