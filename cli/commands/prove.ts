import type { Command } from "commander";
import { compareProofs } from "../../rehearsal/proof/compare";
import { comparisonReport } from "../../rehearsal/proof/compareReport";
import type { Proof } from "../../rehearsal/proof/prove";
import { prove } from "../../rehearsal/proof/prove";
import { proofData, proofJson } from "../../rehearsal/proof/json";
import type { ProofData } from "../../rehearsal/proof/proofSchema";
import { proofReport } from "../../rehearsal/proof/report";
import { outcomeOf } from "../../rehearsal/proof/verdict";
import { asText } from "../../rehearsal/report/asText";
import type { SimulationOptions } from "../../rehearsal/simulation/threads";
import type { earlierProof } from "../earlierProof";
import { describeHelp } from "../helpText";
import { exitCodes, textOptions } from "../io";
import type { ExitCode, Io } from "../io";
import type { EvidenceOptions } from "../evidenceOptions";
import { describeEvidence, evidenceFactsOf } from "../evidenceOptions";
import { askerOf, placeOptionHelp } from "../placeOption";
import { seedMax, wholeNumbers } from "../numbers";
import type { Progress } from "../progress";
import { progressOf } from "../progress";
import { describeSettings } from "../settingOption";
import type { SourceOptions } from "../source";
import { describeSource, sourceArguments, sourceResources } from "../source";
import { writeEvidence } from "../writeEvidence";
import type { ProofOptions } from "./proofOptions";
import { describeProof, proofSettingsOf } from "./proofOptions";

/** The runs of each kind of change. */
const simulatedRunsDefault = 10_000;
const simulatedRunsMax = 1_000_000;

/** The options of `failover prove`. */
interface ProveOptions extends SourceOptions, ProofOptions, EvidenceOptions {
  readonly compare?: string;
  readonly fromLocation?: string;
  readonly simulate?: string | true;
  readonly seed?: string;
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
      "--compare <file>",
      "also compare with an earlier `prove --json`, or with another source",
    )
    .option(
      "--simulate [runs]",
      `also simulate a change of each kind, by default in ${simulatedRunsDefault} runs`,
    )
    .option(
      "--seed <number>",
      "the seed of the simulation; the same one gives the same figures",
      "1",
    )
    .option("--html <file>", "also write the proof as a page, with the record for auditors")
    .option("--json", "print the proof as JSON")
    .option("--verbose", "also print what causes the minutes");
  describeEvidence(command);
  describeProof(command);
  describeSource(command);
  describeSettings(command);
  describeHelp(command, {
    examples: [
      "prove --stack prod",
      "prove www.example.org --from zone.yaml --objective zoneOrRegion.downtime=90",
      "prove --stack prod --compare before.json --json",
    ],
    fine: "nothing is violated and every objective is met",
    badNews: "a violation, or a missed objective",
    badInput: "the proof depends on something unknown",
  });
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
  const asker = askerOf(options);
  const settings = { names, ...(asker ? { asker } : {}), ...proofSettingsOf(options) };
  const facts = evidenceFactsOf(options, io);
  const simulation = simulationOf(options);
  const progress = progressOf(io);
  progress.show("reading the resources …");
  try {
    const { resources, title, gaps } = await sourceResources(options, io);
    progress.show("proving every set of faults …");
    const { compare } = options;
    const optionalNames = compare === undefined ? [] : names;
    const proven = prove({ stack: title, resources, gaps, ...settings, optionalNames });
    const earlier =
      compare === undefined ? undefined : await earlierOf(compare, proven, settings, io);
    const proof = simulation === undefined ? proven : await simulated(proven, simulation, progress);
    const source = sourceArguments(options);
    const comparison = earlier && compareProofs(earlier, proofData(proof, source));
    progress.done();
    const report = proofReport(proof, source);
    await writeEvidence(options, proof, { ...facts, source, resources }, io);
    const layout = { ...textOptions(io), hasDetails: options.verbose ?? false };
    io.stdout.write(options.json ? proofJson(proof, source, comparison) : asText(report, layout));
    if (comparison && !options.json) {
      io.stdout.write(`\n${asText(comparisonReport(comparison), layout)}`);
    }
    return exitCodeOf[outcomeOf(proof)];
  } finally {
    progress.done();
  }
}

/** The proof to compare with, after a check that the names are known in one of both. */
async function earlierOf(
  path: string,
  proven: Proof,
  settings: Parameters<typeof earlierProof>[1],
  io: Io,
): Promise<ProofData> {
  const { earlierProof, requireKnown } = await import("../earlierProof");
  const earlier = await earlierProof(path, settings, io);
  requireKnown(proven, earlier, path);
  return earlier;
}

/** What is to be simulated; undefined: nothing. */
function simulationOf({ simulate, seed = "1" }: ProveOptions): SimulationOptions | undefined {
  const [runs, seedNumber] = wholeNumbers([
    {
      option: "--simulate",
      text: simulate === undefined || simulate === true ? String(simulatedRunsDefault) : simulate,
      min: 1,
      max: simulatedRunsMax,
    },
    { option: "--seed", text: seed, min: 0, max: seedMax },
  ]) as [number, number];
  return simulate === undefined ? undefined : { runs, seed: seedNumber };
}

async function simulated(
  proof: Proof,
  simulation: SimulationOptions,
  progress: Progress,
): Promise<Proof> {
  progress.show("simulating changes …");
  const { withSimulation } = await import("../../rehearsal/simulation/ofProof");
  return withSimulation(proof, simulation);
}
