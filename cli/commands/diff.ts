import type { Command } from "commander";
import type { FailoverDiff } from "../../rehearsal/diff/diff";
import { diffOf } from "../../rehearsal/diff/diff";
import { diffReport } from "../../rehearsal/diff/report";
import { ownProjectOf } from "../../rehearsal/project";
import { asMarkdown } from "../../rehearsal/report/asMarkdown";
import { asText } from "../../rehearsal/report/asText";
import { InputError } from "../../routing/inputError";
import { comparedSide } from "../comparedSide";
import { describeHelp } from "../helpText";
import { exitCodes, textOptions } from "../io";
import type { ExitCode, Io } from "../io";
import { askerOf, placeOptionHelp } from "../placeOption";
import { progressOf } from "../progress";
import { describeSettings } from "../settingOption";
import type { SourceOptions, SourceResources } from "../source";
import { describeSource, sourceResources } from "../source";
import type { ProofOptions } from "./proofOptions";
import { describeProof, proofSettingsOf } from "./proofOptions";
import { jsonText } from "../../rehearsal/report/jsonText";

/** The options of `failover diff`. */
interface DiffOptions extends SourceOptions, ProofOptions {
  readonly fromLocation?: string;
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly verbose?: boolean;
}

export function describe(command: Command): void {
  command
    .argument("<base>", "the state before: a file or folder as for --from, or a Git revision")
    .argument(
      "[names...]",
      "the DNS names to compare; default: those that the stack publishes, else all that nothing leads to and that choose, and others with another answer",
    )
    .option(
      "--from-location <place>",
      `${placeOptionHelp} (default: each place with another answer)`,
    )
    .option("--markdown", "print the comparison as Markdown, for a comment on a pull request")
    .option("--json", "print the comparison as JSON")
    .option("--verbose", "also print each difference of the proof and of the cost");
  describeProof(command);
  describeSource(command);
  describeSettings(command);
  describeHelp(command, {
    examples: ["diff main --stack prod --markdown", "diff before.json --from after.json"],
    note: "Without the objective zoneOrRegion.downtime, where an objective is missed, or where the change makes one looser, any longer time is worse.",
    fine: "no customer can be worse off, or only for longer within the objectives",
    badNews:
      "an objective is newly missed, a time without an objective is longer, or there is a new dead answer, violation or cut set",
    badInput: "resources differ, and a name cannot be compared, or who answers for it is unknown",
  });
}

/** What cannot be compared needs more input, as a proof that is open does. */
const exitCodeOf: Readonly<Record<FailoverDiff["outcome"], ExitCode>> = {
  same: exitCodes.fine,
  changed: exitCodes.fine,
  worse: exitCodes.badNews,
  unknown: exitCodes.badInput,
};

/** Compares two states of a program; bad news is that customers can be worse off after the change. */
export async function run(
  options: DiffOptions,
  io: Io,
  [base = "", ...names]: readonly string[],
): Promise<ExitCode> {
  if (options.json && options.markdown) {
    throw new InputError("--json, --markdown: got both; use one of them", { code: "bad-usage" });
  }
  const asker = askerOf(options);
  const settings = { names, ...(asker ? { asker } : {}), ...proofSettingsOf(options) };
  const progress = progressOf(io);
  try {
    progress.show("reading the resources …");
    const after = await sourceResources(options, io);
    progress.show(`reading ${base} …`);
    const before = await stateAt(base, options, io);
    progress.show("proving every set of faults, before and after …");
    const diff = diffOf(before, after, settings);
    progress.done();
    if (options.json) io.stdout.write(jsonText(diff));
    else {
      const report = diffReport(diff);
      const layout = { ...textOptions(io), hasDetails: options.verbose ?? false };
      io.stdout.write(options.markdown ? asMarkdown(report) : asText(report, layout));
    }
    return exitCodeOf[diff.outcome];
  } finally {
    progress.done();
  }
}

/** The state that BASE names: a path that exists, else a revision. */
async function stateAt(base: string, options: DiffOptions, io: Io): Promise<SourceResources> {
  // A what-if is about the state after.
  const { set: _, ...source } = options;
  if (!(await exists(base, io))) {
    const { atRevision } = await import("../gitRevision");
    const { resources, failing } = await comparedSide("<base>", base, () =>
      atRevision(base, io, (there) => {
        requireProject(source, there, base);
        return sourceResources(source, there);
      }),
    );
    // A hash as it is usually written; CI has the whole one.
    return { resources, failing, title: base.replace(/^([0-9a-f]{7})[0-9a-f]{33}$/, "$1") };
  }
  const { stack: __, zone: ___, ...others } = source;
  return comparedSide("<base>", base, () => sourceResources({ ...others, from: [base] }, io));
}

/** Without one, the stack would be of this tool's own program, whatever the revision. */
function requireProject({ stack }: SourceOptions, { directory }: Io, base: string): void {
  if (stack === undefined || ownProjectOf(directory) !== undefined) return;
  throw new InputError(
    `--stack ${stack}: must be of a Pulumi project in this repository, got none at ${base}; run it in the project's folder, or compare files with --from`,
    { code: "bad-usage" },
  );
}

async function exists(path: string, io: Io): Promise<boolean> {
  try {
    await io.filesAt(path);
    return true;
  } catch {
    return false;
  }
}
