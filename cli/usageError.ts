import type { CommanderError } from "commander";

/** Translates commander's messages to ours: the fault, and the value received. */
const wordings: readonly (readonly [RegExp, string])[] = [
  [/^unknown (command|option) '(.*)'$/s, "unknown $1, got $2"],
  [/^missing required argument '(.*)'$/, "missing argument <$1>"],
  [/^option '(\S+).*' argument missing$/, "$1: missing value"],
  [
    /^option '(\S+).*' argument '(.*)' is invalid\. Allowed choices are (.*)\.$/s,
    "$1: not one of $3, got $2",
  ],
  [/^option '(\S+).*' argument '(.*)' is invalid\. (.*)$/s, "$1: $3, got $2"],
  [
    /^command-argument value '(.*)' is invalid for argument '(.*)'\. Allowed choices are (.*)\.$/s,
    "<$2>: not one of $3, got $1",
  ],
  [/^command-argument value '(.*)' is invalid for argument '(.*)'\. (.*)$/s, "<$2>: $3, got $1"],
  [
    /^too many arguments.*\. Expected (\d+) arguments? but got (\d+)\.$/,
    "too many arguments, expected $1, got $2",
  ],
];

/**
 * One line for an invalid command line: the fault, the value received, and the closest valid one.
 *
 * @param command the recognized words, such as `failover resolve`
 */
export function usageError(error: CommanderError, command: string): string {
  const [, sentence = error.message, near] =
    /^(?:error: )?(.*?)(?:\n\(Did you mean (.*)\?\))?$/s.exec(error.message) ?? [];
  const wording = wordings.find(([pattern]) => pattern.test(sentence));
  const wrong = wording ? sentence.replace(...wording) : sentence.replace(/\.$/, "");
  const remedy = near === undefined ? "see" : `did you mean ${near}? See`;
  return `${command}: ${wrong}; ${remedy} ${command} --help`;
}
