import { parse } from "unbash";
import type { BlockLine, ShellBlock } from "./block";
import { isCommand, mayChangeAws } from "./programs";
import { yamlBlocks } from "./yamlBlocks";

/** Languages of fences that contain shell commands (GitHub Linguist). */
const shells =
  /^(?:bash|sh|shell|zsh|ksh|fish|powershell|pwsh|console|shell-session|shellsession|bash-session|terminal|cron|crontab)\b/i;
/** Languages of fences whose text may be of any kind. */
const anyKind = /^(?:text|txt|plain|plaintext|none)?$/i;
const yaml = /^ya?ml\b/i;
/** Languages of fences that nobody runs. */
const data =
  /^(?:jsonc?|json5|xml|html|css|diff|csv|toml|ini|sql|http|log|output|markdown|md|mermaid|dot|promql)\b/i;
const prompt = /^\s*[$%#]\s+/;
const continuation = /^\s*>\s?/;

/**
 * The shell blocks of a text; a text in another language than Markdown is one block. In Markdown these are fences with a
 * shell language, those without a language, indented blocks and `<pre>` if they contain a command of `aws` or a tool that
 * deploys, and such commands in sentences (CommonMark 0.31.2, 4.4, 4.5, 5.1 and 6.1). Commands in YAML are blocks too,
 * and code in another language that may call AWS is one that cannot be read.
 *
 * @param language the language of the text; default: Markdown, if it does not begin like a script
 */
export function shellBlocks(
  text: string,
  language = /^#!.*?(python|node|ruby|perl|sh\b)/.exec(text)?.[1],
): readonly ShellBlock[] {
  if (language !== undefined) return blocksOf({ language, body: linesOf(text) });
  const { pages, rest } = preformatted(text);
  return [...pages.flatMap(blocksOf), ...markdownBlocks(linesOf(rest))].sort(
    (one, other) => (one.lines[0] ?? 0) - (other.lines[0] ?? 0),
  );
}

/** Text in a language. */
interface Passage {
  readonly language: string;
  readonly body: readonly BlockLine[];
}

function blocksOf({ language, body }: Passage): readonly ShellBlock[] {
  const text = textOf(body);
  if (shells.test(language) || (anyKind.test(language) && isCommand(text))) return [blockOf(body)];
  if (yaml.test(language)) return yamlBlocks(body);
  if (anyKind.test(language) || data.test(language)) return [];
  const line = body.find((one) => mayChangeAws(one.text));
  if (!line) return [];
  const unread = `code in ${language.split(/\W/)[0] ?? ""} is not read`;
  return [{ script: line.text.trim(), lines: [line.number], unread }];
}

/** The `<pre>` elements of a Markdown text, and the text with blank lines for them. */
function preformatted(text: string): { readonly pages: readonly Passage[]; readonly rest: string } {
  const pages: Passage[] = [];
  const rest = text.replace(
    /<pre\b[^>]*>((?:\s*<code\b[^>]*>)?)([^]*?)<\/pre>/gi,
    (all: string, code: string, inner: string, offset: number) => {
      const start = text.slice(0, offset).split("\n").length;
      const [, language = ""] = /\blang(?:uage)?[-="]+(\w+)/.exec(all.split("\n")[0] ?? "") ?? [];
      const body = linesOf(plainText(code + inner), start);
      pages.push({ language, body });
      return all.replace(/[^\n]+/g, "");
    },
  );
  return { pages, rest };
}

/** The text of HTML without its tags; `&amp;` last, as it may begin another entity. */
function plainText(html: string): string {
  return html
    .replace(/<\/?(?:code|span|b|i|em|strong|kbd)\b[^>]*>/gi, "")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&#0*39;|&apos;/g, "'")
    .replace(/&amp;/g, "&");
}

/** A fence whose end was not read yet. */
interface Fence {
  readonly end: RegExp;
  /** How many block quotes it is in. */
  readonly depth: number;
  readonly language: string;
  readonly body: BlockLine[];
}

function markdownBlocks(lines: readonly BlockLine[]): readonly ShellBlock[] {
  const blocks: ShellBlock[] = [];
  let fence: Fence | undefined;
  let indented: BlockLine[] = [];
  const endFence = (): void => {
    if (fence) blocks.push(...blocksOf(fence));
    fence = undefined;
  };
  const endIndented = (): void => {
    if (isCommand(textOf(indented))) blocks.push(blockOf(indented));
    indented = [];
  };
  for (const { text: given, number } of lines) {
    if (fence) {
      const { end, body } = fence;
      const inside = unquoted(given, fence.depth);
      // A line outside of its block quote ends a fence as well.
      const isInside = inside.depth === fence.depth;
      const isEnd = end.test(inside.text);
      if (!isInside || isEnd) endFence();
      else body.push({ text: inside.text, number });
      if (isInside) continue;
    }
    const { text, depth } = unquoted(given);
    const [, marks = "", language = ""] = fenceStart.exec(text) ?? [];
    if (marks !== "") {
      endIndented();
      const end = new RegExp(`^\\s*${marks[0] ?? ""}{${marks.length},}\\s*$`);
      fence = { end, depth, language: language.trim(), body: [] };
    } else if (/^(?: {4}|\t)/.test(text)) indented.push({ text, number });
    else if (text.trim() !== "") {
      endIndented();
      blocks.push(...commandsIn({ text, number }));
    }
  }
  endIndented();
  // A fence without an end reaches to the end of the file.
  endFence();
  return blocks;
}

/** A fence may begin in an item of a list. */
const fenceStart = /^\s*(?:(?:[-*+]|\d+[.)])\s+)*(`{3,}|~{3,})\s*([^`]*)$/;

/** A line without the marks of block quotes, of which there are at most so many, and their number. */
function unquoted(
  text: string,
  depthMax = Infinity,
): { readonly text: string; readonly depth: number } {
  const [mark] = /^ {0,3}> ?/.exec(text) ?? [];
  if (mark === undefined || depthMax === 0) return { text, depth: 0 };
  const inside = unquoted(text.slice(mark.length), depthMax - 1);
  return { ...inside, depth: inside.depth + 1 };
}

/** The code spans of a line that are commands. */
function commandsIn({ text, number }: BlockLine): readonly ShellBlock[] {
  const spans = [
    ...text.matchAll(/(?<!`)`([^`]+)`(?!`)|<(?:code|kbd)\b[^>]*>([^<]+)<\/(?:code|kbd)>/g),
  ].map(([, span, html = ""]) => span ?? plainText(html));
  return spans
    .filter((span) => isCommand(span))
    .map((script) => ({ script, lines: [number], isProse: true }));
}

function linesOf(text: string, start = 1): readonly BlockLine[] {
  return text.split(/\r?\n/).map((line, index) => ({ text: line, number: start + index }));
}

function textOf(lines: readonly BlockLine[]): string {
  return lines.map(({ text }) => text).join("\n");
}

function blockOf(lines: readonly BlockLine[]): ShellBlock {
  const indents = lines
    .filter(({ text }) => text.trim() !== "")
    .map(({ text }) => text.length - text.trimStart().length);
  const indent = Math.min(...indents, Infinity);
  const plain = lines.map(({ text, number }) => ({ text: text.slice(indent), number }));
  const kept = plain.some(({ text }) => /^\s*\$\s/.test(text)) ? typed(plain) : plain;
  return { script: textOf(kept), lines: kept.map(({ number }) => number) };
}

/** What a person types in a session: lines with a prompt, and those that continue them. */
function typed(lines: readonly BlockLine[]): readonly BlockLine[] {
  const kept: BlockLine[] = [];
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
