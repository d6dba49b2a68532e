import type { Document } from "../rehearsal/report/document";
import { InputError } from "../routing/inputError";
import type { Io } from "./io";
import { makingOf } from "./making";

/**
 * Writes a report as a page to the path of `--html`.
 *
 * @throws InputError if the file cannot be written
 */
export async function writePage(path: string, report: Document, io: Io): Promise<void> {
  const { asHtml } = await import("../rehearsal/report/asHtml");
  const page = await asHtml(report, makingOf(io));
  try {
    await io.writeFile(path, page);
  } catch (cause) {
    throw new InputError(
      `--html ${path}: cannot write the page, got ${(cause as Error).message}; name a writable file`,
      { cause },
    );
  }
}
