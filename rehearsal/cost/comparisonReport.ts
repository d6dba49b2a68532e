import type { Block, Document, Row } from "../report/document";
import { count, difference, dollars } from "../report/figures";
import { states } from "./amounts";
import type { CostComparison } from "./compare";
import type { Line, Unpriced } from "./cost";
import { stateWords, uncountedText, urnName } from "./wording";

/** The number of lines of one kind that a reviewer reads; `--json` has all of them. */
const linesShown = 30;

/** The effect of a change on the cost. */
export function costComparisonReport(comparison: CostComparison): Document {
  const { stack, earlierStack, added, removed, changed, unknown, assumptions } = comparison;
  const { uncounted = [] } = comparison;
  const isKnown = withoutCost(comparison).length === 0;
  const isSame = added.length + removed.length + changed.length === 0;
  return {
    title: `Monthly cost of ${stack}${earlierStack === stack ? "" : `, compared with ${earlierStack}`}: ${differenceText(comparison)}`,
    blocks: [
      totalTable(comparison),
      ...(isSame ? [paragraph(isKnown ? "No changes." : "No changes to the rest.")] : []),
      ...lineSection(
        "Added",
        added.map((line) => rowOf(line, difference(line.monthly))),
      ),
      ...lineSection(
        "Removed",
        removed.map((line) => rowOf(line, difference(-line.monthly))),
      ),
      ...lineSection(
        "Changed",
        changed.map((change) =>
          rowOf(change.after, difference(change.difference), changeOf(change.before, change.after)),
        ),
      ),
      ...listSection("Queries and traffic unknown, in neither total", uncounted.map(uncountedText)),
      ...listSection("No known price, not in the totals", unknown.added.map(unpricedText)),
      ...listSection("Has a price now, or was removed", unknown.removed.map(unpricedText)),
      ...assumptionBlocks(assumptions),
    ],
  };
}

/** The difference of a steady month, which is unknown where a part of it is. */
export function differenceText(comparison: CostComparison): string {
  const known = `${difference(comparison.totals.difference.steady)} USD`;
  return withoutCost(comparison).length > 0 ? `unknown, ${known} of what can be compared` : known;
}

/**
 * The names that are not counted, and the resources of which one report, or both, lack a price that
 * may differ.
 */
export function withoutCost({ uncounted = [], unknown }: CostComparison): readonly string[] {
  const unpriced = [...unknown.added, ...unknown.removed].map(({ urn }) => urnName(urn));
  return [...new Set([...uncounted.map(({ name }) => name), ...unpriced])];
}

function paragraph(text: string): Block {
  return { kind: "paragraph", text };
}

function totalTable({ stack, totals }: CostComparison): Block {
  return {
    kind: "table",
    caption: `Monthly cost of ${stack} in USD, before and after`,
    columns: [
      { head: "" },
      ...["before", "after", "difference"].map((head) => ({ head, kind: "number" as const })),
    ],
    rows: states.map((state) => [
      stateWords[state],
      dollars(totals.before[state]),
      dollars(totals.after[state]),
      difference(totals.difference[state]),
    ]),
  };
}

function lineSection(title: string, rows: readonly Row[]): readonly Block[] {
  if (rows.length === 0) return [];
  const more = rows.length - linesShown;
  return [
    {
      kind: "section",
      title,
      blocks: [
        {
          kind: "table",
          caption: `${title}: charges of a steady month`,
          columns: [
            { head: "resource" },
            { head: "item" },
            { head: "quantity", kind: "number" },
            { head: "USD a month", kind: "number" },
          ],
          rows: [
            ...rows.slice(0, linesShown),
            ...(more > 0 ? [[`… and ${more} more`, "", "", ""]] : []),
          ],
        },
      ],
    },
  ];
}

function rowOf(line: Line, amount: string, quantity = quantityOf(line)): Row {
  const place = line.region === "global" ? "" : ` (${line.region})`;
  return [urnName(line.urn), `${line.item}${place}`, quantity, amount];
}

function quantityOf({ quantity, unit, unitPrice }: Line): string {
  return `${count(quantity)} ${unit} at ${unitPrice}`;
}

/** What has changed in a line: its quantity, its price, or only a state other than steady. */
function changeOf(before: Line, after: Line): string {
  const parts = [
    ...(before.quantity === after.quantity
      ? []
      : [`${count(before.quantity)} → ${count(after.quantity)} ${after.unit}`]),
    ...(before.unitPrice === after.unitPrice
      ? []
      : [`at ${before.unitPrice} → ${after.unitPrice}`]),
  ];
  return parts.length > 0
    ? parts.join(", ")
    : `failed over ${difference(after.failedOver.monthly - before.failedOver.monthly)}, with game days ${difference(after.gameDays.monthly - before.gameDays.monthly)}`;
}

function unpricedText({ urn, why }: Unpriced): string {
  return `${urnName(urn)}: ${why}`;
}

function listSection(title: string, items: readonly string[]): readonly Block[] {
  if (items.length === 0) return [];
  return [{ kind: "section", title, blocks: [{ kind: "list", items }] }];
}

function assumptionBlocks(assumptions: CostComparison["assumptions"]): readonly Block[] {
  if (assumptions.length === 0) return [];
  const each = assumptions.map(
    ({ name, before, after }) => `${name} ${before ?? "unset"} → ${after ?? "unset"}`,
  );
  return [paragraph(`Part of this is due to changed assumptions: ${each.join(", ")}.`)];
}
