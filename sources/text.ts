import { InputError } from "../routing/inputError";

/** The byte order marks that declare a file's encoding (Unicode 17.0, section 23.8). */
const marks: readonly (readonly [encoding: string, bytes: readonly number[]])[] = [
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];

/**
 * The text of a file: UTF-8, or the encoding of its byte order mark. PowerShell redirects output in
 * UTF-16 (about_Character_Encoding, Windows PowerShell 5.1).
 *
 * @throws InputError for a file that is not text
 */
export function decodedText(content: Uint8Array, path: string): string {
  const [encoding = "utf-8"] =
    marks.find(([, bytes]) => bytes.every((byte, index) => content[index] === byte)) ?? [];
  try {
    // The decoder removes the mark.
    return new TextDecoder(encoding, { fatal: true }).decode(content);
  } catch (cause) {
    throw new InputError(
      `${path}: the file is not text, got bytes that are not ${encoding.toUpperCase()}; give the file that the command wrote`,
      { cause },
    );
  }
}
