import { InputError } from "../routing/inputError";
import type { Io } from "./io";

/** A text for the path of an option. */
interface OptionFile {
  /** Such as `--save`. */
  readonly option: string;
  readonly path: string;
  readonly text: string;
  /** What is written, in a message. Default: `file`. */
  readonly what?: string;
  readonly code?: InputError["code"];
}

/**
 * Writes a text to the path of an option.
 *
 * @throws InputError if the file cannot be written
 */
export async function written(
  { option, path, text, what = "file", code }: OptionFile,
  io: Io,
): Promise<void> {
  try {
    await io.writeFile(path, text);
  } catch (cause) {
    throw new InputError(
      `${option} ${path}: cannot write the ${what}, got ${(cause as Error).message}; name a writable file`,
      { cause, ...(code === undefined ? {} : { code }) },
    );
  }
}
