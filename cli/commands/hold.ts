import type { Command } from "commander";
import type { GateOptions } from "../gateCommand";
import { describeGateCommand, runGateCommand } from "../gateCommand";
import type { ExitCode, Io } from "../io";

export function describe(command: Command): void {
  describeGateCommand(command);
  command.addHelpText(
    "after",
    "\nThe controller latches; no record and no health check is changed. It asks first.",
  );
}

/** Latches the gate by hand: the primary region gets no customers until a release. */
export function run(options: GateOptions, io: Io): Promise<ExitCode> {
  return runGateCommand("hold", options, io);
}
