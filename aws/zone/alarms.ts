import type { HealthCheck } from "@aws-sdk/client-route-53";
import type { AwsAnswer } from "../../sources/aws/answers";
import { alarmsNamed } from "../alarmsNamed";
import type { Account } from "../clients";
import { answer } from "./answer";

/** The alarms that checks watch, read from their regions. */
export async function alarmsOf(
  checks: readonly HealthCheck[],
  account: Account,
): Promise<readonly AwsAnswer[]> {
  const byRegion = new Map<string, string[]>();
  for (const { HealthCheckConfig } of checks) {
    const { Region, Name } = HealthCheckConfig?.AlarmIdentifier ?? {};
    if (Region === undefined || Name === undefined) continue;
    byRegion.set(Region, [...(byRegion.get(Region) ?? []), Name]);
  }
  return Promise.all(
    [...byRegion].map(async ([region, names]) => {
      const cloudwatch = await account.client("cloudwatch", region);
      return answer("", await alarmsNamed(names, cloudwatch, ["MetricAlarm"]));
    }),
  );
}
