import type { Command } from "commander";
import { requestsFor } from "../../rehearsal/repair/changeBatch";
import { outcomeOfRepair, repairJson, stateOf } from "../../rehearsal/repair/outcome";
import type { ProvenPatch, RepairOutcome } from "../../rehearsal/repair/outcome";
import { isOfOwnProgram } from "../../rehearsal/ownProgram";
import { projectOf } from "../../rehearsal/project";
import { repairReport } from "../../rehearsal/repair/report";
import type { RepairOrder } from "../../rehearsal/repair/assess";
import type { RepairLimits } from "../../rehearsal/repair/search";
import { defaultLimits, repair } from "../../rehearsal/repair/search";
import { asText } from "../../rehearsal/report/asText";
import { InputError } from "../../routing/inputError";
import { describeHelp } from "../helpText";
import { exitCodes, textOptions } from "../io";
import type { ExitCode, Io } from "../io";
import { progressOf } from "../progress";
import type { SourceOptions } from "../source";
import { describeSource, sourceResources } from "../source";
import type { ProofOptions } from "./proofOptions";
import { describeProof, proofSettingsOf } from "./proofOptions";

/** The options of `failover repair`. */
interface RepairOptions extends SourceOptions, ProofOptions {
  readonly edits?: string;
  readonly attempts?: string;
  readonly json?: boolean;
  readonly verbose?: boolean;
}

export function describe(command: Command): void {
  command
    .argument("[names...]", "the DNS names to mend; default: as for `failover prove`")
    .option("--edits <count>", "combine at most this many edits (default: 3)")
    .option("--attempts <count>", "prove at most this many sets of edits (default: 400)")
    .option("--json", "print the edits, the calls and both proofs' differences as JSON")
    .option("--verbose", "also print what the edits change in the proof");
  describeProof(command);
  describeSource(command);
  describeHelp(command, {
    note: "Applies nothing.",
    examples: ["repair --stack prod", "repair --from zone.yaml --edits 2 --json"],
    fine: "the proof passes, as it is or with the edits",
    badNews: "no set of edits was found",
  });
}

/** Looks for the smallest set of edits with which the proof passes; bad news is that there is none. */
export async function run(
  options: RepairOptions,
  io: Io,
  names: readonly string[],
): Promise<ExitCode> {
  const limits = limitsOf(options);
  const { rates, objectives } = proofSettingsOf(options);
  const progress = progressOf(io);
  progress.show("reading the resources …");
  try {
    const { resources, title } = await sourceResources(options, io);
    progress.show("proving sets of edits …");
    const order = { stack: title, resources, names, objectives };
    const found = repair(order, limits);
    const outcome = await placed(outcomeOfRepair(found, order, rates), order, options, io);
    progress.done();
    io.stdout.write(
      options.json
        ? repairJson(outcome)
        : asText(repairReport(outcome), {
            ...textOptions(io),
            hasDetails: options.verbose ?? false,
          }),
    );
    return stateOf(found) === "unmended" ? exitCodes.badNews : exitCodes.fine;
  } finally {
    progress.done();
  }
}

/** So many may be asked for: the sets grow with each edit. */
const limitMax = { edits: 5, attempts: 100_000 };

function limitsOf({ edits, attempts }: RepairOptions): RepairLimits {
  const faults: string[] = [];
  const count = (option: keyof typeof limitMax, text: string | undefined, otherwise: number) => {
    const value = text === undefined ? otherwise : Number(text);
    if (!(Number.isInteger(value) && value >= 1 && value <= limitMax[option])) {
      faults.push(
        `--${option}: must be a whole number from 1 to ${limitMax[option]}, got ${text ?? ""}; for example --${option} ${otherwise}`,
      );
    }
    return value;
  };
  const limits = {
    editsMax: count("edits", edits, defaultLimits.editsMax),
    attemptsMax: count("attempts", attempts, defaultLimits.attemptsMax),
  };
  if (faults.length > 0) throw new InputError(faults, { code: "bad-usage" });
  return limits;
}

/** Where the changes go: settings of this program, or calls to Route 53 for what AWS itself listed. */
async function placed(
  outcome: RepairOutcome,
  order: RepairOrder,
  { stack, from }: RepairOptions,
  io: Io,
): Promise<RepairOutcome> {
  const { changes, repair: found } = outcome;
  if (changes.length === 0) return outcome;
  if (stack !== undefined) {
    return { ...outcome, configuration: await settingsOf(outcome, order, stack, io) };
  }
  const isListed = found.before.resources.every(({ urn }) => urn.includes("::aws::"));
  return from === undefined || isListed
    ? { ...outcome, requests: requestsFor(changes, found.after.resources) }
    : outcome;
}

async function settingsOf(
  { changes, repair: found }: RepairOutcome,
  order: RepairOrder,
  stack: string,
  io: Io,
): Promise<ProvenPatch> {
  const [
    { configurationPatch },
    { patchedResources },
    { assess, isSound },
    { factsOfResources },
    { readStackSettings },
  ] = await Promise.all([
    import("../../rehearsal/repair/configuration"),
    import("../patchedStack"),
    import("../../rehearsal/repair/assess"),
    import("../../routing/graph/stackOutputs"),
    import("../../rehearsal/engine/stackSettings"),
  ]);
  const mode = factsOfResources(order.resources).ttl?.mode ?? "normal";
  const settings = readStackSettings(projectOf(io.directory), stack);
  const project = isOfOwnProgram(settings) ? settings.project : undefined;
  const patch = configurationPatch(changes, mode, project);
  const isProven =
    patch.settings.length > 0 &&
    isSound(
      assess(await patchedResources(stack, patch.settings, io), found.names, order.objectives),
    );
  return { ...patch, file: `Pulumi.${stack}.yaml`, isProven };
}
