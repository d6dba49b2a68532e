import type { Command } from "commander";
import { packageFile } from "../packageDirectory";
import { InputError } from "../routing/inputError";
import type { EvidenceFacts } from "../rehearsal/proof/evidence";
import type { Io } from "./io";
import { makingOf } from "./making";

/** What a record is told beside the proof. */
export interface EvidenceOptions {
  readonly evidence?: string;
  readonly owner?: string;
  readonly retest?: string;
}

export function describeEvidence(command: Command): void {
  command
    .option(
      "--evidence <file>",
      `also write a record for auditors as JSON: ${packageFile("docs/evidence.md")}`,
    )
    .option("--owner <name>", "person responsible for the gaps, for the record and the page")
    .option(
      "--retest <date>",
      "date of the next test, such as 2027-01-31, for the record and the page",
    );
}

const dateForm = /^\d{4}-\d{2}-\d{2}$/;

/**
 * The facts of a record beside the proof.
 *
 * @throws InputError where the date of the retest is none
 */
export function evidenceFactsOf(
  { owner, retest }: EvidenceOptions,
  io: Pick<Io, "env" | "now">,
): Pick<EvidenceFacts, "date" | "version" | "commit" | "owner" | "retest"> {
  if (retest !== undefined && !(dateForm.test(retest) && isDay(retest))) {
    throw new InputError(`--retest: must be a date, got ${retest}; write it such as 2027-01-31`, {
      code: "bad-usage",
    });
  }
  return {
    ...makingOf(io),
    owner: owner ?? null,
    retest: retest ?? null,
  };
}

/** Whether there is such a day: a Date takes 31 April for 1 May. */
function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
