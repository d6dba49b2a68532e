import type { Command } from "commander";
import { asText } from "../../rehearsal/report/asText";
import { InputError } from "../../routing/inputError";
import { StackModel } from "../../routing/graph/stackModel";
import { factsOfResources } from "../../routing/graph/stackOutputs";
import { repeated } from "../repeated";
import { describeHelp } from "../helpText";
import { assumedIn, assumedOf, assumeHelp, assumeOption } from "../assumeOption";
import { exitCodes, textOptions } from "../io";
import type { ExitCode, Io } from "../io";
import { mainName } from "../nameOption";
import { seedMax, wholeNumbers } from "../numbers";
import { progressOf } from "../progress";
import { describeSettings } from "../settingOption";
import type { SourceOptions } from "../source";
import { describeSource, sourceResources } from "../source";
import { writePage } from "../writePage";

/** Blips of each cause that are simulated for each setting. */
const runsDefault = 2_000;
const runsMax = 1_000_000;

/** The options of `failover tune`. */
interface TuneOptions extends SourceOptions {
  readonly name?: string;
  readonly blips?: readonly string[];
  readonly history?: string;
  readonly assume?: string;
  readonly runs?: string;
  readonly seed?: string;
  readonly html?: string;
  readonly json?: boolean;
}

export function describe(command: Command): void {
  command
    .option("--name <name>", "the DNS name to tune (default: the stack's first)")
    .option(
      "--blips <parameter=range>",
      "set a parameter of the blip model, such as zoneBlipsPerYear=2..24; repeatable",
      repeated,
    )
    .option(
      "--history <file>",
      "take the blips from HealthCheckPercentageHealthy, as get-metric-statistics prints it",
    )
    .option(assumeOption, assumeHelp)
    .option("--runs <count>", "blips of each cause to simulate", String(runsDefault))
    .option("--seed <number>", "the seed of the simulation", "1")
    .option("--html <file>", "also write the report as a page, with a picture")
    .option("--json", "print every setting as JSON");
  describeSource(command);
  describeSettings(command);
  describeHelp(command, {
    note: "Changes nothing.",
    examples: [
      "tune --stack prod",
      "tune --from export.json --blips zoneBlipsPerYear=2..24 --html tuning.html",
    ],
    fine: "every downtime ends",
    badNews: "with the setting in force a downtime never ends",
    badInput: "who answers depends on something unknown",
  });
}

/**
 * Reports what each setting of the endpoint checks is worth; changes nothing. Bad news is a downtime
 * that never ends with the setting in force. If who answers depends on an unknown, the input is not
 * sufficient.
 */
export async function run(options: TuneOptions, io: Io): Promise<ExitCode> {
  const [{ blipRangeFrom }, { measuredBlips }, { tune }, { tuningDocument, tuningJson }] =
    await Promise.all([
      import("../../rehearsal/tuning/blips"),
      import("../../rehearsal/tuning/history"),
      import("../../rehearsal/tuning/tune"),
      import("../../rehearsal/tuning/report"),
    ]);
  const [runs = runsDefault, seed = 1] = wholeNumbers([
    { option: "--runs", text: options.runs ?? String(runsDefault), min: 1, max: runsMax },
    { option: "--seed", text: options.seed ?? "1", min: 0, max: seedMax },
  ]);
  const blips = blipRangeFrom(options.blips ?? []);
  const given = assumedIn(options.assume);
  const { history } = options;
  const measured =
    history === undefined
      ? undefined
      : measuredBlips(await historyText(history, io), history, blips.many.longestSeconds);
  const progress = progressOf(io);
  try {
    progress.show("reading the resources …");
    const { resources, title } = await sourceResources(options, io);
    const { hostnames, assumptions } = factsOfResources(resources);
    const model = new StackModel(resources, assumptions);
    const assumed = assumedOf(given, model);
    const name = mainName(model, title, { asked: options.name, published: hostnames });
    progress.show("simulating blips for each setting …");
    const tuning = tune({
      ...{ stack: title, resources, name, blips, assumed, runs, seed },
      ...(measured ? { measured } : {}),
    });
    progress.done();
    const document = tuningDocument(tuning);
    if (options.html !== undefined) await writePage(options.html, document, io);
    io.stdout.write(
      options.json
        ? tuningJson(tuning)
        : asText(document, { ...textOptions(io), hasDetails: false }),
    );
    if (tuning.unknown.length > 0) return exitCodes.badInput;
    return tuning.points.some(({ isNow, whyNever }) => isNow && whyNever !== undefined)
      ? exitCodes.badNews
      : exitCodes.fine;
  } finally {
    progress.done();
  }
}

async function historyText(path: string, io: Io): Promise<string> {
  try {
    return await io.readFile(path);
  } catch (cause) {
    throw new InputError(
      `--history ${path}: cannot read the file, got ${(cause as Error).message}; name a readable file`,
      { cause, code: "file-inaccessible" },
    );
  }
}
