import { script } from "@bomb.sh/tab";
import type { Command } from "commander";
import { Argument } from "commander";
import { describeHelp } from "../helpText";
import { exitCodes } from "../io";
import type { ExitCode, Io } from "../io";

const shells = ["bash", "zsh", "fish"];

export function describe(command: Command): void {
  command.addArgument(new Argument("<shell>", "the shell to print it for").choices(shells));
  describeHelp(command, {
    note: "The shell then asks `failover complete` at each Tab. For bash it needs the package bash-completion.",
    examples: [
      "completion bash > ~/.local/share/bash-completion/completions/failover",
      "completion zsh > ~/.zfunc/_failover",
      "completion fish > ~/.config/fish/completions/failover.fish",
    ],
    fine: "the script was printed",
  });
}

/** Prints the script with which a shell completes this command; cli/complete.ts answers it. */
export function run(_: unknown, io: Io, [shell = ""]: readonly string[]): Promise<ExitCode> {
  const printed = printedBy(() => {
    script(shell, "failover", "failover");
  });
  io.stdout.write(shell === "bash" ? withoutEvaluation(printed) : printed);
  // The script leaves files to bash, which completes them only if it is told so here.
  if (shell === "bash") io.stdout.write("complete -o default -F __failover_complete failover\n");
  return Promise.resolve(exitCodes.fine);
}

/**
 * The library's script for bash evaluates the line as it stands: a Tab would run `$(command)`, and empty the file of
 * `> file`. Quoted, the words only reach `failover complete`; an empty one as well.
 *
 * @throws Error where the library has another script
 */
function withoutEvaluation(printed: string): string {
  const evaluated = `requestComp="failover complete -- \${words[@]:1}"`;
  const withEmpty = /\n *# Add an empty parameter[^\n]*\n *if [^\n]*\n *requestComp=[^\n]*\n *fi\n/;
  if (!printed.includes(evaluated) || !withEmpty.test(printed)) {
    throw new Error("the script of @bomb.sh/tab for bash has changed: quote its words here");
  }
  const quoted = `requestComp="failover complete --$(printf ' %q' "\${words[@]:1}")"`;
  return printed.replace(withEmpty, "\n").replace(evaluated, () => quoted);
}

/** The library prints; what a command prints goes through its `Io`. */
function printedBy(print: () => void): string {
  const { log } = console;
  let text = "";
  console.log = (line: string) => {
    text += `${line}\n`;
  };
  try {
    print();
  } finally {
    console.log = log;
  }
  return text;
}
