import { failureModeDefault } from "../../../routing/checker";
import { InputError } from "../../../routing/inputError";
import { namesThereAre, nearestName } from "../../../routing/knownNames";
import type { DrillDeath } from "../deaths";
import { drillDeaths } from "../deaths";
import type { DrillFault } from "../drillRun";
import { knownFault } from "../knownFault";
import { gateReasonCharactersMax } from "../page/control";

/** What can be typed while a drill runs. */
export const typedWords = [
  { word: "fail", takes: "NAME [DEATH]", does: "make something fail" },
  { word: "return", takes: "NAME", does: "bring it back" },
  { word: "hold", takes: "REASON", does: "hold the failback at the gate" },
  { word: "release", takes: "REASON", does: "release the failback" },
  { word: "names", does: "list what can fail" },
  { word: "status", does: "say who answers, what is broken, and which checks are unhealthy" },
  { word: "help", does: "list these words" },
  { word: "quit", does: "end the drill, as Ctrl-C does" },
] as const satisfies readonly { word: string; takes?: string; does: string }[];

/** Each word with what follows it. */
export const typedUsages: readonly string[] = typedWords.map((one) =>
  "takes" in one ? `${one.word} ${one.takes}` : one.word,
);

/** Longer than any word with a name or a reason. */
const lineCharactersMax = 2_000;

type Word = (typeof typedWords)[number]["word"];

/** A line that was typed while a drill runs. */
export type TypedCommand =
  | { readonly word: "fail"; readonly name: string; readonly death?: DrillDeath }
  | { readonly word: "return"; readonly name: string }
  | { readonly word: "hold" | "release"; readonly reason: string }
  | { readonly word: Exclude<Word, "fail" | "return" | "hold" | "release"> };

/**
 * What a line asks for; undefined for an empty one.
 *
 * @throws InputError with one line for what it does not understand
 */
export function typedCommandOf(
  line: string,
  faults: readonly DrillFault[],
): TypedCommand | undefined {
  // A fault would repeat all of it.
  if (line.length > lineCharactersMax) {
    throw new InputError(
      `a line must have at most ${lineCharactersMax} characters, got ${line.length}; shorten it`,
    );
  }
  const [, given = "", rest = ""] = /^(\S*)\s*(.*)$/s.exec(line.trim()) ?? [];
  if (given === "") return undefined;
  const word = wordOf(given);
  switch (word) {
    case "fail":
      return failOf(rest, faults);
    case "return":
      return { word, name: knownFault(faults, someName(word, rest), word) };
    case "hold":
    case "release":
      return { word, reason: reasonIn(word, rest) };
    default:
      if (rest === "") return { word };
      throw new InputError(`${word}: must stand alone, got ${rest}; leave that out`);
  }
}

/** What can be typed next, for the part of a line before it. */
export function completionsOf(before: string, faults: readonly DrillFault[]): readonly string[] {
  const [word, name, ...others] = before.split(/\s+/).filter((one) => one !== "");
  if (word === undefined) return typedWords.map((one) => one.word);
  if (word !== "fail" && word !== "return") return [];
  if (name === undefined) return faults.map((fault) => fault.name);
  return word === "fail" && others.length === 0 ? drillDeaths : [];
}

function wordOf(given: string): Word {
  const found = typedWords.find(({ word }) => word === given);
  if (found) return found.word;
  const words = typedWords.map(({ word }) => word);
  throw new InputError(`${given}: no such word; ${namesThereAre(given, words)}`);
}

/** A name may contain spaces: a death is only what follows a name. */
function failOf(rest: string, faults: readonly DrillFault[]): TypedCommand {
  const word = "fail";
  const all = someName(word, rest);
  const [, name = all, death] = faults.some((fault) => fault.name === all)
    ? []
    : (/^(.*\S)\s+(\S+)$/s.exec(all) ?? []);
  knownFault(faults, name, word);
  return { word, name, ...(death === undefined ? {} : { death: deathOf(name, death) }) };
}

function deathOf(name: string, given: string): DrillDeath {
  const found = drillDeaths.find((one) => one === given);
  if (found) return found;
  const near = nearestName(given, drillDeaths);
  const wayOut =
    near === undefined ? `leave it out for ${failureModeDefault}` : `did you mean ${near}?`;
  throw new InputError(
    `fail ${name}: must die by one of ${drillDeaths.join(", ")}, got ${given}; ${wayOut}`,
  );
}

function someName(word: string, rest: string): string {
  if (rest !== "") return rest;
  throw new InputError(`${word}: must have a name, got none; \`names\` lists what can fail`);
}

function reasonIn(word: string, rest: string): string {
  if (rest === "") {
    throw new InputError(
      `${word}: must have a reason, got none; write it behind the word, such as ${word} the test is over`,
    );
  }
  if (rest.length > gateReasonCharactersMax) {
    throw new InputError(
      `${word}: the reason must have at most ${gateReasonCharactersMax} characters, got ${rest.length}; shorten it`,
    );
  }
  return rest;
}
