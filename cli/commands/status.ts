import type { Command } from "commander";
import { statusReport } from "../../aws/status/report";
import type { LiveStatus } from "../../aws/status/status";
import { asText } from "../../rehearsal/report/asText";
import { InputError } from "../../routing/inputError";
import { describeHelp } from "../helpText";
import { exitCodes, textOptions } from "../io";
import type { ExitCode, Io } from "../io";
import { sourceArguments } from "../source";
import { delayed, progressOf } from "../progress";
import type { LiveOptions } from "../statusSubject";
import { statusSubjectOf } from "../statusSubject";
import { jsonText } from "../../rehearsal/report/jsonText";

/** The options of `failover status`. */
interface StatusOptions extends LiveOptions {
  readonly json?: boolean;
  readonly verbose?: boolean;
}

export function describe(command: Command): void {
  command
    .option("--stack <name>", "a deployed stack of this program")
    .option("--from <file>", "the output of `pulumi stack export` of that stack")
    .option("--zone <name>", "a hosted zone of the account, by its name or id; without a gate")
    .option("--verbose", "print also what was left out of the model")
    .option("--json", "print the status as JSON");
  describeHelp(command, {
    note: "Read-only.",
    examples: ["status --stack prod", "status --from export.json --json"],
    fine: "the first tier serves and everything agrees",
    badNews: "something is bad or unknown",
    badInput: "no usable credentials",
  });
}

/** Shows who serves, and whether the checks, the model and the gate agree with Route 53. */
export async function run(options: StatusOptions, io: Io): Promise<ExitCode> {
  if (options.stack === undefined && options.from === undefined && options.zone === undefined) {
    throw new InputError(
      "--stack, --from, --zone: one is required, got none; name a stack or a zone",
      {
        code: "bad-usage",
      },
    );
  }
  const subject = await statusSubjectOf(options, io);
  const [{ accountOf }, { paced }, { liveStatus }, { publicDns }] = await Promise.all([
    import("../../aws/clients"),
    import("../../aws/paced"),
    import("../../aws/status/status"),
    import("../../aws/publicDns"),
  ]);
  const progress = delayed(progressOf(io), io);
  const account = paced(accountOf(io.env), (call) => {
    progress.show(`asking ${call} …`);
  });
  try {
    const status = await liveStatus(subject, {
      account,
      dns: publicDns(),
      nowMs: io.now().getTime(),
    });
    progress.done();
    return printStatus(status, options, subject.regionNames, io);
  } finally {
    progress.done();
  }
}

/** @internal */
export function printStatus(
  status: LiveStatus,
  options: StatusOptions,
  regionNames: ReadonlyMap<string, string>,
  io: Io,
): ExitCode {
  const { stack, from, json = false, verbose = false } = options;
  const named = sourceArguments({
    ...(stack === undefined ? {} : { stack }),
    ...(from === undefined ? {} : { from: [from] }),
  });
  const report = statusReport(status, regionNames, named === "" ? undefined : named);
  io.stdout.write(
    json ? jsonText(status) : asText(report, { ...textOptions(io), hasDetails: verbose }),
  );
  return status.facts.length > 0 ? exitCodes.badNews : exitCodes.fine;
}
