import type { Command } from "commander";

/** What the help of a command says after its options. */
export interface HelpText {
  /** What it changes, or does not; a sentence or two. */
  readonly note?: string;
  /** Command lines without `failover`, each as it works. */
  readonly examples: readonly string[];
  /** When the exit code is 0. */
  readonly fine: string;
  /** When it is 1; absent if it never is. */
  readonly badNews?: string;
  /** When it is 2, besides for wrong usage or input. */
  readonly badInput?: string;
}

/** Adds a note, examples and exit codes to the help of a command. */
export function describeHelp(command: Command, help: HelpText): void {
  const { note, examples, fine, badNews, badInput } = help;
  const codes: readonly (readonly [number, string | undefined])[] = [
    [0, fine],
    [1, badNews],
    [2, ["wrong usage or input", ...(badInput === undefined ? [] : [badInput])].join("; ")],
    [3, "an internal error"],
  ];
  command.addHelpText("after", () => {
    const helper = command.createHelp();
    const width = command.configureOutput().getOutHelpWidth?.() ?? PIPE_COLUMNS;
    const wrapped = (text: string, indent = ""): string =>
      helper.boxWrap(text, width - indent.length).replaceAll("\n", `\n${indent}`);
    return [
      ...(note === undefined ? [] : ["", ...note.split("\n").map((line) => wrapped(line))]),
      "",
      "Examples:",
      ...examples.map((example) => `  failover ${example}`),
      "",
      "Exit codes:",
      ...codes.flatMap(([code, when]) =>
        when === undefined ? [] : [`  ${code}  ${wrapped(when, CODE_INDENT)}`],
      ),
    ].join("\n");
  });
}

/** As commander takes for what is no terminal. */
const PIPE_COLUMNS = 80;

/** The width of a code and the blanks around it. */
const CODE_INDENT = " ".repeat(5);
