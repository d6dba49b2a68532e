import type { Cell, Inline, Row, Span, Table } from "./document";
import { linesOf, spansOf, withoutEmptyColumns } from "./document";
import type { Brush, Paint } from "./paint";
import { printable } from "./paint";

/** Parameters of the text layout. */
export interface TextOptions {
  readonly paint: Paint;
  /** Width in characters. */
  readonly columns: number;
  /** Whether lines are limited to that width: true on a terminal, and not in a pipe or a file. */
  readonly isBounded: boolean;
  /** Whether details are shown as well. */
  readonly hasDetails?: boolean;
}

/** Longer lines of prose are hard to read, however wide the terminal is. */
const proseColumnsMax = 100;
/** Width to which a prose column shrinks where there is room elsewhere, and at least. */
const proseNarrow = 20;
const proseNarrowest = 12;
const gap = 2;

/** A piece of a line, ready to print. */
interface Piece {
  readonly text: string;
  readonly brush?: Brush;
  /** Whether it is never broken, to be copied from a terminal, which then breaks it itself. */
  readonly isWhole?: boolean;
}

/** Maximum width of prose. */
export function proseColumns({ columns }: TextOptions): number {
  return Math.min(columns, proseColumnsMax);
}

/** A text in lines of at most `width` characters; words, and what is to be copied, are never broken. */
export function wrap(inline: Inline, width: number, paint: Paint): readonly string[] {
  return wrapped(piecesOf(inline, paint), width).map(painted);
}

/**
 * The table in lines indented by two. Where a terminal is too narrow for its columns, each row is a
 * block instead, because a name that is cut cannot be copied.
 */
export function tableLines(given: Table, options: TextOptions): readonly string[] {
  const table = withoutEmptyColumns(given);
  const { paint } = options;
  if (table.columns.length === 0) return [];
  const heads = cellsOf(
    table.columns.map(({ head }) => ({ text: head, tone: "soft" as const })),
    paint,
  );
  const rows = [
    ...table.rows.map((row) => cellsOf(row, paint)),
    ...(table.total ? [cellsOf(table.total, paint, paint.title)] : []),
  ];
  const widths = widthsOf(table, [heads, ...rows], options);
  if (options.isBounded && excess(widths, options.columns) > 0) {
    return blocksOf(heads, rows, options.columns);
  }
  return [heads, ...rows].flatMap((row, index) => rowLines(table, row, widths, index === 0));
}

/** A block for each row: its name, and below it a line for each other cell, after the column's head. */
function blocksOf(
  [nameHead = [], ...heads]: readonly TextCell[],
  rows: readonly (readonly TextCell[])[],
  columns: number,
): readonly string[] {
  const headWidth = Math.max(...heads.map(widest), 0);
  const indent = 4 + headWidth + gap;
  const lines = (cell: TextCell, by: number): readonly string[] =>
    wrapped(inOneLine(cell), columns - by).map(painted);
  return [
    ...lines(nameHead, 2).map((line) => `  ${line}`),
    ...rows.flatMap(([name = [], ...cells]) => [
      ...(widest(name) === 0 ? [] : lines(name, 2).map((line) => `  ${line}`)),
      ...cells.flatMap((cell, column) => {
        const head = heads[column] ?? [];
        if (widest(cell) === 0) return [];
        const padding = " ".repeat(headWidth - widest(head) + gap);
        return lines(cell, indent).map((line, index) =>
          index === 0
            ? `    ${head.map(painted).join("")}${padding}${line}`
            : `${" ".repeat(indent)}${line}`,
        );
      }),
    ]),
  ];
}

/** The lines of a cell, with commas between. */
function inOneLine(cell: TextCell): readonly Piece[] {
  return cell.flatMap((line, index) => (index === 0 ? line : [{ text: ", " }, ...line]));
}

type TextCell = readonly (readonly Piece[])[];

function cellsOf(row: Row, paint: Paint, brush?: Brush): readonly TextCell[] {
  return row.map((cell: Cell) =>
    linesOf(cell).map((line) =>
      piecesOf(line, paint).map((piece) => (brush ? { ...piece, brush } : piece)),
    ),
  );
}

function piecesOf(inline: Inline, paint: Paint): readonly Piece[] {
  return spansOf(inline).map((span) => {
    const text = printable(
      span.isState && span.tone === "bad" ? span.text.toUpperCase() : span.text,
    );
    const brush = brushOf(span, paint);
    return {
      text,
      ...(brush ? { brush } : {}),
      ...(span.isCode ? { isWhole: true } : {}),
    };
  });
}

/** The colour of a tone. */
export function brushOf({ tone }: Pick<Span, "tone">, paint: Paint): Brush | undefined {
  return tone && { good: paint.good, bad: paint.bad, soft: paint.faint }[tone];
}

function lengthOf(line: readonly Piece[]): number {
  return line.reduce((sum, { text }) => sum + text.length, 0);
}

function painted(line: readonly Piece[]): string {
  return line.map(({ text, brush }) => (brush ? brush(text) : text)).join("");
}

/** The longest line of a cell. */
function widest(cell: TextCell): number {
  return Math.max(...cell.map(lengthOf), 0);
}

/** The length of the longest part of a cell that is never broken. */
function longestWord(cell: TextCell): number {
  return Math.max(
    ...cell.flatMap((line) => wordsOf(line).map((word) => lengthOf(joined(word)))),
    0,
  );
}

/** The width of each column. If a table is too wide, headings are wrapped first, then prose. */
function widthsOf(
  { columns }: Table,
  [heads = [], ...rows]: readonly (readonly TextCell[])[],
  options: TextOptions,
): readonly number[] {
  const most = (measure: (cell: TextCell) => number, column: number): number =>
    Math.max(...rows.map((row) => measure(row[column] ?? [])), 0);
  const leastWith = (narrow: number): readonly number[] =>
    columns.map(({ head, kind }, column) => {
      const body = most(widest, column);
      // In a pipe headings need no wrapping.
      const headWidth = options.isBounded || kind === "prose" ? halfOf(head) : head.length;
      const bodyWidth =
        kind === "prose" ? Math.min(body, Math.max(narrow, most(longestWord, column))) : body;
      return Math.max(headWidth, bodyWidth);
    });
  const widths = columns.map((_, column) =>
    Math.max(widest(heads[column] ?? []), most(widest, column)),
  );
  const takeFrom = (mayGive: (column: number) => boolean, room: number): void => {
    while (excess(widths, room) > 0) {
      const givers = columns.map((_, column) => column).filter(mayGive);
      const [column] = givers.sort((a, b) => at(widths, b) - at(widths, a));
      if (column === undefined) return;
      widths[column] = at(widths, column) - 1;
    }
  };
  const wider = (least: readonly number[]) => (column: number) =>
    at(widths, column) > at(least, column);
  const isWide = wider(leastWith(proseNarrow));
  takeFrom((column) => columns[column]?.kind !== "prose" && isWide(column), proseColumns(options));
  takeFrom(isWide, proseColumns(options));
  if (options.isBounded) takeFrom(wider(leastWith(proseNarrowest)), options.columns);
  return widths;
}

/** The characters by which the columns are wider than the room. */
function excess(widths: readonly number[], room: number): number {
  return widths.reduce((total, width) => total + width + gap, 0) - room;
}

/** The width of a column. */
function at(widths: readonly number[], column: number): number {
  return widths[column] ?? 0;
}

/** The minimum width at which a heading takes two lines. */
function halfOf(head: string): number {
  const words = head.split(" ");
  const splits = words.map((_, at) =>
    Math.max(words.slice(0, at).join(" ").length, words.slice(at).join(" ").length),
  );
  return Math.min(...splits);
}

/** The lines of a row, as many as its tallest cell has. */
function rowLines(
  { columns }: Table,
  row: readonly TextCell[],
  widths: readonly number[],
  isHead: boolean,
): readonly string[] {
  const cells = columns.map(({ kind }, column) => {
    const width = at(widths, column);
    const isWrapped = isHead || kind === "prose";
    return (row[column] ?? []).flatMap((line) => (isWrapped ? wrapped(line, width) : [line]));
  });
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, index) => {
    const texts = cells.map((lines, column) => {
      const line = lines[index] ?? [];
      const padding = " ".repeat(Math.max(0, at(widths, column) - lengthOf(line)));
      const text = painted(line);
      return columns[column]?.kind === "number" ? `${padding}${text}` : `${text}${padding}`;
    });
    return `  ${texts.join(" ".repeat(gap))}`.trimEnd();
  });
}

/** Breaks between words only. */
function wrapped(pieces: readonly Piece[], width: number): readonly (readonly Piece[])[] {
  const lines: Piece[][] = [];
  let line: Piece[] = [];
  for (const word of wordsOf(pieces)) {
    if (line.length > 0 && lengthOf(line) + lengthOf(joined(word)) > width) {
      lines.push(line);
      line = [];
    }
    line.push(...word);
  }
  return [...lines, line].map(joined);
}

/** After a word, unless it is a number, which stays with its unit. */
const breakable = /(?<=(?<!\d) )/;

/** The parts of a line between which it may be broken: a word of several colours is one part. */
function wordsOf(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const words: Piece[][] = [];
  for (const piece of pieces) {
    const texts = piece.isWhole ? [piece.text] : piece.text.split(breakable);
    for (const text of texts) {
      const last = words.at(-1);
      if (last && !/(?<!\d) $/.test(last.at(-1)?.text ?? "")) last.push({ ...piece, text });
      else words.push([{ ...piece, text }]);
    }
  }
  return words;
}

/** Merges neighbours of one colour, without a trailing blank. */
function joined(line: readonly Piece[]): readonly Piece[] {
  const pieces: Piece[] = [];
  for (const [index, piece] of line.entries()) {
    const text = index === line.length - 1 ? piece.text.trimEnd() : piece.text;
    const last = pieces.at(-1);
    if (last && last.brush === piece.brush)
      pieces[pieces.length - 1] = { ...last, text: last.text + text };
    else pieces.push({ ...piece, text });
  }
  return pieces;
}
