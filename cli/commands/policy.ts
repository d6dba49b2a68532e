import type { Command } from "commander";
import { Option } from "commander";
import type { PackName } from "../../rehearsal/policy/packs";
import { environmentDefault, packNames } from "../../rehearsal/policy/packs";
import { policyJson, policyReport } from "../../rehearsal/policy/report";
import { sarifOf } from "../../rehearsal/policy/sarif";
import type { PolicyQuestion } from "../../rehearsal/policy/session";
import { checkPolicies } from "../../rehearsal/policy/session";
import type { Outcome, PoliciesVerdict } from "../../rehearsal/policy/verdict";
import { outcomeOf } from "../../rehearsal/policy/verdict";
import { asText } from "../../rehearsal/report/asText";
import { InputError } from "../../routing/inputError";
import { exitCodes, textOptions } from "../io";
import type { ExitCode, Io } from "../io";
import { evaluateStack } from "../evaluatedStack";
import type { EvaluatedStack } from "../evaluatedStack";
import type { SourceOptions } from "../source";
import { describeSource, sourceOf } from "../source";

/** The options of `failover policy`. */
export interface PolicyOptions extends SourceOptions {
  readonly firstPreview?: boolean;
  readonly environment?: string;
  readonly pack?: PackName;
  readonly config?: readonly string[];
  readonly json?: boolean;
  readonly sarif?: string;
}

export function describe(command: Command): void {
  describeSource(command);
  command
    .option("--first-preview", "check what is known before the first deployment (with --stack)")
    .option(
      "--environment <name>",
      `environment whose configuration applies (default: the stack's name, ${environmentDefault} for an export)`,
    )
    .addOption(
      new Option("--pack <name>", "run this pack only (default: all)").choices([...packNames]),
    )
    .option(
      "--config <pack=file>",
      "read a pack's configuration from a file; may be repeated",
      (one: string, all: readonly string[] | undefined) => [...(all ?? []), one],
    )
    .option("--json", "print the findings as JSON")
    .option("--sarif <file>", "also write the findings as SARIF, for code scanning");
}

/**
 * Runs the packs on a stack; the exit code says whether they would block it. The project of its
 * zone is checked separately, because the engine shows a pack one update at a time.
 */
export async function run(options: PolicyOptions, io: Io): Promise<ExitCode> {
  const configFiles = configFilesOf(options.config ?? []);
  const questions = await questionsOf(options, io);
  const packs = options.pack === undefined ? packNames : [options.pack];
  const verdicts = await checkPolicies(questions, { packs, configFiles }, io);
  const textOf = (verdict: PoliciesVerdict): string =>
    asText(policyReport(verdict), textOptions(io));
  io.stdout.write(options.json ? policyJson(verdicts) : verdicts.map(textOf).join("\n"));
  if (options.sarif !== undefined) await writeSarif(options.sarif, verdicts, options, io);
  return exitCodeOf[outcomeOf(verdicts)];
}

/** Distinguishes the two forms of a stack, also as the category of SARIF. */
async function questionsOf(options: PolicyOptions, io: Io): Promise<readonly PolicyQuestion[]> {
  const { stack = "", firstPreview = false } = options;
  const environment = options.environment ?? options.stack ?? environmentDefault;
  const source = firstPreview
    ? { kind: "stack" as const, evaluated: await firstPreviewOf(options, io) }
    : await sourceOf(options, io);
  if (source.kind === "reading") {
    return [{ subject: source.title, resources: source.reading.resources, environment }];
  }
  const { program, zone } = source.evaluated;
  const when = firstPreview ? " before its first deployment" : "";
  return [
    { subject: `stack ${stack}${when}`, resources: program.resources, environment },
    ...(zone
      ? [{ subject: `stack ${stack} of zone/${when}`, resources: zone.resources, environment }]
      : []),
  ];
}

function firstPreviewOf({ stack, from }: PolicyOptions, io: Io): Promise<EvaluatedStack> {
  if (stack === undefined || from !== undefined) {
    throw new InputError(
      "--first-preview: requires --stack, got none; an export describes a deployed stack, so name a stack",
      { code: "bad-usage" },
    );
  }
  return evaluateStack(stack, io, true);
}

function configFilesOf(given: readonly string[]): ReadonlyMap<string, string> {
  const faults: string[] = [];
  const files = given.flatMap((one): [string, string][] => {
    const at = one.indexOf("=");
    const [pack, file] = [one.slice(0, Math.max(0, at)), one.slice(at + 1)];
    if ((packNames as readonly string[]).includes(pack) && file !== "") return [[pack, file]];
    faults.push(
      `--config: must be a pack and a file, got ${one}; for example ${packNames[0]}=strict.json`,
    );
    return [];
  });
  if (faults.length > 0) throw new InputError(faults, { code: "bad-usage" });
  return new Map(files);
}

const exitCodeOf: Readonly<Record<Outcome, ExitCode>> = {
  broken: exitCodes.toolFault,
  stopped: exitCodes.badNews,
  fine: exitCodes.fine,
};

async function writeSarif(
  path: string,
  verdicts: readonly PoliciesVerdict[],
  { from, zone, stack }: PolicyOptions,
  io: Io,
): Promise<void> {
  const file = `Pulumi.${stack ?? ""}.yaml`;
  // The program's own comes first, then its zone's.
  const files = from ?? (zone === undefined ? [file, `zone/${file}`] : [zone]);
  try {
    await io.writeFile(path, `${JSON.stringify(sarifOf(verdicts, files), undefined, 2)}\n`);
  } catch (cause) {
    throw new InputError(
      `--sarif ${path}: cannot write the file, got ${(cause as Error).message}; name a writable file`,
      { cause, code: "file-inaccessible" },
    );
  }
}
