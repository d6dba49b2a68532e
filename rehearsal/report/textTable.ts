import type { Brush } from "./paint";
import { printable } from "./printable";

/** Width of the page in characters. */
export const columns = 100;
/** A column that gives way keeps this many characters, which is room for an IPv4 address. */
const narrowest = 15;

/** How a table is laid out. */
export interface TableOptions {
  /** Columns whose text ends at the right. */
  readonly right?: readonly boolean[];
  /** The column that gives way where a row is too wide. */
  readonly narrow?: number;
}

/** One cell, and its colour. */
export interface Cell {
  readonly text: string;
  readonly brush?: Brush;
}

/** Rows in columns as wide as their widest cell, two spaces apart, indented by two. */
export function table(
  rows: readonly (readonly Cell[])[],
  { right = [], narrow = 0 }: TableOptions = {},
): readonly string[] {
  const clean = rows.map((row) => row.map((cell) => ({ ...cell, text: printable(cell.text) })));
  const widths = fit(
    (clean[0] ?? []).map((_, column) =>
      Math.max(...clean.map((row) => row[column]?.text.length ?? 0)),
    ),
    narrow,
  );
  return clean.map((row) => {
    const cells = row.map(({ text, brush }, column) => {
      const width = widths[column] ?? 0;
      const clipped = text.length > width ? `${text.slice(0, width - 1)}…` : text;
      const padding = " ".repeat(width - clipped.length);
      const painted = brush ? brush(clipped) : clipped;
      return right[column] ? `${padding}${painted}` : `${painted}${padding}`;
    });
    // A column without any text takes no room.
    const kept = cells.filter((_, column) => widths[column] !== 0);
    return `  ${kept.join("  ")}`.trimEnd();
  });
}

/** The same widths, so that a row fits on the page: first `narrow` gives way, then the widest. */
function fit(widths: readonly number[], narrow: number): readonly number[] {
  const fitted = [...widths];
  const gaps = widths.filter((width) => width > 0).length * 2;
  let excess = fitted.reduce((sum, width) => sum + width, gaps) - columns;
  for (; excess > 0; excess -= 1) {
    const gives = (fitted[narrow] ?? 0) > narrowest;
    const column = gives ? narrow : fitted.indexOf(Math.max(...fitted));
    fitted[column] = Math.max(1, (fitted[column] ?? 0) - 1);
  }
  return fitted;
}

/** Lines of at most `width` characters, indented by two. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = "";
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].map((each) => `  ${each}`);
}
