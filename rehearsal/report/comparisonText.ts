import { states } from "../cost/amounts";
import type { Comparison } from "../cost/compare";
import type { Line } from "../cost/cost";
import { nameOf } from "./costText";
import { count, difference, dollars, stateWords } from "./costWording";
import { printable } from "./printable";

/** No more lines of one kind than a reviewer reads; `--json` has all of them. */
const linesShown = 30;

/** What a change does to the cost, as Markdown for a pull request. */
export function renderComparison(comparison: Comparison): string {
  const { stack, totals, added, removed, changed, unknown, assumptions } = comparison;
  const isSame = added.length + removed.length + changed.length === 0;
  const lines = [
    `### Monthly cost of ${cell(stack)}: ${difference(totals.difference.steady)} USD`,
    "",
    "| | before | after | difference |",
    "| --- | ---: | ---: | ---: |",
    ...states.map(
      (state) =>
        `| ${stateWords[state]} | ${dollars(totals.before[state])} | ${dollars(totals.after[state])} | ${difference(totals.difference[state])} |`,
    ),
    ...(isSame ? ["", "No line has changed."] : []),
    ...section(
      "Added",
      added.map((line) => row(line, difference(line.monthly))),
    ),
    ...section(
      "Removed",
      removed.map((line) => row(line, difference(-line.monthly))),
    ),
    ...section(
      "Changed",
      changed.map((change) =>
        row(change.after, difference(change.difference), changeOf(change.before, change.after)),
      ),
    ),
    ...unknownSection("No known price, in no total", unknown.added),
    ...unknownSection("Has a price now, or is gone", unknown.removed),
    ...assumptionSection(assumptions),
  ];
  return `${lines.map(printable).join("\n")}\n`;
}

function section(title: string, rows: readonly string[]): readonly string[] {
  if (rows.length === 0) return [];
  const more = rows.length - linesShown;
  return [
    "",
    `**${title}**`,
    "",
    "| resource | item | quantity | USD a month |",
    "| --- | --- | ---: | ---: |",
    ...rows.slice(0, linesShown),
    ...(more > 0 ? [`| … and ${more} more | | | |`] : []),
  ];
}

function row(line: Line, amount: string, quantity = quantityOf(line)): string {
  const place = line.region === "global" ? "" : ` (${line.region})`;
  return `| ${cell(nameOf(line.urn))} | ${cell(line.item)}${place} | ${quantity} | ${amount} |`;
}

function quantityOf({ quantity, unit, unitPrice }: Line): string {
  return `${count(quantity)} ${cell(unit)} at ${unitPrice}`;
}

/** What of a line has changed: its quantity, its price, or only another state than the steady one. */
function changeOf(before: Line, after: Line): string {
  const parts = [
    ...(before.quantity === after.quantity
      ? []
      : [`${count(before.quantity)} → ${count(after.quantity)} ${cell(after.unit)}`]),
    ...(before.unitPrice === after.unitPrice
      ? []
      : [`at ${before.unitPrice} → ${after.unitPrice}`]),
  ];
  return parts.length > 0
    ? parts.join(", ")
    : `failed over ${difference(after.failedOver.monthly - before.failedOver.monthly)}, with game days ${difference(after.drill.monthly - before.drill.monthly)}`;
}

function unknownSection(
  title: string,
  unknown: readonly { readonly urn: string; readonly why: string }[],
): readonly string[] {
  if (unknown.length === 0) return [];
  return [
    "",
    `**${title}**`,
    "",
    ...unknown.map(({ urn, why }) => `- ${cell(nameOf(urn))}: ${cell(why)}`),
  ];
}

function assumptionSection(assumptions: Comparison["assumptions"]): readonly string[] {
  if (assumptions.length === 0) return [];
  const each = assumptions.map(
    ({ name, before, after }) => `${cell(name)} ${before ?? "unset"} → ${after ?? "unset"}`,
  );
  return ["", `Part of this is a change of assumptions: ${each.join(", ")}.`];
}

/** A text that cannot break out of a cell of a table, or start markup of its own. */
function cell(text: string): string {
  return text.replace(/[\\|`*_<>[\]]/g, "\\$&");
}
