import { parse } from "unbash";

/** A block of shell text in a Markdown file. */
export interface ShellBlock {
  /** Its commands, without prompts, output and common indentation. */
  readonly script: string;
  /** The number in the file of each line of the script, from 1. */
  readonly lines: readonly number[];
  /** Set on a command in a sentence, which may also say not to run it. */
  readonly isProse?: true;
}

interface Line {
  readonly text: string;
  readonly number: number;
}

/** Languages of fences that contain shell commands (GitHub Linguist). */
const shells =
  /^(?:bash|sh|shell|zsh|ksh|fish|powershell|pwsh|console|shell-session|shellsession|bash-session|terminal)\b/i;
/** Languages of fences whose text may be of any kind. */
const anyKind = /^(?:text|txt|plain|plaintext|none)?$/i;
const prompt = /^\s*[$%#]\s+/;
const continuation = /^\s*>\s?/;
/** What makes a block without a language a shell block. */
const command =
  /^\s*(?:[$%#]\s+)?(?:\w+=\S*\s+)*(?:(?:sudo|npx|time|timeout|env|nohup|watch|bash|sh|eval|ssh|xargs|docker|kubectl|for|while|if|echo|cat)\s(?:.*\W)?)?(?:aws|pulumi|terraform|tofu|terragrunt|cdk) /m;

/**
 * The shell blocks of a Markdown text, and the commands in its sentences; a shell script is one block. Blocks are
 * fences with a shell language, and those without a language and indented blocks if they contain a command of `aws`
 * or a tool that deploys (CommonMark 0.31.2, 4.4 and 4.5).
 */
export function shellBlocks(
  markdown: string,
  isScript = markdown.startsWith("#!"),
): readonly ShellBlock[] {
  if (isScript) return [blockOf(markdown.split(/\r?\n/).map(lineOf))];
  const blocks: ShellBlock[] = [];
  const lines = markdown.split(/\r?\n/).map(lineOf);
  let fence: { readonly end: RegExp; readonly language: string; readonly body: Line[] } | undefined;
  let indented: Line[] = [];
  const endIndented = (): void => {
    if (isCommand(bodyOf(indented))) blocks.push(blockOf(indented));
    indented = [];
  };
  for (const line of lines) {
    if (fence) {
      if (fence.end.test(line.text)) {
        if (isShell(fence.language, bodyOf(fence.body))) blocks.push(blockOf(fence.body));
        fence = undefined;
      } else fence.body.push(line);
      continue;
    }
    const [, marks = "", language = ""] = /^\s*(`{3,}|~{3,})\s*([^`]*)$/.exec(line.text) ?? [];
    if (marks !== "") {
      endIndented();
      const end = new RegExp(`^\\s*${marks[0] ?? ""}{${marks.length},}\\s*$`);
      fence = { end, language: language.trim(), body: [] };
    } else if (/^(?: {4}|\t)/.test(line.text)) indented.push(line);
    else if (line.text.trim() !== "") {
      endIndented();
      blocks.push(...commandsIn(line));
    }
  }
  endIndented();
  // A fence without an end reaches to the end of the file.
  if (fence && isShell(fence.language, bodyOf(fence.body))) blocks.push(blockOf(fence.body));
  return blocks;
}

/** The code spans of a line that are commands (CommonMark 0.31.2, 6.1). */
function commandsIn({ text, number }: Line): readonly ShellBlock[] {
  const spans = [...text.matchAll(/(?<!`)`([^`]+)`(?!`)/g)].map(([, span = ""]) => span);
  return spans
    .filter((span) => isCommand(span))
    .map((script) => ({ script, lines: [number], isProse: true }));
}

function lineOf(text: string, index: number): Line {
  return { text, number: index + 1 };
}

/** Whether a text has a line that is a command of a tool that changes something. */
export function isCommand(text: string): boolean {
  return command.test(text);
}

function isShell(language: string, body: string): boolean {
  return anyKind.test(language) ? isCommand(body) : shells.test(language);
}

function bodyOf(lines: readonly Line[]): string {
  return lines.map(({ text }) => text).join("\n");
}

function blockOf(lines: readonly Line[]): ShellBlock {
  const indents = lines
    .filter(({ text }) => text.trim() !== "")
    .map(({ text }) => text.length - text.trimStart().length);
  const indent = Math.min(...indents, Infinity);
  const plain = lines.map(({ text, number }) => ({ text: text.slice(indent), number }));
  const kept = plain.some(({ text }) => /^\s*\$\s/.test(text)) ? typed(plain) : plain;
  return { script: bodyOf(kept), lines: kept.map(({ number }) => number) };
}

/** What a person types in a session: lines with a prompt, and those that continue them. */
function typed(lines: readonly Line[]): readonly Line[] {
  const kept: Line[] = [];
  /** The text of a command that is not complete yet. */
  let open: string | undefined;
  for (const { text, number } of lines) {
    const isStart = prompt.test(text);
    if (!isStart && open === undefined) continue;
    const plain = text.replace(isStart ? prompt : continuation, "");
    kept.push({ text: plain, number });
    const all = isStart || open === undefined ? plain : `${open}\n${plain}`;
    open = /\\$/.test(all) || parse(all).errors !== undefined ? all : undefined;
  }
  return kept;
}
