import type { GameDayJournal } from "../aws/gameDay/journal";
import { parseJournal } from "../aws/gameDay/journal";
import { jsonText } from "../rehearsal/report/jsonText";
import type { GameDayTools, LeftOver } from "../aws/gameDay/mend";
import { printable } from "../rehearsal/report/paint";
import { InputError } from "../routing/inputError";
import type { Io } from "./io";

/** Mends an earlier game day, and says what is left. */
export async function mended(
  journal: GameDayJournal,
  path: string,
  tools: GameDayTools & { readonly accountId: string },
  io: Io,
): Promise<readonly LeftOver[]> {
  if (journal.accountId !== tools.accountId) {
    throw new InputError(
      `${path}: the game day was in account ${journal.accountId}, and the credentials belong to ${tools.accountId}; use credentials of ${journal.accountId}`,
    );
  }
  io.stderr.write(
    `The game day of ${journal.startedAt} in ${journal.region} was not mended (${path}).\n`,
  );
  const { mend } = await import("../aws/gameDay/mend");
  const left = await mend(journal, tools);
  if (left.length === 0) await keep({ ...journal, phase: "mended" }, path, io);
  tellLeft(left, io);
  return left;
}

/** Says what is left, and how to mend it. */
export function tellLeft(left: readonly LeftOver[], io: Io): void {
  for (const { what, command } of left) {
    io.stderr.write(
      `${printable(`Left: ${what}${command === undefined ? "" : `. To mend it: ${command}`}`)}\n`,
    );
  }
}

/** The journal of an earlier game day; undefined if there was none. */
export async function earlierJournal(path: string, io: Io): Promise<GameDayJournal | undefined> {
  let text: string;
  try {
    text = await io.readFile(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new InputError(
      `${path}: cannot read the journal, got ${(cause as Error).message}; make it readable`,
      { cause, code: "file-inaccessible" },
    );
  }
  return parseJournal(text, path);
}

/** Writes the journal. @throws InputError if that fails */
export async function keep(journal: GameDayJournal, path: string, io: Io): Promise<void> {
  try {
    await io.replaceFile(path, jsonText(journal));
  } catch (cause) {
    throw new InputError(
      `${path}: cannot write the journal, got ${(cause as Error).message}; name a writable file with --journal`,
      { cause, code: "file-inaccessible" },
    );
  }
}
