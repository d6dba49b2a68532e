import type { QuotaUse } from "../rehearsal";
import type { Paint } from "./paint";
import { printable } from "./printable";
import { quotaNote, quotaRows } from "./quotaWording";
import { columns, table, wrap } from "./textTable";

/** The default quotas that a stack is over or near, and what to do; nothing where there are none. */
export function quotaLines(uses: readonly QuotaUse[], paint: Paint): readonly string[] {
  const rows = quotaRows(uses);
  if (rows.length === 0) return [];
  return [
    ...table(
      rows.map(({ state, what, used, default: given }) => [
        { text: "quota" },
        { text: state, brush: state === "over" ? paint.bad : paint.faint },
        { text: `${what}: ${used}` },
        { text: `of ${given}` },
      ]),
      { narrow: 2 },
    ),
    ...[
      quotaNote,
      ...[...new Set(rows.map(({ what, remedy }) => `${what}: ${remedy}.`))].filter(
        (text) => !text.endsWith(": ."),
      ),
    ]
      .flatMap((text) => wrap(printable(text), columns - 4))
      .map(paint.faint),
  ];
}
