/** Reads a user's YAML file, with messages that the user can act on. */
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { LineCounter, parseDocument } from "yaml";
import { InputError } from "../../routing/inputError";

export type YamlMap = Readonly<Record<string, unknown>>;

/** A path as the user would write it. */
export function display(path: string): string {
  const short = relative(process.cwd(), path);
  return short === "" ? "." : short.startsWith("..") ? path : short;
}

/**
 * The content of a file; empty for an empty file.
 *
 * @param context addition to the remedy, such as the files that could be meant instead
 * @throws InputError for a file that is not YAML, or not a map, with the line
 */
export function readYaml(path: string, context: string): YamlMap {
  return yamlMap(readFileSync(path, "utf8"), display(path), context);
}

/** The same for a text, of which the messages give a path. */
export function yamlMap(text: string, path: string, context: string): YamlMap {
  const lineCounter = new LineCounter();
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

export function isMap(value: unknown): value is YamlMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
