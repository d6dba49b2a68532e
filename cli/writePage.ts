import type { Document } from "../rehearsal/report/document";
import type { Io } from "./io";
import { makingOf } from "./making";
import { written } from "./writtenFile";

/**
 * Writes a report as a page to the path of `--html`.
 *
 * @throws InputError if the file cannot be written
 */
export async function writePage(path: string, report: Document, io: Io): Promise<void> {
  const { asHtml } = await import("../rehearsal/report/asHtml");
  const text = await asHtml(report, makingOf(io));
  await written({ option: "--html", path, text, what: "page" }, io);
}
