/** Places in the sources of a program, as the stacks of errors tell them. */
import { basename, join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { packageDirectory } from "../../packageDirectory";
import { InputError } from "../../routing/inputError";
import { display } from "./yamlFile";

/** A line of a file. */
export interface SourceLine {
  readonly path: string;
  readonly line: number;
}

export function lineText({ path, line }: SourceLine): string {
  return `${display(path)}:${line}`;
}

/** The place that Node puts before the stack of a syntax error. */
export function headOf({ stack = "" }: Error): SourceLine | undefined {
  const [, at, line] = /^(\S.*?):(\d+)\n/.exec(stack) ?? [];
  const path = at === undefined ? undefined : filePathOf(at);
  return path === undefined ? undefined : { path, line: Number(line) };
}

/** The lines of a stack, the innermost first. */
export function sourceLinesOf({ stack = "" }: Error): readonly SourceLine[] {
  return stack.split("\n").flatMap((frame) => {
    const [, at = "", line] = /^ +at (?:.*\()?(.+?):(\d+):\d+\)?$/.exec(frame) ?? [];
    const path = filePathOf(at.replace(/^async /, ""));
    return path === undefined ? [] : [{ path, line: Number(line) }];
  });
}

/** A file by its path or URL; undefined for what is none, such as a module of Node. */
export function filePathOf(text: string): string | undefined {
  const plain = text.replace(/\?.*$/, "");
  const path = plain.startsWith("file:") ? fileURLToPath(plain) : plain;
  return resolve(path) === path ? path : undefined;
}

/** The folders of this tool that are no part of a program. */
const toolFolders = ["rehearsal", "cli"].flatMap((folder) => [
  join(packageDirectory, folder) + sep,
  join(packageDirectory, "dist", folder) + sep,
]);

export function isOfTool({ path }: Pick<SourceLine, "path">): boolean {
  return toolFolders.some((folder) => path.startsWith(folder));
}

/** Whether a place is in a module that loads a program: what it calls is the program's. */
export function isRunner(place: SourceLine): boolean {
  return isOfTool(place) && ["program", "esModules"].includes(nameOf(place));
}

/** Whether a place is in the module through which Node looks for each module of a program. */
export function isResolver(place: SourceLine): boolean {
  return isOfTool(place) && nameOf(place) === "oneSdk";
}

function nameOf({ path }: SourceLine): string {
  return basename(path).replace(/\.[jt]s$/, "");
}

/** Characters of a message that are shown. */
const messageMax = 300;

export function oneLine(message: string): string {
  const line = message.replace(/\s+/g, " ").trim();
  return line.length > messageMax ? `${line.slice(0, messageMax)} …` : line;
}

/**
 * A syntax error of a file that is loaded, at the line of its source; otherwise undefined.
 *
 * @param sourceLine the line of the source for a line of what was loaded
 * @param note stands behind the words of Node
 */
export function placedSyntaxError(
  error: unknown,
  path: string,
  sourceLine: (line: number) => number,
  note = "",
): InputError | undefined {
  if (!(error instanceof SyntaxError)) return undefined;
  const head = headOf(error);
  if (head?.path !== path) return undefined;
  const place = lineText({ path, line: sourceLine(head.line) });
  return new InputError(
    `${place}: ${oneLine(error.message)}${note}; ${syntaxRemedy(error.message)}`,
    {
      code: "program-failed",
      cause: error,
    },
  );
}

function syntaxRemedy(message: string): string {
  if (message.startsWith("await is only valid")) {
    return "the program is a CommonJS module, which cannot wait at its top level: export an async function that does";
  }
  return message.includes("import.meta")
    ? "the program is a CommonJS module, which has __dirname and __filename instead"
    : "correct it";
}
