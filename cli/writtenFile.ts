import { InputError } from "../routing/inputError";
import type { Io } from "./io";

/**
 * Writes a text to the path of an option.
 *
 * @throws InputError if the file cannot be written
 */
export async function written(option: string, path: string, text: string, io: Io): Promise<void> {
  try {
    await io.writeFile(path, text);
  } catch (cause) {
    throw new InputError(
      `${option} ${path}: cannot write the file, got ${(cause as Error).message}; name a writable file`,
      { cause },
    );
  }
}
