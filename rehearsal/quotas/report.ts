import type { Block } from "../report/document";
import type { QuotaUse } from "./quota";
import { quotaNote, quotaRows } from "./wording";

/** The default quotas that a stack exceeds or approaches, with the remedy for each. */
export function quotaBlocks(stack: string, uses: readonly QuotaUse[]): readonly Block[] {
  return [
    {
      kind: "table",
      caption: `Default AWS quotas that ${stack} exceeds or approaches`,
      columns: [
        { head: "quota", kind: "prose" },
        { head: "state" },
        { head: "used", kind: "prose" },
        { head: "default", kind: "number" },
        { head: "remedy", kind: "prose" },
      ],
      rows: quotaRows(uses).map(({ what, state, used, default: given, remedy }) => [
        what,
        state === "over"
          ? { text: state, tone: "bad", isState: true }
          : { text: state, tone: "soft", isState: true },
        used,
        given,
        remedy,
      ]),
    },
    { kind: "note", text: quotaNote },
  ];
}
