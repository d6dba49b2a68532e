import type { Command } from "commander";
import { verifyReport } from "../../aws/verify/report";
import type { VerifyJournal } from "../../aws/verify/journal";
import { parseVerifyJournal, verifyJournalPath } from "../../aws/verify/journal";
import type { Verification } from "../../aws/verify/verify";
import { asText } from "../../rehearsal/report/asText";
import { canonical } from "../../routing/domainName";
import { globalRegion } from "../../routing/globalRegion";
import { InputError } from "../../routing/inputError";
import { describeHelp } from "../helpText";
import { isConfirmed } from "../confirm";
import { interruptsOf } from "../interrupts";
import { exitCodes, textOptions } from "../io";
import type { ExitCode, Io } from "../io";
import { progressOf } from "../progress";
import { jsonText } from "../../rehearsal/report/jsonText";

/** The options of `failover verify`. */
interface VerifyOptions {
  readonly zoneForTests?: string;
  readonly cleanUp?: boolean;
  readonly force?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export function describe(command: Command): void {
  command
    .option("--zone-for-tests <name>", "an empty public hosted zone of the account, delegated")
    .option("--clean-up", "only remove what an earlier run left")
    .option("--force", "take a zone with other records, if nobody uses it")
    .option("--yes", "do not ask")
    .option("--json", "print what was learned as JSON");
  describeHelp(command, {
    note: "It creates 4 health checks and some 40 records, makes at most 60 calls, takes some minutes, and removes all of them.",
    examples: [
      "verify --zone-for-tests verify.example.org",
      "verify --zone-for-tests verify.example.org --clean-up",
    ],
    fine: "everything was settled",
    badNews: "something stayed unknown or was left, or it was not confirmed",
  });
}

/** Settles what AWS does not document, in a zone for tests. */
export async function run(options: VerifyOptions, io: Io): Promise<ExitCode> {
  const { zoneForTests } = options;
  if (zoneForTests === undefined) {
    throw new InputError("--zone-for-tests: required, got none; name an empty hosted zone", {
      code: "bad-usage",
    });
  }
  const path = verifyJournalPath(canonical(zoneForTests));
  const [{ orAwsFault }, { accountOf, fullClient }, { BoundedCalls }] = await Promise.all([
    import("../../aws/caller"),
    import("../../aws/clients"),
    import("../../aws/verify/calls"),
  ]);
  return orAwsFault(accountOf(io.env), async () => {
    const route53 = await fullClient("route53", globalRegion, io.env);
    const wait = (milliseconds: number): Promise<void> =>
      new Promise((resolve) => setTimeout(resolve, milliseconds));
    const calls = new BoundedCalls(route53, wait);
    const journal = await journalAt(path, io);
    if (options.cleanUp || journal?.phase === "open") {
      const code = await cleaned(journal, path, calls, io);
      if (options.cleanUp || code !== exitCodes.fine) return code;
    }
    return verified(options, path, { calls: new BoundedCalls(route53, wait), wait }, io);
  });
}

type Calls = InstanceType<typeof import("../../aws/verify/calls").BoundedCalls>;

async function verified(
  options: VerifyOptions,
  path: string,
  { calls, wait }: { readonly calls: Calls; readonly wait: (ms: number) => Promise<void> },
  io: Io,
): Promise<ExitCode> {
  const [{ verifyAssumptions, zoneForTests }, { publicDns }, { randomBytes }] = await Promise.all([
    import("../../aws/verify/verify"),
    import("../../aws/publicDns"),
    import("node:crypto"),
  ]);
  const zone = await zoneForTests(options.zoneForTests ?? "", options.force ?? false, calls);
  io.stderr.write(
    `It creates 4 health checks and some 40 records below ${zone.name} (${zone.id}), and removes them.\n`,
  );
  if (!(await isConfirmed("create them", options, io))) {
    io.stderr.write("Not confirmed: nothing was changed.\n");
    return exitCodes.badNews;
  }
  const interrupts = interruptsOf(io);
  const progress = progressOf(io);
  try {
    const result = await verifyAssumptions(zone, {
      calls,
      dns: publicDns(),
      wait,
      keep: (journal) => keepVerifyJournal(journal, path, io),
      interruption: interrupts.interruption,
      say: (line) => {
        progress.show(`${line} …`);
      },
      unique: randomBytes(4).toString("hex"),
    });
    progress.done();
    io.stdout.write(
      options.json
        ? jsonText(result)
        : asText(verifyReport(zone.name, result), { ...textOptions(io), hasDetails: true }),
    );
    return exitCodeOf(result);
  } finally {
    progress.done();
    interrupts.end();
  }
}

function exitCodeOf({ learned, left, ended }: Verification): ExitCode {
  const isComplete = ended === undefined && learned.every(({ value }) => value !== null);
  return isComplete && left.length === 0 ? exitCodes.fine : exitCodes.badNews;
}

/** Removes what an earlier run left. */
async function cleaned(
  journal: VerifyJournal | undefined,
  path: string,
  calls: Calls,
  io: Io,
): Promise<ExitCode> {
  if (journal === undefined || journal.phase === "clean") {
    io.stdout.write("Nothing is left: no run has an open journal here.\n");
    return exitCodes.fine;
  }
  const { cleanUp } = await import("../../aws/verify/cleanUp");
  const left = await cleanUp(journal, calls, true);
  for (const one of left) io.stderr.write(`Left: ${one}\n`);
  if (left.length > 0) return exitCodes.badNews;
  await keepVerifyJournal({ ...journal, phase: "clean" }, path, io);
  io.stdout.write("Nothing is left: the records and checks of the earlier run are gone.\n");
  return exitCodes.fine;
}

async function journalAt(path: string, io: Io): Promise<VerifyJournal | undefined> {
  const text = await io.readFile(path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new InputError(
      `${path}: cannot read the journal, got ${(error as Error).message}; make it readable`,
      { cause: error, code: "file-inaccessible" },
    );
  });
  return text === undefined ? undefined : parseVerifyJournal(text, path);
}

async function keepVerifyJournal(journal: VerifyJournal, path: string, io: Io): Promise<void> {
  try {
    await io.replaceFile(path, jsonText(journal));
  } catch (cause) {
    throw new InputError(
      `${path}: cannot write the journal, got ${(cause as Error).message}; start it in a writable directory`,
      { cause, code: "file-inaccessible" },
    );
  }
}
