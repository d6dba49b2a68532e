import { z } from "zod";
import { InputError } from "../../routing/inputError";

/** What a verification creates, written before it creates anything. */
const journalForm = z.strictObject({
  version: z.literal(1),
  zoneId: z.string(),
  /** All records are below this name. */
  below: z.string(),
  /** The caller references of its checks start with this. */
  reference: z.string(),
  checkIds: z.array(z.string()),
  /** `open`: something may exist. `clean`: everything was removed. */
  phase: z.enum(["open", "clean"]),
});

export type VerifyJournal = z.infer<typeof journalForm>;

export function verifyJournalPath(zone: string): string {
  return `failover-verify-${zone}.json`;
}

/** @throws InputError if the text is no journal */
export function parseVerifyJournal(text: string, path: string): VerifyJournal {
  try {
    return journalForm.parse(JSON.parse(text));
  } catch (cause) {
    throw new InputError(
      `${path}: must be the journal of a verification, got another text; look for records and checks whose names start with fv- in the test zone and account`,
      { cause },
    );
  }
}
