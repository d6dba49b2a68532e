/** Reads a user's YAML file, with messages that the user can act on. */
import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { LineCounter, parseDocument } from "yaml";
import { InputError } from "../../routing/inputError";

export type YamlMap = Readonly<Record<string, unknown>>;

/** Programs run in other folders. */
const startedIn = process.cwd();

/** A path as the user would write it, in the folder that the process was started in. */
export function display(path: string): string {
  const short = relative(startedIn, path);
  return short === "" ? "." : short.startsWith("..") ? path : short;
}

/**
 * The content of a file; empty for an empty file.
 *
 * @param context addition to the remedy, such as the files that could be meant instead
 * @throws InputError for a file that is not YAML, or not a map, with the line
 */
export function readYaml(path: string, context: string): YamlMap {
  const content = readFileSync(path);
  if (!isUtf8(content) || content.includes(0)) {
    throw new InputError(
      `${display(path)}: must be a YAML text in UTF-8, got other bytes; save it again as text${context}`,
    );
  }
  return yamlMap(content.toString("utf8"), display(path), context);
}

/** The same for a text, of which the messages give a path. */
export function yamlMap(text: string, path: string, context: string): YamlMap {
  const lineCounter = new LineCounter();
  const tabbed = text.split("\n").flatMap((line, index) => (/^ *\t/.test(line) ? [index + 1] : []));
  if (tabbed.length > 0) {
    throw new InputError(
      `${path}: YAML must be indented by spaces, got tabs in ${linesText(tabbed)}; replace them${context}`,
    );
  }
  const document = parseDocument(text, { lineCounter });
  if (document.errors.length > 0) {
    throw new InputError(
      document.errors.map(({ code, message, pos }) => {
        const { line, col } = lineCounter.linePos(pos[0]);
        const what = message.split(/ at line|\n/)[0] ?? code;
        return `${path}: line ${line}, column ${col} is not YAML (${what}); fix it${context}`;
      }),
    );
  }
  const content: unknown = document.toJS();
  if (content === null || content === undefined) return {};
  if (!isMap(content)) {
    throw new InputError(
      `${path}: must be a map, got ${JSON.stringify(content)}; write keys and values${context}`,
    );
  }
  return content;
}

/** Numbers of lines, as a message gives them. */
function linesText(numbers: readonly number[]): string {
  const [first = 0] = numbers;
  const more = numbers.length - 1;
  return more === 0 ? `line ${first}` : `line ${first} and ${more} more`;
}

export function isMap(value: unknown): value is YamlMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
