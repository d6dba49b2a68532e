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
  io.stdout.write(
    printedBy(() => {
      script(shell, "failover", "failover");
    }),
  );
  // The script leaves files to bash, which completes them only if it is told so here.
  if (shell === "bash") io.stdout.write("complete -o default -F __failover_complete failover\n");
  return Promise.resolve(exitCodes.fine);
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
