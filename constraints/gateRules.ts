import { wholeNumber } from "./rule";
import type { Constraint } from "./rule";

/** Constraints on single values of the failback gate. Independent of Pulumi. */

/** People who must approve a release. */
export const approvers: Constraint = wholeNumber(
  { least: 1, most: 2 },
  "write 2 if a second person must confirm",
);

/** How long the primary region must be healthy before traffic returns; at most a day. */
export const soakMinutes: Constraint = wholeNumber(
  { least: 1, most: 1440, unit: "minutes" },
  "write the bare number, such as 15",
);

/** Hours between two reminders of a set latch; at most a week. */
export const remindHours: Constraint = wholeNumber(
  { least: 1, most: 168, unit: "hours" },
  "write the bare number, such as 4",
);
