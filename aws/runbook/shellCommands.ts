import { forEachChild, parse } from "unbash";
import type { Command, SyntaxNode, Word, WordPart } from "unbash";
import { shellBlocks } from "./shellBlocks";

/** Stands in a text for a part that only a shell knows. */
export const hole = "\ufffd";

/** A command of a runbook. */
export interface ShellCommand {
  /** The number of its line in the file, from 1. */
  readonly line: number;
  /** Its words; what is not known is a `hole`. */
  readonly words: readonly string[];
  /** Its standard input, if the runbook contains it. */
  readonly input?: string;
  /** Files that the runbook has written before it, by path. */
  readonly files: ReadonlyMap<string, string>;
}

/** The commands in the shell blocks of a Markdown text, in order. Variables keep their values. */
export function shellCommands(markdown: string): readonly ShellCommand[] {
  const variables = new Map<string, string>();
  const files = new Map<string, string>();
  return shellBlocks(markdown).flatMap(({ script, lines }) => {
    const found: ShellCommand[] = [];
    const lineAt = (offset: number): number =>
      lines[script.slice(0, offset).split("\n").length - 1] ?? 0;
    const visit = (node: SyntaxNode): void => {
      if (node.type === "Command") {
        assign(node, variables);
        const words = wordsOf(node, variables);
        const input = hereText(node, variables);
        keepFile(node, words, input, files, variables);
        if (words.length > 0) {
          found.push({
            line: lineAt(node.pos),
            words,
            ...(input === undefined ? {} : { input }),
            files: new Map(files),
          });
        }
      }
      forEachChild(node, visit);
    };
    visit(parse(script));
    return found;
  });
}

type Variables = Map<string, string>;

/** `NAME=value`, alone or after `export`. */
function assign({ name, prefix, args }: Command, variables: Variables): void {
  const declares = name !== undefined && /^(?:export|readonly|declare|local)$/.test(name.value);
  for (const one of [...(name === undefined ? prefix : []), ...(declares ? args : [])]) {
    if (one.type !== "Assignment") continue;
    variables.set(one.name, one.value.type === "Word" ? textOf(one.value, variables) : hole);
  }
}

function wordsOf({ name, args }: Command, variables: Variables): readonly string[] {
  const words = args.flatMap((one) => (one.type === "Word" ? [one] : []));
  return [...(name ? [name] : []), ...words].map((word) => textOf(word, variables));
}

/** The text of a here-document or here-string. */
function hereText({ redirects }: Command, variables: Variables): string | undefined {
  for (const one of redirects) {
    if (one.type === "HereString" && one.target) return textOf(one.target, variables);
    if (one.type === "HereDoc") {
      return one.delimiter?.quoted === true || one.body.parts === undefined
        ? one.body.text
        : partsText(one.body.parts, variables);
    }
  }
  return undefined;
}

/** `cat > FILE <<EOF`, `echo … > FILE` and `tee FILE <<EOF`. */
function keepFile(
  { redirects }: Command,
  words: readonly string[],
  input: string | undefined,
  files: Map<string, string>,
  variables: Variables,
): void {
  const [program, ...given] = words;
  const to = redirects.find((one) => one.type === "Redirect" && one.operator === ">");
  const path =
    to?.type === "Redirect" && to.target
      ? textOf(to.target, variables)
      : program === "tee"
        ? given.find((word) => !word.startsWith("-"))
        : undefined;
  if (path === undefined) return;
  const text = program === "echo" || program === "printf" ? given.join(" ") : input;
  files.set(path, text ?? hole);
}

function textOf(word: Word, variables: Variables): string {
  return word.parts === undefined ? word.value : partsText(word.parts, variables);
}

function partsText(parts: readonly WordPart[], variables: Variables): string {
  return parts.map((part) => partText(part, variables)).join("");
}

function partText(part: WordPart, variables: Variables): string {
  switch (part.type) {
    case "Literal":
    case "SingleQuoted":
    case "AnsiCQuoted":
    case "Glob":
      return part.value;
    case "DoubleQuoted":
    case "LocaleString":
      return partsText(part.parts, variables);
    case "SimpleExpansion":
      return variables.get(part.text.slice(1)) ?? hole;
    case "ParameterExpansion":
      return part.operation === undefined && part.prefix === undefined && part.index === undefined
        ? (variables.get(part.parameter) ?? hole)
        : hole;
    default:
      return hole;
  }
}
