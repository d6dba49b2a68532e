import type { EvidenceFacts } from "../rehearsal/proof/evidence";
import type { Proof } from "../rehearsal/proof/prove";
import type { Io } from "./io";
import { writePage } from "./writePage";
import { written } from "./writtenFile";
import { jsonText } from "../rehearsal/report/jsonText";

/** Where the record and the page go. */
interface EvidenceFiles {
  readonly evidence?: string;
  readonly html?: string;
}

/**
 * Writes the record of a proof and its page, as far as they are asked for.
 *
 * @throws InputError where a file cannot be written
 */
export async function writeEvidence(
  { evidence, html }: EvidenceFiles,
  proof: Proof,
  facts: EvidenceFacts,
  io: Io,
): Promise<void> {
  if (evidence === undefined && html === undefined) return;
  const [{ evidenceOf }, { evidenceReport }] = await Promise.all([
    import("../rehearsal/proof/evidence"),
    import("../rehearsal/proof/evidenceReport"),
  ]);
  const record = evidenceOf(proof, facts);
  if (html !== undefined) await writePage(html, evidenceReport(proof, record, facts.source), io);
  if (evidence !== undefined) {
    await writeRecord(evidence, jsonText(record), io);
  }
}

/** Writes a record to the path of `--evidence`. @throws InputError if that fails */
export async function writeRecord(path: string, text: string, io: Io): Promise<void> {
  await written({ option: "--evidence", path, text, what: "record" }, io);
}
