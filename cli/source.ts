import type { Command } from "commander";
import { InputError } from "../routing/inputError";
import type { Reading, SourceFile } from "../sources/reading";
import { evaluateStack, resourcesOfBoth, zoneNotes } from "./evaluatedStack";
import type { EvaluatedStack } from "./evaluatedStack";
import type { Io } from "./io";
import { changedSettings, settingsIn } from "./settingOption";
import { repeated } from "./repeated";

/** The source of a command's resources. */
export interface SourceOptions {
  readonly stack?: string;
  readonly from?: readonly string[];
  readonly zone?: string;
  readonly parameter?: readonly string[];
  /** Settings of `stack` that have another value. */
  readonly set?: readonly string[];
}

/** Adds the options for sources other than a stack of this program, for `readingOf`. */
export function describeReading(command: Command): void {
  command
    .option(
      "--from <path>",
      "read a file or folder (- is standard input): a Pulumi export or preview, answers of the AWS CLI, `terraform show -json`, a CloudFormation template, an octoDNS zone, a snapshot; may be repeated",
      repeated,
    )
    .option(
      "--zone <name>",
      "read a hosted zone of the AWS account, by its name or id; read-only. With --stack or --from: the zone to query among those read",
    )
    .option(
      "--parameter <key=value>",
      "the value of a template's parameter, AWS::Region too; may be repeated",
      repeated,
    );
}

/** Adds the options that every command has. */
export function describeSource(command: Command): void {
  command.option("--stack <name>", "evaluate this program for a stack, offline");
  describeReading(command);
}

/** The subject of a command. */
export type Source =
  /** This program, whose stack may have a zone project. */
  { readonly kind: "stack"; readonly evaluated: EvaluatedStack } | ReadSource;

/** Resources of another origin. */
export interface ReadSource {
  readonly kind: "reading";
  /** The paths it was read from, or the name of the zone. */
  readonly title: string;
  readonly reading: Reading;
}

/**
 * The subject of a command. A source that is read does not load the Pulumi SDK.
 *
 * @throws InputError if no source or more than one is given, or the source cannot be used.
 */
export async function sourceOf(options: SourceOptions, io: Io): Promise<Source> {
  const { stack } = options;
  const named = namedIn(options);
  const [only, second] = named;
  if (only === undefined || second !== undefined) {
    throw new InputError(
      `--stack, --from, --zone: exactly one is required, got ${named.join(" and ") || "none"}; use --stack NAME for this program, --from PATH for what others made, --zone NAME for the AWS account`,
      { code: "bad-usage" },
    );
  }
  const settings = settingsIn(options.set ?? []);
  if (stack !== undefined) {
    const config = await changedSettings(stack, settings, io);
    const evaluated = await evaluateStack(stack, io, false, config);
    for (const note of zoneNotes(evaluated)) io.stderr.write(`${note}\n`);
    return { kind: "stack", evaluated };
  }
  if (settings.length > 0) {
    throw new InputError(
      `--set: must be used with --stack, got ${only}; change the source itself instead`,
      { code: "bad-usage" },
    );
  }
  return readingOf(options, io);
}

function namedIn(options: SourceOptions): readonly string[] {
  const { stack, from } = options;
  return [
    ...(stack === undefined ? [] : ["--stack"]),
    ...(from === undefined ? [] : ["--from"]),
    ...(readsLive(options) ? ["--zone"] : []),
  ];
}

/**
 * Whether `--zone` names a zone of the account; with another source it selects a zone within that.
 */
function readsLive({ stack, from, zone }: SourceOptions): boolean {
  return zone !== undefined && stack === undefined && from === undefined;
}

/** The hosted zone that `--zone` selects within another source. */
export function zoneWithin(options: SourceOptions): string | undefined {
  return readsLive(options) ? undefined : options.zone;
}

/**
 * Reads `--from` or `--zone`. Notes on what was left out or is unknown go to stderr.
 *
 * @throws InputError if it cannot be read
 */
async function readingOf(options: SourceOptions, io: Io): Promise<ReadSource> {
  const { from = [], zone } = options;
  const reading =
    zone === undefined || !readsLive(options)
      ? await readFiles(from, parametersOf(options.parameter ?? []), io)
      : await readLive(zone, io);
  for (const note of reading.notes) io.stderr.write(`${note}\n`);
  return {
    kind: "reading",
    title: readsLive(options) && zone !== undefined ? zone : from.join(", "),
    reading,
  };
}

/** The input of a command that accepts any source. */
export interface SourceResources extends Pick<Reading, "resources" | "failing" | "untold"> {
  /** The stack's name, or the name of the source. */
  readonly title: string;
  /** What only Pulumi knows of a stack's resources; absent: nothing. */
  readonly gaps?: readonly string[] | undefined;
}

/** The resources of a source, including those of the zone's project, and its present faults. */
export async function sourceResources(options: SourceOptions, io: Io): Promise<SourceResources> {
  const source = await sourceOf(options, io);
  return source.kind === "reading"
    ? { ...source.reading, title: source.title }
    : {
        resources: resourcesOfBoth(source.evaluated),
        failing: [],
        title: source.evaluated.program.stack,
        gaps: source.evaluated.program.gaps,
      };
}

/** The arguments that name a source, for a command that the user can repeat. */
export function sourceArguments({ stack, from = [], zone, set = [] }: SourceOptions): string {
  return [
    ...(stack === undefined ? [] : [`--stack ${stack}`]),
    ...set.map((one) => `--set ${/^[\w:.=-]+$/.test(one) ? one : `'${one}'`}`),
    ...from.map((path) => `--from ${path}`),
    ...(zone === undefined ? [] : [`--zone ${zone}`]),
  ].join(" ");
}

function parametersOf(given: readonly string[]): ReadonlyMap<string, string> {
  const faults: string[] = [];
  const values = given.flatMap((one): [string, string][] => {
    const at = one.indexOf("=");
    if (at > 0) return [[one.slice(0, at), one.slice(at + 1)]];
    faults.push(
      `--parameter: must be a name and a value, got ${one}; write it such as Domain=example.org`,
    );
    return [];
  });
  if (faults.length > 0) throw new InputError(faults, { code: "bad-usage" });
  return new Map(values);
}

async function readFiles(
  paths: readonly string[],
  parameters: ReadonlyMap<string, string>,
  io: Io,
): Promise<Reading> {
  const { readSources } = await import("../sources/readSources");
  const files: SourceFile[] = [];
  const notes: string[] = [];
  for (const path of paths) {
    const { found, leftOut } = await filesAt(path, io);
    if (leftOut.length > 0) notes.push(`Not read, by their endings: ${leftOut.join(", ")}.`);
    if (found.length === 0) {
      throw new InputError(
        `--from ${path}: must contain a file to read, got a folder without any; name a file, a folder of files, or - for standard input`,
        { code: "file-inaccessible" },
      );
    }
    files.push(...found);
  }
  const reading = await readSources(files, { parameters });
  return { ...reading, notes: [...notes, ...reading.notes] };
}

/** Endings of what a folder may hold beside sources, such as the pages of this tool. */
const isNoSource = (path: string): boolean => /\.(?:html?|md|txt|pdf|png|svg|sarif)$/i.test(path);

interface FilesAt {
  readonly found: readonly SourceFile[];
  /** Files of a folder that are no source. */
  readonly leftOut: readonly string[];
}

async function filesAt(path: string, io: Io): Promise<FilesAt> {
  try {
    const files = await io.filesAt(path);
    const leftOut = files.filter((file) => file !== path && isNoSource(file));
    const read = files.filter((file) => !leftOut.includes(file));
    const found = await Promise.all(
      read.map(async (file) => ({ path: file, content: await io.readBytes(file) })),
    );
    return { found, leftOut };
  } catch (cause) {
    throw new InputError(
      `--from ${path}: cannot read the file, got ${(cause as Error).message}; name a file, a folder of files, or - for standard input`,
      { cause, code: "file-inaccessible" },
    );
  }
}

async function readLive(zone: string, io: Io): Promise<Reading> {
  const [{ accountOf }, { liveZone }, { readAnswers }] = await Promise.all([
    import("../aws/clients"),
    import("../aws/zone/liveZone"),
    import("../sources/aws/readAnswers"),
  ]);
  const { answers, notes } = await liveZone(zone, accountOf(io.env));
  const reading = readAnswers(answers);
  return { ...reading, notes: [...notes, ...reading.notes] };
}
