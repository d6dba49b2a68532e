import type { Command, Word, WordPart } from "unbash";

/** Stands in a text for a part that only a shell knows. */
export const hole = "\ufffd";

/** The variables that the runbook has set, by name. */
export type Variables = ReadonlyMap<string, string>;

/** The words of a command: an expansion outside of quotes may be several (POSIX 2.6.5). */
export function wordsOf({ name, args }: Command, variables: Variables): readonly string[] {
  const words = args.flatMap((one) => (one.type === "Word" ? [one] : []));
  return [...(name ? [name] : []), ...words].flatMap((word) => shellFields(word, variables));
}

/** The fields of a word. */
export function shellFields(word: Word, variables: Variables): readonly string[] {
  const text = wordText(word, variables);
  return (word.parts ?? []).some(isSplit) ? text.split(/\s+/).filter((one) => one !== "") : [text];
}

/** Whether a part of a word may be several fields: all parameters and elements may, even in quotes. */
function isSplit(part: WordPart): boolean {
  switch (part.type) {
    case "SimpleExpansion":
    case "ParameterExpansion":
      return true;
    case "DoubleQuoted":
      return part.parts.some(
        (one) =>
          (one.type === "SimpleExpansion" && one.text === "$@") ||
          (one.type === "ParameterExpansion" && one.index?.value === "@"),
      );
    default:
      return false;
  }
}

/** The text of a here-document or here-string. */
export function hereText({ redirects }: Command, variables: Variables): string | undefined {
  for (const one of redirects) {
    if (one.type === "HereString" && one.target) return wordText(one.target, variables);
    if (one.type === "HereDoc") {
      return one.delimiter?.quoted === true || one.body.parts === undefined
        ? one.body.text
        : partsText(one.body.parts, variables);
    }
  }
  return undefined;
}

export function wordText(word: Word, variables: Variables): string {
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
    case "ParameterExpansion": {
      const { operation, index, prefix, parameter } = part;
      const isPlain = operation === undefined || operation.type === "Default";
      const isWhole = index === undefined || /^[@*]$/.test(index.value);
      // The operand of `+` replaces a value that is set.
      const isReplaced = operation?.type === "Default" && /\+$/.test(operation.operator);
      const isKept = isPlain && isWhole && !isReplaced && prefix === undefined;
      return (isKept ? variables.get(parameter) : undefined) ?? hole;
    }
    default:
      return hole;
  }
}

/** A text of which a reader replaces parts, such as `<id>` and `{{ id }}`, with holes for these. */
export function withHoles(script: string): string {
  return script.replace(/(?<![<\w])<[A-Za-z][\w .:/-]*>/g, hole).replace(/\{\{[^{}\n]*\}\}/g, hole);
}
