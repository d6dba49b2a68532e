/**
 * A report before it is drawn: what it says and in which order, and nothing of how it looks. Each
 * command has one builder that makes a document; `asText`, `asHtml` and `asMarkdown` draw any of them.
 */
export interface Document {
  readonly title: string;
  /** What the report is about, in a paragraph below the title. */
  readonly lead?: Inline;
  /** The outcome; a page says it first, a terminal last, where it is seen. */
  readonly verdict?: Verdict;
  readonly blocks: readonly Block[];
}

/** A part of a document. */
export type Block =
  Section | Table | Tree | TimelineBlock | Curve | Paragraph | Note | List | Entries | Details;

/** Good, bad, or less important than the rest. The words say the same, so that colour only repeats it. */
export type Tone = "good" | "bad" | "soft";

/** A piece of text that stands out. */
export interface Span {
  readonly text: string;
  readonly tone?: Tone;
  /** How something stands, in a word: a sign or capitals make it stand out without colour. */
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

/** Rows of cells; a column in which no row says anything is left out. */
export interface Table {
  readonly kind: "table";
  /** What the table shows, for a page; the head of its first column says it in the other forms. */
  readonly caption: string;
  readonly columns: readonly Column[];
  /** The first cell of a row is its name. */
  readonly rows: readonly Row[];
  /** A last row that sums up the others. */
  readonly total?: Row;
}

/** A column of a table. */
export interface Column {
  /** In lower case; a page begins it with a capital. */
  readonly head: string;
  /** Numbers end at the right; prose is wrapped and never cut. */
  readonly kind?: "number" | "prose";
  /** Gives way first where a terminal is too narrow. */
  readonly isNarrow?: true;
}

/** A row of a table: a cell for each column. */
export type Row = readonly Cell[];

/** A cell: a line, or several below one another. */
export type Cell = Inline | { readonly lines: readonly Inline[] };

/** A tree: each node's words in a line, with its children below. */
export interface Tree {
  readonly kind: "tree";
  /** What the tree is of, for who cannot see it. */
  readonly label: string;
  readonly root: TreeNode;
}

/** A node of a tree. */
export interface TreeNode {
  /** Pieces of the node's line, the first one its role. */
  readonly words: readonly string[];
  readonly children: readonly TreeNode[];
}

/** What happens in several places as time goes by, event by event. All times are seconds from the event. */
export interface TimelineBlock {
  readonly kind: "timeline";
  /** A lane per place, the same in each panel. */
  readonly lanes: readonly string[];
  readonly panels: readonly TimelinePanel[];
  /** A moment that is marked in the panels that ask for it. */
  readonly mark?: { readonly seconds: number; readonly text: string };
}

/** One event and what follows from it. */
export interface TimelinePanel {
  readonly title: string;
  readonly caption: string;
  /** The picture in sentences, for who cannot see it. */
  readonly description: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly showsMark: boolean;
  /** Lanes that cannot be used. */
  readonly down: readonly string[];
  readonly bars: readonly TimelineBar[];
  /** What is said beside the name of a lane. */
  readonly remarks: readonly { readonly lane: string; readonly text: string }[];
}

/** A stretch of time in a lane. */
export interface TimelineBar {
  readonly lane: string;
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly kind: BarKind;
  /** Written into the bar where it has room. */
  readonly label: string;
}

/**
 * `serves`: customers are answered. `notices`, `spreads`, `expires`: the parts of an outage, in which
 * customers are still sent to what died. `leaves` and `arrives`: they move as their caches expire.
 * `dead`: they are sent to what does not serve.
 */
export type BarKind = "serves" | "notices" | "spreads" | "expires" | "leaves" | "arrives" | "dead";

/**
 * A quantity over another, point by point. The same figures stand in a table beside it, so that only a
 * page draws the curve.
 */
export interface Curve {
  readonly kind: "curve";
  readonly title: string;
  readonly caption: string;
  /** The picture in sentences, for who cannot see it. */
  readonly description: string;
  /** Unit of `y`. */
  readonly unit: string;
  /** What the two figures below a point are, and their unit. */
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
  /** Whether its figures are shown before those of others where there is no room for all. */
  readonly isNoted: boolean;
  /** Written beside the point that is in force. */
  readonly label?: string;
}

/** A sentence or several. */
export interface Paragraph {
  readonly kind: "paragraph";
  readonly text: Inline;
}

/** What a reader must know to take the figures for what they are. */
export interface Note {
  readonly kind: "note";
  readonly text: string;
}

/** Things of a kind, in a line each. */
export interface List {
  readonly kind: "list";
  readonly items: readonly Inline[];
}

/** Findings: each a word for its kind, what it is about, and a text. */
export interface Entries {
  readonly kind: "entries";
  readonly entries: readonly FindingEntry[];
}

/** One finding. */
export interface FindingEntry {
  readonly word: Span;
  readonly head: string;
  readonly text: string;
}

/** More than a first look needs: a terminal shows it when asked, a page folded or at once. */
export interface Details {
  readonly kind: "details";
  readonly title: string;
  /** Whether a page shows it at once, having room. */
  readonly isOpen: boolean;
  readonly blocks: readonly Block[];
}

/** The outcome in a sentence, and the reasons where it is bad. */
export interface Verdict {
  readonly isGood: boolean;
  readonly text: string;
  readonly reasons: readonly string[];
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

/** Whether a section holds sections of its own. */
export function hasSections({ blocks }: Section): boolean {
  return blocks.some(({ kind }) => kind === "section");
}

/** The table without the columns in which no row says anything. */
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
