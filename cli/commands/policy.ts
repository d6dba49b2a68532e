import type { Command } from "commander";
import { Option } from "commander";
import type { PackName } from "../../rehearsal/policy/packs";
import { configFileOf, environmentNames, packNames } from "../../rehearsal/policy/packs";
import type { Profile } from "../../rehearsal/policy/profile";
import { levelsFor, ownStackOf, profiles } from "../../rehearsal/policy/profile";
import { policyJson, policyReport } from "../../rehearsal/policy/report";
import { sarifOf } from "../../rehearsal/policy/sarif";
import type { PolicyQuestion } from "../../rehearsal/policy/session";
import { checkPolicies } from "../../rehearsal/policy/session";
import type { PolicyOutcome, PoliciesVerdict } from "../../rehearsal/policy/verdict";
import { policyOutcomeOf } from "../../rehearsal/policy/verdict";
import { asText } from "../../rehearsal/report/asText";
import { InputError } from "../../routing/inputError";
import { repeated } from "../repeated";
import { describeHelp } from "../helpText";
import { exitCodes, textOptions } from "../io";
import type { ExitCode, Io } from "../io";
import { evaluateStack } from "../evaluatedStack";
import type { EvaluatedStack } from "../evaluatedStack";
import type { SourceOptions } from "../source";
import { checkRunbook } from "../runbook";
import { describeSource, sourceOf } from "../source";
import { jsonText } from "../../rehearsal/report/jsonText";

/** The options of `failover policy`. */
export interface PolicyOptions extends SourceOptions {
  readonly firstPreview?: boolean;
  readonly environment?: string;
  readonly profile?: Profile;
  readonly pack?: PackName;
  readonly config?: readonly string[];
  readonly json?: boolean;
  readonly sarif?: string;
  readonly runbook?: string;
}

export function describe(command: Command): void {
  describeSource(command);
  command
    .option("--first-preview", "check what is known before the first deployment (with --stack)")
    .option(
      "--environment <name>",
      "environment of this program whose levels apply (default: the stack's name)",
    )
    .addOption(
      new Option(
        "--profile <name>",
        "judge by the rules for any stack, or also by this program's conventions (default: program for its own stacks, else any)",
      ).choices([...profiles]),
    )
    .addOption(
      new Option("--pack <name>", "run this pack only (default: all)").choices([...packNames]),
    )
    .option(
      "--config <pack=file>",
      "read a pack's configuration from a file; may be repeated",
      repeated,
    )
    .option("--json", "print the findings as JSON")
    .option("--sarif <file>", "also write the findings as SARIF, for code scanning")
    .option(
      "--runbook <file>",
      "instead: say of each command in a Markdown file, a shell script or YAML what it would do to the answers",
    );
  describeHelp(command, {
    examples: [
      "policy --stack prod --sarif findings.sarif",
      "policy --from export.json",
      "policy --stack prod --runbook runbook.md",
    ],
    fine: "nothing mandatory is violated, or each command of the runbook is harmless",
    badNews: "the packs would stop the update, or a command of the runbook is harmful",
    badInput: "none is harmful, but what a command of the runbook does is unknown",
  });
}

/**
 * Runs the packs on a stack; the exit code says whether they would block it. The project of its
 * zone is checked separately, because the engine shows a pack one update at a time.
 */
export async function run(options: PolicyOptions, io: Io): Promise<ExitCode> {
  const { runbook } = options;
  if (runbook !== undefined) return checkRunbook({ ...options, runbook }, io);
  const configFiles = configFilesOf(options.config ?? []);
  requireEnvironment(options);
  await requireFiles(options.sarif, configFiles, io);
  const questions = await questionsOf(options, io);
  const packs = options.pack === undefined ? packNames : [options.pack];
  const verdicts = await checkPolicies(questions, { packs, configFiles }, io);
  const textOf = (verdict: PoliciesVerdict): string =>
    asText(policyReport(verdict), textOptions(io));
  io.stdout.write(options.json ? policyJson(verdicts) : verdicts.map(textOf).join("\n"));
  if (options.sarif !== undefined) await writeSarif(options.sarif, verdicts, options, io);
  return exitCodeOf[policyOutcomeOf(verdicts)];
}

/** Distinguishes the two forms of a stack, also as the category of SARIF. */
async function questionsOf(options: PolicyOptions, io: Io): Promise<readonly PolicyQuestion[]> {
  const { stack = "", firstPreview = false } = options;
  const source = firstPreview
    ? { kind: "stack" as const, evaluated: await firstPreviewOf(options, io) }
    : await sourceOf(options, io);
  if (source.kind === "reading") {
    const { resources } = source.reading;
    const environment = levelsFor(options, ownStackOf(resources));
    return [{ subject: source.title, resources, environment }];
  }
  const { program, zone } = source.evaluated;
  const environment = levelsFor(options, program.isOwn ? stack : undefined);
  const when = firstPreview ? " before its first deployment" : "";
  return [
    { subject: `stack ${stack}${when}`, resources: program.resources, environment },
    ...(zone
      ? [{ subject: `stack ${stack} of zone/${when}`, resources: zone.resources, environment }]
      : []),
  ];
}

/** An environment that the packs do not know would be judged by another one in silence. */
function requireEnvironment({ environment, profile }: PolicyOptions): void {
  if (environment === undefined) return;
  const known = environmentNames();
  if (!known.includes(environment)) {
    throw new InputError(
      `--environment: must be one of ${known.join(", ")}, got ${environment}; name one of them, or a file with --config`,
      { code: "bad-usage" },
    );
  }
  if (profile === "any") {
    throw new InputError(
      `--environment: must be left out with --profile any, which has the same levels for all, got ${environment}; leave one of them out`,
      { code: "bad-usage" },
    );
  }
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

function configFilesOf(given: readonly string[]): ReadonlyMap<PackName, string> {
  const faults: string[] = [];
  const files = given.flatMap((one): [PackName, string][] => {
    const at = one.indexOf("=");
    const [name, file] = [one.slice(0, Math.max(0, at)), one.slice(at + 1)];
    const pack = packNames.find((known) => known === name);
    if (pack !== undefined && file !== "") return [[pack, file]];
    faults.push(
      `--config: must be a pack and a file, got ${one}; for example ${packNames[0]}=strict.json`,
    );
    return [];
  });
  if (faults.length > 0) throw new InputError(faults, { code: "bad-usage" });
  return new Map(files);
}

/** A file that cannot be used is told before minutes of work. */
async function requireFiles(
  sarif: string | undefined,
  configFiles: ReadonlyMap<PackName, string>,
  io: Io,
): Promise<void> {
  if (sarif !== undefined) {
    await io.requireWritable(sarif).catch((cause: unknown) => {
      throw sarifFault(sarif, cause);
    });
  }
  for (const [pack, file] of configFiles) {
    await configFileOf(pack, undefined, file, io);
  }
}

function sarifFault(path: string, cause: unknown): InputError {
  return new InputError(
    `--sarif ${path}: cannot write the file, got ${(cause as Error).message}; name a writable file`,
    { cause, code: "file-inaccessible" },
  );
}

const exitCodeOf: Readonly<Record<PolicyOutcome, ExitCode>> = {
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
    await io.writeFile(path, jsonText(sarifOf(verdicts, files)));
  } catch (cause) {
    throw sarifFault(path, cause);
  }
}
