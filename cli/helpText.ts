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
  const lines = [
    ...(note === undefined ? [] : ["", note]),
    "",
    "Examples:",
    ...examples.map((example) => `  failover ${example}`),
    "",
    "Exit codes:",
    ...codes.flatMap(([code, when]) => (when === undefined ? [] : [`  ${code}  ${when}`])),
  ];
  command.addHelpText("after", lines.join("\n"));
}
