import { recordNameOf } from "../../../routing/graph/recordName";
import { awsTypes } from "../../../routing/graph/types";
import { listOf, textOf } from "../../../routing/graph/values";
import type { Check, CheckFinding } from "../finding";
import { cannotTell, ok } from "../finding";
import type { AccountRecords } from "../hostedZone";
import type { Needs } from "../needs";

/**
 * Checks whether the zone has other values for the records of the project in zone/. That project is
 * deployed first, so the records are usually its own; nothing in the zone identifies their owner.
 */
export const zoneRecords: Check = {
  name: "zone",
  subject: "records of the zone's own project",
  async run({ needs, recordSets, hostedZones }) {
    const [zone] = await hostedZones();
    const wanted = zone === undefined ? [] : recordsOf(needs);
    if (wanted.length === 0) return [];
    const there = await recordSets();
    return wanted.map((record) => judge(record, there));
  },
};

function recordsOf({ zoneGraph }: Needs): readonly AccountRecords[] {
  return zoneGraph.ofType(awsTypes.record).flatMap((record) => {
    const name = recordNameOf(zoneGraph, record);
    const type = textOf(record, "type");
    const values = listOf(record, "records").map(String);
    return name === undefined || type === undefined ? [] : [{ name, type, values }];
  });
}

/** @internal */
export function judge(wanted: AccountRecords, there: readonly AccountRecords[]): CheckFinding {
  const subject = `record ${wanted.name} ${wanted.type}`;
  const found = there.find(({ name, type }) => name === wanted.name && type === wanted.type);
  if (found === undefined) return ok(subject, "is free");
  const [has, is] = [wanted.values, found.values].map((values) => [...values].sort().join(", "));
  return has === is
    ? ok(subject, "has the value in zone/")
    : cannotTell(
        subject,
        `is ${is ?? ""} in the zone, but ${has ?? ""} in zone/`,
        "if zone/ created it, an update changes it; otherwise import or delete it",
      );
}
