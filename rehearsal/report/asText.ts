import type { Block, Document, FindingEntry, Inline, Section, Verdict } from "./document";
import { hasSections, verdictMark } from "./document";
import { paintOf, printable } from "./paint";
import type { TextOptions } from "./textLayout";
import { brushOf, proseColumns, tableLines, wrap } from "./textLayout";
import { timelineLegend, timelineLines } from "./timelineText";
import { treeLines } from "./treeText";

/** A document for a terminal, a pipe or a file. Control characters of values are removed. */
export function asText(document: Document, options: TextOptions): string {
  const { title, lead, summary, verdict } = document;
  const isShort = summary !== undefined && !options.hasDetails;
  const blocks = [...(summary ?? []), ...(isShort ? [] : document.blocks)];
  const lines = [
    ...titleLines(title, options),
    // On one screen, the figures say what the report is about.
    ...(lead === undefined || isShort
      ? []
      : wrap(soft(lead), proseColumns(options), options.paint)),
    // One screen has no line to spare below its title.
    ...blockLines(blocks, options, !isShort),
    ...(verdict ? ["", ...verdictLines(verdict, options)] : []),
  ];
  return `${lines.join("\n")}\n`;
}

function titleLines(title: string, options: TextOptions): readonly string[] {
  const width = options.isBounded ? proseColumns(options) : Infinity;
  return wrap(title, width, options.paint).map(options.paint.title);
}

/** @param isBelow whether there is text above the first block already */
function blockLines(
  blocks: readonly Block[],
  options: TextOptions,
  isBelow: boolean,
): readonly string[] {
  const lines: string[] = [];
  for (const block of blocks) {
    const own = linesOfBlock(block, options);
    // Notes are placed close to the block that they explain.
    const isClose = block.kind === "note" || block.kind === "paragraph" || block.kind === "list";
    if (own.length > 0 && (isBelow || lines.length > 0) && !isClose) lines.push("");
    lines.push(...own);
  }
  return lines;
}

function linesOfBlock(block: Block, options: TextOptions): readonly string[] {
  const { paint } = options;
  const width = proseColumns(options) - 4;
  switch (block.kind) {
    case "section":
      return sectionLines(block, options);
    case "table":
      return tableLines(block, options);
    case "tree": {
      const columns = options.isBounded ? options.columns - 2 : Infinity;
      return indented(treeLines(block.root, columns).map(printable));
    }
    case "timeline":
      return [
        ...indented(timelineLines(block, proseColumns(options) - 2).map(printable)),
        ...indented(wrap(soft(timelineLegend), width, paint)),
      ];
    case "tiers":
    case "curve":
    case "ranges":
      return [];
    case "paragraph":
      return indented(wrap(block.text, width, paint));
    case "note":
      return indented(wrap(soft(block.text), width, paint));
    case "list":
      return block.items.flatMap((item) => itemLines(item, options));
    case "entries":
      return block.entries.flatMap((entry) => entryLines(entry, options));
    case "details":
      return options.hasDetails
        ? sectionLines({ kind: "section", title: block.title, blocks: block.blocks }, options)
        : [];
  }
}

/**
 * A section of sections begins with a rule, any other with its title only; an empty one prints
 * nothing.
 */
function sectionLines(section: Section, options: TextOptions): readonly string[] {
  const { title, subtitle, blocks } = section;
  const below = blockLines(blocks, options, false);
  if (!hasSections(section)) {
    const heading = titleLines([title, subtitle].filter(Boolean).join(" · "), options);
    return below.length > 0 || blocks.length === 0 ? [...heading, ...below] : [];
  }
  const name = `── ${[title, subtitle].filter(Boolean).join(" · ")}`;
  const width = options.isBounded ? proseColumns(options) : Infinity;
  const heading = wrap(name, width, paintOf(false));
  return [
    ...heading.map((line, index) =>
      options.paint.title(
        index < heading.length - 1 ? line : `${line} `.padEnd(proseColumns(options), "─"),
      ),
    ),
    ...below,
  ];
}

/** An item of a list; its other lines are indented, so that its beginning can be seen. */
function itemLines(item: Inline, options: TextOptions): readonly string[] {
  const width = options.isBounded ? proseColumns(options) - 6 : Infinity;
  const [first = "", ...others] = wrap(item, width, options.paint);
  return [...indented([first], 4), ...indented(others, 6)];
}

/** Characters before the text of an entry: the longest word and two on either side. */
const entryIndent = 13;

function entryLines({ word, head, text }: FindingEntry, options: TextOptions): readonly string[] {
  const { paint, columns, isBounded } = options;
  const brush = brushOf(word, paint);
  const name = printable(word.text);
  const padding = " ".repeat(Math.max(1, entryIndent - 2 - name.length));
  const width = isBounded ? columns - entryIndent : Infinity;
  return [
    ...wrap(head, width, paint).map((line, index) =>
      index === 0
        ? `  ${brush ? brush(name) : name}${padding}${line}`
        : `${" ".repeat(entryIndent)}${line}`,
    ),
    ...indented(wrap(text, width, paint), entryIndent),
  ];
}

function verdictLines(verdict: Verdict, options: TextOptions): readonly string[] {
  const { text, reasons } = verdict;
  const { good, bad, title: unknown } = options.paint;
  const brush = { good, unknown, bad }[verdictMark(verdict).tone];
  const width = options.isBounded ? options.columns - 2 : Infinity;
  return [
    ...wrap(text, width, options.paint).map(brush),
    ...reasons.flatMap((reason) => indented(wrap(reason, width, options.paint).map(brush))),
  ];
}

function soft(text: Inline): Inline {
  return typeof text === "string" ? { text, tone: "soft" } : text;
}

function indented(lines: readonly string[], by = 2): readonly string[] {
  return lines.map((line) => `${" ".repeat(by)}${line}`);
}
