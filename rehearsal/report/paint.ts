/** Adds colour to a text. */
export type Brush = (text: string) => string;

/** Colour for a terminal. It only repeats the words, so nothing is lost without it. */
export interface Paint {
  /** A heading. */
  readonly title: Brush;
  /** Less important text. */
  readonly faint: Brush;
  readonly good: Brush;
  readonly bad: Brush;
}

/** ECMA-48 "select graphic rendition": start and end codes. */
const rendition = { title: [1, 22], faint: [2, 22], good: [32, 39], bad: [31, 39] } as const;

/** Paint that colours, or that leaves text unchanged. */
export function paintOf(coloured: boolean): Paint {
  const brush =
    (kind: keyof typeof rendition): Brush =>
    (text) => {
      const [begin, end] = rendition[kind];
      return coloured && text !== "" ? `\u001b[${begin}m${text}\u001b[${end}m` : text;
    };
  return {
    title: brush("title"),
    faint: brush("faint"),
    good: brush("good"),
    bad: brush("bad"),
  };
}

/** Control characters, and those that reverse the direction of text (Unicode TR 36, 2.10). */
const unprintable = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * The text on one line, without characters that a terminal would interpret: names and values come
 * from other people's files, and must not colour, hide or overwrite adjacent text.
 */
export function printable(text: string): string {
  return text.replace(
    unprintable,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
