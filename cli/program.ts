import { Command } from "commander";
import { mayColour } from "./io";
import type { Io } from "./io";
import { version } from "./version";

/** The `failover` command without its commands; its output goes to the `Io`. */
export function programOf(io: Io): Command {
  return new Command("failover")
    .description(
      "Verifies the Route 53 failover of a Pulumi program before deployment, without an AWS account.",
    )
    .version(version(), "--version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .option("--debug", "print the stack trace of an internal error, or of one of the program")
    .addHelpText(
      "after",
      [
        "\nExit codes:",
        "  0  success",
        "  1  findings, such as a missed objective",
        "  2  wrong usage or input",
        "  3  an internal error",
      ].join("\n"),
    )
    .configureOutput({
      writeOut: (text) => {
        io.stdout.write(text);
      },
      writeErr: (text) => {
        io.stderr.write(text);
      },
      // Errors are thrown as well, and `main` prints them in one line.
      outputError: () => undefined,
      getOutHelpWidth: () => io.stdout.columns,
      getErrHelpWidth: () => io.stderr.columns,
      getOutHasColors: () => mayColour(io.stdout, io.env),
      getErrHasColors: () => mayColour(io.stderr, io.env),
    })
    .exitOverride();
}
