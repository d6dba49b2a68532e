import type { Command, Option } from "commander";
import { bundledScenarios } from "../rehearsal/scenarios/bundled";
import { stackNames } from "../rehearsal/engine/stackNames";
import { ownProjectOf } from "../rehearsal/project";
import type { CommandEntry } from "./commands";
import { exitCodes } from "./io";
import type { ExitCode, Io } from "./io";
import { programOf } from "./program";
import { repeated } from "./repeated";

/** A word that can stand at the cursor. */
interface Choice {
  readonly word: string;
  readonly description: string;
}

/** What can stand at the cursor: some words, and the names of files where they do as well. */
interface Choices {
  readonly words: readonly Choice[];
  readonly files: boolean;
}

/** What the scripts of `failover completion` do about files (ADR 0067): the bits of Cobra's directives. */
const directives = { files: 0, noFiles: 4 };

/**
 * Answers the shell's question at Tab: a line for each word that can stand at the cursor, and a directive. The
 * shell leaves out those that do not start with what was typed.
 *
 * @param words the words up to the cursor, after `failover`; the last is the one to complete, and may be empty
 */
export async function complete(
  words: readonly string[],
  io: Io,
  commands: readonly CommandEntry[],
): Promise<ExitCode> {
  const offered = await choicesFor(words.slice(0, -1), words.at(-1) ?? "", { io, commands });
  for (const { word, description } of offered.words) io.stdout.write(`${word}\t${description}\n`);
  io.stdout.write(`:${offered.files ? directives.files : directives.noFiles}\n`);
  return exitCodes.fine;
}

interface Tool {
  readonly io: Io;
  readonly commands: readonly CommandEntry[];
}

async function choicesFor(
  before: readonly string[],
  typed: string,
  { io, commands }: Tool,
): Promise<Choices> {
  const program = programOf(io);
  const at = before.findIndex((word) => !word.startsWith("-"));
  if (at < 0 || before[at] === "help") {
    if (typed.startsWith("-")) return optionsOf(program, before);
    const named = commands.map(({ name, summary }) => ({ word: name, description: summary }));
    return { words: named, files: false };
  }
  const entry = commands.find(({ name }) => name === before[at]);
  if (!entry) return choices([]);
  const command = program.command(entry.name);
  // Only this command's module is loaded: the shell waits.
  (await entry.load()).describe(command);
  return choicesIn(command, before.slice(at + 1), typed, io);
}

function choicesIn(command: Command, before: readonly string[], typed: string, io: Io): Choices {
  const { awaited, position } = placeAfter(before, command);
  const [, named] = /^(--.*?)=/.exec(typed) ?? [];
  const given = named === undefined ? awaited : optionNamed(command, named);
  if (given) return valuesOf(given.flags, given.argChoices, io);
  if (!typed.startsWith("-")) {
    const [last] = command.registeredArguments.slice(-1);
    const argument = command.registeredArguments[position] ?? (last?.variadic ? last : undefined);
    const values = argument && valuesOf(`<${argument.name()}>`, argument.argChoices, io);
    if (values && (values.files || values.words.length > 0)) return values;
  }
  return optionsOf(command, before);
}

/** Where the words lead: to the value of an option, or to an argument. */
function placeAfter(
  before: readonly string[],
  command: Command,
): { readonly awaited: Option | undefined; readonly position: number } {
  let awaited: Option | undefined;
  let position = 0;
  for (const word of before) {
    if (awaited) awaited = undefined;
    else if (/^-./.test(word)) {
      const option = optionNamed(command, word);
      // A value that may be left out is not awaited.
      awaited = option?.required ? option : undefined;
    } else position += 1;
  }
  return { awaited, position };
}

function optionNamed(command: Command, word: string): Option | undefined {
  return command.options.find((option) => isNamed(option, word));
}

function isNamed({ long, short }: Option, word: string): boolean {
  return word === long || word === short;
}

/** The values of an option or argument, as far as its declaration says what they are. */
function valuesOf(
  flags: string,
  declared: readonly string[] | undefined,
  { directory }: Io,
): Choices {
  if (declared) return choices(declared);
  if (/^--(?:stack|beside) /.test(flags)) {
    const project = ownProjectOf(directory);
    return choices(project === undefined ? [] : stackNames(project));
  }
  const [, kind = ""] = /[<[](?:[^>\]]*=)?([\w-]+)[>\]]$/.exec(flags) ?? [];
  if (kind === "scenario") return { ...choices(bundledScenarios()), files: true };
  return { words: [], files: ["file", "directory", "path", "base"].includes(kind) };
}

/** The options that may still be given. */
function optionsOf(command: Command, before: readonly string[]): Choices {
  const isLeft = (option: Option): boolean =>
    option.parseArg === repeated ||
    !before.some((word) => isNamed(option, word.replace(/=.*$/s, "")));
  const options = command.createHelp().visibleOptions(command).filter(isLeft);
  const named = options.map(({ flags, long, description }) => ({
    word: long ?? flags,
    description,
  }));
  return { words: named, files: false };
}

function choices(names: readonly string[]): Choices {
  return { words: names.map((word) => ({ word, description: "" })), files: false };
}
