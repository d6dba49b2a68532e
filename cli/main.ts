import { CommanderError } from "commander";
import { printable } from "../rehearsal/report/paint";
import { InputError } from "../routing/inputError";
import { commands as allCommands } from "./commands";
import type { CommandEntry } from "./commands";
import { exitCodes } from "./io";
import type { ExitCode, Io } from "./io";
import { programOf } from "./program";
import { refuseRepeats } from "./repeated";
import { stackOf, toolFault } from "./toolFault";
import { usageError } from "./usageError";
import { jsonText } from "../rehearsal/report/jsonText";

/**
 * The `failover` command: arguments in, exit code out (docs/ARCHITECTURE.md). It never throws and
 * never ends the process.
 *
 * @param argv the arguments after the name of the command
 * @param commands the existing commands; tests pass their own
 */
export async function main(
  argv: readonly string[],
  io: Io,
  commands: readonly CommandEntry[] = allCommands,
): Promise<ExitCode> {
  const [entry] = argv.flatMap((word) => commands.filter(({ name }) => name === word));
  const invoked = entry ? `failover ${entry.name}` : "failover";
  try {
    // What a shell asks at Tab is no command line: its words are not complete.
    if (argv[0] === "complete" && argv[1] === "--") {
      const { complete } = await import("./complete");
      return await complete(argv.slice(2), io, commands);
    }
    return await dispatch(argv, io, commands, entry);
  } catch (error) {
    if (error instanceof CommanderError) {
      if (/^commander\.(help|version)/.test(error.code)) {
        return error.exitCode === 0 ? exitCodes.fine : exitCodes.badInput;
      }
      return complain(argv, io, "bad-usage", [usageError(error, invoked)]);
    }
    if (error instanceof InputError) {
      const lines = error.faults.flatMap((fault) => fault.split("\n"));
      const code = complain(argv, io, error.code, lines);
      const isOfProgram = error.code === "program-failed" && error.cause !== undefined;
      if (isOfProgram && wantsStackTrace(argv, io)) io.stderr.write(`${stackOf(error.cause)}\n`);
      return code;
    }
    const fault = toolFault(error, invoked, wantsStackTrace(argv, io));
    if (asksForJson(argv)) io.stdout.write(jsonOf("internal-fault", fault.trimEnd().split("\n")));
    io.stderr.write(fault);
    return exitCodes.toolFault;
  }
}

/** Loads and runs the requested command; the others are known by name only. */
async function dispatch(
  argv: readonly string[],
  io: Io,
  commands: readonly CommandEntry[],
  entry: CommandEntry | undefined,
): Promise<ExitCode> {
  const wanted = await entry?.load();
  let code: ExitCode = exitCodes.badInput;
  const program = programOf(io);
  for (const { name, summary } of commands) {
    const command = program.command(name).summary(summary).description(summary);
    if (!wanted || name !== entry?.name) continue;
    wanted.describe(command);
    refuseRepeats(command);
    command.action(async () => {
      code = await wanted.run(command.opts(), io, command.args);
    });
  }
  await program.parseAsync([...argv], { from: "user" });
  return code;
}

/** One line for each fault that the user can correct. */
function complain(
  argv: readonly string[],
  io: Io,
  code: InputError["code"],
  lines: readonly string[],
): ExitCode {
  const messages = lines.map(printable);
  if (asksForJson(argv)) io.stdout.write(jsonOf(code, messages));
  for (const message of messages) io.stderr.write(`${message}\n`);
  return exitCodes.badInput;
}

function asksForJson(argv: readonly string[]): boolean {
  return argv.includes("--json");
}

/** The `--json` output for a failure: codes are stable, messages are for people. */
export interface FailureOutput {
  readonly error: {
    readonly code: InputError["code"] | "internal-fault";
    readonly messages: readonly string[];
  };
}

function jsonOf(code: FailureOutput["error"]["code"], messages: readonly string[]): string {
  const failure: FailureOutput = { error: { code, messages } };
  return jsonText(failure);
}

/** Whether stack traces are requested. */
export function wantsStackTrace(argv: readonly string[], { env }: Pick<Io, "env">): boolean {
  return argv.includes("--debug") || Boolean(env["DEBUG"]);
}
