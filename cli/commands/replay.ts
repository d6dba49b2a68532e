import type { Command } from "commander";
import { asText } from "../../rehearsal/report/asText";
import { addressTypesOf } from "../../rehearsal/outageBounds";
import { bundledScenarios } from "../../rehearsal/scenarios/bundled";
import type { Replay } from "../../rehearsal/scenarios/replay";
import { repeated } from "../repeated";
import { describeHelp } from "../helpText";
import { assumedIn, assumeHelp, assumeOption } from "../assumeOption";
import { exitCodes, textOptions } from "../io";
import type { ExitCode, Io } from "../io";
import { seedMax, wholeNumbers } from "../numbers";
import { progressOf } from "../progress";
import { scenarioText } from "../scenarioText";
import type { SourceOptions } from "../source";
import { describeSource } from "../source";
import { writePage } from "../writePage";

/** The options of `failover replay`. */
interface ReplayOptions extends SourceOptions {
  readonly name?: string;
  readonly set?: readonly string[];
  readonly assume?: string;
  readonly seed?: string;
  readonly html?: string;
  readonly json?: boolean;
}

export function describe(command: Command): void {
  command
    .argument("<scenario>", `a scenario file, or one of: ${bundledScenarios().join(", ")}`)
    .option("--name <name>", "the DNS name to play (default: the stack's first)")
    .option("--set <name=value>", "set a parameter of the scenario; repeatable", repeated)
    .option(assumeOption, assumeHelp)
    .option("--seed <number>", "the seed of the simulation", "1")
    .option("--html <file>", "also write the report as a page")
    .option("--json", "print the replay as JSON");
  describeSource(command);
  describeHelp(command, {
    examples: [
      "replay us-east-1-2025-10-20 --stack prod",
      "replay region.yaml --from export.json --set regionAt=300",
    ],
    fine: "no customer who obeys the TTL is on a dead answer at the end",
    badNews: "some are",
    badInput: "the answers depend on something unknown",
  });
}

/**
 * Plays a scenario; bad news is a customer who obeys the TTL and is on a dead answer at the end. If
 * the answers depend on an unknown, the input is not sufficient.
 */
export async function run(
  options: ReplayOptions,
  io: Io,
  [scenarioName = ""]: readonly string[],
): Promise<ExitCode> {
  const [seed = 1] = wholeNumbers([
    { option: "--seed", text: options.seed ?? "1", min: 0, max: seedMax },
  ]);
  const taken = assumedIn(options.assume);
  const text = await scenarioText(scenarioName, io);
  const progress = progressOf(io);
  try {
    progress.show("reading the resources …");
    const [{ scenarioStack }, { readScenario }] = await Promise.all([
      import("../scenarioStack"),
      import("../../rehearsal/scenarios/readScenario"),
    ]);
    const scenarioFile = { text, path: scenarioName };
    const { model, title, name, assumed } = await scenarioStack(options, scenarioFile, taken, io);
    const [type = "A"] = addressTypesOf(model, name);
    progress.show("playing the scenario …");
    const [
      { faultsOf },
      { openStatuses },
      { replay },
      { doubtsOf },
      { replayDocument, replayJson },
    ] = await Promise.all([
      import("../../rehearsal/scenarios/compileEvents"),
      import("../../rehearsal/scenarios/openStatuses"),
      import("../../rehearsal/scenarios/replay"),
      import("../../rehearsal/scenarios/doubts"),
      import("../../rehearsal/scenarios/report"),
    ]);
    const scenarioWith = (set: readonly string[]): ReturnType<typeof readScenario> =>
      readScenario({ ...scenarioFile, model, hostname: name, type, set });
    const given = options.set ?? [];
    const scenario = scenarioWith(given);
    const faults = faultsOf(scenario.played);
    const unknown = openStatuses(model, { name, type }, faults, assumed);
    const played = (set: string): Replay =>
      replay(model, { name, type }, scenarioWith([...given, set]), seed);
    const report = {
      ...{ stack: title, name, type, seed, scenario, assumed, unknown },
      replay: replay(model, { name, type }, scenario, seed),
      doubts: doubtsOf(scenario, played),
    };
    progress.done();
    const document = replayDocument(report);
    if (options.html !== undefined) await writePage(options.html, document, io);
    io.stdout.write(
      options.json
        ? replayJson(report)
        : asText(document, { ...textOptions(io), hasDetails: false }),
    );
    if (unknown.length > 0) return exitCodes.badInput;
    return report.replay.deadAtEnd > 0 ? exitCodes.badNews : exitCodes.fine;
  } finally {
    progress.done();
  }
}
