/** A block of shell text in a Markdown file. */
export interface ShellBlock {
  /** Its commands, without prompts, output and common indentation. */
  readonly script: string;
  /** The number in the file of each line of the script, from 1. */
  readonly lines: readonly number[];
}

interface Line {
  readonly text: string;
  readonly number: number;
}

/** Languages of fences that contain shell commands (GitHub Linguist). */
const shells = /^(?:bash|sh|shell|zsh|console|shell-session|shellsession|terminal)\b/i;
const prompt = /^\s*[$%#]\s+/;
const continuation = /^\s*>\s?/;
/** What makes a block without a language a shell block. */
const command = /^\s*(?:[$%#]\s+)?(?:\w+=\S*\s+)*(?:sudo |npx )?(?:aws|pulumi) /m;

/**
 * The shell blocks of a Markdown text: fences with a shell language, and those without a language
 * and indented blocks if they contain a command of `aws` or `pulumi` (CommonMark 0.31.2, 4.4 and 4.5).
 */
export function shellBlocks(markdown: string): readonly ShellBlock[] {
  const blocks: ShellBlock[] = [];
  const lines = markdown.split(/\r?\n/).map((text, index): Line => ({ text, number: index + 1 }));
  let fence: { readonly end: RegExp; readonly language: string; readonly body: Line[] } | undefined;
  let indented: Line[] = [];
  const endIndented = (): void => {
    if (command.test(bodyOf(indented))) blocks.push(blockOf(indented));
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
    else if (line.text.trim() !== "") endIndented();
  }
  endIndented();
  // A fence without an end reaches to the end of the file.
  if (fence && isShell(fence.language, bodyOf(fence.body))) blocks.push(blockOf(fence.body));
  return blocks;
}

function isShell(language: string, body: string): boolean {
  return language === "" ? command.test(body) : shells.test(language);
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
  let continues = false;
  for (const { text, number } of lines) {
    const isStart = prompt.test(text);
    if (!isStart && !continues) continue;
    const plain = text.replace(isStart ? prompt : continuation, "");
    kept.push({ text: plain, number });
    continues = /\\$/.test(plain);
  }
  return kept;
}
