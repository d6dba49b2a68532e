import { dirname, join } from "node:path";
import type { UnjudgedName } from "../aws/runbook/answerComparison";
import type { JudgedCommand } from "../aws/runbook/judge";
import { asText } from "../rehearsal/report/asText";
import { InputError } from "../routing/inputError";
import { resourcesOfBoth } from "./evaluatedStack";
import { exitCodes, textOptions } from "./io";
import type { ExitCode, Io } from "./io";
import type { SourceOptions } from "./source";
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
  const [{ gateOutputOf }, { judgeRunbook }, { runbookReport }] = await Promise.all([
    import("../aws/gate/gateLocation"),
    import("../aws/runbook/judge"),
    import("../aws/runbook/report"),
  ]);
  const files = await filesNamedIn(text, runbook, io);
  const isStack = source.kind === "stack";
  const [, language] = /\.(sh|bash|zsh|ya?ml|py|js|ts|rb|go)$/.exec(runbook) ?? [];
  const judged = judgeRunbook({
    text,
    ...(language === undefined ? {} : { language }),
    resources: isStack ? resourcesOfBoth(source.evaluated) : source.reading.resources,
    hasIds: !isStack,
    ...(isStack ? { hasGate: gateOutputOf(source.evaluated.program) !== undefined } : {}),
    textOf: (path) => files.get(path),
    ...(stack === undefined ? {} : { stack }),
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
