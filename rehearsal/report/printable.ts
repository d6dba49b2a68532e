/** Control characters, and those that turn the direction of text round (Unicode TR 36, 2.10). */
const unprintable = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * The text on one line, without a character that a terminal would obey: names and values come from
 * files of others, and must not be able to colour, hide or overwrite what stands beside them.
 */
export function printable(text: string): string {
  return text.replace(
    unprintable,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
