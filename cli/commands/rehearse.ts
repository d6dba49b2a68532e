import type { Command } from "commander";
import type { RehearsedPolicies } from "../../rehearsal/policy/rehearsedPolicies";
import { asText } from "../../rehearsal/report/asText";
import type { Document } from "../../rehearsal/report/document";
import { projectOf } from "../../rehearsal/project";
import type { PackReport, Rehearsal } from "../../rehearsal/result";
import { rehearsalJson, rehearsalReport } from "../../rehearsal/story/report";
import type { SettingChange } from "../../rehearsal/repair/configuration";
import type { Asker } from "../../routing/asker";
import { InputError } from "../../routing/inputError";
import { describeHelp } from "../helpText";
import { evaluateStack, resourcesOfBoth, zoneNotes } from "../evaluatedStack";
import type { EvaluatedStack } from "../evaluatedStack";
import { exitCodes, textOptions, verdictCode } from "../io";
import type { ExitCode, Io } from "../io";
import { makingOf } from "../making";
import { askerOf, placeOptionHelp } from "../placeOption";
import type { Progress } from "../progress";
import { progressOf } from "../progress";
import { changedSettings, describeSettings, settingsIn } from "../settingOption";
import type { ReadSource, SourceOptions } from "../source";
import { describeReading, sourceArguments, sourceOf } from "../source";

/** The default path of the page; git ignores the folder. */
const pageDefault = "reports/rehearsal.html";

/** The options of `failover rehearse`. */
export interface RehearseOptions extends SourceOptions {
  readonly name?: string;
  readonly fromLocation?: string;
  readonly json?: boolean;
  readonly html?: string;
  readonly verbose?: boolean;
}

export function describe(command: Command): void {
  command
    .option("--stack <name>", "only this stack (default: all of the project)")
    .option("--name <name>", "the DNS name to play, with --from or --zone (default: those found)")
    .option(
      "--from-location <place>",
      `${placeOptionHelp} (default: each place with another answer)`,
    )
    .option("--json", "print the rehearsal as JSON instead of the page")
    .option(
      "--html <file>",
      `file for the HTML page, with the JSON next to it (default: ${pageDefault})`,
    )
    .option(
      "--verbose",
      "print the whole report, with the timeline and the reason for each answer",
    );
  describeSettings(command);
  describeReading(command);
  describeHelp(command, {
    examples: [
      "rehearse",
      "rehearse --stack prod --verbose",
      "rehearse --from export.json --name www.example.org",
    ],
    fine: "every objective is met and no property is broken, or the verdict says what is unknown",
    badNews: "an objective is missed, a property is broken or a mandatory rule is violated",
  });
}

/** Evaluates the program for each stack, plays the story, and runs the policy packs. */
export async function run(options: RehearseOptions, io: Io): Promise<ExitCode> {
  if (options.from !== undefined || options.zone !== undefined) {
    const source = await sourceOf(options, io);
    if (source.kind === "reading") return runReading(source, options, io);
  }
  const asker = askerOf(options);
  const settings = settingsIn(options.set ?? []);
  if (settings.length > 0 && options.stack === undefined) {
    throw new InputError("--set: must be used with --stack, got none; name a stack", {
      code: "bad-usage",
    });
  }
  const stacks = options.stack === undefined ? await stacksOf(io) : [options.stack];
  const { startPolicies } = await import("../../rehearsal/policy/rehearsedPolicies");
  // First, because the packs start up while the program is evaluated here.
  const policies = startPolicies(stacks, io);
  const progress = progressOf(io);
  try {
    const rehearsal = await rehearseWith(policies, stacks, { settings, asker }, progress, io);
    progress.done();
    return await present(rehearsal, options, io);
  } finally {
    progress.done();
    await policies.stop();
  }
}

/** The stacks of the project, production first. */
async function stacksOf({ directory }: Io): Promise<readonly string[]> {
  const { stackNames } = await import("../../rehearsal/engine/stackNames");
  const project = projectOf(directory);
  const names = stackNames(project);
  if (names.length === 0) {
    throw new InputError(
      `${project}: has no stack to play, that is no Pulumi.<stack>.yaml; make one with pulumi stack init and pulumi config set`,
    );
  }
  const isProduction = (name: string): boolean => name.startsWith("prod");
  return [...names.filter(isProduction), ...names.filter((name) => !isProduction(name))];
}

/** The same for resources from another source. */
async function runReading(
  { title, reading }: ReadSource,
  options: RehearseOptions,
  io: Io,
): Promise<ExitCode> {
  const asker = askerOf(options);
  const progress = progressOf(io);
  try {
    progress.show("playing the story and checking the policies …");
    const [{ rehearseSource }, { reportsOnSource }] = await Promise.all([
      import("../../rehearsal/rehearseSource"),
      import("../../rehearsal/policy/rehearsedPolicies"),
    ]);
    const asked = reportsOnSource(title, reading.resources, io);
    asked.catch(() => undefined);
    const { stacks } = rehearseSource({ title, ...reading }, options.name, asker);
    const policies = await asked;
    progress.done();
    return await present({ stacks: withPolicies(stacks, policies) }, options, io);
  } finally {
    progress.done();
  }
}

/** What the stacks are played with. */
interface Rehearsing {
  readonly settings: readonly SettingChange[];
  readonly asker: Asker | undefined;
}

async function rehearseWith(
  policies: RehearsedPolicies,
  stacks: readonly string[],
  { settings, asker }: Rehearsing,
  progress: Progress,
  io: Io,
): Promise<Rehearsal> {
  const { rehearse } = await import("../../rehearsal/rehearse");
  const evaluations: EvaluatedStack[] = [];
  const asked: Promise<readonly PackReport[]>[] = [];
  // Sequentially: the SDK's state is process-wide, and two programs would share it.
  for (const stack of stacks) {
    progress.show(`evaluating the program for ${stack} …`);
    const config = await changedSettings(stack, settings, io);
    const evaluated = await evaluateStack(stack, io, false, config);
    evaluations.push(evaluated);
    // The packs check it while the next one is evaluated.
    const reports = policies.reportsOn(evaluated);
    reports.catch(() => undefined);
    asked.push(reports);
  }
  progress.show("injecting faults and checking policies …");
  const played = evaluations.map((each) =>
    rehearse([{ ...each.program, resources: resourcesOfBoth(each) }], asker).stacks.map((one) => ({
      ...one,
      notes: [...one.notes, ...zoneNotes(each)],
    })),
  );
  const reports = await Promise.all(asked);
  return { stacks: played.flatMap((stacks, index) => withPolicies(stacks, reports[index])) };
}

/** The packs judge all resources of some stories, so their verdict appears with the first. */
function withPolicies(
  stacks: Rehearsal["stacks"],
  policies: readonly PackReport[] = [],
): Rehearsal["stacks"] {
  return stacks.map((one, index) => (index === 0 ? { ...one, policies } : one));
}

/** Prints the rehearsal, writes its files, and returns the exit code. */
export async function present(
  rehearsal: Rehearsal,
  options: RehearseOptions,
  io: Io,
): Promise<ExitCode> {
  const json = rehearsalJson(rehearsal);
  const isOwn = options.from === undefined && options.zone === undefined;
  const report = rehearsalReport(rehearsal, isOwn ? undefined : () => sourceArguments(options));
  if (options.json) io.stdout.write(json);
  else {
    const hasDetails = options.verbose ?? false;
    io.stdout.write(asText(report, { ...textOptions(io), hasDetails }));
  }
  // With --json only, no files are written.
  if (!options.json || options.html !== undefined) {
    const written = await writePages(report, json, options, io);
    if (written && !options.json) io.stdout.write(`${written}\n`);
  }
  // A broken rule takes precedence over findings, because its result is unknown.
  const isBroken = rehearsal.stacks.some(({ policies }) =>
    policies?.some(({ broken }) => broken > 0),
  );
  if (isBroken) return exitCodes.toolFault;
  return verdictCode(report);
}

/** Writes HTML and JSON and returns the note; undefined if default files cannot be written. */
async function writePages(
  report: Document,
  json: string,
  options: RehearseOptions,
  io: Io,
): Promise<string | undefined> {
  const { asHtml } = await import("../../rehearsal/report/asHtml");
  const page = options.html ?? pageDefault;
  const data = `${page.replace(/\.html?$/i, "")}.json`;
  try {
    await io.writeFile(page, await asHtml(report, makingOf(io)));
    await io.writeFile(data, json);
    return `As a page with charts: ${page}; as JSON: ${data}`;
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
    const fault = `--html: cannot write the page, got ${error.message}; name a writable file`;
    if (options.html !== undefined) {
      throw new InputError(fault, { cause: error, code: "file-inaccessible" });
    }
    // The default files were not requested, so a read-only folder is no failure.
    io.stderr.write(`${fault}\n`);
    return undefined;
  }
}
