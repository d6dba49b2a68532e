import { recordNameOf } from "../../../routing/graph/recordName";
import { textOf } from "../../../routing/graph/values";
import { awsTypes } from "../../../routing/graph/types";
import type { Check, CheckFinding } from "../finding";
import { ok, willFail } from "../finding";
import type { AccountZone, AccountRecords } from "../hostedZone";
import type { Needs, RecordNeed } from "../needs";

/** Checks that the zone has no conflicting records: Route 53 would refuse the stack's. */
export const records: Check = {
  name: "records",
  subject: "records in the zone",
  async run({ needs, hostedZones, recordSets }) {
    const [zone] = await hostedZones();
    return zone === undefined ? [] : judge(zone, needs.records, await recordSets(), own(needs));
  },
};

/** The records that the stack has already created. */
function own({ deployed }: Needs): ReadonlySet<string> {
  return new Set(
    deployed
      .ofType(awsTypes.record)
      .map((one) => `${recordNameOf(deployed, one) ?? ""} ${textOf(one, "type") ?? ""}`),
  );
}

/** @internal */
export function judge(
  zone: AccountZone,
  wanted: readonly RecordNeed[],
  there: readonly AccountRecords[],
  own: ReadonlySet<string>,
): readonly CheckFinding[] {
  const foreign = there.filter(
    ({ name, type }) => !own.has(`${name} ${type}`) && !isOfEveryZone(zone, { name, type }),
  );
  const inTheWay = foreign.filter((one) => wanted.some((want) => excludes(one, want)));
  if (inTheWay.length === 0) {
    return [ok(`records in ${zone.name}`, `none of the ${there.length} records conflicts`)];
  }
  const distinct = new Map(inTheWay.map((one) => [`${one.name} ${one.type}`, one]));
  return [...distinct].map(([subject, { type }]) =>
    willFail(
      `record ${subject}`,
      type === "NS"
        ? "delegates the names below it, which hides the stack's records"
        : "exists in the zone already, and the stack would create it",
      "import or delete it; if this stack created it, pass --deployed",
    ),
  );
}

function isOfEveryZone(zone: AccountZone, { name, type }: RecordNeed): boolean {
  return name === zone.name && (type === "NS" || type === "SOA");
}

/** Whether one record excludes the other. */
function excludes(there: RecordNeed, want: RecordNeed): boolean {
  if (there.type === "NS" && `.${want.name}`.endsWith(`.${there.name}`)) return true;
  if (there.name !== want.name) return false;
  return [there.type, want.type].some((type) => type === "CNAME") || there.type === want.type;
}
