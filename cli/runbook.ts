import { dirname, join } from "node:path";
import type { UnjudgedName } from "../aws/runbook/answerComparison";
import type { JudgedCommand } from "../aws/runbook/judge";
import { asText } from "../rehearsal/report/asText";
import { InputError } from "../routing/inputError";
import type { Resource } from "../routing/graph/resource";
import { evaluateStack, resourcesOfBoth } from "./evaluatedStack";
import { exitCodes, textOptions } from "./io";
import type { ExitCode, Io } from "./io";
import type { SourceOptions } from "./source";
import { changedSettings, settingsIn } from "./settingOption";
import { sourceOf } from "./source";
import { jsonText } from "../rehearsal/report/jsonText";

/** The options of `failover policy` that concern a runbook. */
export interface RunbookOptions extends SourceOptions {
  readonly runbook: string;
  readonly json?: boolean;
}

/** What `failover policy --runbook FILE --json` prints. */
export interface RunbookOutput {
  readonly runbook: string;
  readonly commands: readonly JudgedCommand[];
  /** The names that cannot be judged, so that their answers may get worse; absent if there are none. */
  readonly unjudged?: readonly UnjudgedName[];
}

/** Says of each command of a runbook what it would do to the answers of a source. */
export async function checkRunbook(options: RunbookOptions, io: Io): Promise<ExitCode> {
  const { runbook, stack } = options;
  const text = await readRunbook(runbook, io);
  const source = await sourceOf(options, io);
  const [
    { gateOutputOf },
    { judgeCommands },
    { settingsOfCommands },
    { shellCommands },
    { runbookReport },
  ] = await Promise.all([
    import("../aws/gate/gateLocation"),
    import("../aws/runbook/judge"),
    import("../aws/runbook/pulumiSettings"),
    import("../aws/runbook/shellCommands"),
    import("../aws/runbook/report"),
  ]);
  const files = await filesNamedIn(text, runbook, io);
  const textOf = (path: string): string | undefined => files.get(path);
  const [, language] = /\.(sh|bash|zsh|ya?ml|py|js|ts|rb|go)$/.exec(runbook) ?? [];
  const commands = shellCommands(text, textOf, language);
  const isStack = source.kind === "stack";
  const resources = isStack ? resourcesOfBoth(source.evaluated) : source.reading.resources;
  const judged = judgeCommands(commands, {
    ...{ resources, hasIds: !isStack, textOf },
    ...(stack === undefined ? {} : { stack }),
    ...(isStack && stack !== undefined
      ? {
          hasGate: gateOutputOf(source.evaluated.program) !== undefined,
          withSettings: await evaluatedWith(stack, settingsOfCommands(commands, resources), io),
        }
      : {}),
  });
  const subject = isStack ? `stack ${stack ?? ""}` : source.title;
  io.stdout.write(
    options.json
      ? jsonText({
          runbook,
          commands: judged.commands,
          ...(judged.unjudged.length > 0 ? { unjudged: judged.unjudged } : {}),
        } satisfies RunbookOutput)
      : asText(runbookReport(runbook, subject, judged), {
          ...textOptions(io),
          hasDetails: true,
        }),
  );
  const verdicts = judged.commands.map(({ verdict }) => verdict);
  if (verdicts.includes("harmful")) return exitCodes.badNews;
  return verdicts.includes("unknown") ? exitCodes.badInput : exitCodes.fine;
}

/** The resources of a stack with each combination of settings, by its key, or why they are not known. */
async function evaluatedWith(
  stack: string,
  combinations: readonly (readonly string[])[],
  { directory }: Io,
): Promise<ReadonlyMap<string, readonly Resource[] | string>> {
  const { settingsKey } = await import("../aws/runbook/pulumiSettings");
  const found = new Map<string, readonly Resource[] | string>();
  for (const settings of combinations) {
    try {
      const config = await changedSettings(stack, settingsIn(settings), { directory });
      const evaluated = await evaluateStack(stack, { directory }, false, config);
      found.set(settingsKey(settings), resourcesOfBoth(evaluated));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      found.set(settingsKey(settings), error.faults[0] ?? error.message);
    }
  }
  return found;
}

async function readRunbook(path: string, io: Io): Promise<string> {
  try {
    return await io.readFile(path);
  } catch (cause) {
    throw new InputError(
      `--runbook ${path}: cannot read the file, got ${(cause as Error).message}; name a Markdown file`,
      { cause, code: "file-inaccessible" },
    );
  }
}

/** Paths of `file://`, those that a shell sources, and those of scripts and data that a command may read. */
const named =
  /fileb?:\/\/([^\s'"`]+)|(?:\bsource|(?:^|[\s;&|(])\.) +([\w./-]+)|([\w./-]+\.(?:sh|bash|zsh|json|ya?ml|txt))\b/gm;

/** The files that commands name, beside the runbook or here, and those that they name; missing ones are left out. */
async function filesNamedIn(
  text: string,
  runbook: string,
  io: Io,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const texts = [text];
  for (const one of texts) {
    for (const [, url, sourced, plain = ""] of one.matchAll(named)) {
      const path = url ?? sourced ?? plain;
      if (found.has(path)) continue;
      for (const candidate of [join(dirname(runbook), path), path]) {
        const content = await io.readFile(candidate).catch(() => undefined);
        if (content === undefined) continue;
        found.set(path, content);
        texts.push(content);
        break;
      }
    }
  }
  return found;
}
