import type { Command } from "commander";
import { faultRatesFrom } from "../../rehearsal/proof/faultRates";
import { prove } from "../../rehearsal/proof/prove";
import { proofJson } from "../../rehearsal/proof/json";
import { outcomeOf, proofReport } from "../../rehearsal/proof/report";
import { asText } from "../../rehearsal/report/asText";
import { exitCodes, textOptions } from "../io";
import type { ExitCode, Io } from "../io";
import { askerOf, placeOptionHelp } from "../placeOption";
import { progressOf } from "../progress";
import type { SourceOptions } from "../source";
import { describeSource, sourceArguments, sourceResources } from "../source";
import { writePage } from "../writePage";

/** The options of `failover prove`. */
interface ProveOptions extends SourceOptions {
  readonly fromLocation?: string;
  readonly rate?: readonly string[];
  readonly html?: string;
  readonly json?: boolean;
  readonly verbose?: boolean;
}

export function describe(command: Command): void {
  command
    .argument(
      "[names...]",
      "the DNS names to prove; default: those that the stack publishes, else all that nothing leads to",
    )
    .option(
      "--from-location <place>",
      `${placeOptionHelp} (default: each place with another answer)`,
    )
    .option(
      "--rate <what.figure=number>",
      "set how often or how long something fails, such as region.hours=8; repeatable, and the report lists them",
      (one: string, all: readonly string[] | undefined) => [...(all ?? []), one],
    )
    .option("--html <file>", "also write the proof as a page")
    .option("--json", "print the proof as JSON")
    .option("--verbose", "also print what causes the minutes");
  describeSource(command);
}

/** What is open needs more input, as an answer of `resolve` that depends on something does. */
const exitCodeOf = {
  proven: exitCodes.fine,
  broken: exitCodes.badNews,
  open: exitCodes.badInput,
} as const;

/** Proves what names answer under every set of faults; bad news is a violation or a missed objective. */
export async function run(
  options: ProveOptions,
  io: Io,
  names: readonly string[],
): Promise<ExitCode> {
  // What is wrong with the arguments is told before anything is evaluated.
  const rates = faultRatesFrom(options.rate ?? []);
  const asker = askerOf(options);
  const progress = progressOf(io);
  progress.show("reading the resources …");
  try {
    const { resources, title } = await sourceResources(options, io);
    progress.show("proving every set of faults …");
    const proof = prove({
      stack: title,
      resources,
      names,
      rates,
      ...(asker ? { asker } : {}),
    });
    progress.done();
    const source = sourceArguments(options);
    const report = proofReport(proof, source);
    if (options.html !== undefined) await writePage(options.html, report, io);
    io.stdout.write(
      options.json
        ? proofJson(proof, source)
        : asText(report, {
            ...textOptions(io),
            hasDetails: options.verbose ?? false,
          }),
    );
    return exitCodeOf[outcomeOf(proof)];
  } finally {
    progress.done();
  }
}
