import { isIPv4 } from "node:net";
import type { ResourceRecordSet } from "@aws-sdk/client-route-53";
import { globalRegion } from "../../routing/globalRegion";
import type { AwsAnswer } from "../../sources/aws/answers";
import { itemsIn } from "../../sources/aws/answers";
import { itemsOf, memberOf, textIn } from "../../sources/fields";
import { regionOfArn, regionOfZone } from "../../sources/regions";
import type { Account } from "../clients";
import { answer } from "./answer";

/** The most values in an EC2 filter (API:Filter). */
const valuesAtOnce = 200;

/** The instances among the targets of balancers, read from their regions. */
export async function balancerInstancesOf(
  balancers: readonly AwsAnswer[],
  account: Account,
): Promise<readonly AwsAnswer[]> {
  const byRegion = new Map<string, Set<string>>();
  const add = (region: string | undefined, id: string | undefined): void => {
    if (region === undefined || id?.startsWith("i-") !== true) return;
    byRegion.set(region, (byRegion.get(region) ?? new Set()).add(id));
  };
  for (const { value, from } of itemsIn(balancers, "TargetHealthDescriptions")) {
    add(regionOfArn(from.about), textIn(memberOf(value, "Target"), "Id"));
  }
  for (const { value } of itemsIn(balancers, "LoadBalancerDescriptions")) {
    const [zone] = itemsOf(value, "AvailabilityZones");
    for (const one of itemsOf(value, "Instances")) {
      add(regionOfZone(zone), textIn(one, "InstanceId"));
    }
  }
  return instancesOf(byRegion, "instance-id", account);
}

/** The Elastic IPs and instances with the addresses of records, in every enabled region. */
export async function addressesOf(
  sets: readonly ResourceRecordSet[],
  account: Account,
): Promise<readonly AwsAnswer[]> {
  const addresses = sets
    .flatMap(({ ResourceRecords = [] }) => ResourceRecords.flatMap(({ Value = "" }) => Value))
    .filter((value) => isIPv4(value));
  if (addresses.length === 0) return [];
  const ec2 = await account.client("ec2", globalRegion);
  // By default, the answer lists the regions that the account has enabled.
  const { Regions = [] } = await ec2.describeRegions({});
  const regions = Regions.flatMap(({ RegionName }) => RegionName ?? []);
  const [elastic, byAddress] = await Promise.all([
    Promise.all(regions.map((region) => elasticIpsIn(region, addresses, account))),
    instancesOf(
      new Map(regions.map((region) => [region, new Set(addresses)])),
      "ip-address",
      account,
    ),
  ]);
  return [...elastic.flat(), ...byAddress];
}

async function elasticIpsIn(
  region: string,
  addresses: readonly string[],
  account: Account,
): Promise<readonly AwsAnswer[]> {
  const ec2 = await account.client("ec2", region);
  const answers = await Promise.all(
    batchesOf(addresses).map((Values) =>
      ec2.describeAddresses({ Filters: [{ Name: "public-ip", Values }] }),
    ),
  );
  return answers
    .filter(({ Addresses = [] }) => Addresses.length > 0)
    .map((found) => answer("", found));
}

/** Instances by one of their attributes, with the values for each region. */
async function instancesOf(
  byRegion: ReadonlyMap<string, ReadonlySet<string>>,
  Name: "instance-id" | "ip-address",
  account: Account,
): Promise<readonly AwsAnswer[]> {
  const answers = await Promise.all(
    [...byRegion].flatMap(([region, values]) =>
      batchesOf([...values]).map(async (Values) => {
        const ec2 = await account.client("ec2", region);
        return ec2.describeInstances({ Filters: [{ Name, Values }] });
      }),
    ),
  );
  return answers
    .filter(({ Reservations = [] }) => Reservations.length > 0)
    .map((found) => answer("", found));
}

function batchesOf(values: readonly string[]): readonly string[][] {
  const count = Math.ceil(values.length / valuesAtOnce);
  return Array.from({ length: count }, (_, index) =>
    values.slice(index * valuesAtOnce, (index + 1) * valuesAtOnce),
  );
}
