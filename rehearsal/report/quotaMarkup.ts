import { html } from "hono/html";
import type { QuotaUse } from "../rehearsal";
import type { Markup } from "./picture";
import { quotaNote, quotaRows } from "./quotaWording";
import { stackedTable } from "./tables";

/** The default quotas that a stack is over or near, with what to do. */
export function quotaSection(stack: string, uses: readonly QuotaUse[]): Markup {
  const table = stackedTable(
    `Default quotas of AWS that ${stack} is over or near`,
    [
      { head: "Quota" },
      { head: "State" },
      { head: "Used" },
      { head: "Default", kind: "number" },
      { head: "What to do" },
    ],
    quotaRows(uses).map(({ what, state, used, default: given, remedy }) => ({
      name: what,
      cells: [state, used, given, remedy],
    })),
  );
  return html`${table}
    <p class="soft">${quotaNote}</p>`;
}
