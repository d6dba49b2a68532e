import type { Command } from "commander";
import { InputError } from "../../routing/inputError";
import { snapshotDocument } from "../../sources/aws/answers";
import { describeHelp } from "../helpText";
import { exitCodes } from "../io";
import type { ExitCode, Io } from "../io";
import { jsonText } from "../../rehearsal/report/jsonText";
import { written } from "../writtenFile";

/** The options of `failover snapshot`. */
interface SnapshotOptions {
  readonly zone?: string;
  readonly output?: string;
}

export function describe(command: Command): void {
  command
    .option("--zone <name>", "the hosted zone of the AWS account, by its name or id")
    .option("-o, --output <file>", "the file to write (default: standard output)");
  describeHelp(command, {
    note: "Read-only. Every command accepts the file with --from.",
    examples: ["snapshot --zone example.org --output zone.json"],
    fine: "the zone was written",
  });
}

/** Writes the current state of a zone in AWS to a file, for queries later and elsewhere. */
export async function run(options: SnapshotOptions, io: Io): Promise<ExitCode> {
  if (options.zone === undefined) {
    throw new InputError("--zone: required, got none; name a hosted zone", {
      code: "bad-usage",
    });
  }
  const [{ accountOf }, { liveZone }] = await Promise.all([
    import("../../aws/clients"),
    import("../../aws/zone/liveZone"),
  ]);
  const { answers, notes } = await liveZone(options.zone, accountOf(io.env));
  for (const note of notes) io.stderr.write(`${note}\n`);
  const text = jsonText(snapshotDocument(answers, io.now()));
  if (options.output === undefined) io.stdout.write(text);
  else {
    const code = "file-inaccessible";
    await written({ option: "--output", path: options.output, text, code }, io);
  }
  return exitCodes.fine;
}
