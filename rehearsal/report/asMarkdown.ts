import { html } from "hono/html";
import type { Block, Cell, Document, Inline, Section, Table, Verdict } from "./document";
import { hasSections, linesOf, spansOf, verdictMark, withoutEmptyColumns } from "./document";
import { textOfMarkup } from "./markup";
import { printable } from "./paint";
import { timelineLegend, timelineLines } from "./timelineText";
import { treeLines } from "./treeText";

/** The heading level of a document: below those of a pull request, in which it is a comment. */
const titleLevel = 3;
/** The width of a timeline: a line of code on GitHub. */
const timelineColumns = 90;

/** A document as GitHub Markdown, for example for a comment on a pull request; with level 1 a page of its own. */
export function asMarkdown(
  { title, lead, verdict, summary = [], blocks }: Document,
  level: number = titleLevel,
): string {
  const parts = [
    `${"#".repeat(level)} ${escaped(title)}`,
    ...(lead === undefined ? [] : [inlineOf(lead)]),
    ...(verdict ? verdictParts(verdict) : []),
    ...[...summary, ...blocks].flatMap((block) => partsOf(block, level + 1)),
  ];
  return `${parts.join("\n\n")}\n`;
}

function partsOf(block: Block, level: number): readonly string[] {
  switch (block.kind) {
    case "section":
      return sectionParts(block, level);
    case "table":
      return [tableOf(block)];
    case "tree":
      return [fenced(treeLines(block.root))];
    case "timeline":
      return [fenced([...timelineLines(block, timelineColumns), timelineLegend])];
    case "tiers":
    case "curve":
    case "ranges":
      return [];
    case "paragraph":
    case "note":
      return [inlineOf(block.text)];
    case "list":
      return [block.items.map((item) => `- ${inlineOf(item)}`).join("\n")];
    case "entries":
      return [
        block.entries
          .map(
            ({ word, head, text }) => `- **${inlineOf(word)}** ${escaped(head)}: ${inlineOf(text)}`,
          )
          .join("\n"),
      ];
    case "details": {
      const below = block.blocks.flatMap((each) => partsOf(each, level));
      return below.length === 0 ? [] : [summaryLine(block.title), ...below, "</details>"];
    }
  }
}

/** A line of HTML, in which Markdown's escapes mean nothing. */
function summaryLine(title: string): string {
  return textOfMarkup(html`<details><summary>${printable(title)}</summary>`);
}

/** A section of sections has a heading, any other its title in bold. */
function sectionParts(section: Section, level: number): readonly string[] {
  const title = [section.title, section.subtitle].filter((text) => text !== undefined).join(" · ");
  const below = section.blocks.flatMap((block) => partsOf(block, level + 1));
  return hasSections(section)
    ? [`${"#".repeat(level)} ${escaped(title)}`, ...below]
    : [`**${escaped(title)}**`, ...below];
}

function verdictParts(verdict: Verdict): readonly string[] {
  const { text, reasons } = verdict;
  return [
    `**${verdictMark(verdict).sign} ${escaped(text)}**`,
    ...(reasons.length === 0 ? [] : [reasons.map((reason) => `- ${escaped(reason)}`).join("\n")]),
  ];
}

function tableOf(given: Table): string {
  const { columns, rows, total } = withoutEmptyColumns(given);
  const lines = [
    columns.map(({ head }) => escaped(head)),
    columns.map(({ kind }) => (kind === "number" ? "---:" : "---")),
    ...rows.map((row) => row.map(cellOf)),
    ...(total ? [total.map(cellOf)] : []),
  ];
  return lines.map((cells) => `| ${cells.join(" | ")} |`.replace(/\|\s{2,}/g, "| ")).join("\n");
}

function cellOf(cell: Cell): string {
  return linesOf(cell).map(inlineOf).join("<br>");
}

function inlineOf(inline: Inline): string {
  return spansOf(inline)
    .map(({ text, tone, isState, isCode }) => {
      if (isCode) return codeOf(text);
      const sign = isState && tone ? { good: "✓ ", bad: "✗ ", soft: "" }[tone] : "";
      return `${sign}${escaped(text)}`;
    })
    .join("");
}

/** Code in delimiters that it does not contain; a bar would end a table cell even in code. */
function codeOf(text: string): string {
  return /[`|]/.test(text) ? escaped(text) : `\`${printable(text)}\``;
}

function fenced(lines: readonly string[]): string {
  return ["```text", ...lines.map((line) => printable(line).replaceAll("```", "'''")), "```"].join(
    "\n",
  );
}

/** Text that cannot break out of a table cell, or start markup. */
function escaped(text: string): string {
  return printable(text).replace(/[\\|`*_<>[\]~&]/g, "\\$&");
}
