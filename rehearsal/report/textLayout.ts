import type { Cell, Inline, Row, Span, Table } from "./document";
import { linesOf, spansOf, withoutEmptyColumns } from "./document";
import type { Brush, Paint } from "./paint";
import { printable } from "./paint";

/** Parameters of the text layout. */
export interface TextOptions {
  readonly paint: Paint;
  /** Width in characters. */
  readonly columns: number;
  /**
   * Whether table lines are limited to that width: true on a terminal. In a pipe or a file nothing
   * is truncated, because names may be copied from there.
   */
  readonly isBounded: boolean;
  /** Whether details are shown as well. */
  readonly hasDetails?: boolean;
}

/** Longer lines of prose are hard to read, however wide the terminal is. */
const proseColumnsMax = 100;
/** Minimum width of a shrinking column: room for an IPv4 address. */
const narrowest = 15;
/** Minimum width of a prose column. */
const proseNarrowest = 20;
const gap = 2;

/** A piece of a line, ready to print. */
interface Piece {
  readonly text: string;
  readonly brush?: Brush;
}

/** Maximum width of prose. */
export function proseColumns({ columns }: TextOptions): number {
  return Math.min(columns, proseColumnsMax);
}

/** A text in lines of at most `width` characters; words are never broken. */
export function wrap(inline: Inline, width: number, paint: Paint): readonly string[] {
  return wrapped(piecesOf(inline, paint), width).map(painted);
}

/** The table in lines indented by two. */
export function tableLines(given: Table, options: TextOptions): readonly string[] {
  const table = withoutEmptyColumns(given);
  const { paint } = options;
  if (table.columns.length === 0) return [];
  const heads = table.columns.map(({ head }) => ({ text: head, tone: "soft" as const }));
  const rows = [
    cellsOf(heads, paint),
    ...table.rows.map((row) => cellsOf(row, paint)),
    ...(table.total ? [cellsOf(table.total, paint, paint.title)] : []),
  ];
  const widths = widthsOf(table, rows, options);
  return rows.flatMap((row, index) => rowLines(table, row, widths, index === 0));
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
    return brush ? { text, brush } : { text };
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

/**
 * The width of each column. If a table is too wide, headings are wrapped first, then prose; on a
 * terminal the narrow column and then the widest are finally truncated.
 */
function widthsOf(
  { columns }: Table,
  [heads = [], ...rows]: readonly (readonly TextCell[])[],
  options: TextOptions,
): readonly number[] {
  const widest = (cells: readonly (TextCell | undefined)[]): number =>
    Math.max(...cells.flatMap((cell) => (cell ?? []).map(lengthOf)), 0);
  const least = columns.map(({ head, kind }, column) => {
    const body = widest(rows.map((row) => row[column]));
    // In a pipe headings need no wrapping.
    const headWidth = options.isBounded || kind === "prose" ? halfOf(head) : head.length;
    return Math.max(headWidth, kind === "prose" ? Math.min(body, proseNarrowest) : body);
  });
  const widths = columns.map((_, column) => widest([heads, ...rows].map((row) => row[column])));
  const excess = (room: number): number =>
    widths.reduce((total, width) => total + width + gap, 0) - room;
  const takeFrom = (mayGive: (column: number) => boolean, room: number): void => {
    while (excess(room) > 0) {
      const givers = columns.map((_, column) => column).filter(mayGive);
      const [column] = givers.sort((a, b) => at(widths, b) - at(widths, a));
      if (column === undefined) return;
      widths[column] = at(widths, column) - 1;
    }
  };
  const isWide = (column: number): boolean => at(widths, column) > at(least, column);
  takeFrom((column) => columns[column]?.kind !== "prose" && isWide(column), proseColumns(options));
  takeFrom(isWide, proseColumns(options));
  if (!options.isBounded) return widths;
  const isNarrow = (column: number): boolean => columns[column]?.isNarrow ?? false;
  takeFrom((column) => isNarrow(column) && at(widths, column) > narrowest, options.columns);
  takeFrom((column) => at(widths, column) > 1, options.columns);
  return widths;
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
    return (row[column] ?? [])
      .flatMap((line) => (isWrapped ? wrapped(line, width) : [line]))
      .map((line) => cut(line, width));
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

/** The beginning of a line that is too long. */
function cut(line: readonly Piece[], width: number): readonly Piece[] {
  if (lengthOf(line) <= width) return line;
  let room = width - 1;
  const kept = line.flatMap((piece) => {
    const text = piece.text.slice(0, room);
    room -= text.length;
    return text === "" ? [] : [{ ...piece, text }];
  });
  const last = kept.at(-1);
  return [...kept.slice(0, -1), { ...last, text: `${last?.text ?? ""}…` }];
}

/** Breaks between words only. */
function wrapped(pieces: readonly Piece[], width: number): readonly (readonly Piece[])[] {
  const lines: Piece[][] = [];
  let line: Piece[] = [];
  const words = pieces.flatMap((piece) =>
    piece.text.split(/(?<= )/).map((text) => ({ ...piece, text })),
  );
  for (const word of words) {
    if (line.length > 0 && lengthOf(line) + word.text.trimEnd().length > width) {
      lines.push(line);
      line = [];
    }
    line.push(word);
  }
  return [...lines, line].map(joined);
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
