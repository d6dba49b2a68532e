/**
 * A report as a document: content and order, without layout. Each command has one builder that
 * makes a document; `asText`, `asHtml` and `asMarkdown` draw any of them.
 */
export interface Document {
  readonly title: string;
  /** The subject of the report, in a paragraph below the title. */
  readonly lead?: Inline;
  /** The outcome; first on a page, last on a terminal, next to the prompt. */
  readonly verdict?: Verdict;
  /** The report on one screen: a terminal shows the other blocks on request only. */
  readonly summary?: readonly Block[];
  readonly blocks: readonly Block[];
}

/** A part of a document. */
export type Block =
  | Section
  | Table
  | Tree
  | TimelineBlock
  | TiersBlock
  | Curve
  | Ranges
  | Paragraph
  | Note
  | List
  | Entries
  | Details;

/** Good, bad, or less important than the rest. The words say the same; colour only repeats it. */
export type Tone = "good" | "bad" | "soft";

/** A highlighted piece of text. */
export interface Span {
  readonly text: string;
  readonly tone?: Tone;
  /** A state in a word: a symbol or capitals make it visible without colour. */
  readonly isState?: true;
  /** An address, a record or a command, to be copied as it is. */
  readonly isCode?: true;
}

/** Text within a line. */
export type Inline = string | Span | readonly (string | Span)[];

/** Blocks under a heading. */
export interface Section {
  readonly kind: "section";
  readonly title: string;
  readonly subtitle?: string;
  readonly blocks: readonly Block[];
}

/** Rows of cells; a column without text in any row is omitted. */
export interface Table {
  readonly kind: "table";
  /** The caption on a page; the other formats use the head of the first column. */
  readonly caption: string;
  readonly columns: readonly Column[];
  /** The first cell of a row is its name. */
  readonly rows: readonly Row[];
  /** A last row that sums up the others. */
  readonly total?: Row;
}

/** A column of a table. */
export interface Column {
  /** In lower case; a page capitalizes it. */
  readonly head: string;
  /** Numbers are right-aligned; prose is wrapped. */
  readonly kind?: "number" | "prose";
}

/** A row of a table: a cell for each column. */
export type Row = readonly Cell[];

/** A cell: a line, or several below one another. */
export type Cell = Inline | { readonly lines: readonly Inline[] };

/** A tree: the words of each node on a line, with its children below. */
export interface Tree {
  readonly kind: "tree";
  /** The subject of the tree, for screen readers. */
  readonly label: string;
  readonly root: TreeNode;
}

/** A node of a tree. */
export interface TreeNode {
  /** Pieces of the node's line, the first one its role. */
  readonly words: readonly string[];
  readonly children: readonly TreeNode[];
}

/** Events over time in several places, a panel per event. All times are seconds from the event. */
export interface TimelineBlock {
  readonly kind: "timeline";
  /** A lane per place, the same in each panel. */
  readonly lanes: readonly string[];
  readonly panels: readonly TimelinePanel[];
  /** A marked moment, in the panels that show it. */
  readonly mark?: { readonly seconds: number; readonly text: string };
}

/** One event and its consequences. */
export interface TimelinePanel {
  readonly title: string;
  readonly caption: string;
  /** Which customers move from where to where, on a page only; absent if none do, or if it is unknown. */
  readonly move?: string;
  /** The picture in sentences, for screen readers. */
  readonly description: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly showsMark: boolean;
  /** Lanes that cannot be used. */
  readonly down: readonly string[];
  readonly bars: readonly TimelineBar[];
  /** Text next to the name of a lane. */
  readonly remarks: readonly { readonly lane: string; readonly text: string }[];
}

/** A period in a lane. */
export interface TimelineBar {
  readonly lane: string;
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly kind: BarKind;
  /** Written into the bar if it fits. */
  readonly label: string;
  /**
   * The share of the customers at its start and end, 0 to 1: the bar's height. By default all of
   * them, of whom none are left at the end where they leave, and none are there at the start where
   * they arrive.
   */
  readonly shares?: readonly [number, number];
}

/**
 * `serves`: customers are answered. `notices`, `spreads`, `expires`: the terms of an outage, in
 * which customers are still sent to the dead endpoint. `leaves` and `arrives`: they move as their
 * caches expire. `dead`: they are sent to an endpoint that does not serve.
 */
export type BarKind = "serves" | "notices" | "spreads" | "expires" | "leaves" | "arrives" | "dead";

/**
 * The places below a name at each step of a story, in the order in which they take over. Tables and
 * timelines next to it have the same facts, so only a page draws it.
 */
export interface TiersBlock {
  readonly kind: "tiers";
  /** The name that customers ask for. */
  readonly root: string;
  readonly panels: readonly TiersPanel[];
}

/** One step. */
export interface TiersPanel {
  readonly title: string;
  readonly caption: string;
  /** The picture in sentences, for screen readers. */
  readonly description: string;
  readonly areas: readonly TierArea[];
  /** What else is down, such as a database, a text each. */
  readonly faults: readonly string[];
}

/** A region, or places of no known region, which have no title. */
export interface TierArea {
  readonly title?: string;
  readonly isLost: boolean;
  readonly places: readonly TierPlace[];
}

/** An endpoint. */
export interface TierPlace {
  readonly name: string;
  readonly state: PlaceState;
  /** The share of the customers, 0 to 1. */
  readonly share: number;
  /** The state in words. */
  readonly text: string;
}

/** `dead`: customers are sent to it, and it does not serve; `lost`: down without customers. */
export type PlaceState = "answers" | "dead" | "lost" | "idle";

/**
 * One quantity plotted against another, point by point. A table next to it has the same figures, so
 * only a page draws the curve.
 */
export interface Curve {
  readonly kind: "curve";
  readonly title: string;
  readonly caption: string;
  /** The picture in sentences, for screen readers. */
  readonly description: string;
  /** Unit of `y`. */
  readonly unit: string;
  /** The two figures below a point, and their unit. */
  readonly rows: readonly [string, string];
  readonly rowUnit: string;
  readonly points: readonly CurvePoint[];
}

/** A point of a curve. */
export interface CurvePoint {
  readonly x: number;
  readonly y: number;
  /** The figure below `x`. */
  readonly below: string;
  /** Whether its figures have precedence over others if there is not enough room. */
  readonly isNoted: boolean;
  /** Label of the point in force. */
  readonly label?: string;
}

/**
 * Choices, each with a range over a figure. A table beside it has the same figures, so only a page draws it.
 */
export interface Ranges {
  readonly kind: "ranges";
  readonly title: string;
  readonly caption: string;
  /** The picture in sentences, for screen readers. */
  readonly description: string;
  /** Units of the figure and of the range. */
  readonly xUnit: string;
  readonly yUnit: string;
  readonly choices: readonly RangedChoice[];
}

/** A choice: a bar from `low` to `high` above `x`. */
export interface RangedChoice {
  readonly x: number;
  readonly low: number;
  readonly high: number;
  readonly label: string;
  /** Whether it is in force. */
  readonly isNow: boolean;
}

/** One or more sentences. */
export interface Paragraph {
  readonly kind: "paragraph";
  readonly text: Inline;
}

/** Information that a reader needs to interpret the figures. */
export interface Note {
  readonly kind: "note";
  readonly text: string;
}

/** Items of a kind, one per line. */
export interface List {
  readonly kind: "list";
  readonly items: readonly Inline[];
}

/** Findings: each with a word for its kind, its subject, and a text. */
export interface Entries {
  readonly kind: "entries";
  readonly entries: readonly FindingEntry[];
}

/** One finding. */
export interface FindingEntry {
  readonly word: Span;
  readonly head: string;
  readonly text: Inline;
}

/** Details: a terminal shows them on request, a page collapsed or expanded. */
export interface Details {
  readonly kind: "details";
  readonly title: string;
  /** Whether a page shows them expanded, having room. */
  readonly isOpen: boolean;
  readonly blocks: readonly Block[];
}

/** The outcome in a sentence, with reasons if it is not good. */
export interface Verdict {
  readonly isGood: boolean;
  /** Whether nothing is known to be bad, but something is unknown; then it is not good. */
  readonly isUnknown?: boolean;
  readonly text: string;
  readonly reasons: readonly string[];
}

/** The class of a verdict on a page, and its sign. */
export function verdictMark({ isGood, isUnknown }: Verdict): {
  readonly tone: "good" | "unknown" | "bad";
  readonly sign: string;
} {
  if (isGood) return { tone: "good", sign: "✓" };
  return isUnknown ? { tone: "unknown", sign: "?" } : { tone: "bad", sign: "✗" };
}

/** The pieces of a text. */
export function spansOf(inline: Inline): readonly Span[] {
  const pieces = typeof inline === "string" || "text" in inline ? [inline] : inline;
  return pieces
    .map((piece) => (typeof piece === "string" ? { text: piece } : piece))
    .filter(({ text }) => text !== "");
}

/** The lines of a cell. */
export function linesOf(cell: Cell): readonly Inline[] {
  return typeof cell === "object" && "lines" in cell ? cell.lines : [cell];
}

/** Whether a cell has any text. */
export function saysSomething(cell: Cell): boolean {
  return linesOf(cell).some((line) => spansOf(line).length > 0);
}

/** Whether a section contains sections. */
export function hasSections({ blocks }: Section): boolean {
  return blocks.some(({ kind }) => kind === "section");
}

/** The table without empty columns. */
export function withoutEmptyColumns(table: Table): Table {
  const all = [...table.rows, ...(table.total ? [table.total] : [])];
  const kept = table.columns.map((_, column) =>
    all.some((row) => saysSomething(row[column] ?? "")),
  );
  const isKept = (_: unknown, column: number): boolean => kept[column] ?? false;
  return {
    ...table,
    columns: table.columns.filter(isKept),
    rows: table.rows.map((row) => row.filter(isKept)),
    ...(table.total ? { total: table.total.filter(isKept) } : {}),
  };
}
