import type { Block } from "../report/document";
import type { QuotaUse } from "./quota";
import { quotaNote, quotaRows } from "./wording";

/** The default quotas that a stack is over or near, and what to do about each. */
export function quotaBlocks(stack: string, uses: readonly QuotaUse[]): readonly Block[] {
  return [
    {
      kind: "table",
      caption: `Default quotas of AWS that ${stack} is over or near`,
      columns: [
        { head: "quota", kind: "prose" },
        { head: "state" },
        { head: "used", kind: "prose" },
        { head: "default", kind: "number" },
        { head: "what to do", kind: "prose" },
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
