import type { Check, CheckFinding, Place } from "../finding";
import { ok, willFail } from "../finding";
import type { MachineNeed } from "../needs";
import { each } from "../orCannotTell";

/** Zones of a region that offer an instance type. */
interface Facts {
  readonly offeredIn: readonly string[];
}

/** Checks that every availability zone offers the instance types that the stack places there. */
export const machines: Check = {
  name: "machines",
  subject: "instance types",
  run: (place) =>
    each(
      place.needs.machines,
      ({ instanceType, region }) => `${instanceType} in ${region}`,
      async (need) => judge(need, await fetch(need, place)),
    ),
};

async function fetch({ instanceType, region }: MachineNeed, { account }: Place): Promise<Facts> {
  const ec2 = await account.client("ec2", region);
  const { InstanceTypeOfferings = [] } = await ec2.describeInstanceTypeOfferings({
    LocationType: "availability-zone",
    Filters: [{ Name: "instance-type", Values: [instanceType] }],
  });
  return { offeredIn: InstanceTypeOfferings.flatMap(({ Location }) => Location ?? []).sort() };
}

/** @internal */
export function judge(need: MachineNeed, { offeredIn }: Facts): CheckFinding {
  const { instanceType, region, availabilityZones } = need;
  const subject = `${instanceType} in ${region}`;
  const missing = availabilityZones.filter((zone) => !offeredIn.includes(zone));
  if (missing.length === 0) return ok(subject, `offered in ${availabilityZones.join(", ")}`);
  const where =
    offeredIn.length === 0 ? "nor elsewhere in the region" : `only in ${offeredIn.join(", ")}`;
  return willFail(
    subject,
    `not offered in ${missing.join(", ")}, ${where}`,
    "choose another instance type or other availability zones",
  );
}
