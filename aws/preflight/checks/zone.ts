import type { Check, CheckFinding } from "../finding";
import { ok, willFail } from "../finding";
import type { AccountZone } from "../hostedZone";
import type { ZoneNeed } from "../needs";

/** Checks that exactly one public zone matches the program's look-up, unless the program makes it. */
export const zone: Check = {
  name: "zone",
  subject: "the hosted zone",
  async run({ needs, hostedZones }) {
    if (needs.zone === undefined) return [];
    return [judge(needs.zone, await hostedZones())];
  },
};

/** @internal */
export function judge(need: ZoneNeed, found: readonly AccountZone[]): CheckFinding {
  const subject = `hosted zone ${"id" in need ? need.id : need.name}`;
  const [first, second] = found;
  if (first === undefined) {
    if ("isMade" in need) return ok(subject, "is not there yet: the update makes it");
    return willFail(
      subject,
      "the account has no such public zone",
      "deploy the program that makes it first, then delegate it",
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
